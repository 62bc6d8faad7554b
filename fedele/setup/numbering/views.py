from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.access.administration import administrators_only
from fedele.access.audit import Subject, edited
from fedele.access.screens import screen, show_form
from fedele.base.numbering import Numbering
from fedele.records.registry import registry
from fedele.setup.numbering import patterns
from fedele.ui import redirect


class PatternForm(forms.Form):
    pattern = forms.CharField(
        label=gettext_lazy("Pattern"),
        max_length=40,
        strip=False,
        help_text=gettext_lazy("{year} and {n} are replaced; {n:05} pads with zeros to five digits."),
    )

    def __init__(self, record_type: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record_type = record_type

    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"]
        patterns.check(pattern, self.record_type)
        return pattern


@administrators_only
def numbering(request: HttpRequest) -> HttpResponse:
    rows = []
    for record_type in patterns.numbered():
        pattern = patterns.pattern_of(record_type)
        rows.append((record_type, pattern, patterns.upcoming(record_type, pattern)))
    return screen(request, "setup/numbering.html", {"rows": rows})


@administrators_only
def edit(request: HttpRequest, key: str) -> HttpResponse:
    record_type = registry.get(key)
    if record_type is None or not record_type.model.numbering:
        raise Http404
    before = patterns.pattern_of(record_type)
    form = PatternForm(record_type, request.POST if request.method == "POST" else None, initial={"pattern": before})
    if request.method == "POST" and form.is_valid():
        pattern = form.cleaned_data["pattern"]
        with transaction.atomic():
            row, _made = Numbering.objects.update_or_create(record_type=key, defaults={"pattern": pattern})
            patterns.skip_used(record_type, pattern)
            subject = Subject("numbering", row.pk, str(record_type.plural))
            edited("numbering.edited", subject, {"pattern": before}, {"pattern": pattern})
        message = _("The next one gets %(number)s") % {"number": patterns.upcoming(record_type, pattern)}
        return redirect(request, reverse("setup_numbering"), message)
    title = _("Numbering: %(what)s") % {"what": record_type.plural}
    intro = _("Numbers already given stay as they are.")
    return show_form(request, form, title=title, submit=_("Save"), back=reverse("setup_numbering"), intro=intro)
