"""How does one come in and go out?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user, match_token
from django_otp import login as otp_login

from qingshan.office.accounts import forms
from qingshan.office.accounts.models import Person
from qingshan.office.accounts.pages.acting import sent
from qingshan.office.doors import open_to_anybody
from qingshan.rules.words import normalised

LANGUAGE_COOKIE_AGE_S = 365 * 24 * 3600
SECONDS_OF_MINUTE = 60


@open_to_anybody
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """登录: name and password, and a one-time code where one was enrolled."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    form = forms.Login(sent(request))
    if request.method == "POST" and form.is_valid():
        person = _known(request, form.cleaned_data)
        if person is not None:
            return _entered(request, person)
        form.add_error(None, _wrong())
    context = {"form": form, "next": _next(request), "demo": _demo_accounts()}
    return render(request, "accounts/login.html", context, status=403 if form.errors else 200)


def _demo_accounts() -> list[dict[str, str]]:
    """The accounts of the demonstration, where it was loaded; its loader leaves them beside the database."""
    place = Path(settings.HOME) / "demo-accounts.json"
    return json.loads(place.read_text(encoding="utf-8")) if place.is_file() else []


def _known(request: HttpRequest, given: dict[str, Any]) -> Person | None:
    """The person, if name, password and code are right. Each failure counts towards the lock-out."""
    login_name = normalised(given["login_name"])
    person = authenticate(request, login_name=login_name, password=given["password"])
    if not isinstance(person, Person):
        return None
    if not any(devices_for_user(person)):
        return person
    device = match_token(person, given["code"].strip()) if given["code"].strip() else None
    if device is None:
        user_login_failed.send(__name__, credentials={Person.USERNAME_FIELD: login_name}, request=request)
        return None
    person.otp_device = device  # type: ignore[attr-defined]
    return person


def _entered(request: HttpRequest, person: Person) -> HttpResponse:
    """A new session key, so that a key from before the login is worth nothing."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    if device := getattr(person, "otp_device", None):
        otp_login(request, device)
    response = HttpResponseRedirect(_next(request))
    if person.language:
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(
            name, person.language, max_age=LANGUAGE_COOKIE_AGE_S, samesite="Lax", httponly=True
        )
    return response


def _wrong() -> str:
    sentence = _(
        "登录名、密码或动态口令不正确。连续 %(times)d 次不正确将锁定 %(minutes)d 分钟；忘记密码请联系安全管理员。"
    )
    return sentence % {"times": settings.AXES_FAILURE_LIMIT, "minutes": lock_minutes()}


def lock_minutes() -> int:
    """How long a lock-out lasts."""
    cool_off = get_cool_off()
    return int(cool_off.total_seconds() // SECONDS_OF_MINUTE) if cool_off else 0


def _next(request: HttpRequest) -> str:
    """Where they wanted to go, as long as that is here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=False):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Too many failures: says for how long, and who can help earlier."""
    context = {"minutes": lock_minutes(), "times": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked.html", context, status=429)


@open_to_anybody
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """退出登录."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)
