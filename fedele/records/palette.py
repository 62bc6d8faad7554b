"""The command palette: records by whatever one remembers of them, actions, pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.base.numbering import numbers_like
from fedele.base.verbs import verb_of
from fedele.journal.models import Entry
from fedele.records.adding import added_menu
from fedele.records.merging.leading import survivors_by_number
from fedele.records.passages import found_in, types_with_passages
from fedele.records.registry import registry
from fedele.records.seeking import found_besides
from fedele.records.unseen import hide_unseen
from fedele.search.finding import find
from fedele.ui import render
from fedele.ui.menu import menu_for

MOST = 12
#: Records shown because of what stands in their texts.
SOME = 5


@dataclass(frozen=True)
class Item:
    group: str
    icon: str
    title: str
    note: str
    url: str
    keys: str = ""
    #: Opened in a dialog by htmx instead of visited.
    dialog: bool = False


def palette(request: HttpRequest) -> HttpResponse:
    """The rows for what is typed; `here` is the address of the page behind it, whose actions come first."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    prefix, rest = (text[0], text[1:].strip()) if text[:1] in (">", "#", "@", "/", "?") else ("", text)
    items = _items(request.user, prefix, rest, request.GET.get("here", ""))
    return render(request, "records/_palette.html", {"items": items[:40], "text": text, "groups": _grouped(items[:40])})


def _items(user: Any, prefix: str, text: str, here: str) -> list[Item]:
    if prefix == ">":
        return _matching(_actions(user, here) + _creations(user), text)
    if prefix in ("/", "?"):
        return _matching(_pages(user), text)
    if prefix == "#":
        return _by_number(user, text)
    if not text:
        return recent_of(user) + _actions(user, here) + _creations(user)
    if prefix == "@":
        return _records(user, text, people=True)
    found = _records(user, text)
    return found + _matching(_actions(user, here) + _creations(user) + _pages(user), text)[:6]


def _grouped(items: list[Item]) -> list[tuple[str, list[Item]]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    return list(groups.items())


def _matching(items: list[Item], text: str) -> list[Item]:
    words = text.casefold().split()
    return [item for item in items if all(word in f"{item.title} {item.note}".casefold() for word in words)]


def visible_sets(user: Any, *, people: bool = False) -> dict[str, Any]:
    """For each searched type (with `people` only types of persons) the ids this user may see; None where that is all."""
    sets: dict[str, Any] = {}
    for record_type in registry:
        reach = user.rights.reach(record_type.key)
        if record_type.search is None or reach == "none" or (people and not record_type.is_person):
            continue
        visible = record_type.model.objects.visible_to(user)
        sets[record_type.key] = None if reach == "all" else visible.order_by().values("pk")
    return sets


def _records(user: Any, text: str, *, people: bool = False) -> list[Item]:
    found = _found(text, visible_sets(user, people=people), user)
    if people:
        return found
    return [*found, *_by_passages(user, text, {item.url for item in found}), *found_besides(user, text)]


def found_for(user: Any, text: str) -> list[Item]:
    """Records by what is typed, for pages that ask for one."""
    return _found(text, visible_sets(user), user)


def _found(text: str, within: dict[str, Any], user: Any) -> list[Item]:
    """At most MOST, but one of each type in any case: what bears the name is found under each of its types."""
    hits = find(text, within=within, limit=max(MOST, len(within)))
    return load([(hit.record_type, hit.record_id) for hit in hits], user)


def _by_passages(user: Any, text: str, shown: set[str]) -> list[Item]:
    """Records in whose long texts it stands, with the words around it."""
    items: list[Item] = []
    for key in types_with_passages():
        around = found_in(key, user, text, SOME) if user.rights.may("view", key) else {}
        urls = {registry.by_key(key).url(record_id): said for record_id, said in around.items()}
        loaded = load([(key, record_id) for record_id in around], user)
        items += [replace(item, note=urls[item.url]) for item in loaded if item.url not in shown]
    return items


def load(keys: list[tuple[str, int]], user: Any) -> list[Item]:
    """Rows for records, in the given order; one statement a type, and only what the user may see."""
    items: dict[tuple[str, int], Item] = {}
    for key in dict.fromkeys(key for key, _id in keys):
        record_type = registry.by_key(key)
        ids = [record_id for of, record_id in keys if of == key]
        related = [name for name in record_type.related() if name not in ("owner", "team")]
        found = list(record_type.model.objects.visible_to(user).filter(pk__in=ids).select_related(*related))
        hide_unseen(record_type, found, user)
        for record in found:
            note = record_type.second_line(record)
            items[key, record.pk] = Item(
                capfirst(str(record_type.plural)), record_type.icon, str(record), note, record_type.url(record.pk)
            )
    return [items[key] for key in keys if key in items]


def _by_number(user: Any, text: str) -> list[Item]:
    """By the number as it stands on paper, from its start, or by its count alone: 255 for AZ-00255 and TR-2026-0255."""
    keys: list[tuple[str, int]] = []
    for record_type in registry:
        visible = record_type.model.objects.visible_to(user)
        if text.isdecimal() and len(text) < 12:
            found = visible.filter(number__in=numbers_like(record_type.key, record_type.model.numbering, int(text)))
        else:
            found = visible.filter(number__istartswith=text) if text else visible.none()
        keys += [(record_type.key, record.pk) for record in found[:5]]
        if text and record_type.merge is not None and not text.isdecimal():
            keys += [(record_type.key, led) for led in survivors_by_number(record_type.key, [text.upper()]).values()]
    return load(keys, user)


def recent_of(user: Any) -> list[Item]:
    """The last records this person worked on."""
    rows = Entry.objects.filter(actor=user).order_by("-at").values_list("record_type", "record_id")[:60]
    keys = [(key, record_id) for key, record_id in dict.fromkeys(rows) if key in registry][:5]
    return [Item(_("Recent"), item.icon, item.title, item.note, item.url) for item in load(keys, user)]


def _creations(user: Any) -> list[Item]:
    return [
        Item(
            _("Create"),
            "plus",
            str(record_type.new_label or record_type.label),
            "",
            record_type.url() + "new/",
            f"n {record_type.letter}",
        )
        for record_type in registry
        if record_type.creatable and user.rights.may("create", record_type.key)
    ]


def _pages(user: Any) -> list[Item]:
    return [
        Item(_("Go to"), entry.icon, str(entry.label), str(section.label), entry.url, entry.keys)
        for section in menu_for(user)
        for entry in section.items
    ]


def _actions(user: Any, here: str) -> list[Item]:
    """What can be done now to the record whose page is open."""
    parts = here.strip("/").split("/")
    record_type = next((known for known in registry if known.slug == parts[0]), None)
    if record_type is None or len(parts) < 2 or not parts[1].isdecimal() or len(parts[1]) > 18:
        return []
    record = record_type.model.objects.visible_to(user).filter(pk=int(parts[1])).first()
    if record is None:
        return []
    actions = []
    for name in record_type.verbs:
        described = verb_of(record_type.model, name)
        if described.applies_to(record) and user.rights.covers(record, described.may):
            url = record_type.url(record.pk, "do", name)
            actions.append(Item(str(record), described.icon, str(described.label), "", url, described.key, dialog=True))
    added = added_menu(record_type.key, record, user)
    return actions + [Item(str(record), one.icon, one.label, "", one.url, dialog=one.dialog) for one in added]
