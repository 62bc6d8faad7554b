"""What colleagues wrote to each other about the customers everybody knows.

What came on the last evening nobody has read yet: three years end yesterday, whatever day and hour it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.access.models import User
from fedele.access.seeing import who_sees
from fedele.demo.cast import DOMAIN
from fedele.inbox.calls.models import Extension
from fedele.inbox.conversations.models import Part, Remark
from fedele.inbox.conversations.naming import named_in
from fedele.inbox.conversations.saying import EXCERPT, deal_out
from fedele.journal.writing import entry_for, write_many
from fedele.notices.following import follow, followers_of
from fedele.notices.models import Notice
from fedele.notices.telling import record_url
from fedele.people.models import Company

#: Company → who, how many days ago, at what time, what.
_SAID: dict[str, tuple[tuple[str, int, str, str], ...]] = {
    "Officine Meccaniche Rinaldi S.r.l.": (
        ("giulia", 3, "09:12", "Elena Rinaldi chiede se possiamo anticipare il collaudo. @Marco Ferri, ce la fai?"),
        ("marco", 3, "12:47", "Martedì sono già da loro per il tagliando, posso fare tutto insieme. Serve il gruista."),
        ("giulia", 3, "12:55", "Perfetto, glielo dico io. Grazie!"),
        ("chiara", 1, "16:20", "Ha chiamato Paolo Tosi: la pressa perde olio da stamattina, pretende una risposta oggi."),
        ("chiara", 1, "18:41", "@Giulia Bassi prima di passare da loro senti Marco: il ricambio arriva solo giovedì."),
    ),
    "Torneria Colombo": (
        ("luca", 6, "10:05", "Per Colombo possiamo scendere fino al 6%, non di più: margine già tirato."),
        ("giulia", 6, "10:18", "Chiaro. Ilaria Conti però guarda più ai tempi che al prezzo."),
        ("luca", 1, "18:55", "@Giulia Bassi hanno visto anche la concorrenza, chiamala domattina se riesci."),
    ),
    "Caseificio Orobie": (
        ("chiara", 9, "15:30", "Marta Belotti vuole il contratto di assistenza separato dalla fornitura."),
        ("luca", 8, "09:02", "Va bene, preparo due offerte. @Chiara Fontana mi mandi le ore dell’anno scorso?"),
        ("chiara", 8, "09:40", "42 ore, di cui 11 fuori orario."),
    ),
    "Armi Valtrompia S.p.A.": (
        ("giulia", 4, "17:10", "Franzoni preferisce essere chiamato dopo le 17, in officina non sente il telefono."),
        ("marco", 2, "18:22", "Confermo. E per entrare serve il documento: avvisare la portineria il giorno prima."),
    ),
    "Lamiere Emiliane S.p.A.": (
        ("paola", 5, "11:33", "@Roberto Gatti con Malagoli siamo alla firma, manca solo il tuo via libera sui pagamenti."),
        ("roberto", 5, "13:01", "Ok a 60 giorni, non oltre."),
    ),
}  # fmt: skip
#: At which numbers of the telephone system people are reached; 600 rings for all who answer customers.
_EXTENSIONS = {"giulia": "21 600", "luca": "22", "chiara": "30 600", "marco": "31", "anna": "40"}


def talk_over(today: dt.date) -> int:
    """Returns how many entries it took."""
    users = {user.email.removesuffix(f"@{DOMAIN}"): user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    Extension.objects.bulk_create(
        Extension(user=users[who], number=number) for who, numbers in _EXTENSIONS.items() for number in numbers.split()
    )
    known = {company.name: company for company in Company.objects.filter(name__in=_SAID).select_related("owner")}
    written = 0
    for name, said in _SAID.items():
        if name in known:
            written += _talk(known[name], said, users, today)
    return written


def _talk(company: Any, said: tuple[tuple[str, int, str, str], ...], users: dict[str, Any], today: dt.date) -> int:
    count, before = 0, None
    for who, days, time, text in said:
        if not who_sees(company, [users[who]]):
            continue
        at = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=days), dt.time.fromisoformat(time)))
        before = _say(company, users[who], text, at, before, is_read=days > 1)
        count += 1
    if before is not None:
        # What is older than that everybody has read.
        evening = today - dt.timedelta(days=1)
        old = Part.objects.filter(record_type="company", record_id=company.pk, last_at__date__lt=evening)
        old.update(is_unread=False, read_to=before.pk)
    return count


def _say(company: Any, author: Any, text: str, at: dt.datetime, before: Remark | None, *, is_read: bool) -> Remark:
    named = named_in(text, company)
    remark = Remark(record_type="company", record_id=company.pk, author=author, text=text, named=named.names, at=at)
    remark.answers = before if before is not None and before.author_id != author.pk else None
    remark.save()
    for one in (author, *named.people):
        follow(company, one, by_itself=True)
    deal_out(remark, {one.pk for one in followers_of(company)} | {author.pk}, named.people)
    to = [one.pk for one in named.people]
    entry = entry_for(company, "said", data={"text": text, "message": remark.pk, "to": to}, at=at)
    entry.actor_id, entry.door = author.pk, "screen"
    write_many([(company, entry)])
    Remark.objects.filter(pk=remark.pk).update(entry_id=entry.pk)
    Notice.objects.bulk_create(_notice(company, entry, one, text, at, is_read) for one in named.people)
    return remark


def _notice(company: Any, entry: Any, user: Any, text: str, at: dt.datetime, is_read: bool) -> Notice:
    return Notice(
        user=user, kind="conversation.mentioned", actor_id=entry.actor_id, record_type="company", record_id=company.pk,
        title=company.name, data={"text": text[:EXCERPT]}, url=record_url("company", company.pk), entry_id=entry.pk,
        at=at, shown_at=at, read_at=at if is_read else None,
    )  # fmt: skip
