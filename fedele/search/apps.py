from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate


def install(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After every migrate; one that stops before our tables are there leaves nothing to do."""
    from fedele.search.engines import engine

    if using == DEFAULT_DB_ALIAS and "search_document" in connection.introspection.table_names():
        engine().install()


class SearchConfig(AppConfig):
    name = "fedele.search"
    label = "search"

    def ready(self) -> None:
        from fedele.search.checks import trigrams

        register(trigrams, Tags.database)
        post_migrate.connect(install, sender=self)
