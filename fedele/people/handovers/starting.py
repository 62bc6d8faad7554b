"""What handovers declare when the department starts."""

from fedele.people.handovers import facts, notices, sentences

__all__ = ["facts", "notices", "sentences"]
