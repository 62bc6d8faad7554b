from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "fedele.access"
    label = "access"

    def ready(self) -> None:
        from fedele.access import access, roles, watching  # noqa: F401 (the roles of the house)

        watching.connect()
        post_migrate.connect(roles.install, sender=self)
