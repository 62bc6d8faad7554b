"""A file of a mail becomes a document: where the mail is filed, once, for who may, and it can be taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.saving.models import Saved
from fedele.inbox.threads.tests.test_reading import received
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import jpeg, newest, pdf
from fedele.knowledge.files.models import StoredFile
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.sales.opportunities.models import Opportunity

pytestmark = pytest.mark.usefixtures("in_english")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sales(db: Any) -> Mailbox:
    return Mailbox.objects.create(name="Sales", address="sales@aurora.example")


@pytest.fixture
def rinaldi(giulia: Any) -> Company:
    return Company.objects.create(name="Rinaldi", owner=giulia)


@pytest.fixture
def browser(client: Any, giulia: Any) -> Any:
    client.force_login(giulia)
    return client


def with_file(mailbox: Mailbox, content: bytes, name: str = "Drawing.pdf", **places: Any) -> Attachment:
    message = received(mailbox, **places)
    return Attachment.objects.create(message=message, file=StoredFile.keep(content), name=name, kind="application/pdf")


def save(browser: Any, attached: Attachment, **given: Any) -> Any:
    return browser.post(f"/mail/attachment/{attached.pk}/save/", given, headers=HTMX)


def said(answer: Any) -> str:
    return str(json.loads(answer.headers["HX-Trigger"])["toast"]["message"])


def on(record: Any) -> str:
    return f"{record.record_type}:{record.pk}"


def test_one_press_saves_it_on_the_customer_and_undo_takes_it_back(
    browser: Any, sales: Mailbox, rinaldi: Company
) -> None:
    attached = with_file(sales, pdf("Press"), company=rinaldi)
    page = browser.get(f"/mail/{attached.message.thread_id}/").content.decode()
    assert f'name="on" value="company:{rinaldi.pk}"' in page and "Save as a document" in page
    answer = save(browser, attached, on=on(rinaldi))
    made = newest()
    assert (made.name, made.company, made.current.stored, StoredFile.objects.count()) == (
        "Drawing.pdf", rinaldi, attached.file, 1,
    )  # fmt: skip
    line = answer.content.decode()
    assert "already a document:" in line and f'href="/documents/{made.pk}/"' in line
    assert "Save as a document" not in line
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert toast["message"] == "Drawing.pdf is added."
    browser.post(toast["undo"])
    assert list(Document.objects.visible_to(made.owner)) == []
    assert "already a document:" not in browser.get(f"/mail/{attached.message.thread_id}/").content.decode()


def test_where_it_belongs_is_asked_when_the_mail_is_filed_with_several(
    browser: Any, giulia: Any, sales: Mailbox, rinaldi: Company
) -> None:
    elena = Contact.objects.create(first_name="Elena", last_name="Rinaldi", company=rinaldi, owner=giulia)
    deal = Opportunity.objects.create(name="Press 200 t", company=rinaldi, owner=giulia)
    attached = with_file(sales, pdf("Press"), contact=elena)
    Message.objects.filter(pk=attached.message_id).update(about_type="opportunity", about_id=deal.pk)
    asked = browser.get(f"/mail/attachment/{attached.pk}/save/", headers=HTMX).content.decode()
    assert [asked.index(f'value="{on(one)}"') for one in (deal, rinaldi, elena)] == sorted(
        asked.index(f'value="{on(one)}"') for one in (deal, rinaldi, elena)
    )
    assert save(browser, attached, on=on(deal)).status_code == 200
    made = newest()
    assert (made.about_type, made.about_id, made.company) == ("opportunity", deal.pk, rinaldi)


def test_what_is_there_already_is_said_and_not_taken_twice(browser: Any, sales: Mailbox, rinaldi: Company) -> None:
    first, second = (with_file(sales, pdf("Press"), company=rinaldi) for _time in range(2))
    save(browser, first, on=on(rinaldi))
    answer = save(browser, second, on=on(rinaldi))
    assert (said(answer), Document.objects.count()) == ("Already here as “Drawing.pdf”.", 1)
    assert "already a document:" in answer.content.decode()
    assert sorted(Saved.objects.values_list("attachment", "document")) == [
        (first.pk, newest().pk),
        (second.pk, newest().pk),
    ]


def test_a_namesake_is_asked_about_and_becomes_its_next_version(browser: Any, sales: Mailbox, rinaldi: Company) -> None:
    save(browser, with_file(sales, pdf("Press"), company=rinaldi), on=on(rinaldi))
    made, later = newest(), with_file(sales, pdf("Press, changed"), company=rinaldi)
    asked = save(browser, later, on=on(rinaldi))
    assert asked.headers["HX-Retarget"] == "#dialog-body"
    assert "Add as version 2" in asked.content.decode() and Document.objects.count() == 1
    save(browser, later, document=made.pk)
    made.refresh_from_db()
    assert (made.current.number, made.current.stored) == (2, later.file)


def test_what_no_upload_may_be_is_refused_in_words(browser: Any, sales: Mailbox, rinaldi: Company) -> None:
    attached = with_file(sales, b"MZ" + b"0" * 99, "Invoice.pdf", company=rinaldi)
    answer = save(browser, attached, on=on(rinaldi))
    assert (said(answer), Document.objects.count()) == ("This file is not what its name says: .pdf", 0)
    program = with_file(sales, b"MZ" + b"0" * 99, "setup.exe", company=rinaldi)
    assert "Save as a document" not in browser.get(f"/mail/{program.message.thread_id}/").content.decode()
    assert save(browser, program, on=on(rinaldi)).status_code == 404


def test_a_photo_loses_its_place_as_a_document_and_keeps_it_in_the_mail(
    browser: Any, sales: Mailbox, rinaldi: Company
) -> None:
    attached = with_file(sales, jpeg(place=True), "damage.jpg", company=rinaldi)
    save(browser, attached, on=on(rinaldi))
    assert newest().current.stored != attached.file
    page = browser.get(f"/mail/{attached.message.thread_id}/").content.decode()
    assert f'href="/documents/{newest().pk}/"' in page


def test_the_document_says_which_mail_it_is_from_to_who_sees_that_mail(
    client: Any, giulia: Any, luca: Any, rinaldi: Company
) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=giulia)
    attached = with_file(own, pdf("Press"), company=rinaldi, subject="Secret price", is_confidential=True)
    client.force_login(giulia)
    asked = client.get(f"/mail/attachment/{attached.pk}/save/", headers=HTMX).content.decode()
    assert "This e-mail is confidential." in asked
    save(client, attached, on=on(rinaldi))
    page = client.get(f"/documents/{newest().pk}/?panels=1").content.decode()
    assert "Came by e-mail" in page and f"/mail/{attached.message.thread_id}/?at={attached.message_id}" in page
    client.force_login(luca)
    seen = client.get(f"/documents/{newest().pk}/?panels=1")
    assert seen.status_code == 200
    assert "Secret price" not in seen.content.decode() and "Came by e-mail" not in seen.content.decode()


def test_who_lacks_a_right_at_either_end_finds_no_door(
    client: Any, giulia: Any, eva: Any, sales: Mailbox, rinaldi: Company
) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=giulia)
    secret = with_file(own, pdf("Press"), company=rinaldi, is_confidential=True)
    stray = with_file(sales, pdf("Lathe"))
    other = Company.objects.create(name="Other", owner=giulia)
    client.force_login(eva)
    assert save(client, secret, on=on(rinaldi)).status_code in (403, 404)
    client.force_login(giulia)
    # Filed nowhere, or not there: no address makes up for it.
    assert save(client, stray, on=on(rinaldi)).status_code == 404
    assert save(client, secret, on=on(other)).status_code == 404
    assert (Document.objects.count(), Saved.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("size", "is_ours", "offered"), [(15_000, False, True), (14_999, False, False), (15_000, True, False)]
)
def test_a_picture_in_the_text_is_offered_when_it_is_no_logo(
    size: int, is_ours: bool, offered: bool, browser: Any, sales: Mailbox, rinaldi: Company
) -> None:
    attached = with_file(sales, jpeg(), "image001.jpg", company=rinaldi)
    Attachment.objects.update(cid="one@rinaldi.example", is_inline=True)
    StoredFile.objects.update(size=size)
    Message.objects.update(
        direction="out" if is_ours else "in", html='<img src="cid:one@rinaldi.example">', state="sent"
    )
    page = browser.get(f"/mail/{attached.message.thread_id}/").content.decode()
    assert ("1 picture in the text" in page, "Save as a document" in page) == (offered, offered)
    if offered:
        line = save(browser, attached, on=on(rinaldi)).content.decode()
        assert (newest().name, "already a document:" in line) == ("image001.jpg", True)
        # It is still drawn in its line, and still stands in the text.
        assert f'<img src="/mail/attachment/{attached.pk}/picture/"' in line
        shown = browser.get(f"/mail/message/{attached.message_id}/html/").content.decode()
        assert f'src="/mail/attachment/{attached.pk}/picture/"' in shown


def test_pictures_in_texts_cost_no_further_statement(browser: Any, sales: Mailbox, rinaldi: Company) -> None:
    def statements(of: Attachment) -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(f"/mail/message/{of.message_id}/")
        return len(captured)

    first = with_file(sales, jpeg(), "image001.jpg", company=rinaldi)
    Attachment.objects.update(cid="one@rinaldi.example", is_inline=True)
    StoredFile.objects.update(size=20_000)
    statements(first)
    before = statements(first)
    for number in range(5):
        Attachment.objects.create(
            message=first.message, file=first.file, name=f"{number}.jpg", cid=f"{number}@x", is_inline=True
        )
    assert statements(first) == before


def test_without_scripts_it_works_as_a_page(browser: Any, sales: Mailbox, rinaldi: Company) -> None:
    attached = with_file(sales, pdf("Press"), company=rinaldi)
    assert browser.get(f"/mail/attachment/{attached.pk}/save/").status_code == 200
    answer = browser.post(f"/mail/attachment/{attached.pk}/save/", {"on": on(rinaldi)})
    assert (answer.status_code, answer.url.split("#")[0]) == (
        302, f"/mail/{attached.message.thread_id}/?at={attached.message_id}",
    )  # fmt: skip
    assert newest().company == rinaldi
