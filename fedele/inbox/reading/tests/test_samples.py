"""A hundred mails as they arrive, and what must be read of each: SAMPLE.eml beside SAMPLE.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fedele.inbox.reading import read

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.eml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_as_a_person_would(name: str) -> None:
    told = read((SAMPLES / f"{name}.eml").read_bytes()).told()
    expected = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert {key: told[key] for key in expected} == expected


def test_there_are_enough_of_every_kind() -> None:
    kinds = {
        json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")).get("kind", "message") for name in NAMES
    }
    assert len(NAMES) >= 100
    assert kinds == {
        "message", "list", "auto_reply", "out_of_office", "automatic", "hard_bounce", "soft_bounce", "policy_bounce", "delay",
        "complaint", "read_receipt", "invitation", "pec", "pec_acceptance", "pec_delivery", "pec_refusal", "pec_failure", "pec_anomaly",
    }  # fmt: skip
