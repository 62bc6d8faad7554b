"""A letter with bold words, links and lists leaves as both, text and HTML; templates and signatures may have them, too."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.inbox.sending.models import MailTemplate, Writer
from fedele.inbox.sending.tests.test_leaving import letters, write
from fedele.people.contacts.models import Contact

OFFER = '<div>Dear <strong>Elena</strong>,<br>see <a href="https://aurora.example/12">our offer</a>:</div><ul><li>one</li></ul>'
TEXT = "Dear Elena,\nsee our offer <https://aurora.example/12>:\n- one"


def test_what_is_formatted_leaves_as_text_and_as_html(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    client.force_login(giulia)
    typed = {
        "mailbox": sales.pk,
        "text-html": f"{OFFER}<script>x</script>",
        "signature-html": "<div><em>Giulia</em></div>",
    }
    assert write(client, f"contact:{elena.pk}", text="", **typed).status_code == 204
    (letter,), message = letters(server), Message.objects.get()
    assert (message.text, message.html, message.signature_html) == (TEXT, OFFER, "<div><em>Giulia</em></div>")
    assert letter.get_body(("plain",)).get_content() == f"{TEXT}\n\n-- \nGiulia\n"
    html = letter.get_body(("html",)).get_content()
    assert f"<body><div>{OFFER}</div>\n<div><br>-- <br>\n<div><em>Giulia</em></div></div></body>" in html
    # The thread shows what was sent.
    page = client.get(f"/mail/{message.thread_id}/").content.decode()
    assert '<div class="formatted"><div>Dear <strong>Elena</strong>,<br>' in page
    assert '<div class="formatted dim"><div><em>Giulia</em></div></div>' in page


def test_a_mistake_and_a_draft_keep_the_formatting(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    client.force_login(giulia)
    wrong = write(client, f"contact:{elena.pk}", mailbox=sales.pk, to="nobody", text="", **{"text-html": OFFER})
    kept = wrong.content.decode().split('name="text-html"')[1].split("</textarea>")[0]
    assert (wrong.status_code, "&lt;strong&gt;Elena&lt;/strong&gt;" in kept) == (422, True)
    unfilled = write(client, f"contact:{elena.pk}", mailbox=sales.pk, text="", **{"text-html": "<b>{city}</b>"})
    assert "Still to be filled in: {city}" in unfilled.content.decode()
    write(client, f"contact:{elena.pk}", mailbox=sales.pk, text="", **{"text-html": OFFER})
    message = Message.objects.get()
    Message.objects.update(state="draft")
    draft = client.get(f"/mail/write/?draft={message.pk}").content.decode()
    assert "&lt;li&gt;one&lt;/li&gt;" in draft.split('name="text-html"')[1].split("</textarea>")[0]


def test_a_formatted_template_is_filled_and_what_is_filled_in_is_only_text(
    client: Any, giulia: Any, elena: Contact
) -> None:
    elena.first_name = "<i>Elena</i>"
    elena.save()
    made = {
        "name": "Thanks",
        "subject": "Thanks",
        "body-html": "<div>Dear <strong>{first_name}</strong></div>",
        "owner": "",
    }
    client.force_login(giulia)
    assert client.post("/mail-templates/new/", made).status_code == 302
    template = MailTemplate.objects.get()
    assert (template.body, template.body_html) == ("Dear {first_name}", made["body-html"])
    assert "<strong>{first_name}</strong>" in client.get(f"/mail-templates/{template.pk}/").content.decode()
    typed = {"template": template.pk, "text-html": "<div>Hello</div>"}
    filled = client.post(f"/mail/write/fill/?on=contact:{elena.pk}", typed).content.decode()
    sent = filled.split('name="text-html"')[1].split("</textarea>")[0].replace("&lt;", "<").replace("&gt;", ">")
    assert (
        "<div>Hello</div><div><br></div><div>Dear <strong>&amp;lt;i&amp;gt;Elena&amp;lt;/i&amp;gt;</strong></div>"
        in sent
    )


def test_a_door_that_writes_plain_text_takes_the_formatting_away(giulia: Any) -> None:
    template = MailTemplate.objects.create(
        name="T", body="Dear you", body_html="<div>Dear <b>you</b></div>", owner=giulia
    )
    template.name = "Thanks"
    template.save()
    assert template.body_html == "<div>Dear <b>you</b></div>"
    template.put({"body": "Dear all"})
    template.save()
    template.refresh_from_db()
    assert (template.body, template.body_html) == ("Dear all", "")


@pytest.mark.parametrize("name", ["signature", "signature-html"])
def test_a_signature_is_plain_or_formatted(client: Any, giulia: Any, name: str) -> None:
    client.force_login(giulia)
    sent = {"signature": "Giulia", "signature-html": "<div><strong>Giulia</strong></div>"}
    assert client.post("/profile/letters/", {name: sent[name]}).status_code == 302
    writer = Writer.objects.get()
    assert (writer.signature, writer.signature_html) == ("Giulia", sent[name] if name == "signature-html" else "")


def test_what_is_stored_is_cleaned_again_where_it_is_shown(client: Any, giulia: Any) -> None:
    html = "<div>Dear <b onclick='x()'>you</b></div>"
    template = MailTemplate.objects.create(name="T", body="Dear you", body_html=html, owner=giulia)
    client.force_login(giulia)
    page = client.get(f"/mail-templates/{template.pk}/").content.decode()
    assert ("<div>Dear <b>you</b></div>" in page, "onclick" in page) == (True, False)


def test_two_who_change_a_template_at_once_lose_no_formatting(client: Any, giulia: Any) -> None:
    template = MailTemplate.objects.create(name="T", body="One", owner=giulia)
    client.force_login(giulia)
    typed = {"name": "T", "body-html": "<div><b>Two</b></div>", "version": template.version + 1, "owner": giulia.pk}
    met = client.post(f"/mail-templates/{template.pk}/edit/", typed)
    assert met.status_code == 409
    assert 'name="body-html" value="&lt;div&gt;&lt;b&gt;Two&lt;/b&gt;&lt;/div&gt;"' in met.content.decode()
