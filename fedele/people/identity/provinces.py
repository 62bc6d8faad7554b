"""The provinces of Italy: code on number plates, name, region.

Source: ISTAT, «Elenco dei comuni italiani», edition of December 2024 (107 provinces and metropolitan cities), checked
against it line by line; with the four provinces of Sardinia that came back into being in 2025 under the codes they
had until 2016, which addresses have never stopped using.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import fold, tidy

MAX_LENGTH = 60

_TABLE = {
    "Abruzzo": "AQ L'Aquila;CH Chieti;PE Pescara;TE Teramo",
    "Basilicata": "MT Matera;PZ Potenza",
    "Calabria": "CS Cosenza;CZ Catanzaro;KR Crotone;RC Reggio Calabria;VV Vibo Valentia",
    "Campania": "AV Avellino;BN Benevento;CE Caserta;NA Napoli;SA Salerno",
    "Emilia-Romagna": (
        "BO Bologna;FC Forlì-Cesena;FE Ferrara;MO Modena;PC Piacenza;PR Parma;RA Ravenna;RE Reggio nell'Emilia;"
        "RN Rimini"
    ),
    "Friuli-Venezia Giulia": "GO Gorizia;PN Pordenone;TS Trieste;UD Udine",
    "Lazio": "FR Frosinone;LT Latina;RI Rieti;RM Roma;VT Viterbo",
    "Liguria": "GE Genova;IM Imperia;SP La Spezia;SV Savona",
    "Lombardia": (
        "BG Bergamo;BS Brescia;CO Como;CR Cremona;LC Lecco;LO Lodi;MB Monza e della Brianza;MI Milano;MN Mantova;"
        "PV Pavia;SO Sondrio;VA Varese"
    ),
    "Marche": "AN Ancona;AP Ascoli Piceno;FM Fermo;MC Macerata;PU Pesaro e Urbino",
    "Molise": "CB Campobasso;IS Isernia",
    "Piemonte": "AL Alessandria;AT Asti;BI Biella;CN Cuneo;NO Novara;TO Torino;VB Verbano-Cusio-Ossola;VC Vercelli",
    "Puglia": "BA Bari;BR Brindisi;BT Barletta-Andria-Trani;FG Foggia;LE Lecce;TA Taranto",
    "Sardegna": (
        "CA Cagliari;NU Nuoro;OR Oristano;SS Sassari;SU Sud Sardegna;"
        "CI Sulcis Iglesiente;OG Ogliastra;OT Gallura Nord-Est Sardegna;VS Medio Campidano"
    ),
    "Sicilia": (
        "AG Agrigento;CL Caltanissetta;CT Catania;EN Enna;ME Messina;PA Palermo;RG Ragusa;SR Siracusa;TP Trapani"
    ),
    "Toscana": (
        "AR Arezzo;FI Firenze;GR Grosseto;LI Livorno;LU Lucca;MS Massa-Carrara;PI Pisa;PO Prato;PT Pistoia;SI Siena"
    ),
    "Trentino-Alto Adige": "BZ Bolzano;TN Trento",
    "Umbria": "PG Perugia;TR Terni",
    "Valle d'Aosta": "AO Aosta",
    "Veneto": "BL Belluno;PD Padova;RO Rovigo;TV Treviso;VE Venezia;VI Vicenza;VR Verona",
}

#: Codes that no longer exist, with the province that took their place whole.
FORMER = {"FO": "FC", "PS": "PU"}

_ALSO_CALLED = {
    "AQ": "Aquila", "AO": "Valle d'Aosta;Valle d'Aosta/Vallée d'Aoste;Vallée d'Aoste;Aoste",
    "BT": "Barletta;BAT;Andria;Trani",
    "BZ": "Bozen;Bolzano/Bozen;Südtirol;Alto Adige;South Tyrol", "CI": "Carbonia-Iglesias;Carbonia",
    "FC": "Forlì;Forlì e Cesena", "FI": "Florence", "GE": "Genoa", "MB": "Monza;Monza e Brianza;Monza Brianza",
    "MI": "Milan", "MN": "Mantua", "MS": "Massa;Massa e Carrara;Massa Carrara", "NA": "Naples",
    "OT": "Olbia-Tempio;Olbia",
    "PD": "Padua", "PU": "Pesaro;Pesaro-Urbino;Urbino", "RC": "Reggio di Calabria",
    "RE": "Reggio Emilia;Reggio nell'Emilia",
    "RM": "Rome;Roma Capitale", "SP": "Spezia", "TO": "Turin", "VB": "Verbania;Verbano;VCO;Verbano Cusio Ossola",
    "VE": "Venice",
}  # fmt: skip


class Province(NamedTuple):
    code: str
    name: str
    region: str


PROVINCES: dict[str, Province] = {
    entry[:2]: Province(entry[:2], entry[3:], region) for region, line in _TABLE.items() for entry in line.split(";")
}
REGIONS: tuple[str, ...] = tuple(_TABLE)
_BY_NAME = {fold(province.name): province.code for province in PROVINCES.values()} | {
    fold(name): code for code, names in _ALSO_CALLED.items() for name in names.split(";")
}
_BEFORE_THE_NAME = ("provinciaautonomadi", "provinciadi", "provinciadell", "cittametropolitanadi", "provdi", "prov")


def clean_province(value: Any, country: str = "IT") -> str:
    """Code of an Italian province, given as code or name («MI», «(mi)», «Milano», «Provincia di Milano»).

    In other countries it is the name of the county, state or canton, as it comes.
    """
    text = tidy(value)
    if country != "IT":
        return _any_country(text)
    if text in PROVINCES or not text:
        return text
    code = find_province(text)
    if not code:
        raise ValidationError(
            _("“%(value)s” is not an Italian province: write its code, such as MI, or its name."),
            code="unknown",
            params={"value": text[:MAX_LENGTH]},
        )
    return code


def find_province(text: str) -> str:
    """Code of the province with this code or name, empty when there is none."""
    folded = fold(text[:100])
    code = folded.upper()
    if code in PROVINCES:
        return code
    if code in FORMER:
        return FORMER[code]
    for prefix in _BEFORE_THE_NAME:
        if folded not in _BY_NAME and folded.startswith(prefix):
            folded = folded.removeprefix(prefix)
    return _BY_NAME.get(folded) or (folded.upper() if folded.upper() in PROVINCES else "")


def show_province(value: str) -> str:
    """«Milano» for MI; what is no Italian code stays as it is."""
    return PROVINCES[value].name if value in PROVINCES else value


def region_of(value: str) -> str:
    return PROVINCES[value].region if value in PROVINCES else ""


def _any_country(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("A province has at most %(limit)s characters."), code="length", params={"limit": MAX_LENGTH}
        )
    return text
