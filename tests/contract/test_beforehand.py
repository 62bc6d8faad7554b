"""What a page knows beforehand to be missing is missing: it shows the same as if it had asked."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.inbox.messages.models import Message, Thread
from fedele.inbox.unreachable.counting import came_back as came_back_from
from fedele.journal.acting import act_as
from fedele.knowledge.documents.models import Document
from fedele.notices.following import follow
from fedele.people.companies.models import Company
from fedele.people.consents.recording import record_answer
from fedele.people.contacts.models import Contact
from fedele.people.duplicates.queue.models import FoundBy, Proposal, between
from fedele.records.beforehand import asked_beforehand
from fedele.records.declare import RecordType
from fedele.records.merging.joining import merge
from fedele.records.page.finding import find
from fedele.records.page.header import header_of
from fedele.records.page.panels import panels_of
from fedele.records.page.pins import pin
from fedele.records.registry import registry
from tests.contract.test_statements import statements

#: Of a company with something in each of its blocks, for which no statement can be saved: page and blocks in one answer, nine departments.
FULL = 32


def shown(record_type: RecordType, record: Any, user: Any) -> tuple[Any, Any]:
    return header_of(record_type, record, user), panels_of(record_type, record, user)


def flags(record_type: RecordType, record: Any, user: Any) -> dict[str, bool]:
    found = find(record_type, record.pk, user, for_page=True)
    return {name.removeprefix("_has_"): bool(found.__dict__[name]) for name in asked_beforehand(record_type)}


def test_a_page_shows_what_it_would_show_if_it_asked(
    record_type: RecordType, house: Any, person: Any, monkeypatch: Any
) -> None:
    # Some blocks say for how many seconds something has lasted.
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for name in ("sara", "giulia", "chiara"):
        user = person(name)
        for record in house.records[record_type.key]:
            if record_type.model.objects.visible_to(user).filter(pk=record.pk).exists():
                asked = shown(record_type, find(record_type, record.pk, user), user)
                known = shown(record_type, find(record_type, record.pk, user, for_page=True), user)
                assert known == asked, (name, record.pk)


def fill(company: Any, user: Any) -> None:
    """With what the house has not: who is a guest, a consent, a merge, a possible duplicate."""
    with act_as(user, door="screen"):
        twin, third = Company(name="Twin"), Company(name="Third")
        branch = Company(name="Branch", parent=company)
        guest, nobodys = (Contact(first_name="Guest", last_name=name, company=branch) for name in ("One", "Two"))
        for one in (twin, third, branch, guest, nobodys):
            one.owner = user
            one.save()
        for one in (guest, nobodys):
            one.work_at(company, job="Adviser")
        nobodys.put({"company": None})
        nobodys.save()
        record_answer(company, ["email"], "given", purpose="marketing", source="form")
        Proposal.objects.create(
            **between(("company", company.pk), ("company", third.pk)), score=0.7, found_by=FoundBy.SCAN
        )
        merge(user, company, [twin], confirmed=True)
        pin(company, company.note("The gate is in via Volta."), user)
        follow(company, user)
        document = Document(name="plan.pdf")
        document.lie_on(company)
        document.save()
        call = Activity(kind="call", subject="Call", state="done", outcome="reached", done_at=timezone.now())
        call.company, call.owner = company, user
        call.save()
    came_back(company)
    thread = Thread.objects.create(subject="Thanks", company=company)
    Message.objects.create(thread=thread, company=company, direction="in", state="filed", sender="info@rossi.example")


def came_back(company: Any) -> None:
    """What was written to it did not arrive."""
    Company.objects.filter(pk=company.pk).update(email="info@gone.example")
    came_back_from("info@gone.example", "hard", "no such address")


def test_it_knows_when_there_is_something(house: Any, person: Any, as_: Any) -> None:
    record_type, user = registry.by_key("company"), person("sara")
    bare = Company(name="Nothing known", owner=user)
    with act_as(user, door="screen"):
        bare.save()
    assert set(flags(record_type, bare, user).values()) == {False}
    company = house.of(record_type)
    fill(company, user)
    missing = [name for name, there in flags(record_type, company, user).items() if not there]
    assert missing == []
    company = find(record_type, company.pk, user)
    assert shown(record_type, find(record_type, company.pk, user, for_page=True), user) == shown(
        record_type, company, user
    )
    browser, url = as_("sara"), record_type.url()
    browser.get(f"{url}{bare.pk}/?panels=1")
    few, all_of_it = (statements(lambda pk=pk: browser.get(f"{url}{pk}/?panels=1")) for pk in (bare.pk, company.pk))
    assert len(few) <= 9, "\n".join(few)
    assert len(all_of_it) <= FULL, "\n".join(all_of_it)
