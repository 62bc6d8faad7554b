"""Mail is found by its subject, what is new in it, who wrote it to whom, and the names of its files.

Not by what it quotes, which the quoted message is found by; and reports of other servers are not looked for by their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from fedele.inbox.messages.kinds import REPORTS, State
from fedele.inbox.messages.models import Attachment, Message
from fedele.search import index

KEY = "mail"
#: Of a letter to a whole firm the first are enough.
MOST_PEOPLE, MOST_FILES = 20, 20
CHUNK = 500
#: What a row of the index is made of.
COLUMNS = ("sender", "sender_name", "recipients", "subject", "text", "quoted", "kind")


def index_messages(messages: Iterable[Message]) -> None:
    """After a message and its files were stored, in the same transaction."""
    index.put(KEY, _rows(list(messages)))


def rows() -> Iterator[index.Row]:
    """Of all mail there is, in constant memory."""
    some = following(0)
    while some:
        yield from _rows(some)
        some = following(some[-1].pk)


def following(after: int) -> list[Message]:
    """The next messages in the order of their ids."""
    return list(Message.objects.filter(pk__gt=after).only(*COLUMNS).order_by("pk")[:CHUNK])


def _rows(messages: list[Message]) -> Iterator[index.Row]:
    sought = [one for one in messages if one.kind not in REPORTS]
    files = files_of([one.pk for one in sought])
    for one in sought:
        # The text last: of a long one the end is left out, never who wrote it.
        facts = [*_people(one), *files.get(one.pk, ())[:MOST_FILES], one.text or one.quoted]
        yield one.pk, one.subject, "\n".join(fact for fact in facts if fact)


def _people(message: Message) -> list[str]:
    written_to = [pair for which in ("to", "cc") for pair in message.recipients.get(which, ())][:MOST_PEOPLE]
    return [message.sender_name, message.sender, *(part for pair in written_to for part in pair)]


def files_of(ids: list[int]) -> dict[int, list[str]]:
    """{message: names of its files}; pictures inside the text have none worth knowing."""
    found: dict[int, list[str]] = {}
    named = Attachment.objects.filter(message__in=ids, is_inline=False).order_by("pk")
    for message_id, name in named.values_list("message_id", "name"):
        found.setdefault(message_id, []).append(name)
    return found


def findable_by(user: Any) -> Any:
    """What one sees, without letters that colleagues have only begun."""
    return Message.objects.visible_to(user).filter(~Q(state=State.DRAFT) | Q(author=user))


def found_by(user: Any, text: str, limit: int) -> list[int]:
    """Messages that answer `text`, best first. Visibility is asked of each hit: nobody's mail is ever listed for it."""
    return index.candidates(text, KEY, limit, within=findable_by(user), newest=True)


def forget(ids: Iterable[int]) -> None:
    index.remove(KEY, ids)


@receiver(post_delete, sender=Message)
def forget_deleted(instance: Message, **_kwargs: Any) -> None:
    forget([instance.pk])
