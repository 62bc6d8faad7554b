"""What assignment declares when the department starts."""

from fedele.people.assignment import giving, menu, sentences, today

__all__ = ["giving", "menu", "sentences", "today"]
