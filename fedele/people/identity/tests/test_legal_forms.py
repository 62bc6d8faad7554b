import pytest

from fedele.people.identity.legal_forms import CompanyName, clean_legal_form, split_legal_form


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Rossi S.r.l.", "Rossi", "S.r.l."),
        ("ROSSI SRL", "ROSSI", "S.r.l."),
        ("Rossi S. R. L.", "Rossi", "S.r.l."),
        ("Rossi società a responsabilità limitata", "Rossi", "S.r.l."),
        ("ROSSI SOCIETA' A RESPONSABILITA' LIMITATA", "ROSSI", "S.r.l."),
        ("Rossi srl unipersonale", "Rossi", "S.r.l."),
        ("Rossi S.r.l. in liquidazione", "Rossi", "S.r.l."),
        ("Rossi S.r.l. - Società Benefit", "Rossi", "S.r.l."),
        ("Rossi & C. S.n.c.", "Rossi & C.", "S.n.c."),
        ("Officine Aurora S.p.A.", "Officine Aurora", "S.p.A."),
        ("Bianchi di Luca Bianchi e C. s.a.s.", "Bianchi di Luca Bianchi e C.", "S.a.s."),
        ("Alpha - S.R.L.S.", "Alpha", "S.r.l.s."),
        ("Montagne soc.cons. a r.l.", "Montagne", "Soc. cons. a r.l."),
        ("Etnos società cooperativa sociale", "Etnos", "Soc. coop. sociale"),
        ("Società Cooperativa Monteverde", "Monteverde", "Soc. coop."),
        ("Cascina Verde S.S. Agricola", "Cascina Verde", "S.s."),
        ("Müller GmbH & Co. KG", "Müller", "GmbH & Co. KG"),
        ("Müller G.m.b.H.", "Müller", "GmbH"),
        ("Smith & Sons, Ltd.", "Smith & Sons", "Ltd"),
        ("Acme Inc", "Acme", "Inc."),
        ("Nowak Sp. z o.o.", "Nowak", "Sp. z o.o."),
        ("Casa Sa", "Casa Sa", ""),
        ("Istituto Comprensivo D.D.", "Istituto Comprensivo D.D.", ""),
        ("Coop Lombardia", "Coop Lombardia", ""),
        ("Srl", "Srl", ""),
        ("Rossi in liquidazione", "Rossi in liquidazione", ""),
        ("", "", ""),
    ],
)
def test_split(text, name, form):
    assert split_legal_form(text) == CompanyName(name, form)


def test_the_same_letters_in_another_country():
    assert split_legal_form("Dupont SAS", "FR") == CompanyName("Dupont", "SAS")
    assert split_legal_form("Skoda a.s.", "CZ").name == "Skoda"


def test_canonical_form():
    forms = [clean_legal_form(text) for text in ("srl", "S.R.L.", "società per azioni", "Stiftung")]
    assert forms == ["S.r.l.", "S.r.l.", "S.p.A.", "Stiftung"]


def test_long_hostile_name_takes_no_time():
    assert split_legal_form("a " * 50_000 + "S.r.l.").form == ""
