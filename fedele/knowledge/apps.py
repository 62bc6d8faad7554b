from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "fedele.knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from fedele.knowledge import access, menu, notices, reactions, sentences  # noqa: F401 (declarations)
        from fedele.knowledge.documents import ending, erasing, following, places, record, showing  # noqa: F401
        from fedele.knowledge.documents.categories import install_usual
        from fedele.knowledge.reading import indexing  # noqa: F401

        post_migrate.connect(install_usual, sender=self)
