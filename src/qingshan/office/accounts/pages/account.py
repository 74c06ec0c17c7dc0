"""我的账号: my posts, my password, my one-time codes."""

from __future__ import annotations

from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote, urlencode

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods
from django_otp.util import random_hex

from qingshan.office.accounts import actions, forms, queries
from qingshan.office.accounts.middleware import HOLDING
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.errors import NotFound

NEW_KEY = "one_time_key"
KEY_BYTES = 20


@open_to_signed_in
@require_GET
def account(request: Request) -> HttpResponse:
    """Who I am here, and how my login is kept."""
    context = {"uses_codes": queries.uses_one_time_codes(request.user), "crumbs": []}
    return render(request, "accounts/account.html", context)


@open_to_signed_in
@require_http_methods(["GET", "POST"])
def switch_post(request: Request) -> HttpResponse:
    """换岗位: one post at a time; duties of two posts never add up."""
    if request.method == "POST":
        wanted = request.POST.get("holding", "")
        if wanted not in {str(holding.pk) for holding in request.holdings}:
            raise NotFound.because("office.not_found", what=_("岗位"))
        request.session[HOLDING] = int(wanted)
        return HttpResponseRedirect("/")
    return render(request, "accounts/posts.html", {"crumbs": _crumbs()})


@open_to_signed_in
@never_cache
@sensitive_post_parameters()
def change_password(request: Request) -> HttpResponse:
    """修改本人密码; other sessions of mine end."""
    page = ActPage(_("修改密码"), _("修改密码"), "/account/", _crumbs(), _why_now(request), _("密码已修改"))

    def do(given: dict[str, str]) -> None:
        given.pop("again")
        person = actions.change_own_password(
            actor=request.actor, now=timezone.now(), person=queries.own(request.user), **given
        )
        update_session_auth_hash(request, person)

    return act_page(request, page, forms.ChangePassword(sent(request)), do)


def _why_now(request: Request) -> str:
    if request.user.must_change_password:
        return _("您使用的是临时密码，须先修改才能办理其他事项。")
    return ""


@open_to_signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def enrol_code(request: Request) -> HttpResponse:
    """启用动态口令: the key is shown until the first code proves that the phone has it."""
    key = request.session.setdefault(NEW_KEY, random_hex(KEY_BYTES))
    form = forms.EnrolCode(sent(request))
    page = ActPage(_("启用动态口令"), _("启用动态口令"), "/account/", _crumbs(), done=_("已启用动态口令"))

    def do(given: dict[str, str]) -> None:
        actions.enrol_one_time_code(
            actor=request.actor, now=timezone.now(), person=queries.own(request.user), key=key, **given
        )
        del request.session[NEW_KEY]

    return act_page(request, page, form, do, template="accounts/code.html", more=_shown_key(request, key))


def _shown_key(request: Request, key: str) -> dict[str, str]:
    """The key as people type it and as a link that authenticator apps open."""
    secret = b32encode(unhexlify(key)).decode().rstrip("=")
    label = quote(f"青山:{request.user.login_name}")
    query = urlencode({"secret": secret, "issuer": "青山", "digits": 6, "period": 30})
    in_fours = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"secret": in_fours, "uri": f"otpauth://totp/{label}?{query}"}


@open_to_signed_in
@never_cache
@sensitive_post_parameters()
def remove_code(request: Request) -> HttpResponse:
    """停用动态口令."""
    page = ActPage(_("停用动态口令"), _("停用动态口令"), "/account/", _crumbs(), done=_("已停用动态口令"))

    def do(given: dict[str, str]) -> None:
        person = queries.own(request.user)
        actions.remove_one_time_code(actor=request.actor, now=timezone.now(), person=person, **given)

    return act_page(request, page, forms.Present(sent(request)), do)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("我的账号"), "/account/")]
