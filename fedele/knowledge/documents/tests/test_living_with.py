"""What happens to documents when something happens to what they lie on: merged, erased, about to end, sorted anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.knowledge.documents.categories import Category
from fedele.knowledge.documents.ending import tell_of_ending
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import newest, pdf, send
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.reading.passages import Passage
from fedele.notices.models import Notice
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.privacy.erasing import erase
from fedele.people.privacy.person import Person
from fedele.records.merging.apart import unmerge
from fedele.records.merging.joining import merge
from fedele.search.models import Document as Indexed


def test_merged_they_move_and_are_seen_by_whom_the_one_left_is(
    as_: Any, cast: Any, django_capture_on_commit_callbacks: Any
) -> None:
    leads = []
    for who, name in (("davide", "Rossi"), ("giulia", "Rossi Mario")):
        with act_as(cast[who], door="screen"):
            lead = Lead(last_name=name, owner=cast[who])
            lead.save()
        leads.append(lead)
    send(as_("giulia"), leads[1], "a.pdf", pdf("a"))
    assert not Document.objects.visible_to(cast["davide"]).exists()
    with act_as(cast["sara"], door="screen"):
        batch = merge(cast["sara"], leads[0], leads[1:], confirmed=True)
    made = newest()
    assert (made.lead_id, made.about_type, made.about_id) == (leads[0].pk, "lead", leads[0].pk)
    assert Document.objects.visible_to(cast["davide"]).count() == 1
    with django_capture_on_commit_callbacks(execute=True), act_as(cast["sara"], door="screen"):
        unmerge(batch, cast["sara"])
    assert (newest().lead_id, newest().about_id, newest().about_owner) == (leads[1].pk, leads[1].pk, cast["giulia"])


def test_erasing_a_person_takes_their_documents_with_words_and_bytes(
    as_: Any, giulia: Any, cast: Any, company: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with act_as(giulia, door="screen"):
        contact = Contact(first_name="Mario", last_name="Segreti", company=company, owner=giulia)
        contact.save()
    send(as_("giulia"), contact, "CV Mario Segreti.pdf", pdf("Curriculum di Mario"))
    send(as_("giulia"), company, "contratto.pdf", pdf("Contratto"))
    with django_capture_on_commit_callbacks(execute=True):
        erase(Person([contact], []), cast["sara"])
    assert [one.name for one in Document.objects.all()] == ["contratto.pdf"]
    assert (StoredFile.objects.count(), Passage.objects.count()) == (1, 1)
    assert not Indexed.objects.filter(words__contains="curriculum").exists()
    assert not Entry.objects.filter(title__contains="Segreti").exists()


def test_who_looks_after_it_is_told_once_that_it_ends(as_: Any, giulia: Any, company: Any) -> None:
    send(as_("giulia"), company, "contratto.pdf", pdf("a"))
    made = newest()
    made.valid_until = timezone.localdate() + dt.timedelta(days=10)
    made.save()
    for _morning in range(2):
        tell_of_ending.func()
    assert list(Notice.objects.filter(kind="document.ending").values_list("user", flat=True)) == [giulia.pk]


def test_a_category_of_a_name_that_is_taken(as_: Any) -> None:
    rows = list(Category.objects.all())
    data: dict[str, Any] = {"form-TOTAL_FORMS": 9, "form-INITIAL_FORMS": 8, "form-8-name": rows[0].name}
    for at, one in enumerate(rows):
        data |= {f"form-{at}-id": one.pk, f"form-{at}-name": one.name}
    answer = as_("sara").post("/setup/documents/", data)
    assert (answer.status_code, "There is a category of this name already." in answer.content.decode()) == (422, True)


def test_categories_are_the_companys_own(as_: Any, company: Any) -> None:
    names = list(Category.objects.values_list("name", flat=True))
    assert len(names) == 8
    first, last = Category.objects.first(), Category.objects.last()
    send(as_("giulia"), company, "a.pdf", pdf("a"))
    Document.objects.update(category=first)
    rows = list(Category.objects.all())
    data: dict[str, Any] = {"form-TOTAL_FORMS": 9, "form-INITIAL_FORMS": 8, "form-8-name": "Manuali d’uso"}
    for at, one in enumerate(rows):
        data |= {f"form-{at}-id": one.pk, f"form-{at}-name": "Accordo quadro" if one == last else one.name}
    data |= {"form-0-DELETE": "on", "order": [one.pk for one in reversed(rows)]}
    assert as_("giulia").post("/setup/documents/", data).status_code == 403
    assert as_("sara").post("/setup/documents/", data).status_code == 302
    assert list(Category.objects.values_list("name", flat=True)) == [
        "Accordo quadro", *(one.name for one in reversed(rows[1:-1])), "Manuali d’uso",
    ]  # fmt: skip
    assert newest().category is None
    assert Entry.objects.filter(kind="categories.edited").count() == 1
