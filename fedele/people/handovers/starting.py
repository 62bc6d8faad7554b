"""What handovers declare when the department starts."""

from fedele.people.handovers import erasing, facts, notices, sentences, standing

__all__ = ["erasing", "facts", "notices", "sentences", "standing"]
