"""Imported once at start: what merging adds to pages, trash, undo and every write."""

from fedele.records.merging import keeping, landing  # noqa: F401 (they connect themselves)
