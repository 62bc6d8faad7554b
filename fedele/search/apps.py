from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate


def install(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    from fedele.search.engines import engine

    if using == DEFAULT_DB_ALIAS:
        engine().install()


class SearchConfig(AppConfig):
    name = "fedele.search"
    label = "search"

    def ready(self) -> None:
        from fedele.search.checks import trigrams

        register(trigrams, Tags.database)
        post_migrate.connect(install, sender=self)
