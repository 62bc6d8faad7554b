from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.fields import CountryField, PostcodeField, ProvinceField


class Addressed(models.Model):
    """Where somebody is. Province and postcode are checked for Italy and free for every other country."""

    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = PostcodeField(_("postcode"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    province = ProvinceField(_("province"), blank=True)
    country = CountryField(_("country"), default="IT", blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """City and province as written in Italy: Brescia (BS)."""
        return f"{self.city} ({self.province})" if self.city and self.province else self.city or self.province
