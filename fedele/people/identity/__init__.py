"""Identity data: the codes by which a company or a person is told from all others, and reached.

Each module knows one of them. `clean_…(value, country)` gives the form that is stored, or raises a ValidationError
that says in the user's words what is wrong; `show_…(value)` gives the form that is read. An empty value is never wrong.
Italian rules hold where the country is Italy; every other country is taken as it comes.
"""

from fedele.people.identity.checking import check_identity, identity_hints

__all__ = ["check_identity", "identity_hints"]
