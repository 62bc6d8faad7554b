"""Records with an owner, for measuring search by somebody who may not see all of them."""

from django.db import models


class Owned(models.Model):
    owner = models.IntegerField(db_index=True)

    class Meta:
        app_label = "searched"

    def __str__(self) -> str:
        return str(self.pk)
