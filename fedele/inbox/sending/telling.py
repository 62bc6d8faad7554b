"""What its author and the customer's timeline hear of a letter that left, or did not."""

from __future__ import annotations

from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.inbox.messages.telling import NOT_SENT, SENT, tell_of
from fedele.journal.acting import act_as
from fedele.notices.telling import tell


def tell_sent(message: Message, refused: dict[str, str]) -> None:
    with act_as(user=message.author):
        tell_of(message, SENT, to=", ".join(message.addresses("to"))[:200])
    if refused and message.author:
        data = {"addresses": ", ".join(refused)}
        tell(message.author, "mail.refused", title=str(message), url=f"/mail/{message.thread_id}/", data=data)


def tell_author(message: Message, state: State) -> None:
    """Nothing one believes sent is silently missing."""
    if state == State.FAILED:
        tell_of(message, NOT_SENT)
    if message.author:
        kind = "mail.failed" if state == State.FAILED else "mail.uncertain"
        tell(message.author, kind, title=str(message), url=f"/mail/{message.thread_id}/", data={"why": message.trouble})
