"""The people of Officine Aurora, in the demo, the tests, the guide and on screenshots: written down here alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: The one password of everybody in the demo.
PASSWORD = "officine-aurora"  # noqa: S105 (printed when the demo starts)
DOMAIN = "officineaurora.example"

#: Name of a team → the team it is part of.
TEAMS = {
    "Direzione": "",
    "Vendite": "",
    "Vendite Nord": "Vendite",
    "Vendite Sud": "Vendite",
    "Vendite Estero": "Vendite",
    "Marketing": "",
    "Assistenza": "",
}


@dataclass(frozen=True)
class Person:
    """A colleague: key is the name in the address and in the tests, role one of those the product brings."""

    key: str
    last_name: str
    job: str
    role: str = ""
    team: str = ""
    #: Codes of the provinces whose customers are theirs, or of the countries abroad.
    area: str = ""
    #: What the start page of the demo says of them.
    about: str = ""

    @property
    def first_name(self) -> str:
        return self.key.capitalize()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


CAST = (
    Person("giulia", "Bassi", "Commerciale", "sales_rep", "Vendite Nord", "BS TN", "sells"),
    Person("luca", "Moretti", "Responsabile vendite Nord", "sales_lead", "Vendite Nord", "MN CR VR", "leads her team"),
    Person("chiara", "Fontana", "Assistenza clienti", "service", "Assistenza", about="answers customers"),
    Person("marco", "Ferri", "Tecnico esterno", "technician", "Assistenza", about="repairs at customers'"),
    Person("anna", "Colli", "Marketing", "marketing", "Marketing", about="runs marketing"),
    Person("dario", "Lombardi", "Direttore generale", "director", "Direzione", about="directs"),
    Person(
        "sara", "Pellegrini", "Amministratrice di sistema", "administrator", "Direzione", about="administers Fedele"
    ),
    Person("eva", "Neri", "Ospite", about="may see nothing"),
)

#: Further colleagues who sell: they own customers, and nobody needs to sign in as one of them.
COLLEAGUES = (
    Person("andrea", "Ferrari", "Commerciale", "sales_rep", "Vendite Nord", "BG MI MB LC CO VA SO LO"),
    Person("elisa", "Donati", "Commerciale", "sales_rep", "Vendite Nord", "VI PD TV VE RO BL BZ UD PN GO TS"),
    Person(
        "fabio", "Costa", "Commerciale", "sales_rep", "Vendite Nord", "TO CN NO BI VC AL AT VB AO GE SV SP IM PV PC PR"
    ),
    Person(
        "paola",
        "Ricci",
        "Responsabile vendite Centro-Sud",
        "sales_lead",
        "Vendite Sud",
        "BO MO RE FE FC RA RN FI PO PT LU MS PI SI AR",
    ),
    Person(
        "davide",
        "Greco",
        "Commerciale",
        "sales_rep",
        "Vendite Sud",
        "NA CE AV SA PZ MT CS CZ CT PA SR RG CA SS BA BT TA LE FG",
    ),
    Person("sofia", "Marino", "Commerciale", "sales_rep", "Vendite Sud", "PG TR AN PU FM RM FR LT AQ CH TE CB"),
    Person("stefan", "Gruber", "Commerciale estero", "sales_rep", "Vendite Estero", "abroad"),
    Person("roberto", "Gatti", "Direttore commerciale", "sales_lead", "Vendite"),
)
EVERYBODY = CAST + COLLEAGUES
SELLERS = tuple(person for person in EVERYBODY if person.role in ("sales_rep", "sales_lead"))

#: Province, or "abroad" → key of who sells there.
SELLER_OF = {place: person.key for person in SELLERS for place in person.area.split()}


def install(password: str = PASSWORD) -> dict[str, Any]:
    """Makes the teams and users that are missing; returns the users by key. With an empty one nobody can sign in."""
    from django.contrib.auth.hashers import make_password

    from fedele.access.models import Role, Team, User

    teams: dict[str, Any] = {}
    for name, above in TEAMS.items():
        teams[name] = Team.objects.get_or_create(name=name, defaults={"parent": teams.get(above)})[0]
    roles = {role.key: role for role in Role.objects.exclude(key="")}
    # One hash for all: it takes a good part of a second on purpose.
    secret = make_password(password or None)
    users = {}
    for person in EVERYBODY:
        user, made = User.objects.get_or_create(email=person.email, defaults=_values(person, teams, secret))
        if made and person.role:
            user.roles.add(roles[person.role])
        users[person.key] = user
    return users


def _values(person: Person, teams: dict[str, Any], secret: str) -> dict[str, Any]:
    return {
        "first_name": person.first_name, "last_name": person.last_name, "job": person.job, "password": secret,
        # No language of their own: the demo speaks that of the visitor's browser.
        "language": "", "team": teams.get(person.team),
    }  # fmt: skip
