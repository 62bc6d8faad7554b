from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "fedele.notices"
    label = "notices"

    def ready(self) -> None:
        from fedele.notices.push import devices

        devices.connect()
        # Who is told of what stands in each department's notices.py.
        autodiscover_modules("notices")
