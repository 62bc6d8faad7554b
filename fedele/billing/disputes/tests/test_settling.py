"""A dispute from its opening to its end, and who hears of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.billing.disputes.models import Dispute
from fedele.billing.notices import tell_steps_due
from fedele.billing.open_items.models import OpenItem
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.journal.sentences import sentence_of
from fedele.notices.models import Notice
from fedele.people.companies.models import Company


def test_opened_taken_up_agreed_and_credited(dispute: Dispute, giulia: Any) -> None:
    today = timezone.localdate()
    with act_as(giulia, door="screen"):
        dispute.take_up()
        dispute.agree("20 % off the next order")
        assert (dispute.state, dispute.closed_on) == ("agreed", None)
        dispute.credit("Credit note 4/NC")
    dispute.refresh_from_db()
    assert (dispute.state, dispute.review_on, dispute.closed_on, dispute.outcome) == (
        "credited", today, today, "Credit note 4/NC",
    )  # fmt: skip
    told = Entry.objects.filter(record_type="dispute").order_by("id")
    assert [sentence_of(one.kind, one.data) for one in told] == [
        "opened the dispute", "took it up", "agreed with the customer: 20 % off the next order",
        "closed with a credit: Credit note 4/NC",
    ]  # fmt: skip
    assert told.filter(links__record_type="company", links__record_id=dispute.company_id).count() == 4


@pytest.mark.parametrize("verb", ["take_up", "agree", "credit", "reject", "close"])
def test_what_is_over_is_only_opened_again(dispute: Dispute, verb: str) -> None:
    dispute.reject("Not our fault")
    with pytest.raises(Refused):
        getattr(dispute, verb)(*(["x"] if verb in ("credit", "reject") else []))
    dispute.reopen()
    assert (dispute.state, dispute.closed_on) == ("open", None)


def test_the_board_holds_what_is_not_over(dispute: Dispute, as_: Any) -> None:
    over = Dispute(subject="Old and over", company=dispute.company)
    over.save()
    over.close()
    html = as_("dario").get("/disputes/board/").content.decode()
    assert ("Damaged press" in html, "Old and over" in html) == (True, False)


def test_documents_of_another_company_are_not_its(dispute: Dispute, giulia: Any) -> None:
    other = Company(name="Altra", owner=giulia)
    other.save()
    item = OpenItem(document="1", company=other, amount=Decimal(5), due_on=timezone.localdate(), dispute=dispute)
    with pytest.raises(ValidationError):
        item.clean()


def test_the_owner_of_the_customer_hears_of_it(dispute: Dispute, cast: dict[str, Any]) -> None:
    with act_as(cast["chiara"], door="screen"):
        Dispute(subject="Hours twice", company=dispute.company, owner=cast["chiara"]).save()
    told = Notice.objects.get(kind="dispute.opened")
    assert (told.user, told.title) == (cast["giulia"], "Hours twice")


def test_whose_step_is_due_is_told_once_though_mornings_were_missed(dispute: Dispute, giulia: Any) -> None:
    today = timezone.localdate()
    for subject, day, state in (
        ("today", today, "open"), ("late", today - dt.timedelta(days=3), "open"), ("over", today, "closed"),
        ("long ago", today - dt.timedelta(days=4), "open"), ("tomorrow", today + dt.timedelta(days=1), "open"),
    ):  # fmt: skip
        Dispute(subject=subject, company=dispute.company, next_step="Call", next_step_on=day, state=state).save()
    for _run in range(2):
        tell_steps_due.func()
    told = Notice.objects.filter(kind="dispute.step_due")
    assert sorted(one.title for one in told) == ["late", "today"]
