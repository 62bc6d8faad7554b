"""How «Officine Aurora» writes: texts used again and again, and Giulia's signature."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from fedele.access.models import User
from fedele.base.models import records_written
from fedele.base.numbering import take_numbers
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.sending.models import MailTemplate, Writer
from fedele.journal.models import Entry
from fedele.journal.storing import give_ids, insert_many
from fedele.journal.writing import entry_for, write_many
from fedele.ui.formatted.text import Formatted

_GREETING = "<div>Gentile {first_name} {last_name},<br><br>"
#: Name, subject, text.
_TEMPLATES = (
    (
        "Ringraziamento dopo la visita",
        "Grazie per la visita",
        _GREETING + "grazie per il tempo che ci ha dedicato. Come d’accordo:</div>"
        "<ul><li>le mandiamo <strong>l’offerta</strong> entro venerdì;</li>"
        "<li>il collaudo si fa da noi, con i vostri pezzi;</li>"
        "<li>per ogni domanda mi trova al {my_phone}.</li></ul><div><br>Cordiali saluti</div>",
    ),
    (
        "Presentazione",
        "Officine Aurora: chi siamo",
        _GREETING
        + "{our_name} costruisce e ripara <strong>macchine per la lavorazione dei metalli</strong> a Brescia dal 1978.<br><br>"
        'Il catalogo è su <a href="https://www.officineaurora.example/catalogo">www.officineaurora.example/catalogo</a>; '
        "se vuole, passo da voi a {city} per vedere il reparto.<br><br>Cordiali saluti</div>",
    ),
    (
        "Offerta senza risposta",
        "La nostra offerta",
        _GREETING + "ha avuto modo di guardare l’offerta? Se qualcosa non va, me lo scriva pure: "
        "<em>prezzo, tempi o pagamento</em>.<br><br>Cordiali saluti</div>",
    ),
)


def write_templates(giulia: User, mailbox: Mailbox, today: dt.date) -> None:
    """Giulia wrote them last spring; everybody uses them."""
    at = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=200), dt.time(9, 30)))
    rows = [_template(name, subject, Formatted.of(html), at) for name, subject, html in _TEMPLATES]
    give_ids(MailTemplate, rows)
    numbers = take_numbers("mailtemplate", MailTemplate.numbering, len(rows))
    for row, number in zip(rows, numbers, strict=True):
        row.number = number
    insert_many(MailTemplate, rows)
    write_many((row, _entry(row, giulia)) for row in rows)
    records_written.send(MailTemplate, records=rows, changed=None)
    _sign(giulia, mailbox)


def _template(name: str, subject: str, text: Formatted, at: dt.datetime) -> MailTemplate:
    return MailTemplate(name=name, subject=subject, body=str(text), body_html=text.html, created_at=at, updated_at=at)


def _entry(row: MailTemplate, giulia: User) -> Entry:
    entry = entry_for(row, "created", at=row.created_at)
    entry.actor_id, entry.door = giulia.pk, "screen"
    return entry


def _sign(giulia: User, mailbox: Mailbox) -> None:
    signature = Formatted.of(
        f"<div><strong>{giulia}</strong><br>Vendite · Officine Aurora<br>via dell’Industria 12, Brescia<br>"
        '<a href="https://www.officineaurora.example">www.officineaurora.example</a></div>'
    )
    Writer.objects.create(user=giulia, mailbox=mailbox, signature=str(signature), signature_html=signature.html)
