"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.knowledge.documents.categories import Category
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.versions import Version
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.reading.passages import Passage
from fedele.knowledge.sharing.models import Shared, SharedFile

__all__ = ["Category", "Document", "Passage", "Shared", "SharedFile", "StoredFile", "Version"]
