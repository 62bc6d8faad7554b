"""The companies everybody in the demo knows: those of the screenshots and of the guide."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    brand: str
    name: str
    form: str
    city: str
    trade: str
    is_key: bool
    #: First name, last name, woman, job of those to talk to, first the one who decides.
    people: tuple[tuple[str, str, bool, str], ...] = ()


_TURNING, _METAL, _MOULDS = "Lavorazioni meccaniche", "Carpenteria e lamiera", "Stampi e attrezzature"

KNOWN = (
    Known("Rinaldi", "Officine Meccaniche Rinaldi S.r.l.", "S.r.l.", "Brescia", _TURNING, True, (
        ("Elena", "Rinaldi", True, "Titolare"), ("Paolo", "Tosi", False, "Responsabile manutenzione"))),
    Known("Colombo", "Torneria Colombo", "", "Lumezzane", _TURNING, True, (
        ("Giorgio", "Colombo", False, "Titolare"), ("Ilaria", "Conti", True, "Responsabile acquisti"))),
    Known("Valsugana", "Meccanica Valsugana S.r.l.", "S.r.l.", "Borgo Valsugana", _TURNING, False, (
        ("Ivan", "Dalpiaz", False, "Amministratore delegato"),)),
    Known("Orobie", "Caseificio Orobie", "", "Albino", "Lattiero-caseario", False, (
        ("Marta", "Belotti", True, "Direttrice di stabilimento"),)),
    Known("Emiliane", "Lamiere Emiliane S.p.A.", "S.p.A.", "Modena", _METAL, True, (
        ("Andrea", "Malagoli", False, "Direttore operativo"),)),
    Known("Adda", "Plastiche Adda S.r.l.", "S.r.l.", "Calolziocorte", "Materie plastiche", False, (
        ("Nicola", "Riva", False, "Responsabile produzione"),)),
    Known("Stampi Nord", "Stampi Nord S.r.l.", "S.r.l.", "Gussago", _MOULDS, False, (
        ("Davide", "Serra", False, "Titolare"),)),
    Known("Berti", "Falegnameria Berti", "", "Rovato", "Legno e arredo", False, (
        ("Paolo", "Berti", False, "Titolare"),)),
    Known("Moretti", "Officine Moretti S.n.c.", "S.n.c.", "Chiari", _TURNING, False, (
        ("Silvio", "Moretti", False, "Socio"),)),
    Known("Valtrompia", "Armi Valtrompia S.p.A.", "S.p.A.", "Gardone Val Trompia", "Armi e ottica", True, (
        ("Ermanno", "Franzoni", False, "Direttore tecnico"),)),
)  # fmt: skip
