"""Who reaches which address: every route of the URL map has its line here, and a new one without a line fails (A-17, A-18)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fedele.access.keys import ApiKey
from fedele.demo.cast import CAST
from fedele.inbox.calls.arriving import ring
from fedele.inbox.conversations.saying import say
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State as MailState
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.inbox.providers.models import Provider
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.knowledge.files.models import StoredFile
from fedele.notices.models import Notice
from fedele.people.assignment.models import Rule
from fedele.people.assignment.presence import Absence
from fedele.people.dossiers.models import Bundle
from fedele.people.handovers.models import Handover
from fedele.records.exchange.models import Import
from fedele.records.models import SavedView
from fedele.records.registry import registry
from fedele.tasks.models import Progress
from tests.contract.addresses import routes

OPEN, SIGNED, ADMIN, MINE, TYPE, RECORD, KEY = "open", "signed", "admin", "mine", "type", "record", "key"
#: What each class means is in the tests below.
TABLE = {
    OPEN: """
        accounts/^(signup|email|confirm-email|social|login/code|reauthenticate/code)/  accounts/reauthenticate/code/  accounts/reauthenticate/code/confirm/  accounts/login/  accounts/logout/  accounts/inactive/
        accounts/signup/  accounts/email/  accounts/confirm-email/  accounts/^confirm-email/(?P<key>[-:\\w]+)/$
        accounts/password/reset/  accounts/password/reset/done/  accounts/password/reset/key/done/
        accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$  accounts/login/code/confirm/
        accounts/3rdparty/login/cancelled/  accounts/3rdparty/login/error/  accounts/3rdparty/signup/
        accounts/social/login/cancelled/  accounts/social/login/error/  accounts/social/signup/
        accounts/social/connections/  accounts/oidc/^(?P<provider_id>[^/]+)/login/
        accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/  accounts/2fa/authenticate/  accounts/2fa/webauthn/login/
        preferences/  session/  offline/  sw.js  manifest.webmanifest  icon/<slug:shape>/<int:size>.png  styleguide/  api/v1/openapi.json  api/v1/
        notices/stop/<str:token>/
        calendar/feed/<str:secret>.ics
        p/text/<id:pk>/  p/<str:token>/  p/<str:token>/unsubscribe/  p/<str:token>/confirm/
    """,
    SIGNED: """
        profile/hours/  profile/hours/drop/  activities/calendar/
        accounts/sessions/  accounts/3rdparty/  accounts/reauthenticate/  accounts/password/change/  accounts/password/set/
        accounts/2fa/  accounts/2fa/reauthenticate/  accounts/2fa/totp/activate/  accounts/2fa/totp/deactivate/
        accounts/2fa/recovery-codes/  accounts/2fa/recovery-codes/generate/  accounts/2fa/recovery-codes/download/
        accounts/2fa/webauthn/  accounts/2fa/webauthn/add/  accounts/2fa/webauthn/reauthenticate/
        profile/calendar/  profile/calendar/revoke/
        profile/  profile/keys/  drafts/  live/  notices/  notices/bell/  notices/preferences/  activities/after-call/  activities/after-call/never/  share/  share/keep/  share/discard/  notices/kinds/<str:key>/  notices/devices/  notices/devices/trial/  notices/read/  notices/unread/
        profile/letters/  profile/mailbox/  mailboxes/connected/
        progress/  progress/pill/  palette/  conversations/  calls/ringing/  profile/phone/
        assignment/absences/  assignment/absences/new/  assignment/mine/  handovers/
        today/work/  today/calls/  today/arrange/  today/guide/close/
    """,
    ADMIN: """
        setup/hours/  setup/hours/closed/  setup/hours/closed/<int:pk>/remove/
        setup/mailboxes/  setup/mailboxes/new/  setup/mailboxes/<id:pk>/
        setup/mailboxes/providers/  setup/mailboxes/providers/<id:pk>/  setup/mailboxes/providers/<id:pk>/delete/
        setup/mailboxes/providers/<slug:kind>/
        setup/  setup/users/  setup/users/new/  setup/users/<int:pk>/  setup/users/<int:pk>/deactivate/
        setup/users/<int:pk>/activate/  setup/users/<int:pk>/send-link/  setup/users/<int:pk>/show-link/
        setup/users/<int:pk>/clear-factors/  setup/users/<int:pk>/sign-out/  setup/teams/  setup/teams/new/
        setup/teams/<int:pk>/  setup/teams/<int:pk>/delete/  setup/roles/  setup/roles/new/  setup/roles/<int:pk>/
        setup/roles/<int:pk>/reset/  setup/roles/<int:pk>/delete/  setup/company/  setup/numbering/
        setup/numbering/<slug:key>/  setup/fields/  setup/fields/new/<slug:record_type>/  setup/fields/<int:pk>/
        setup/fields/<int:pk>/delete/  setup/fields/<int:pk>/move/  setup/telephony/  setup/audit/  setup/health/  setup/health/mail/
        setup/lifecycle/  setup/lifecycle/trial/
        setup/profile/  setup/documents/  setup/processes/  setup/processes/new/  setup/processes/<int:pk>/  setup/processes/<int:pk>/delete/
        setup/privacy/  setup/privacy/new/  setup/privacy/<id:pk>/  setup/privacy/<id:pk>/delete/  setup/privacy/<id:pk>/erase/
        setup/privacy/register/  setup/privacy/seen/
    """,
    MINE: """
        dossiers/<id:pk>/
        mail/<id:pk>/  mail/<id:pk>/change/  mail/attachment/<id:pk>/  mail/attachment/<id:pk>/picture/  mail/attachment/<id:pk>/save/  mail/message/<id:pk>/
        mail/message/<id:pk>/html/  mail/message/<id:pk>/invitation/  mail/message/<id:pk>/original/  mail/message/<id:pk>/pictures/
        mail/message/<id:pk>/pictures/always/  mail/parked/<id:pk>/again/  mail/parked/<id:pk>/file/  mail/parked/<id:pk>/ignore/
        mail/parked/<id:pk>/lead/  mail/sent/<id:pk>/again/  mail/sent/<id:pk>/arrived/  mail/sent/<id:pk>/stop/
        mailboxes/<id:pk>/again/  mailboxes/<id:pk>/read/  mailboxes/<id:pk>/connect/  mailboxes/<id:pk>/disconnect/
        accounts/sessions/<int:pk>/end/  accounts/2fa/webauthn/keys/<int:pk>/remove/  accounts/2fa/webauthn/keys/<int:pk>/edit/
        profile/keys/<int:pk>/revoke/  notices/<int:pk>/  notices/<int:pk>/mark/  notices/<int:pk>/snooze/
        notices/<int:pk>/wake/  notices/<int:pk>/mute/  notices/devices/<int:pk>/remove/  notices/mutes/<int:pk>/remove/  progress/<int:pk>/  progress/<int:pk>/now/
        progress/<int:pk>/pause/  progress/<int:pk>/resume/  progress/<int:pk>/cancel/  progress/<int:pk>/tell/
        conversations/messages/<id:pk>/edit/  conversations/messages/<id:pk>/remove/  calls/<id:pk>/take/  calls/<id:pk>/dismiss/
        undo/<id:pk>/  undo/batch/<id:pk>/  import/<int:pk>/columns/  import/<int:pk>/discard/  import/<int:pk>/check/
        import/<int:pk>/result/  import/<int:pk>/go-on/  import/<int:pk>/problems/  import/<int:pk>/undo/
        import/<int:pk>/cell/<int:line>/<int:at>/  import/<int:pk>/fix-all/  import/<int:pk>/leave-out/  import/<int:pk>/duplicates/
        import/<int:pk>/duplicates/all/  import/<int:pk>/run/  import/<int:pk>/mend/  import/<int:pk>/mend/<int:line>/<int:at>/
        import/<int:pk>/mend/<int:line>/decide/
        <slug:slug>/views/<int:pk>/update/  <slug:slug>/views/<int:pk>/rename/  <slug:slug>/views/<int:pk>/delete/
        mail/views/<id:pk>/update/  mail/views/<id:pk>/rename/  mail/views/<id:pk>/delete/
        mail/views/back/<str:token>/  <slug:slug>/views/back/<str:token>/
    """,
    TYPE: """
        mail/  mail/parked/  mail/write/  mail/write/fill/  pictures/  pictures/<str:token>/<str:name>  mail/views/save/  mail/views/counts/
        privacy/  privacy/purposes/<slug:key>/  privacy/texts/new/  privacy/texts/<id:pk>/  privacy/register/
        privacy/register/new/  privacy/register/rule/  privacy/register/<id:pk>/  privacy/register/<id:pk>/file/
        privacy/register/<id:pk>/numbers/
        assignment/queue/  assignment/queue/sort/  assignment/load/  assignment/load/<int:pk>/  assignment/capacity/<int:pk>/
        assignment/rules/  assignment/rules/new/  assignment/rules/<int:pk>/  assignment/rules/<int:pk>/delete/
        handovers/new/  handovers/<int:pk>/  handovers/<int:pk>/go/  handovers/<int:pk>/cancel/  handovers/<int:pk>/change/
        handovers/<int:pk>/take/  handovers/<int:pk>/print/
        assignment/condition/  assignment/areas/  assignment/absences/<int:pk>/  assignment/absences/<int:pk>/delete/
        duplicates/  duplicates/apart/  duplicates/later/  duplicates/merge/  duplicates/search/
        <type:record_type>/alike/
        today/block/<slug:key>/  today/calls/<id:pk>/  pick/<slug:key>/  import/  import/sample/<slug:slug>/  <type:record_type>/new/  <type:record_type>/quick/  <slug:slug>/  <slug:slug>/count/
        <slug:slug>/filter/  <slug:slug>/columns/  <slug:slug>/views/counts/  <slug:slug>/views/save/
        <slug:slug>/bulk/<str:act>/  <slug:slug>/dossiers/  <type:record_type>/merge/  <slug:slug>/export/  <slug:slug>/board/  <slug:slug>/board/move/  <slug:slug>/calendar/
        open-items/ageing/  open-items/complete/  documents/upload/  calendar/  calendar/events/  calendar/new/
        calendar/import/
        calendar/load/  calendar/distribute/  calendar/distribute/give/
    """,
    RECORD: """
        conversations/<slug:key>/<id:pk>/  conversations/<slug:key>/<id:pk>/new/  conversations/<slug:key>/<id:pk>/say/
        conversations/<slug:key>/<id:pk>/lines/  conversations/<slug:key>/<id:pk>/people/  conversations/<slug:key>/<id:pk>/mark/
        conversations/<slug:key>/<id:pk>/follow/  conversations/files/<id:pk>/  conversations/files/<id:pk>/small/
        <type:record_type>/<id:pk>/consents/  <type:record_type>/<id:pk>/consents/new/
        <type:record_type>/<id:pk>/consents/link/  <type:record_type>/<id:pk>/consents/revoke/
        <type:record_type>/<id:pk>/consents/before/<slug:channel>/  <type:record_type>/<id:pk>/consents/<id:consent_id>/proof/
        privacy/<slug:kind>/<id:pk>/file/  privacy/<slug:kind>/<id:pk>/erase/  activities/log/<slug:key>/<id:pk>/  activities/plan/<slug:key>/<id:pk>/  activities/<id:pk>/seen/  leads/<id:pk>/convert/  contacts/<id:pk>/roles/new/  contacts/<id:pk>/roles/<id:role_id>/end/
        mail/unreachable/<slug:key>/<id:pk>/works/
        calendar/move/<id:pk>/  calendar/series/<id:pk>/<slug:day>/  documents/on/<slug:key>/<id:pk>/  documents/on/<slug:key>/<id:pk>/archive/
        documents/<id:pk>/versions/<int:number>/  documents/<id:pk>/versions/<int:number>/look/
        documents/<id:pk>/versions/<int:number>/pages/<int:page>/  documents/<id:pk>/versions/<int:number>/choose/
        activities/<id:pk>/invitation/  activities/<id:pk>/invite.ics  activities/<id:pk>/reply.ics
        <type:record_type>/<id:pk>/profile/
        <type:record_type>/<id:pk>/phase/  <type:record_type>/<id:pk>/phone/
        <type:record_type>/<id:pk>/dossier/  <type:record_type>/<id:pk>/dossier.pdf
        <type:record_type>/<id:pk>/  <type:record_type>/<id:pk>/edit/  <type:record_type>/<id:pk>/peek/
        <type:record_type>/<id:pk>/place/  <type:record_type>/<id:pk>/timeline/  <type:record_type>/<id:pk>/note/
        <type:record_type>/<id:pk>/timeline/<id:entry_id>/pin/  <type:record_type>/<id:pk>/panel/  <type:record_type>/<id:pk>/panel/<slug:name>/
        <type:record_type>/<id:pk>/history/<str:name>/  <type:record_type>/<id:pk>/cell/<str:name>/
        <type:record_type>/<id:pk>/do/<slug:name>/  <type:record_type>/<id:pk>/restore/  <type:record_type>/<id:pk>/erase/
        <type:record_type>/<id:pk>/merge/  <type:record_type>/merge/<id:pk>/apart/
    """,
    KEY: """
        api/calls/incoming
        api/v1/conversations  api/v1/conversations/messages  api/v1/conversations/messages/<int:pk>  api/v1/conversations/read
        api/v1/messages  api/v1/messages/<int:pk>  api/v1/messages/<int:pk>/stop  api/v1/messages/<int:pk>/attachments/<int:number>
        api/v1/consents  api/v1/documents/<int:pk>/versions  api/v1/documents/<int:pk>/file  api/v1/documents/<int:pk>/versions/<int:number>/file
        api/v1/<type>  api/v1/<type>/merge  api/v1/<type>/<int:pk>  api/v1/<type>/<int:pk>/journal  api/v1/<type>/<int:pk>/<verb>
    """,
}
CLASS_OF = {route: name for name, lines in TABLE.items() for route in lines.split()}
#: The page one starts from has no address of its own to write in the table.
CLASS_OF[""] = SIGNED
METHODS = ("get", "post")


def of(name: str) -> Any:
    return pytest.mark.parametrize("route", [route for route, one in CLASS_OF.items() if one == name])


def ask(client: Client, method: str, address: str) -> Any:
    """One request whose consequences do not outlive it: nothing is stored, and nobody is signed out by it."""
    client = _same(client)
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer


def _same(client: Client) -> Client:
    copy = Client()
    for name, morsel in client.cookies.items():
        copy.cookies[name] = morsel.value
    return copy


@pytest.fixture
def fill(house: Any, person: Any, settings: Any, tmp_path: Any) -> Any:
    """`fill("progress/<int:pk>/")`: the address of something Sara's; of a record, Giulia's."""
    settings.MEDIA_ROOT = tmp_path
    one, sara = registry.by_slug("leads"), person("sara")
    record = house.of(one)
    letter, document = _letter(sara), _document_on(record)
    own = {
        "mail/attachment/": letter.attachments.get().pk,
        "mail/<id:pk>/": letter.thread_id,
        "mail/views/": SavedView.objects.create(owner=sara, record_type="message", name="x").pk,
        "mail/": letter.pk,
        "mailboxes/<": letter.mailbox_id,
        "setup/mailboxes/providers/": Provider.objects.create(name="Google", kind="google", client_id="x").pk,
        "setup/mailboxes/": Mailbox.objects.create(name="All", address="all@example.com").pk,
        "notices/": Notice.objects.create(user=sara, kind="test").pk,
        "progress/": Progress.objects.create(user=sara, title="Work", kind="bulk").pk,
        "calls/": _ringing(sara).pk,
        "conversations/messages/": _remark(sara, record).pk,
        "conversations/files/": _remark(sara, record).files.get().pk,
        "profile/keys/": ApiKey.make(sara, "x")[0].pk,
        "import/": _import(sara, one.key).pk,
        "<slug:slug>/views/": SavedView.objects.create(owner=sara, record_type=one.key, name="x").pk,
        "undo/batch/": Batch.objects.create(kind="bulk", actor=sara).pk,
        "undo/": _entry(sara, record).pk,
        "setup/users/": person("luca").pk,
        "setup/teams/": sara.team_id,
        "assignment/absences/": Absence.objects.create(user=sara, first_day="2026-01-01", last_day="2026-01-02").pk,
        "assignment/rules/": Rule.objects.create(name="x", how="queue").pk,
        "assignment/load/": person("luca").pk,
        "handovers/": Handover.objects.create(giver=sara, made_by=sara).pk,
        "assignment/capacity/": person("luca").pk,
        "dossiers/": Bundle.objects.create(user=sara, file=ContentFile(b"PK", "x.zip")).pk,
        "contacts/": house.of(registry.by_key("contact")).pk,
        "documents/<": document.pk,
        "api/v1/documents/<": document.pk,
        "api/v1/messages/": letter.pk,
    }

    def address(route: str) -> str:
        key = next((pk for start, pk in own.items() if route.startswith(start)), None)
        gaps = {
            "<int:number>": "1", "<int:page>": "1", "<int:line>": "2", "<int:at>": "0", "<slug:channel>": "phone", "<slug:day>": "2026-12-01", "<slug:shape>": "mark", "<int:size>": "192", "<id:consent_id>": "1", "<str:token>": "a-guess", "<str:key>": "job.done", "<str:secret>": "a-guess",
            "^(signup|email|confirm-email|social|login/code|reauthenticate/code)/": "signup/",
            "^confirm-email/(?P<key>[-:\\w]+)/$": "confirm-email/x/",
            "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-abc/",
            "^(?P<provider_id>[^/]+)/": "sso/", "<type:record_type>": one.slug, "<slug:slug>": one.slug,
            "<slug:record_type>": one.key, "<type>": one.slug, "<verb>": one.verbs[0],
            "<slug:key>": one.key, "<slug:kind>": "lead", "<id:role_id>": "1", "<id:entry_id>": "1", "<str:name>": "last_name",
            "<slug:name>": "trash", "<str:act>": "change", "<id:pk>": str(key or record.pk), "<int:pk>": str(key or record.pk),
        }  # fmt: skip
        for gap, value in gaps.items():
            route = route.replace(gap, value)
        assert "<" not in route, route
        return f"/{route}" + ("?key=a-form" if route == "drafts/" else "")

    return address


def _import(user: Any, key: str) -> Import:
    return Import.objects.create(user=user, record_type=key, name="x.csv", file=ContentFile(b"Name\nAlfa\n", "x.csv"))


def _letter(user: Any) -> Message:
    """In their own mailbox, where nobody else looks; not asked for over the wire by what asks for it."""
    box = Mailbox.objects.create(name="Mine", address="mine@example.com", owner=user)
    thread = Thread.objects.create(subject="Mine", mailbox=box)
    message = Message.objects.create(
        thread=thread, mailbox=box, state=MailState.PARKED, sender="a@example.com", author=user
    )
    Attachment.objects.create(message=message, file=StoredFile.keep(b"\x89PNG\r\n\x1a\n"), name="a.png")
    return message


def _ringing(user: Any) -> Any:
    return ring("1", "+390303545678", [user.email], timezone.now())


def _remark(user: Any, record: Any) -> Any:
    return say(record, user, "Look at this", files=[ContentFile(b"Name\nAlfa\n", "x.csv")])


def _document_on(record: Any) -> Any:
    made = registry.by_key("document").model(name="x.pdf")
    made.lie_on(record)
    made.save()
    return made


def _entry(user: Any, record: Any) -> Any:
    with act_as(user, door="screen"):
        return record.note("Mine")


def test_every_route_has_its_line() -> None:
    assert set(routes()) == set(CLASS_OF)
    assert sum(len(lines.split()) for lines in TABLE.values()) + 1 == len(CLASS_OF)


@of(OPEN)
def test_open_to_everybody_and_holds_no_data(route: str, house: Any, fill: Any) -> None:
    for method in METHODS:
        answer = ask(Client(), method, fill(route))
        assert answer.status_code < 500
        for records in house.records.values():
            assert all(str(record) not in answer.content.decode(errors="replace") for record in records)


@pytest.mark.parametrize("route", [route for route, name in CLASS_OF.items() if name not in (OPEN, KEY)])
def test_who_is_not_signed_in_is_asked_to(route: str, house: Any, fill: Any) -> None:
    for method in METHODS:
        answer = ask(Client(), method, fill(route))
        assert answer.status_code == 302, method
        assert answer.url.startswith("/accounts/login/"), method


@of(SIGNED)
def test_everybody_has_their_own(route: str, house: Any, fill: Any, as_: Any) -> None:
    for person in CAST:
        # Whoever has no password, as the cast has none, cannot be asked for it again.
        refused = (403,) if route.endswith("reauthenticate/") or "/2fa/" in route else ()
        assert ask(as_(person.key), "get", fill(route)).status_code in (200, 204, 302, 404, 405, *refused), person.key


@of(ADMIN)
def test_only_who_administers_sets_up(route: str, house: Any, fill: Any, as_: Any) -> None:
    for person in CAST:
        statuses = {ask(as_(person.key), method, fill(route)).status_code for method in METHODS}
        if person.key == "sara":
            assert 403 not in statuses
            assert all(status < 500 for status in statuses)
        else:
            assert statuses <= {403, 404}, person.key


@of(MINE)
def test_what_is_somebody_elses_does_not_exist(route: str, house: Any, fill: Any, as_: Any) -> None:
    for person in CAST:
        statuses = {ask(as_(person.key), method, fill(route)).status_code for method in METHODS}
        if person.key != "sara":
            # Whoever has no password cannot be asked for it before their keys are looked for.
            assert statuses <= ({403, 404, 405} if "/2fa/" in route else {404, 405}), person.key
        else:
            assert all(status < 500 for status in statuses)


@of(TYPE)
def test_a_type_one_may_not_see_has_no_doors(route: str, house: Any, fill: Any, as_: Any) -> None:
    for method in METHODS:
        assert ask(as_("eva"), method, fill(route)).status_code in (403, 404, 405), method
        assert ask(as_("sara"), method, fill(route)).status_code in (200, 302, 404, 405, 422), method


@of(RECORD)
def test_a_record_one_may_not_see_has_no_doors(route: str, house: Any, fill: Any, as_: Any) -> None:
    for method in METHODS:
        refused = (403, 404, 405) if route.endswith("erase/") else (404, 405)
        assert ask(as_("eva"), method, fill(route)).status_code in refused, method
        assert ask(as_("marco"), method, fill(route)).status_code in (
            (*refused, 200, 302, 403)
            if any(one in route for one in ("contacts", "calendar/move", "calendar/series", "invite.ics"))
            else refused
        )
        assert ask(as_("sara"), method, fill(route)).status_code in (200, 302, 404, 405, 409, 422), method


@of(KEY)
def test_a_program_needs_a_key(route: str, house: Any, fill: Any, api: Any) -> None:
    for method in METHODS:
        assert ask(Client(), method, fill(route)).status_code in (401, 405), method
        key = api("eva")
        with transaction.atomic():
            status = getattr(key, method)(
                fill(route), **({"content_type": "application/json", "data": "{}"} if method == "post" else {})
            ).status_code
            transaction.set_rollback(True)
        assert status in (403, 404, 405), method
