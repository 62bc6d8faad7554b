"""What a department says about a record type. Plain values, read by plain functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from fedele.records.adding import added_tiles, is_wide
from fedele.records.merging.rules import Merging


@dataclass(frozen=True)
class Listing:
    columns: tuple[str, ...]
    order: str = "-updated_at"
    #: Fields offered as quick filters above the list.
    filters: tuple[str, ...] = ()
    #: Views everybody starts with: (key, label, query string).
    views: tuple[View, ...] = ()
    #: Fields shown on the two-line card of a phone.
    card: tuple[str, ...] = ()
    #: What the first column shows, when that is more than its own field: the parts of a name.
    title: tuple[str, ...] = ()
    title_label: Any = ""
    #: Shown instead when all parts of the title are empty.
    title_else: str = ""


@dataclass(frozen=True)
class View:
    key: str
    label: Any
    query: str = ""


@dataclass(frozen=True)
class Board:
    #: A foreign key or a choice field; a lane each.
    by: str
    #: Money field summed in the header of each lane.
    total: str = ""
    #: Percentage by which the total is weighted: the probability.
    weighted: str = ""
    #: The field that tells open from closed; its values are kept apart in the totals.
    state: str = ""
    #: Only these are on the board: a query in the list's filter language.
    only: str = ""
    #: The verb a moved card calls with the lane, when lanes are records.
    move: str = ""
    #: The verb for each lane, when lanes are choices: {"hot": "warm"}.
    moves: dict[str, str] = field(default_factory=dict)
    #: Method of a record that says it has stood too long, and one that says it is late.
    stalled: str = ""
    late: str = ""
    #: Fields on a card, under its title.
    card: tuple[str, ...] = ()
    #: Closed zone: query and label of strips at the right end.
    closed: tuple[View, ...] = ()
    #: Verbs a card may be dropped on.
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lane:
    key: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Calendar:
    date: str
    only: str = ""
    #: The address of a calendar of its own, to which that of the month leads.
    elsewhere: str = ""


@dataclass(frozen=True)
class Section:
    title: Any
    fields: tuple[str, ...]

    def __init__(self, title: Any, *fields: str) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "fields", fields)


@dataclass(frozen=True)
class Form:
    sections: tuple[Section, ...]
    #: What the short form of quick create asks for.
    quick: tuple[str, ...] = ()
    #: Where the form asks, as it is filled in, for what is good to know beside it: a fragment for the fields sent along.
    beside: str = ""

    def __init__(self, *sections: Section, quick: tuple[str, ...] = (), beside: str = "") -> None:
        object.__setattr__(self, "sections", sections)
        object.__setattr__(self, "quick", quick)
        object.__setattr__(self, "beside", beside)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for section in self.sections for name in section.fields)


@dataclass(frozen=True)
class Related:
    """A block of the page with records of another type that point here: the first rows, a count, and `+`."""

    record_type: str
    #: The foreign key over there.
    by: str
    label: Any = ""
    columns: tuple[str, ...] = ()
    #: Query string of the list's filter language, to show only some.
    only: str = ""
    #: Tells several blocks of the same records apart.
    name: str = ""
    #: Offers to make one that would stand here.
    makes: bool = True
    #: By any field, as what belongs to one record is few: "-closed_on". "" as in the list.
    order: str = ""

    @property
    def key(self) -> str:
        """Its place in the address of a page."""
        return self.name or f"{self.record_type}-{self.by}"


@dataclass(frozen=True)
class Page:
    #: Blocks at the right: `Related(...)` or the name of a template.
    panels: tuple[Any, ...] = ()
    #: Blocks at the left, under the facts: who belongs to it.
    beside: tuple[Any, ...] = ()
    #: Fields shown under the name.
    subtitle: tuple[str, ...] = ()
    #: Choice fields shown as badges beside the name.
    badges: tuple[str, ...] = ()
    #: Fields that come first on the page, filled or not; then those that are filled.
    facts: tuple[str, ...] = ()
    #: Name of a method returning situation tiles: [{"label", "value", "note", "url"}].
    tiles: str = ""
    #: Name of a method returning warnings: [(level, text)].
    warnings: str = ""

    @property
    def blocks(self) -> tuple[Any, ...]:
        return (*self.panels, *self.beside)


@dataclass(frozen=True)
class Search:
    title: tuple[str, ...]
    also: tuple[str, ...] = ()

    def __init__(self, *title: str, also: tuple[str, ...] = ()) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "also", also)


@dataclass(frozen=True)
class Joined:
    """Two fields that files often keep in one column: «Rossi Anna»."""

    label: Any
    fields: tuple[str, str]
    #: A text to a value for each of the two.
    split: Callable[[str], tuple[str, str]]
    synonyms: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "+".join(self.fields)


@dataclass(frozen=True)
class Exchange:
    #: Field that tells which existing record a row of a file is.
    key: str = "number"
    #: Further fields that identify one for certain, tried in order.
    identify: tuple[str, ...] = ()
    #: Fields a file may set besides those of the form.
    also: tuple[str, ...] = ()
    #: Fields a file shows and never sets: they follow from something else.
    told: tuple[str, ...] = ()
    #: Header synonyms in any language: {"name": ("ragione sociale", "company name")}.
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: A field whose value stands in for a missing one: {"last_name": "first_name"}.
    defaults: dict[str, str] = field(default_factory=dict)
    #: Besides the name, what a row has in common with a record that it perhaps is.
    alike: tuple[str, ...] = ()
    #: What `recognise` looks at: read before the other columns.
    recognised_by: tuple[str, ...] = ()
    #: Pairs of fields a file may have in one column.
    joined: tuple[Joined, ...] = ()
    #: The text field for columns that have no field of their own.
    remarks: str = "notes"
    #: A foreign key to what the rows of a file came from; every new record of the file gets it.
    provenance: str = ""
    #: Nothing new comes in before somebody has said what that is, be it "nothing".
    provenance_required: bool = False
    #: Rows of a file to begin with: {"field": text}.
    sample: tuple[dict[str, str], ...] = ()


class RecordType:
    """Everything the generic doors know about one concept. Override a method to differ in one respect."""

    model: Any
    icon: str = "file"
    #: Key of the menu section, and the letter of `g …` and `n …`.
    section: str = ""
    letter: str = ""
    slug: str = ""
    #: Place within the section of the menu: the lower, the higher up.
    menu_order: int = 50
    #: Labels that read better than the model's own ("New opportunity" has a gender in Italian).
    new_label: Any = ""
    listing: Listing
    board: Board | None = None
    calendar: Calendar | None = None
    form: Form
    page: Page = Page()
    search: Search | None = None
    verbs: tuple[str, ...] = ()
    exchange: Exchange = Exchange()
    #: How records of this type are merged; None: not at all.
    merge: Merging | None = None
    #: Long texts that may be formatted: {"body": "body_html"}. Forms have an editor; every other door writes the text alone.
    formatted: dict[str, str] = {}
    #: {"field": {"value": "ok"}}: the tone of a choice's badge.
    tones: dict[str, dict[str, str]] = {}
    #: A record is a person: found with "@" in the palette.
    is_person: bool = False
    #: Its pages may be kept on a device to be read without a network.
    kept_offline: bool = True
    #: May be made by hand.
    creatable: bool = True

    @property
    def key(self) -> str:
        name: str = self.model._meta.model_name
        return name

    @property
    def label(self) -> Any:
        return self.model._meta.verbose_name

    @property
    def plural(self) -> Any:
        return self.model._meta.verbose_name_plural

    def url(self, record_id: int | None = None, *rest: str) -> str:
        parts = ["", self.slug, *([str(record_id)] if record_id is not None else []), *rest, ""]
        return "/".join(parts)

    def board_groups(self) -> list[tuple[str, str]]:
        """Several boards of one type (sales processes): (key, label); empty when there is only one."""
        return []

    def lanes(self, group: str) -> list[Lane]:
        """The lanes of the board, in order."""
        field = self.model._meta.get_field(self.board.by if self.board else "")
        if field.choices:
            return [Lane(str(value), capfirst(str(label))) for value, label in field.choices]
        return [Lane(str(row.pk), str(row)) for row in field.related_model.objects.all()[:50]]

    def second_line(self, record: Any) -> str:
        """What tells two records of the same name apart: in search results, pickers and peeks."""
        return str(record.number or "")

    def name_expression(self) -> Any | None:
        """What its rows are called in a timeline, for the database; None for their title."""
        return None

    def related(self) -> tuple[str, ...]:
        """Foreign keys to fetch together with a record."""
        wanted = {name for name in self.form.fields if self.model._meta.get_field(name).is_relation}
        return tuple(sorted(wanted | {"owner", "team"}))

    def named(self, name: str) -> dict[str, Any] | None:
        """The fields of a new record of which only the name is known; None when that is too little to begin with."""
        fields = {
            one.name
            for one in self.model._meta.concrete_fields
            if one.name in self.form.fields and not one.blank and not one.has_default()
        }
        return {self.search.title[0]: name} if self.search and fields == {self.search.title[0]} else None

    def recognise(self, candidates: list[Any], matcher: Any) -> None:
        """Gives rows of a file the record they mean, where telling it takes more than one field. A few statements for all."""

    def verb_url(self, record: Any, verb: str) -> str:
        """Where a verb has a screen of its own; "" for the usual dialog."""
        return ""

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        """What a panel's own template needs besides `record`; None leaves the panel out."""
        return {}

    def has_group(self, record: Any) -> bool:
        """It is part of a greater customer. Asked for every page: no statement."""
        return False

    def group_of(self, record: Any, user: Any) -> list[int]:
        """This record and those that are one customer with it, as far as `user` may see them."""
        return []

    def settle_merge(self, survivor: Any, others: list[Any]) -> None:
        """Completes what follows for `survivor`, not yet stored, from having become one with `others`."""

    def all_tiles(self, record: Any, user: Any) -> list[dict[str, Any]]:
        """The situation of a record in numbers: its own tiles, and those later departments add."""
        own = getattr(self, self.page.tiles)(record, user) if self.page.tiles and not is_wide(record) else []
        return sorted([*own, *added_tiles(self.key, record, user)], key=lambda tile: tile.get("order", 50))
