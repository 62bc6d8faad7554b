"""What is fetched of companies, people and leads where they are only named: their name, a number, and who may see them."""

from __future__ import annotations

_NAME: dict[str, tuple[str, ...]] = {
    "company": ("name", "phone"),
    "contact": ("first_name", "last_name", "phone", "mobile"),
    "lead": ("first_name", "last_name", "company_name", "email", "phone", "mobile", "number"),
}
#: Of any record, so that rights can be checked without asking again.
SEEN_BY = ("owner", "team", "trashed_at")


def named(*relations: str) -> list[str]:
    """For `only()`, beside `select_related()` of the same relations."""
    return [f"{relation}__{name}" for relation in relations for name in (*_NAME[relation], *SEEN_BY)]
