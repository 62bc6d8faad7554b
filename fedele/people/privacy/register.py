"""The register of processing (GDPR, article 30): what the product knows of purposes, data, recipients, periods, measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.access.models import ApiKey, User
from fedele.people.privacy.models import RetentionRule
from fedele.records.fields import fields_of
from fedele.records.registry import registry

#: Types whose records are persons, or hold what persons are.
PERSONAL = ("contact", "lead", "company")


@dataclass(frozen=True)
class Processing:
    what: str
    #: Names of the fields that are kept.
    data: list[str]
    count: int
    purposes: list[str]
    periods: list[str]


def processings() -> list[Processing]:
    """One a kind of person; counted from the kept totals."""
    rules = list(RetentionRule.objects.filter(is_active=True))
    found = []
    for key in PERSONAL:
        record_type = registry.by_key(key)
        names = [str(one.label) for name, one in fields_of(record_type).items() if name in record_type.form.fields]
        own = [rule for rule in rules if rule.record_type == key]
        found.append(
            Processing(
                what=capfirst(str(record_type.plural)),
                data=names,
                count=record_type.model.objects.filter(trashed_at=None).count(),
                purposes=_purposes(key, own),
                periods=[_period(rule) for rule in own] or [_("no period set: until the purpose ends or they object")],
            )
        )
    return found


def _purposes(key: str, rules: list[RetentionRule]) -> list[str]:
    usual = {
        "contact": _("keeping the relations with customers and suppliers: contracts, orders, assistance"),
        "lead": _("answering who asked, and finding new customers with a basis for it"),
        "company": _("keeping the relations with customers and suppliers: contracts, orders, assistance"),
    }
    return list(dict.fromkeys([usual[key], *(rule.purpose for rule in rules if rule.purpose)]))


def _period(rule: RetentionRule) -> str:
    return _("%(name)s: erased %(months)s months after the last change") % {"name": rule.name, "months": rule.months}


def recipients() -> list[tuple[str, str]]:
    """(who, what for): everything through which data leaves the house by itself."""
    found = [
        (
            _("%(n)s colleagues with a sign-in") % {"n": User.objects.filter(is_active=True).count()},
            _("their work, each within their role"),
        )
    ]
    keys = ApiKey.objects.select_related("user").order_by("name")
    found += [(key.name, _("a program with a key of %(user)s") % {"user": key.user}) for key in keys]
    if settings.EMAIL_HOST and settings.EMAIL_HOST != "localhost":
        found.append((settings.EMAIL_HOST, _("server that sends e-mail")))
    return found


def measures() -> list[str]:
    return [
        _(
            "every record is read through one gate, by role, team and owner; what one may not see does not exist for them"
        ),
        _("sign-in with a second factor or a passkey; sessions can be ended from afar"),
        _(
            "every change is written in a journal with who, when and through which door; exports and views of persons are too"
        ),
        _("connections only encrypted, cookies not readable by scripts, a strict content security policy"),
        _("backups with a check sum; who was erased stays erased when one is restored"),
    ]


def printed() -> dict[str, Any]:
    return {"processings": processings(), "recipients": recipients(), "measures": measures()}
