"""When a person is erased, what colleagues wrote on their record goes; that they wrote, and when, stays."""

from __future__ import annotations

from django.utils import timezone

from fedele.inbox.calls.models import Call
from fedele.inbox.conversations.models import Remark, RemarkFile
from fedele.people.privacy.erasing import before_erasing
from fedele.people.privacy.person import Person


@before_erasing
def empty_conversations(person: Person) -> None:
    """The files too; the same bytes elsewhere are swept away by themselves when nothing points at them."""
    for key, ids in person.ids.items():
        said = Remark.objects.filter(record_type=key, record_id__in=ids)
        RemarkFile.objects.filter(message__in=said.values("pk")).delete()
        said.update(text="", named=[], removed_at=timezone.now())


@before_erasing
def forget_their_calls(person: Person) -> None:
    numbers = {getattr(one, name, "") for one in person.records for name in ("phone", "mobile")} - {"", None}
    Call.objects.filter(number__in=numbers).update(number="", callers=[])
