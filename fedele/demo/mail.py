"""Mail of the last days until yesterday evening: from known customers, strangers and machines.

It is taken in by the door real mail comes through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from fedele.access.models import User
from fedele.demo.cast import DOMAIN
from fedele.demo.doubts import SERVER, doubtful
from fedele.demo.letters import write_templates
from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox, Standing
from fedele.inbox.messages.models import Met
from fedele.journal.models import Entry
from fedele.notices.models import Notice, Preference
from fedele.people.contacts.models import Contact

SENT_FOLDER = "Sent"
CAME_BACK = "mail.came_back"
#: The same in every demo.
_TOKENS = ("a1b2c3d4e5f6", "f6e5d4c3b2a1")
RINALDI, COLOMBO, OROBIE = "Officine Meccaniche Rinaldi S.r.l.", "Torneria Colombo", "Caseificio Orobie"
ARMI, LAMIERE = "Armi Valtrompia S.p.A.", "Lamiere Emiliane S.p.A."
#: Customer, days ago, time, which mailbox, subject, text; a subject with «R:» answers the one before.
_CUSTOMERS = (
    (RINALDI, 6, "09:14", "info", "Collaudo della linea di sbavatura", "Buongiorno Giulia,\n\npossiamo anticipare il collaudo a martedì 9? Abbiamo il fermo macchina già programmato e ci farebbe comodo.\n\nCordiali saluti\n{name}\n{company}\nTel. 030 2001234"),
    (RINALDI, 1, "17:40", "info", "La pressa perde olio", "Buonasera,\n\nda stamattina la pressa perde olio dal gruppo di testa, ne abbiamo raccolto un paio di litri. La produzione è ferma.\nQuando può passare Marco?\n\nGrazie\n{name}"),
    (COLOMBO, 5, "11:02", "giulia", "Offerta centro di lavoro", "Gentile Giulia,\n\nho letto l’offerta. Il prezzo va bene, ma dodici settimane di consegna sono troppe: a noi serve entro settembre.\nC’è margine sui tempi?\n\nSaluti\n{name}"),
    (COLOMBO, 1, "18:12", "giulia", "R: Offerta centro di lavoro", "Buongiorno,\n\nun’ultima domanda: l’installazione è compresa?\n\nSaluti\n{name}\n\nIl giorno lun 11 mar 2024 alle ore 11:02 Giulia Bassi ha scritto:\n> Sui tempi parlo con la produzione e le faccio sapere."),
    (OROBIE, 4, "10:25", "info", "Contratto di assistenza", "Buongiorno,\n\ncome d’accordo vi chiediamo due offerte separate: una per la fornitura e una per l’assistenza annuale.\nL’anno scorso abbiamo usato 42 ore.\n\nCordialmente\n{name}"),
    (OROBIE, 2, "15:51", "info", "Fattura di maggio", "Buongiorno,\nnella fattura di maggio risultano 6 ore di intervento, noi ne abbiamo firmate 4. Potete controllare?\n\nCordialmente\n{name}"),
    (ARMI, 8, "17:22", "giulia", "Documenti per l’accesso", "Per entrare servono documento e DURC, da mandare il giorno prima alla portineria.\n\nDistinti saluti\n{name}"),
    (LAMIERE, 3, "12:08", "info", "Conferma d’ordine", "Buongiorno,\nconfermiamo l’ordine alle condizioni concordate, pagamento a 60 giorni.\nIn allegato la conferma firmata.\n\nDistinti saluti\n{name}"),
    (LAMIERE, 1, "09:30", "info", "Manuale in inglese", "Buongiorno, ci servirebbe il manuale della piegatrice anche in inglese, per i colleghi di Stoccarda.\n\nGrazie\n{name}"),
)  # fmt: skip
#: Name, address, days ago, time, subject, text.
_STRANGERS = (
    ("Nicola Serra", "nicola.serra@serrastampi.example", 1, "17:58", "Richiesta di preventivo per una pressa da 200 t", "Buongiorno,\n\nvi ho conosciuti in fiera. Cerchiamo una pressa da 200 tonnellate con alimentatore, possibilmente in pronta consegna.\nPotete mandarmi un preventivo e dirmi chi segue la provincia di Bergamo?\n\n-- \nNicola Serra\nSerra Stampi S.r.l.\nTel. 035 4561230\nCell. 348 5512340"),
    ("Francesca Zanetti", "f.zanetti@zanettivalvole.example", 1, "11:15", "Visita in azienda", "Buongiorno, stiamo rinnovando il reparto tornitura e valutiamo tre fornitori. È possibile una visita la prossima settimana?\n\nFrancesca Zanetti\nZanetti Valvole S.p.A.\nUfficio acquisti\nTel. 030 8912345"),
    ("", "ordini@bresciautensili.example", 1, "14:02", "Listino ricambi", "Potete inviarci il listino ricambi aggiornato?\nGrazie"),
    ("Officine Cattaneo", "info@officinecattaneo.example", 2, "16:30", "Usato", "Buonasera, ritirate anche macchine usate in permuta? Abbiamo un tornio del 2009.\n\nSaluti\nOfficine Cattaneo S.n.c."),
    ("Studio Bianchi", "studio@studiobianchi.example", 4, "09:05", "Convenzione", "Buongiorno, siamo uno studio di consulenza e vorremmo proporvi una convenzione per i vostri clienti."),
)  # fmt: skip
#: What Giulia wrote from her own program: customer, days ago, time, subject, text, the file that went along.
_SENT = (
    (ARMI, 6, "10:20", "Offerta per la linea di lavaggio", "Buongiorno,\n\ncome promesso le mando l’offerta per la linea di lavaggio. Resta valida fino a fine mese.\nMi fa sapere se le condizioni di pagamento vanno bene?\n\nCordiali saluti\nGiulia Bassi", "Offerta linea di lavaggio.pdf"),
    (RINALDI, 3, "16:35", "Date per il collaudo", "Buongiorno,\n\nmartedì 9 alle 8:30 per noi va bene. Mi conferma chi ci accoglie in reparto?\n\nCordiali saluti\nGiulia Bassi", ""),
)  # fmt: skip
_FILES = {"Conferma d’ordine": "Conferma firmata.pdf"}
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_MACHINES = (
    ("Fornitori News", "news@fornitorinews.example", 1, "06:00", "Le novità di giugno", "Le offerte del mese.", {"List-Id": "<news.fornitorinews.example>", "Precedence": "bulk"}),
    ("Nicola Serra", "nicola.serra@serrastampi.example", 1, "18:03", "Risposta automatica: fuori ufficio", "Sono fuori ufficio fino a lunedì.", {"Auto-Submitted": "auto-replied"}),
)  # fmt: skip


def come_in(today: dt.date) -> int:
    """Returns how many entries it left."""
    before = Entry.objects.count()
    boxes = _mailboxes(today)
    for number, (box, mail, at) in enumerate(_mails(today), 1):
        take(boxes[box], mail.as_bytes(), Place("INBOX", 1, number, at))
    for number, (mail, at) in enumerate(_sent(today), 1):
        take(boxes["giulia"], mail.as_bytes(), Place(SENT_FOLDER, 1, number, at))
    with told_without_mail(CAME_BACK):
        for number, (box, folder, data, at) in enumerate(doubtful(today, SENT_FOLDER), 900):
            take(boxes[box], data, Place(folder, 1, number, at))
            Notice.objects.filter(kind=CAME_BACK).update(at=at)
    Mailbox.objects.update(standing=Standing.WELL, fetched_at=timezone.now())
    Met.objects.all().delete()
    # What is a day old was seen; only what is new still asks for a look.
    Notice.objects.filter(kind="mail.received").update(at=timezone.now())
    return Entry.objects.count() - before


@contextmanager
def told_without_mail(kind: str) -> Iterator[None]:
    """What happened days ago is told on the page: nobody is written to about it today."""
    wishes = [Preference(user=user, kind=kind, email="none") for user in User.objects.all()]
    Preference.objects.bulk_create(wishes)
    yield
    Preference.objects.filter(kind=kind).delete()


def _mailboxes(today: dt.date) -> dict[str, Mailbox]:
    """Those of the demo are read from nowhere: who tries Fedele out is not written to by strangers."""
    giulia = User.objects.get(email=f"giulia@{DOMAIN}")
    since = today - dt.timedelta(days=30)
    boxes = {
        "info": Mailbox.objects.create(
            name="Informazioni", address=f"info@{DOMAIN}", checks_senders=SERVER, from_name="Officine Aurora", token=_TOKENS[0], since=since,
            signature="Officine Aurora\nvia dell’Industria 12, Brescia\nTel. 030 2000000",
        ),
        "giulia": Mailbox.objects.create(
            name="Giulia Bassi", address=f"giulia.bassi@{DOMAIN}", owner=giulia, token=_TOKENS[1], since=since,
            sent_folder=SENT_FOLDER,
        ),
    }  # fmt: skip
    write_templates(giulia, boxes["giulia"], today)
    return boxes


def _mails(today: dt.date) -> Iterator[tuple[str, EmailMessage, dt.datetime]]:
    last = ""
    for number, (company, ago, clock, box, subject, text) in enumerate(_CUSTOMERS):
        contact = Contact.objects.filter(company__name=company).exclude(email="").order_by("pk").first()
        if contact is None:
            continue
        mail, at = _mail(
            str(contact), contact.email, box, subject, text.format(name=contact, company=company), today, ago, clock
        )
        if subject.startswith("R: "):
            mail["In-Reply-To"] = f"<{last}>"
        last = f"cliente-{number}@{DOMAIN}"
        mail["Message-ID"] = f"<{last}>"
        if name := _FILES.get(subject):
            mail.add_attachment(_PDF, maintype="application", subtype="pdf", filename=name)
        yield box, mail, at
    for number, (name, address, ago, clock, subject, text, *more) in enumerate((*_STRANGERS, *_MACHINES)):
        mail, at = _mail(name, address, "info", subject, text, today, ago, clock)
        mail["Message-ID"] = f"<altri-{number}@{address.rpartition('@')[2]}>"
        for header, value in (more[0] if more else {}).items():
            mail[header] = value
        yield "info", mail, at


def _sent(today: dt.date) -> Iterator[tuple[EmailMessage, dt.datetime]]:
    for number, (company, ago, clock, subject, text, name) in enumerate(_SENT):
        contact = Contact.objects.filter(company__name=company).exclude(email="").order_by("pk").first()
        if contact is None:
            continue
        mail, at = _mail("Giulia Bassi", f"giulia.bassi@{DOMAIN}", "giulia", subject, text, today, ago, clock)
        mail.replace_header("To", f"{contact} <{contact.email}>")
        mail["Message-ID"] = f"<giulia-{number}@{DOMAIN}>"
        if name:
            mail.add_attachment(_PDF, maintype="application", subtype="pdf", filename=name)
        yield mail, at


def _mail(
    name: str, address: str, box: str, subject: str, text: str, today: dt.date, ago: int, clock: str
) -> tuple[EmailMessage, dt.datetime]:
    at = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=ago), dt.time.fromisoformat(clock)))
    mail = EmailMessage()
    mail["From"] = f"{name} <{address}>" if name else address
    mail["To"] = f"info@{DOMAIN}" if box == "info" else f"giulia.bassi@{DOMAIN}"
    mail["Subject"], mail["Date"] = subject, format_datetime(at)
    mail.set_content(text)
    return mail, at
