"""Where names came from, and who asked about theirs: two lists with what makes them lawful, and two requests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from fedele.access.models import User
from fedele.demo.cast import DOMAIN
from fedele.journal.acting import act_as
from fedele.people.models import Contact, Lead, PrivacyRequest, PurchasedList

#: Names a list has at most: a small one is enough to be looked at.
MOST = 500


def file_away(today: dt.date) -> int:
    """Returns how many entries of the journal it wrote."""
    users = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    with act_as(users["anna"], door="screen"):
        bought = PurchasedList(
            name="Officine meccaniche del Triveneto", kind="bought", vendor="Dati & Imprese S.r.l.", cost=Decimal(1200),
            received_on=today - dt.timedelta(days=120), legal_basis="interest", notice_on=today - dt.timedelta(days=100),
            consent_text="Informativa v. 3: fonte dei dati, finalità, come opporsi.", proof="Contratto 118, allegato B",
            owner=users["anna"],
        )  # fmt: skip
        fair = PurchasedList(
            name="Biglietti raccolti in fiera", kind="fair", vendor="Stand B12", owner=users["anna"],
            received_on=today - dt.timedelta(days=20), cost=Decimal(3400),
        )  # fmt: skip
        written = _lists((bought, "list"), (fair, "fair"))
    with act_as(users["chiara"], door="screen"):
        written += _requests(users["chiara"], today)
    return written


def _lists(*lists: tuple[PurchasedList, str]) -> int:
    """Names that came by this source came with the list. The one from the fair still lacks what makes it lawful."""
    for one, source in lists:
        one.save()
        ids = list(Lead.objects.filter(source=source).order_by("pk").values_list("pk", flat=True)[:MOST])
        Lead.objects.filter(pk__in=ids).update(origin_list=one)
        PurchasedList.objects.filter(pk=one.pk).update(names=len(ids))
    ready = PurchasedList.objects.get(pk=lists[0][0].pk)
    ready.declare_ready()
    return len(lists) + 1


def _requests(owner: Any, today: dt.date) -> int:
    people = list(Contact.objects.filter(owner__isnull=False).order_by("-pk")[:2])
    kinds = (("access", 25, "Ha risposto dall’indirizzo che conosciamo"), ("erasure", 4, ""))
    for person, (kind, days, identity) in zip(people, kinds, strict=False):
        PrivacyRequest(
            kind=kind, name=str(person), contact=person, received_on=today - dt.timedelta(days=days), identity=identity,
            owner=owner,
        ).save()  # fmt: skip
    return len(people)
