"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.knowledge.files.models import StoredFile

__all__ = ["StoredFile"]
