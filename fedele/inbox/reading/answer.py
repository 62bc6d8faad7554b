"""What is known of a mail once it is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from fedele.inbox.reading.senders import NOT_CHECKED, Claim, SenderCheck

Address = tuple[str, str]  # the name, and the address in lower case


@dataclass(frozen=True)
class File:
    name: str
    type: str
    size: int
    inline: bool = False
    cid: str = ""
    data: bytes = field(default=b"", repr=False)

    def told(self) -> dict[str, Any]:
        return {"name": self.name, "type": self.type, "size": self.size, "inline": self.inline}


@dataclass(frozen=True)
class Bounce:
    """One address mail did not reach, and whether it ever will."""

    recipient: str
    status: str
    #: hard: the address does not exist; soft: not now; policy: they do not want it; delay: still trying.
    cls: str
    diagnostic: str = ""
    #: Of the mail that came back, without brackets.
    message_id: str = ""

    def told(self) -> dict[str, Any]:
        return {
            "recipient": self.recipient, "status": self.status, "class": self.cls, "diagnostic": self.diagnostic,
            "message_id": self.message_id,
        }  # fmt: skip


@dataclass(frozen=True)
class Pec:
    """Italian certified mail. `signed`, `why` and `signer` are as `fedele.inbox.reading.sealing` says them."""

    type: str
    reference: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    signed: str = "none"
    identifier: str = ""
    why: str = ""
    signer: str = ""

    def told(self) -> dict[str, Any]:
        return {
            "type": self.type, "reference": self.reference, "from": self.sender, "to": list(self.recipients),
            "signed": self.signed, "why": self.why, "signer": self.signer, "identifier": self.identifier,
        }  # fmt: skip


@dataclass(frozen=True)
class Invitation:
    method: str
    uid: str
    summary: str
    starts: str
    ends: str
    place: str
    organizer: str

    def told(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Reading:
    """The answer. What a mail does not have is empty."""

    kind: str = "message"
    sender: Address = ("", "")
    recipients: dict[str, list[Address]] = field(default_factory=dict)
    subject: str = ""
    date: dt.datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    text: str = ""
    quoted: str = ""
    signature: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    bounces: list[Bounce] = field(default_factory=list)
    pec: Pec | None = None
    #: The header or the words by which it was known to be automatic; "" for what a person wrote.
    auto: str = ""
    list_id: str = ""
    invitation: Invitation | None = None
    #: Which servers say what of its sender, and what follows from the word of our own.
    claims: list[Claim] = field(default_factory=list)
    sender_check: SenderCheck = NOT_CHECKED
    return_path: str | None = None
    #: What the mail before it was called in the system that sent it, from the address a report came back to.
    delivered_to: list[str] = field(default_factory=list)
    complained: str = ""
    size: int = 0
    #: The bytes whose content this is: of certified mail, the message inside.
    fingerprint: str = ""

    @property
    def is_unproven(self) -> bool:
        """That it is from whom it says was looked at and is not so, or it claims to be certified and is not."""
        if self.pec is not None:
            return self.pec.type == "forged" or self.pec.why == "unknown_issuer"
        return self.sender_check.verdict == "failed"

    def told(self) -> dict[str, Any]:
        """As `fedele mail explain --json` prints it."""
        return {
            "kind": self.kind,
            "sender": _shown(self.sender),
            "recipients": {name: [_shown(one) for one in found] for name, found in self.recipients.items()},
            "subject": self.subject,
            "date": self.date.isoformat() if self.date else None,
            "thread": {
                "message_id": self.message_id, "in_reply_to": self.in_reply_to, "references": self.references,
            },
            "new_text": self.text,
            "quoted": self.quoted,
            "signature": self.signature,
            "attachments": [one.told() for one in self.files],
            "bounce": self.bounces[0].told() if self.bounces else None,
            "bounces": [one.told() for one in self.bounces],
            "pec": self.pec.told() if self.pec else None,
            "sender_check": {**self.sender_check.told(), "claimed_by": [one.server for one in self.claims]},
            "auto": self.auto,
            "list": self.list_id,
            "invitation": self.invitation.told() if self.invitation else None,
            "complaint": self.complained,
            "size": self.size,
        }  # fmt: skip


def _shown(address: Address) -> dict[str, str]:
    return {"name": address[0], "address": address[1]}
