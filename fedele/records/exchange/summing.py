"""What pressing “Import” would do, in numbers and in one sentence."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.following import rule_for
from fedele.records.exchange.models import Import
from fedele.ui.amounts import number


def expected(source: Import, counts: dict[str, int]) -> dict[str, int]:
    """{"new", "changed", "unchanged", "out", "doubtful"}: rows nobody decided about become what the rules say."""
    found = {
        "new": counts["new"], "changed": counts["update"], "unchanged": counts["unchanged"],
        "out": counts["problem"] + counts["left_out"], "doubtful": counts["duplicate"],
    }  # fmt: skip
    alike = source.checked.get("alike", {})
    by_rule = {key: min(int(n), counts["duplicate"]) for key, n in alike.items()}
    by_rule.setdefault("", max(0, counts["duplicate"] - sum(by_rule.values())))
    for key, n in by_rule.items():
        act = rule_for(source.rules, [[key]])
        found[{"update": "changed", "skip": "out"}.get(act, "new")] += n
    return found


def sentence(source: Import, counts: dict[str, int], record_type: RecordType) -> str:
    """What pressing the button does."""
    told = expected(source, counts)
    return _("%(records)s: %(new)s new, %(changed)s to change, %(out)s left out.") % {
        "new": number(told["new"]), "changed": number(told["changed"]), "out": number(told["out"]),
        "records": capfirst(str(record_type.plural)),
    }  # fmt: skip
