from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "fedele.access"
    label = "access"

    def ready(self) -> None:
        from fedele.access import access, roles, sentences, watching  # noqa: F401 (declarations)

        watching.connect()
        post_migrate.connect(roles.install, sender=self)
