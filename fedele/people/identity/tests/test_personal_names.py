from __future__ import annotations

import pytest

from fedele.people.identity.personal_names import split_name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anna Rossi", ("Anna", "Rossi")),
        ("ROSSI MARIO", ("MARIO", "ROSSI")),
        ("Bianchi, Carlo Maria", ("Carlo Maria", "Bianchi")),
        ("Anna Maria De Luca", ("Anna Maria", "De Luca")),
        ("De Luca Anna Maria", ("Anna Maria", "De Luca")),
        ("Dott. Ing. Paolo D'Angelo", ("Paolo", "D'Angelo")),
        ("Sig.ra Nicolò Vezzoli", ("Nicolò", "Vezzoli")),
        ("Vezzoli Jean-Pierre", ("Jean-Pierre", "Vezzoli")),
        ("Zhang Qwertz", ("Zhang", "Qwertz")),
        ("Rossi", ("", "Rossi")),
        ("Dott.", ("", "Dott.")),
        ("Xyz van der Berg", ("Xyz", "van der Berg")),
        ("", ("", "")),
        ("<img onerror=alert(1)>", ("<img", "onerror=alert(1)>")),
    ],
)
def test_first_name_and_surname_in_either_order(text: str, parts: tuple[str, str]) -> None:
    assert split_name(text) == parts
