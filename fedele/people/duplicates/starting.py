"""What the duplicates declare when the product starts."""

from fedele.people.duplicates import index, likeness  # noqa: F401
from fedele.people.duplicates.queue import banner, keeping, menu, notices, sentences, undoing  # noqa: F401
