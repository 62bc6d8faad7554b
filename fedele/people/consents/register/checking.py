"""One check: the numbers of a list go out as a file, and the answer comes back as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.people.consents.contacting import REGISTERED, contactable, dialled
from fedele.people.consents.register.models import CheckedNumber, RegisterCheck, RegisterLine
from fedele.people.consents.words import Channel
from fedele.people.identity.phones import clean_phone
from fedele.records.declare import RecordType
from fedele.records.query import ListQuery
from fedele.records.reading import parse_date

#: Numbers of one check; a longer list is checked by parts.
MOST = 200_000
CHUNK = 2_000
#: Words of an answer that say a number is enrolled; "not enrolled" and the like are looked for first.
_NOT = ("non", "not", "no", "n", "0", "false", "assente", "callable", "contattabile", "libero")
_ENROLLED = (
    "si",
    "sì",
    "yes",
    "y",
    "s",
    "1",
    "true",
    "iscritto",
    "iscritta",
    "enrolled",
    "opposizione",
    "presente",
    "x",
)


def start(record_type: RecordType, user: Any, query: str, title: str) -> RegisterCheck:
    """Gathers the numbers of a list as the user sees it; each once. Refused when there are none, or too many."""
    wanted = ListQuery.read(record_type, user, QueryDict(query)).records()
    numbers = _numbers(contactable(wanted, Channel.PHONE, checked=False))
    with transaction.atomic():
        check = RegisterCheck.objects.create(
            title=title[:200], record_type=record_type.key, query=query[:2000], user=user
        )
        some: dict[str, None] = {}
        for number in numbers:
            some[number] = None
            if len(some) > MOST:
                raise Refused(_("More than %(most)s numbers: check a part of them at a time.") % {"most": MOST})
        if not some:
            raise Refused(_("Nobody in this list has a number that could be called."))
        RegisterLine.objects.bulk_create((RegisterLine(check_of=check, number=one) for one in some), batch_size=CHUNK)
        check.numbers = len(some)
        check.save(update_fields=["numbers"])
    return check


def _numbers(records: Any) -> Iterator[str]:
    rows = records.annotate(_number=dialled(records.model)).filter(_number__startswith=REGISTERED).order_by("pk")
    yield from rows.values_list("_number", flat=True).iterator(chunk_size=CHUNK)


def file_of(check: RegisterCheck) -> Iterator[str]:
    """One number a line, as the register takes them: national, digits only, without an extension."""
    sent: set[str] = set()
    for number in check.lines.order_by("number").values_list("number", flat=True).iterator(chunk_size=CHUNK):
        national = number.partition(";")[0].removeprefix(REGISTERED)
        if national not in sent:
            sent.add(national)
            yield f"{national}\r\n"


def take_in(check: RegisterCheck, table: Any, name: str) -> None:
    """The answer: a column with the number, one that says whether it is enrolled, perhaps one with the day.

    A file without a second column lists the enrolled ones alone. Of two answers to a number the stricter holds.
    Refused when no number of the file belongs to this check.
    """
    answers = _answers(table)
    now = timezone.now()
    with transaction.atomic():
        check = RegisterCheck.objects.select_for_update().get(pk=check.pk)
        lines = list(check.lines.all())
        if not any(_plain(line.number) in answers for line in lines):
            raise Refused(_("None of the numbers of this file was in this check. Is it the right file?"))
        only_enrolled = len(table.headers) == 1
        known = []
        for line in lines:
            answer = answers.get(_plain(line.number))
            if answer is None and not only_enrolled:
                continue
            line.is_enrolled = answer is not None and answer[0]
            known.append((line, answer[1] if answer else None))
        RegisterLine.objects.bulk_update([line for line, _day in known], ["is_enrolled"], batch_size=CHUNK)
        _keep(check, known, now)
        check.answered_at, check.file_name = now, name[-120:]
        check.enrolled = sum(bool(line.is_enrolled) for line, _day in known)
        check.unanswered = len(lines) - len(known)
        check.save()


def _keep(check: RegisterCheck, known: list[tuple[RegisterLine, dt.date | None]], now: dt.datetime) -> None:
    """The newest answer counts; the day of enrolment is the first one heard of, as long as the number stays enrolled."""
    for start_at in range(0, len(known), CHUNK):
        some = known[start_at : start_at + CHUNK]
        before = {
            one.number: one for one in CheckedNumber.objects.filter(number__in=[line.number for line, _day in some])
        }
        rows = []
        for line, day in some:
            old = before.get(line.number)
            row = CheckedNumber(number=line.number, checked_at=now, is_enrolled=bool(line.is_enrolled), check_of=check)
            if row.is_enrolled:
                heard = old.enrolled_on if old is not None and old.is_enrolled else None
                row.enrolled_on = day or heard or timezone.localdate(now)
                midnight = dt.datetime.combine(row.enrolled_on + dt.timedelta(days=1), dt.time())
                row.counts_from = timezone.make_aware(midnight)
            rows.append(row)
        CheckedNumber.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["number"],
            update_fields=["checked_at", "is_enrolled", "enrolled_on", "counts_from", "check_of"],
        )  # fmt: skip


def _answers(table: Any) -> dict[str, tuple[bool, dt.date | None]]:
    """{number: (enrolled, since when)}; a line that says neither yes nor no answers nothing."""
    found: dict[str, tuple[bool, dt.date | None]] = {}
    alone = len(table.headers) == 1
    for row in table.rows():
        cells = [str(cell).strip() for cell in row.cells]
        at = next((place for place, cell in enumerate(cells) if _number(cell)), None)
        if row.problem or at is None:
            continue
        rest = cells[:at] + cells[at + 1 :]
        said = [alone, *(one for cell in rest if (one := _says_enrolled(cell)) is not None)]
        if len(said) == 1 and not alone:
            continue
        day = next((one for cell in rest if (one := _day(cell, table.date_order)) is not None), None)
        number = _number(cells[at])
        enrolled, since = found.get(number, (False, None))
        found[number] = (enrolled or any(said), day or since)
    return found


def _number(cell: str) -> str:
    digits = "".join(one for one in cell if one.isdigit() or one == "+")
    if len(digits.removeprefix("+")) < 6 or any(one in cell for one in "/:"):
        return ""
    try:
        return clean_phone(cell, "IT").partition(";")[0]
    except ValidationError:
        return ""


def _plain(number: str) -> str:
    return number.partition(";")[0]


def _says_enrolled(cell: str) -> bool | None:
    word = cell.casefold().strip(" .")
    if word in _NOT or word.startswith(("non ", "not ")):
        return False
    return True if word in _ENROLLED or word.startswith(("iscritt", "enrolled")) else None


def _day(cell: str, order: str) -> dt.date | None:
    try:
        return parse_date(cell, order) if any(mark in cell for mark in "/-.") else None
    except ValidationError:
        return None
