from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "fedele.tasks"
    label = "tasks"
