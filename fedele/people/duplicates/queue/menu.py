from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fedele.people.duplicates.queue.reading import waiting
from fedele.people.duplicates.queue.seeing import decides
from fedele.ui import menu

menu.entry(
    "people",
    "duplicates",
    _("Duplicates"),
    "duplicates",
    "copy-check",
    keys="g u",
    right=decides,
    badge=waiting,
    order=42,
)
