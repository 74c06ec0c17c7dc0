"""The workbench, background work, the choice of language, and whether this server is well."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from qingshan.jobs.actions import ask_to_cancel
from qingshan.office.desk import terms, work, workbench
from qingshan.office.doors import open_to_anybody, open_to_signed_in
from qingshan.rules.dates import shanghai_date

LANGUAGE_COOKIE_AGE_S = 365 * 24 * 3600


@open_to_signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """工作台: what waits for me, and what happened lately."""
    now, actor = timezone.now(), request.actor  # type: ignore[attr-defined]
    today = shanghai_date(now)
    waiting, things = workbench.waiting_for(actor), workbench.how_many_wait_for(actor)
    context = {
        "greeting": workbench.greeting(things, now=now),
        "beyond": max(0, things - len(waiting)),
        "today": workbench.today(now=now),
        "waiting": waiting,
        "works": workbench.going_on(actor, now=now),
        "figures": workbench.figures(actor),
        "terms": [*terms.lines(actor, today=today), *terms.of_restored_land(actor, today=today)],
        "lately": workbench.lately(actor),
    }
    return render(request, "desk/home.html", context)


@open_to_anybody
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=LANGUAGE_COOKIE_AGE_S,
            samesite="Lax",
            httponly=True,
        )
    return response


@open_to_anybody
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For watchers: 200 when the database answers, 503 when it does not. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


@open_to_signed_in
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """后台任务: progress, time left, cancel. htmx asks again every second for the part that moves."""
    shown = work.shown(work.job_for(request.actor, pk), now=timezone.now())  # type: ignore[attr-defined]
    template = "desk/job_progress.html" if request.headers.get("HX-Request") else "desk/job.html"
    return render(request, template, {"work": shown})


@open_to_signed_in
@require_POST
def cancel_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a job to stop; what it had not finished is not written."""
    ask_to_cancel(work.job_for(request.actor, pk), now=timezone.now())  # type: ignore[attr-defined]
    return redirect("desk:job", pk=pk)
