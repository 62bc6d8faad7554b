from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fedele.search"
    label = "search"
