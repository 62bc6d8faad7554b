"""The page of one customer with whom five thousand things have happened: as a whole, and each of its parts."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from benchmarks.pages import signed_in, timed

ENTRIES = 5_000
HTMX = {"HX-Request": "true"}


def grow(company: Any, user: Any, entries: int = ENTRIES) -> None:
    """Notes, changes, calls and visits, stages, disputes: evenly over five years, on the company's own records."""
    from fedele.calendar.models import Activity
    from fedele.journal.models import Entry, Link
    from fedele.journal.storing import insert_many
    from fedele.sales.models import Opportunity

    chance, now = random.Random(5), timezone.now()
    deals = list(Opportunity.objects.filter(company=company)[:20])
    calls = list(Activity.objects.filter(company=company)[:20])
    made = []
    for n in range(entries):
        record, kind, data, changes = _what(chance, company, deals, calls, n)
        at = now - dt.timedelta(minutes=n * 500 + chance.randrange(400))
        entry = Entry(at=at, actor=user, door="screen", kind=f"{record.record_type}.{kind}", data=data, changes=changes)
        entry.record_type, entry.record_id, entry.title = record.record_type, record.pk, str(record)
        made.append(entry)
    insert_many(Entry, made)
    linked = [entry for entry in made if entry.record_type != "company"]
    insert_many(Link, [Link(entry=one, record_type="company", record_id=company.pk, at=one.at) for one in linked])


def _what(
    chance: random.Random, company: Any, deals: list[Any], calls: list[Any], n: int
) -> tuple[Any, str, dict, dict]:
    draw = chance.random()
    if draw < 0.35 or not (deals and calls):
        return company, "noted", {"text": f"Telefonato per l'ordine {n}: richiamare a metà mese per la consegna."}, {}
    if draw < 0.6:
        return company, "changed", {}, {"city": ["Brescia", f"Lodi {n}"], "phone": ["", f"+39030{n:06}"]}
    if draw < 0.85:
        what = chance.choice(["call", "meeting", "email"])
        return chance.choice(calls), "created", {"what": what, "outcome": "reached"}, {}
    return chance.choice(deals), "moved", {"from": "Analisi", "stage": "Offerta"}, {"probability": [20, 60]}


def measure() -> dict[str, str]:
    from django.contrib.auth import get_user_model

    from fedele.people.models import Company
    from fedele.records.page.panels import places_of
    from fedele.records.registry import registry
    from fedele.sales.models import Opportunity

    user = get_user_model().objects.get(email__startswith="giulia@")
    busiest = Opportunity.objects.filter(owner=user, company__trashed_at=None).values_list("company", flat=True).first()
    company = Company.objects.get(pk=busiest)
    grow(company, user)
    _invite(company)
    client, url = signed_in(), f"/companies/{company.pk}/"
    first = client.get(f"{url}timeline/", headers=HTMX).content.decode()
    older = first.partition("before=")[2].partition('"')[0]
    addresses = {
        "customer, first view": url,
        "customer, all blocks": f"{url}panel/",
        "customer, view and blocks in one": f"{url}?panels=1",
        "timeline, calls only": f"{url}timeline/?show=call",
        "timeline, disputes only (none)": f"{url}timeline/?show=dispute",
        "timeline, one department": f"{url}timeline/?dep=sales",
        "timeline, only important": f"{url}timeline/?show=important",
        "timeline, searched": f"{url}timeline/?q=ordine+4711",
        "timeline, a month years ago": f"{url}timeline/?at={timezone.now().year - 3}-03",
        "timeline, next page": f"{url}timeline/?before={older}",
    }
    names = [place.name for place in places_of(registry.by_key("company"), company, user)]
    addresses |= {f"block {name}": f"{url}panel/{name}/" for name in names}
    return {name: _timed(client, address) for name, address in addresses.items()}


def _invite(company: Any) -> None:
    """Somebody of another firm plays a part here: a block that has nothing to show answers 404 and costs nothing to measure."""
    from fedele.people.models import Contact, Role

    guest = Contact.objects.exclude(company=company).exclude(company=None).order_by("pk").first()
    Role.objects.get_or_create(company=company, contact=guest, defaults={"job": "Consulente", "decision": "influences"})


def _timed(client: Any, address: str) -> str:
    headers = HTMX if "/timeline/" in address or "/panel/" in address else {}
    if client.get(address, headers=headers).status_code == 404:
        return "–"
    return timed(lambda: client.get(address, headers=headers))
