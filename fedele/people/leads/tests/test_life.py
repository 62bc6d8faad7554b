"""The stages of a lead: which passages there are, dated and told."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.leads.models import Lead


def test_every_passage_is_dated_and_told(lead: Lead, giulia: Any) -> None:
    with act_as(giulia):
        for verb, stage in (("qualify", "lead"), ("warm", "hot"), ("cool", "cold"), ("warm", "hot")):
            before = lead.stage_since
            getattr(lead, verb)()
            assert (lead.stage, lead.stage_since > before) == (stage, True)
        lead.kill("competitor")
        lead.revive()
    assert (lead.stage, lead.dead_reason) == ("cold", "")
    kinds = [kind.partition(".")[2] for kind in Entry.objects.order_by("id").values_list("kind", flat=True)]
    assert kinds == ["created", "qualified", "warmed", "cooled", "warmed", "died", "revived"]


def test_passages_that_make_no_sense_are_refused(lead: Lead) -> None:
    with pytest.raises(Refused):
        lead.cool()  # a suspect is cold already
    with pytest.raises(Refused):
        lead.revive()
    lead.kill("no_need")
    for verb in ("qualify", "warm", "cool", "convert"):
        with pytest.raises(Refused):
            getattr(lead, verb)()
