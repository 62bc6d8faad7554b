"""The pages of long jobs. One's own only; administrators see all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.tasks.heart import is_anyone_working
from fedele.tasks.jobs import waits_here
from fedele.tasks.models import Progress
from fedele.tasks.progress import running_for
from fedele.ui import redirect, render, toast

SHOWN = 100
#: Jobs in whose place their result is shown by itself, and the end at which it is: a check is only made to be looked at, and
#: who cancels an import is asked what becomes of the rows that are in.
ONWARDS = {("check", Progress.State.DONE), ("import", Progress.State.CANCELLED)}


def progress_list(request: HttpRequest) -> HttpResponse:
    """The latest jobs; administrators may look at everybody's with `?all=1`."""
    everybody = request.user.is_administrator and request.GET.get("all") == "1"
    jobs = Progress.objects.all() if everybody else Progress.objects.of(request.user)
    latest = list(jobs.select_related("user")[:SHOWN])
    return render(request, "tasks/list.html", {"jobs": latest, "everybody": everybody})


def progress_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "tasks/progress.html", _shown(_own(request, pk)))


def progress_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes; asked for every second until the job is over."""
    progress = _own(request, pk)
    if (progress.kind, progress.state) in ONWARDS:
        return redirect(request, progress.result_url)
    response = render(request, "tasks/progress.html", _shown(progress), fragment="now")
    if progress.is_over:
        level = {"done": "ok", "failed": "bad"}.get(progress.state, "info")
        toast(response, f"{progress.title}: {progress.get_state_display()}", level=level)
    return response


def pill(request: HttpRequest) -> HttpResponse:
    """One's running jobs in the top bar."""
    return render(request, "tasks/_pill.html", {"jobs": running_for(request.user)})


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    progress = _own(request, pk)
    return _turned(request, progress, progress.pause())


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    progress = _own(request, pk)
    return _turned(request, progress, progress.resume())


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    progress = _own(request, pk)
    return _turned(request, progress, progress.cancel())


@require_POST
def tell_me(request: HttpRequest, pk: int) -> HttpResponse:
    progress = _own(request, pk)
    progress.tell_me = request.POST.get("on") == "1"
    Progress.objects.filter(pk=pk).update(tell_me=progress.tell_me)
    return _turned(request, progress, True)


def _own(request: HttpRequest, pk: int) -> Progress:
    return get_object_or_404(Progress.objects.visible_to(request.user).select_related("user"), pk=pk)


def _shown(progress: Progress) -> dict[str, object]:
    alone = progress.state == Progress.State.WAITING and waits_here() and not is_anyone_working()
    return {"progress": progress, "is_alone": alone}


def _turned(request: HttpRequest, progress: Progress, did: bool) -> HttpResponse:
    if (progress.kind, progress.state) in ONWARDS:
        return redirect(request, progress.result_url)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, progress.get_absolute_url())
    response = render(request, "tasks/progress.html", _shown(progress), fragment="now")
    return response if did else toast(response, _("Too late: the job has gone on meanwhile."), level="warn")
