"""For one with the reason, for a list in one statement: both say the same of everybody, whatever they went through."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.people.companies.models import Company
from fedele.people.consents.contacting import contactable, may_contact
from fedele.people.consents.people import keepers
from fedele.people.consents.purposes import purposes
from fedele.people.consents.recording import record_answer
from fedele.people.consents.register.models import CheckedNumber, RegisterRule
from fedele.people.consents.words import Channel
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.lists.models import PurchasedList

MAILS = ["", "a@alfa.example", "b@alfa.example", "c@beta.example", "d@beta.example"]
PHONES = ["", "+390301234567", "+390301234568", "+390301234567;ext=1", "+393331234567", "+4989636480"]
STREETS = ["", "Via Milano 1", "Via Roma 2"]
NAMES = ["Tosi", "Rossi", "Bianchi"]


def address(random: Random) -> dict[str, str]:
    return {
        "email": random.choice(MAILS), "phone": random.choice(PHONES), "street": random.choice(STREETS),
        "postcode": random.choice(["", "25121"]),
    }  # fmt: skip


def populate(random: Random) -> None:
    lists = [PurchasedList(name="Ready", state="ready"), PurchasedList(name="Not ready")]
    for one in lists:
        one.save()
    for _n in range(6):
        Company(name=random.choice(NAMES), kind=random.choice(["customer", "prospect"]), **address(random)).save()
        company = Company.objects.order_by("-pk").first()
        Contact(
            last_name=random.choice(NAMES),
            company=random.choice([company, None]),
            mobile=random.choice(PHONES),
            **address(random),
        ).save()
        origin = random.choice([None, None, *lists])
        Lead(
            last_name=random.choice(["", *NAMES]),
            company_name="Alfa",
            mobile=random.choice(PHONES),
            origin_list=origin,
            **address(random),
        ).save()


def live(random: Random) -> None:
    record = random.choice([one for model in keepers() for one in model.objects.all()])
    match random.randrange(6):
        case 0:
            record.put(address(random))
            record.save()
        case 1 | 2:
            channels = random.sample(list(Channel), 2)
            said, purpose = (
                random.choice(["refused", "withdrawn", "objected"]),
                random.choice(["", "marketing", "partners"]),
            )
            record_answer(record, channels, said, source=random.choice(["phone", "link"]), purpose=purpose)
        case 3 | 4:
            purpose = random.choice(["marketing", "partners"])
            channels = [one for one in random.sample(list(Channel), 3) if purposes()[purpose].basis(one)]
            if channels:
                days = random.choice([0, 0, 5])
                record_answer(
                    record, channels, "given", purpose=purpose, source=random.choice(["form", "import"]),
                    at=timezone.now() - dt.timedelta(days=days),
                )  # fmt: skip
        case 5:
            number = random.choice(PHONES[1:])
            enrolled = random.random() < 0.4
            CheckedNumber.objects.update_or_create(
                number=number,
                defaults={
                    "checked_at": timezone.now() - dt.timedelta(days=random.choice([1, 20])), "is_enrolled": enrolled,
                    "counts_from": timezone.now() - dt.timedelta(days=random.choice([1, 9])) if enrolled else None,
                },
            )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_of_everybody_by_every_channel_for_every_purpose(db: None, seed: int) -> None:
    random = Random(seed)
    populate(random)
    outcomes = set()
    for _round in range(4):
        for _step in range(10):
            live(random)
        for model in keepers():
            for purpose in purposes():
                for channel in Channel:
                    answers = {one.pk: may_contact(one, channel, purpose) for one in model.objects.all()}
                    outcomes |= {said.code for said in answers.values()}
                    listed = set(contactable(model.objects.all(), channel, purpose).values_list("pk", flat=True))
                    assert listed == {pk for pk, said in answers.items() if said.allowed}, (
                        seed,
                        model,
                        purpose,
                        channel,
                    )
    assert len(outcomes) >= 8


def test_a_list_costs_one_statement_however_long_it_is(db: None) -> None:
    counts = []
    for more in (2, 40):
        Lead.objects.bulk_create(
            Lead(last_name=f"L{n}", email=f"l{n}@alfa.example", phone="+390301234567") for n in range(more)
        )
        purposes()
        RegisterRule.valid_days()
        for channel in ("email", "phone"):
            with CaptureQueriesContext(connection) as captured:
                list(contactable(Lead.objects.all(), channel))
            counts.append((channel, len(captured)))
    assert set(counts) == {("email", 1), ("phone", 1)}
