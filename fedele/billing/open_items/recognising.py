"""Which open item a row of an accounting export means: the document of that company; of instalments the one due then."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import CREDITS, ItemKind
from fedele.people.companies.models import Company

#: What a row must say of the document; a number begins anew each year, so the day belongs to it.
Document = tuple[int, str, str, Any]


def find_companies(candidates: list[Any], user: Any) -> None:
    """The company by VAT number or tax code where the row gives one: surer than a name, and right when the name is unknown."""
    given = {code for one in candidates if (code := _code(one))}
    if not given:
        return
    found: dict[str, list[Company]] = defaultdict(list)
    for company in Company.objects.visible_to(user).filter(Q(vat_number__in=given) | Q(tax_code__in=given))[:20_000]:
        for code in {company.vat_number, company.tax_code} & given:
            found[code].append(company)
    for one in candidates:
        companies = found.get(_code(one), ())
        if len(companies) == 1:
            _take(one, companies[0])
        elif companies and not getattr(one.values.get("company"), "pk", None):
            one.add_problem("company", _("%(count)s companies have this VAT number.") % {"count": len(companies)})
        elif _code(one) and "company" not in one.values and not _has_problem(one, "company"):
            one.add_problem(
                "company_code", _("No company here has the VAT number or tax code %(code)s.") % {"code": _code(one)}
            )


def _code(one: Any) -> str:
    """As companies keep it: without the country of an Italian number, without blanks."""
    code = "".join(str(one.values.get("company_code") or "").split()).upper()
    return code[2:] if code.startswith("IT") and code[2:].isdigit() else code


def _take(one: Any, company: Company) -> None:
    """The code has the say: a name that is unknown here, or means several, is no problem any more."""
    one.values["company"] = company
    rest = [problem for problem in one.problems if problem[0] != "company"]
    if rest != one.problems:
        one.problems, one.fate = rest, "problem" if rest else "new"


def _has_problem(one: Any, name: str) -> bool:
    return any(named == name for named, _message in one.problems)


def find_items(candidates: list[Any], matcher: Any) -> None:
    """The items rows are about, in one statement; a row that repeats another is a problem."""
    rows = [one for one in candidates if one.record is None and not one.problems and _document(one)]
    there = _there(rows, matcher)
    in_file: dict[Document, int] = defaultdict(int)
    for one in rows:
        in_file[_document(one)] += 1  # type: ignore[index]
    for one in rows:
        document, due = _document(one), one.values.get("due_on")
        line = matcher.claim(("open item", document, due), one.line)
        if line != one.line:
            one.add_problem("document", _("Line %(line)s of this file says the same.") % {"line": line})
            continue
        items = there.get(document, [])  # type: ignore[arg-type]
        same_day = [item for item in items if item.due_on == due]
        # One instalment here, one in the file: it is the same, and its due day was moved.
        moved = items if len(items) == 1 and in_file[document] == 1 else []  # type: ignore[index]
        one.record = next(iter(same_day or moved), None)


def sign_residuals(candidates: list[Any]) -> None:
    """Some programs write what is left of a credit note with a minus, some without; it is kept below zero."""
    for one in candidates:
        kind = one.values.get("kind") or getattr(one.record, "kind", "")
        if kind in CREDITS and one.values.get("residual"):
            one.values["residual"] = -abs(one.values["residual"])


def _document(one: Any) -> Document | None:
    company, document = one.values.get("company"), one.values.get("document")
    if getattr(company, "pk", None) is None or not document:
        return None
    return company.pk, one.values.get("kind") or ItemKind.INVOICE, document, one.values.get("issued_on")  # type: ignore[union-attr]


def _there(rows: list[Any], matcher: Any) -> dict[Document, list[OpenItem]]:
    wanted = [document for one in rows if (document := _document(one))]
    if not wanted:
        return {}
    items = OpenItem.objects.visible_to(matcher.user).filter(
        company_id__in={document[0] for document in wanted}, document__in={document[2] for document in wanted}
    )
    if matcher.batch_id:
        items = items.select_for_update(of=("self",))
    found: dict[Document, list[OpenItem]] = defaultdict(list)
    for item in items.select_related("company", "owner", "team", "dispute").order_by("due_on", "pk"):
        found[(item.company_id, item.kind, item.document, item.issued_on)].append(item)
    return found
