"""Who asks, and is the door open to them?

Sets `request.actor` and `request.holdings`, keeps to the doors that the views declare, and ends a
session without work. A view that declares nothing does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import get_language

from qingshan.office.accounts import actors
from qingshan.office.accounts.models import Holding, Person
from qingshan.office.doors import Door, door_of
from qingshan.office.errors import NotAllowed
from qingshan.office.trail.remembering import until_next_act
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE, Reason, say

HOLDING, SEEN_AT = "holding_id", "seen_at"
SEEN_EVERY_S = 60
"""How often work is written down; every request would be a write for every page that is read."""
OPEN_WITH_OLD_PASSWORD = frozenset({"/account/password/", "/logout/", "/language/", "/health/"})


class ActorMiddleware:
    """Stands before every view; see the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        if request.user.is_authenticated and not _may_go_on(request, now):
            logout(request)
        reads = request.method in {"GET", "HEAD"} and request.user.is_authenticated
        with until_next_act() if reads else nullcontext():
            return self._answer(request, now)

    def _answer(self, request: HttpRequest, now: datetime) -> HttpResponse:
        request.holdings, request.actor = _actor_of(request, now)  # type: ignore[attr-defined]
        response = self.get_response(request)
        _keep_language(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        door = door_of(view)
        if door is None:
            raise Http404
        if door.anybody:
            return None
        if not request.user.is_authenticated:
            return _log_in_first(request)
        if _password_is_due(request.user, timezone.now()) and request.path not in OPEN_WITH_OLD_PASSWORD:
            return _elsewhere(request, "/account/password/", status=403)
        if door.duties and not door.duties & request.actor.duties:  # type: ignore[attr-defined]
            return _shut(request, door)
        return None


def _shut(request: HttpRequest, door: Door) -> HttpResponse:
    """The house's page for 403 with the reason; asked for by hand, since Django logs a raised one as a crash."""
    named = sorted(Duty(duty) for duty in door.duties)
    refusal = NotAllowed.because(
        "accounts.door_shut",
        duties="、".join(duty.zh for duty in named),
        duties_en=", ".join(duty.en for duty in named),
    )
    show: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(403)
    return show(request, exception=PermissionDenied(refusal))


def _may_go_on(request: HttpRequest, now: datetime) -> bool:
    """Whether the session has been at work lately and the person is not locked; notes the work."""
    if not request.user.is_active:
        return False
    seen_at = request.session.get(SEEN_AT)
    idle_s = now.timestamp() - seen_at if seen_at is not None else 0
    if idle_s > settings.SESSION_IDLE_S:
        return False
    if seen_at is None or idle_s > SEEN_EVERY_S:
        request.session[SEEN_AT] = now.timestamp()
    return True


def _actor_of(request: HttpRequest, now: datetime) -> tuple[list[Holding], actors.Actor]:
    person = request.user
    if not isinstance(person, Person):
        return [], actors.public()
    on = shanghai_date(now)
    held = actors.holdings_of(person, on=on)
    chosen = request.session.get(HOLDING)
    holding = next((each for each in held if each.pk == chosen), held[0] if held else None)
    return held, actors.actor_at(person, holding, on=on)


def _password_is_due(person: Any, now: datetime) -> bool:
    if person.must_change_password:
        return True
    max_age_days = getattr(settings, "PASSWORD_MAX_AGE_DAYS", None)
    changed = person.password_changed_at
    return bool(max_age_days and changed and now - changed > timedelta(days=max_age_days))


def _log_in_first(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else "/"
    return _elsewhere(request, f"{settings.LOGIN_URL}?{urlencode({'next': back})}", status=401)


def _elsewhere(request: HttpRequest, address: str, *, status: int) -> HttpResponse:
    """A person is sent on; a script or program gets the status, since it would take a page for data."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=status, headers={"HX-Redirect": address})
    if _is_program(request):
        reason = Reason("accounts.log_in_first")
        body = {"code": reason.code, "sentences": [say(reason, get_language() or CHINESE)]}
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    return HttpResponseRedirect(address)


def _is_program(request: HttpRequest) -> bool:
    """Below /api/, by fetch() from a page of ours (map tiles), or whoever prefers JSON."""
    return (
        request.path.startswith("/api/")
        or request.headers.get("Sec-Fetch-Dest") == "empty"
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def _keep_language(request: HttpRequest, response: HttpResponse) -> None:
    """Who chooses a language while logged in finds it again on another machine."""
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    person = request.user
    if chosen is not None and isinstance(person, Person) and person.language != chosen.value:
        Person.objects.filter(pk=person.pk).update(language=chosen.value)
