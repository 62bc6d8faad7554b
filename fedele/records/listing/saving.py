"""Views are saved, renamed, deleted and had back: of the list of a record type, or of any list that has a shelf for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.access.models import Team
from fedele.records.listing.views import views_kept
from fedele.records.models import SavedView
from fedele.ui import redirect, render

LONGEST_QUERY = SavedView._meta.get_field("query").max_length or 0
TOO_MUCH = gettext_lazy("This is more than a view can hold. Save it with fewer filters.")
#: What was a view can be had back for a day.
SALT, A_DAY = "saved view", 24 * 60 * 60
COLUMNS = ("name", "scope", "query", "position", "owner_id", "team_id")


@dataclass(frozen=True)
class Shelf:
    """Where the views of one list are kept."""

    #: The record type, or what else the list is of.
    key: str
    #: The address of the list.
    base: str
    #: What a view keeps of an address.
    kept: Callable[[QueryDict], str]
    #: Where the list shows a view, and what it shows without being one.
    at: Callable[[SavedView], str]
    held: Callable[[SavedView], str]


@dataclass(frozen=True)
class Acts:
    """What can be done about the view a list shows."""

    base: str
    #: The list as it is, as a query string.
    address: str
    #: The view it shows, if it is one that somebody saved.
    saved: SavedView | None
    #: The list differs from it.
    changed: bool
    #: Back to how it was saved; "" where nothing was.
    reset: str
    user: Any

    @property
    def is_own(self) -> bool:
        return self.saved is not None and _may_change(self.saved, self.user)


class ViewForm(forms.ModelForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)

    class Meta:
        model = SavedView
        fields = ["name", "scope"]


def save(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """The dialog that saves the list as it is."""
    query = request.POST.get("query", request.GET.urlencode())
    form = ViewForm(request.POST or None)
    kept = shelf.kept(QueryDict(query))
    if form.is_bound and len(kept) > LONGEST_QUERY:
        form.add_error(None, TOO_MUCH)
    if form.is_bound and form.is_valid():
        view = form.save(commit=False)
        view.record_type, view.owner, view.team = shelf.key, request.user, request.user.team
        view.query = kept
        view.save()
        return redirect(request, shelf.at(view), _("View saved."), f"{shelf.base}views/{view.pk}/delete/")
    return _asked(request, form, f"{shelf.base}views/save/", _("Save as new view"), query)


def rename(request: HttpRequest, shelf: Shelf, pk: int) -> HttpResponse:
    """The dialog that calls a view otherwise, or gives it to others."""
    view = _own_view(request, shelf, pk)
    undo = _undo(shelf, view, request)
    form = ViewForm(request.POST or None, instance=view)
    if form.is_bound and form.is_valid():
        form.save()
        return redirect(request, shelf.at(view), _("View saved."), undo)
    return _asked(request, form, f"{shelf.base}views/{pk}/rename/", _("Rename the view"))


def _asked(request: HttpRequest, form: ViewForm, action: str, title: str, query: str = "") -> HttpResponse:
    context = {"form": form, "action": action, "title": title, "query": query}
    return render(request, "records/_save_view.html", context, status=422 if form.is_bound else 200)


def update(request: HttpRequest, shelf: Shelf, pk: int) -> HttpResponse:
    view = _own_view(request, shelf, pk)
    undo, kept = _undo(shelf, view, request), shelf.kept(QueryDict(request.POST.get("query", "")))
    if len(kept) > LONGEST_QUERY:
        return redirect(request, shelf.at(view), TOO_MUCH, level="warn")
    view.query = kept
    view.save()
    return redirect(request, shelf.at(view), _("View saved."), undo)


def delete(request: HttpRequest, shelf: Shelf, pk: int) -> HttpResponse:
    """A view holds no data of customers; the list goes on showing what it held."""
    view = _own_view(request, shelf, pk)
    undo = _undo(shelf, view, request)
    view.delete()
    return redirect(request, shelf.held(view), _("View deleted."), undo)


def back(request: HttpRequest, shelf: Shelf, token: str) -> HttpResponse:
    """As it was before, under the number it had, so that links to it hold: for who did it, for a day."""
    try:
        key, by, pk, *row = signing.loads(token, salt=SALT, max_age=A_DAY)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    values = dict(zip(COLUMNS, row, strict=True))
    there = get_user_model().objects.filter(pk=values["owner_id"]).exists()
    if (key, by) != (shelf.key, request.user.pk) or not there:
        raise Http404
    if not Team.objects.filter(pk=values["team_id"]).exists():
        values["team_id"] = None
    view, _made = SavedView.objects.update_or_create(pk=pk, defaults={**values, "record_type": shelf.key})
    return redirect(request, shelf.at(view), _("The view is as it was."))


def _undo(shelf: Shelf, view: SavedView, request: HttpRequest) -> str:
    row = [shelf.key, request.user.pk, view.pk, *(getattr(view, name) for name in COLUMNS)]
    return f"{shelf.base}views/back/{signing.dumps(row, salt=SALT, compress=True)}/"


def _own_view(request: HttpRequest, shelf: Shelf, pk: int) -> SavedView:
    view = get_object_or_404(views_kept(shelf.key, request.user), pk=pk)
    if not _may_change(view, request.user):
        raise Http404
    return view


def _may_change(view: SavedView, user: Any) -> bool:
    """Only its owner changes a view; what is shared with all, those who administer too."""
    return bool(view.owner_id == user.pk or user.is_administrator)
