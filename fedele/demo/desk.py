"""What colleagues find on their desks today: views they saved, and what they were told last."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fedele.access.models import User
from fedele.demo.areas import give_out
from fedele.demo.cast import DOMAIN
from fedele.notices.models import Notice
from fedele.notices.telling import record_url
from fedele.people.models import Lead
from fedele.records.models import SavedView

#: Who, record type, name, for whom, query.
_VIEWS = (
    ("luca", "opportunity", "Sopra 100.000 €", "team", "f=outcome.in:open&f=amount.gt:100000&sort=-amount"),
    (
        "luca",
        "opportunity",
        "Da chiudere entro fine trimestre",
        "all",
        "f=outcome.in:open&f=closes_on.in_period:quarter&sort=closes_on",
    ),
    ("giulia", "company", "Clienti chiave di Brescia", "mine", "f=key_account.is:true&f=province.is:BS"),
    (
        "giulia",
        "opportunity",
        "Prossimi passi di questa settimana",
        "mine",
        "f=owner.in:me&f=outcome.in:open&f=next_step_on.next:7",
    ),
    ("anna", "lead", "Dalle fiere, ancora da sentire", "all", "f=source.in:fair&f=stage.in:suspect,lead"),
    (
        "anna",
        "lead",
        "Freddi da ricoltivare in Emilia",
        "mine",
        "f=stage.in:cold&any=province.is:BO|province.is:MO|province.is:RE|province.is:PR",
    ),
    ("dario", "opportunity", "Perse per prezzo", "mine", "f=outcome.in:lost&f=loss_reason.in:price"),
)
#: Who was given names to work by Anna, and how many; the newest are unread.
_ASSIGNED = {"giulia": 5, "luca": 3, "andrea": 4, "paola": 2}
_UNREAD = 3


def lay_out() -> None:
    users = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    SavedView.objects.bulk_create(
        SavedView(
            record_type=record_type, name=name, owner=users[who], scope=scope, query=query, position=position,
            team_id=users[who].team_id if scope == "team" else None,
        )
        for position, (who, record_type, name, scope, query) in enumerate(_VIEWS)
    )  # fmt: skip
    give_out(users, timezone.localdate())
    for who, count in _ASSIGNED.items():
        Notice.objects.bulk_create(_assigned(users[who], users["anna"], count))


def _assigned(user: Any, by: Any, count: int) -> list[Notice]:
    """The newest names of `user`, oldest first as notices come."""
    newest = Lead.objects.filter(owner=user, stage__in=("suspect", "lead")).order_by("-created_at", "-id")[:count]
    return [
        Notice(
            user=user, kind="record.assigned", actor=by, record_type="lead", record_id=lead.pk, title=str(lead)[:200],
            url=record_url("lead", lead.pk), at=lead.created_at, shown_at=lead.created_at,
            read_at=None if age < _UNREAD else lead.created_at,
        )
        for age, lead in reversed(list(enumerate(newest)))
    ]  # fmt: skip
