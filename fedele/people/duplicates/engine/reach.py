"""Telephone numbers and e-mail addresses, as far as they tell people and companies apart."""

from __future__ import annotations

import re
from functools import lru_cache

from fedele.people.duplicates.engine.letters import digits

_EXTENSION = re.compile(r";ext|\bext|\bint|\bx\d", re.IGNORECASE)
#: Where everybody may have a mailbox: the same domain says nothing there.
FREE_PROVIDERS = frozenset(
    """
    gmail.com googlemail.com hotmail.com hotmail.it outlook.com outlook.it live.com live.it msn.com yahoo.com yahoo.it
    yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net web.de t-online.de orange.fr
    wanadoo.fr free.fr laposte.net protonmail.com proton.me libero.it virgilio.it tiscali.it alice.it tin.it
    inwind.it iol.it email.it fastwebnet.it teletu.it vodafone.it tim.it aruba.it poste.it legalmail.it pec.it
    arubapec.it postecert.it pecimprese.it registerpec.it mypec.eu casellapec.com comcast.net verizon.net att.net
    btinternet.com sky.com hotmail.co.uk bigpond.com mail.com mail.ru yandex.ru qq.com 163.com example.com example.org
    ticertifica.it legalmail.com cert.legalmail.it lamiapec.it sicurezzapostale.it pec.libero.it gigapec.it
""".split()
)
#: Mailboxes of an office rather than of a person.
SHARED_MAILBOXES = frozenset(
    """
    info information mail email posta contact contacts contatti contatto office ufficio segreteria amministrazione
    admin administration accounting accounts contabilita fatture fatturazione invoice invoices billing sales
    vendite commerciale marketing ordini orders acquisti purchasing support supporto assistenza service servizi
    help helpdesk hr personale risorseumane lavora jobs careers direzione direction protocollo pec reception
    welcome hello ciao team staff web webmaster press stampa kontakt buero verkauf newsletter noreply produzione
""".split()
)


def phone_key(text: str) -> str:
    """The last nine digits, by which numbers with and without prefix are one; empty for what is no number."""
    if text[:3] == "+39" and text[3:].isdigit():  # As records keep them.
        number = text[3:].lstrip("0")
    else:
        number = digits(_EXTENSION.split(text, maxsplit=1)[0]).lstrip("0")
        if number.startswith("39") and len(number) > 9:  # Italy's prefix, before what would be too short without it.
            number = number[2:].lstrip("0")
    return "" if len(number) < 6 or number == number[0] * len(number) else number[-9:]


def is_mobile(text: str) -> bool:
    """Of one person, as far as the digits tell: Italian numbers with a 3 in front."""
    if text[:4] == "+393":
        return True
    found = digits(text)
    return (found.startswith("3") and len(found) in (9, 10)) or found.startswith(("393", "00393"))


@lru_cache(maxsize=20_000)
def email_parts(text: str) -> tuple[str, str]:
    """(what stands before the @, domain), lower case; Gmail's points and what follows a plus are left out."""
    text = text.strip().lower().removeprefix("mailto:").strip(" <>;,")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        return "", ""
    if domain in ("gmail.com", "googlemail.com"):
        return local.partition("+")[0].replace(".", ""), "gmail.com"
    return local.partition("+")[0] or local, domain


def is_shared(local: str) -> bool:
    return local.rstrip("0123456789").replace(".", "").replace("-", "").replace("_", "") in SHARED_MAILBOXES


def web_domain(text: str) -> str:
    """«https://www.rossi.it/chi-siamo» → rossi.it; empty for the sites of providers and networks."""
    text = text.strip().lower().partition("://")[2] or text.strip().lower()
    host = text.partition("/")[0].partition("?")[0].removeprefix("www.").strip(".")
    networks = ("facebook.com", "instagram.com", "linkedin.com", "paginegialle.it", "google.com")
    return "" if "." not in host or host in FREE_PROVIDERS or host.endswith(networks) else host
