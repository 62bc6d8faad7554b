"""How one writes oneself: under Profile."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.inbox.sending.forms import WriterForm
from fedele.inbox.sending.writing import writer_of
from fedele.ui import redirect, render


def mine(request: HttpRequest) -> HttpResponse:
    writer = writer_of(request.user)
    form = WriterForm(request.POST if request.method == "POST" else None, instance=writer, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(request, request.path, _("Saved."))
    return render(request, "inbox/sending/mine.html", {"form": form}, status=422 if form.errors else 200)
