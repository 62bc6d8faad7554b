"""Pages and writes, in process: the server's own time, SQL statements and bytes, without network or queueing."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

SAMPLES = 40


def signed_in() -> Client:
    """Giulia, a sales rep: sees all companies, her team's leads and opportunities."""
    client = Client(headers={"host": "localhost"})
    user = get_user_model().objects.get(email__startswith="giulia@")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class Counting:
    """How many statements a block sent."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)


def timed(call: Callable[[], Any], samples: int = SAMPLES) -> str:
    """ "median / p95 ms · statements · kB": of calls after five to warm up."""
    for _ in range(5):
        call()
    counting = Counting()
    with connection.execute_wrapper(counting):
        response = call()
    times = []
    for _ in range(samples):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    assert response.status_code < 400, (response.status_code, response.content[:300])
    p95 = times[int(len(times) * 0.95) - 1]
    return f"{statistics.median(times):.1f}/{p95:.1f} ms {counting.number}q {len(response.content) / 1000:.0f}kB"


def read() -> dict[str, str]:
    from fedele.people.models import Company
    from fedele.sales.models import Stage

    client = signed_in()
    company = Company.objects.filter(trashed_at=None, name__gt="M").order_by("name").first()
    word = company.name.split()[0].lower()
    stage = Stage.objects.order_by("position").first()
    addresses = {
        "list, companies": "/companies/?view=all",
        "list, contacts": "/contacts/?view=all",
        "list, opportunities by amount": "/opportunities/?view=all",
        "filtered, owner and stage": f"/opportunities/?edited=1&f=owner.in:me&f=stage.in:{stage.pk}",
        "sorted by another column": "/companies/?view=all&sort=-updated_at",
        "search in the list": f"/contacts/?view=all&q={word[:5]}",
        "search as you type": f"/palette/?q={word[:4]}",
        "search, misspelt": f"/palette/?q={word[0] + word[2:] if len(word) > 5 else word}",
        "company page": f"/companies/{company.pk}/",
        "board with totals": "/opportunities/board/",
        "home page": "/",
    }
    return {name: timed(lambda address=address: client.get(address)) for name, address in addresses.items()}  # type: ignore[misc]


def write() -> dict[str, str]:
    """Each with its journal entry, index entry and kept totals, committed to disk."""
    from fedele.people.models import Company
    from fedele.sales.models import Opportunity, Stage

    client = signed_in()
    user = get_user_model().objects.get(email__startswith="giulia@")
    company = Company.objects.filter(trashed_at=None).first()
    opportunity = Opportunity.objects.filter(owner=user, outcome="open", trashed_at=None).first()
    stages = list(Stage.objects.filter(process=opportunity.process_id).values_list("pk", flat=True))
    numbers = iter(range(10**6))

    def create() -> Any:
        values = {"first_name": "Prova", "last_name": f"Misura {next(numbers)}", "company": company.pk}
        return client.post("/api/v1/contacts", json.dumps(values), content_type="application/json")

    def update() -> Any:
        company.refresh_from_db()
        values = {"version": company.version, "city": f"Città {next(numbers)}"}
        return client.patch(f"/api/v1/companies/{company.pk}", json.dumps(values), content_type="application/json")

    def move() -> Any:
        opportunity.refresh_from_db()
        to = stages[(stages.index(opportunity.stage_id) + 1) % len(stages)]
        values = {"card": opportunity.pk, "to": to, "version": opportunity.version, "query": ""}
        return client.post("/opportunities/board/move/", values)

    return {"create a contact": timed(create), "update a company": timed(update), "change of stage": timed(move)}
