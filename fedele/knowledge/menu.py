from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.ui import menu

menu.section("knowledge", _("Knowledge"), order=60)

page(
    "documents",
    _("Categories of documents"),
    icon="folder-tree",
    url_name="document_categories",
    order=57,
    note=_("Contracts, drawings, photos: what your documents are sorted by"),
    urls="fedele.knowledge.documents.setup_urls",
)
