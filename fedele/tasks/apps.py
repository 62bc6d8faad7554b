from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "fedele.tasks"
    label = "tasks"

    def ready(self) -> None:
        from fedele.tasks import checks  # noqa: F401 (registers itself)
