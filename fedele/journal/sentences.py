"""An entry as a sentence, in the reader's language.

A department says its sentences where it declares its verbs: `sentence("opportunity.won", _("won the opportunity"))`.
Placeholders are keys of the entry's data: `_("moved to {stage}")`.
"""

from __future__ import annotations

import re
from typing import Any

from babel.numbers import format_currency
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")

_sentences: dict[str, tuple[Any, str]] = {}
#: Kind → placeholder → the choices whose labels stand for its codes, so that each reader has them in their language.
_words: dict[str, dict[str, Any]] = {}
#: Kind → what its data must hold, and the kind it is told as then.
_instead: dict[str, tuple[str, str]] = {}


class Values(dict):
    """The data of an entry as a sentence shows it: an amount with its currency, a day as one writes it, "…" for nothing."""

    def __init__(self, data: dict[str, Any], kind: str = "") -> None:
        super().__init__(data)
        for name, choices in _words.get(kind, {}).items():
            if data.get(name) in choices.values:
                self[name] = choices(data[name]).label
        for name, value in data.items():
            if isinstance(value, str) and (day := DAY.fullmatch(value)):
                self[name] = "/".join(reversed(day.groups()))
        if "currency" in data and str(data.get("amount")).replace(".", "", 1).isdigit():
            locale = get_language() or "it"
            self["amount"] = format_currency(data["amount"], data["currency"], locale=locale.replace("-", "_"))

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(kind: str, text: Any, /, *, icon: str = "circle-dot", **words: Any) -> None:
    """`reason=LossReason`: the entry's data holds a code of these choices, the sentence its label."""
    _sentences[kind] = (text, icon)
    _words[kind] = words


def told_as(kind: str, other: str, /, *, when: str) -> None:
    """An entry of this kind whose data holds `when` is told as the other kind: what was made finished was not planned."""
    _instead[kind] = (when, other)


def sentence_of(kind: str, data: dict[str, Any]) -> str:
    kind = _kind_told(kind, data)
    verb = kind.rpartition(".")[2]
    text, _icon = _sentences.get(kind) or _sentences.get(f"*.{verb}") or (verb, "")
    return str(text).format_map(Values(data, kind))


def icon_of(kind: str, data: dict[str, Any] | None = None) -> str:
    kind = _kind_told(kind, data or {})
    found = _sentences.get(kind) or _sentences.get(f"*.{kind.rpartition('.')[2]}")
    return found[1] if found else "circle-dot"


def _kind_told(kind: str, data: dict[str, Any]) -> str:
    if kind.endswith(".created") and data.get("source"):
        return "*.imported" if data.get("line") else "*.named"
    when, other = _instead.get(kind, ("", kind))
    return other if data.get(when) else kind


sentence("*.created", _("created"), icon="plus")
sentence("*.changed", _("changed"), icon="pencil")
sentence("*.noted", _("wrote a note"), icon="sticky-note")
sentence("*.trashed", _("moved to the trash"), icon="trash-2")
sentence("*.restored", _("restored from the trash"), icon="archive-restore")
sentence("*.assigned", _("assigned to {owner}"), icon="user-check")
sentence("*.imported", _("came with the import {source}, line {line}"), icon="upload")
sentence("*.named", _("created because the import {source} names it"), icon="upload")
sentence("list.imported", _("imported a list"), icon="upload")
sentence("list.exported", _("exported a list"), icon="download")
sentence("*.undone", _("undid: {what}"), icon="undo-2")
sentence("*.merged", _("merged with {others}"), icon="merge")
sentence("*.merged_into", _("merged into {survivor}"), icon="merge")
sentence("*.followed", _("went along with a merge into {into}"), icon="merge")
sentence("*.unmerged", _("the merge with {others} was taken apart"), icon="split")
sentence("*.taken_out", _("taken out of {survivor} again"), icon="split")
sentence("*.gone_back", _("went back when the merge into {survivor} was taken apart"), icon="split")
