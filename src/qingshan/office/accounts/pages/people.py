"""人员与岗位: what the security administrator does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from qingshan.office.accounts import actions, forms, queries
from qingshan.office.accounts.models import Person
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.passwords import temporary_password
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.rules.duties import Duty

PEOPLE = "/people/"


@open_to(Duty.SECURITY_ADMIN)
@require_GET
def people(request: Request) -> HttpResponse:
    """The people of the area, the newest first."""
    text = request.GET.get("q", "").strip()
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.people(request.actor, text=text, **marks)
    return render(request, "accounts/people.html", {"page": page, "text": text})


@open_to(Duty.SECURITY_ADMIN)
@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person: posts held, login, what was done to the account."""
    found = queries.person(pk, request.actor)
    context = {
        "person": found,
        "holdings": queries.holdings_ever(found),
        "uses_codes": queries.uses_one_time_codes(found),
        "today": request.actor.on,
        "crumbs": [(_("人员"), PEOPLE)],
    }
    return render(request, "accounts/person.html", context)


@open_to(Duty.SECURITY_ADMIN)
@never_cache
def new_person(request: Request) -> HttpResponse:
    """登记人员."""
    page = ActPage(_("登记人员"), _("登记人员"), PEOPLE, [(_("人员"), PEOPLE)], done=_("已登记人员"))

    def do(given: dict[str, Any]) -> Any:
        password = temporary_password() if given["login_name"] else ""
        created = actions.create_person(**_who(request), temporary_password=password, **given)
        return _told_once(request, created, password) if password else None

    return act_page(request, page, forms.NewPerson(sent(request), actor=request.actor), do)


@open_to(Duty.SECURITY_ADMIN)
@never_cache
def give_login(request: Request, pk: int) -> HttpResponse:
    """开通登录."""
    found = queries.person(pk, request.actor)

    def do(given: dict[str, Any]) -> Any:
        password = temporary_password()
        actions.give_login(**_who(request), person=found, temporary_password=password, **given)
        return _told_once(request, found, password)

    return act_page(request, _of(found, _("开通登录")), forms.GiveLogin(sent(request)), do)


@open_to(Duty.SECURITY_ADMIN)
@never_cache
def reset_password(request: Request, pk: int) -> HttpResponse:
    """重置密码: shown once, to be told in person."""
    found = queries.person(pk, request.actor)

    def do(_given: dict[str, Any]) -> Any:
        password = temporary_password()
        actions.reset_password(**_who(request), person=found, temporary_password=password)
        return _told_once(request, found, password)

    return act_page(request, _of(found, _("重置密码")), forms.Nothing(sent(request)), do)


@open_to(Duty.SECURITY_ADMIN)
def lock(request: Request, pk: int) -> HttpResponse:
    """锁定人员."""
    found = queries.person(pk, request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.lock_person(**_who(request), person=found, **given)

    return act_page(request, _of(found, _("锁定人员")), forms.Reason(sent(request)), do)


@open_to(Duty.SECURITY_ADMIN)
def unlock(request: Request, pk: int) -> HttpResponse:
    """解锁人员."""
    found = queries.person(pk, request.actor)

    def do(_given: dict[str, Any]) -> None:
        actions.unlock_person(**_who(request), person=found)

    return act_page(request, _of(found, _("解锁人员")), forms.Nothing(sent(request)), do)


@open_to(Duty.SECURITY_ADMIN)
def withdraw_code(request: Request, pk: int) -> HttpResponse:
    """停用他人动态口令."""
    found = queries.person(pk, request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.withdraw_one_time_code(**_who(request), person=found, **given)

    return act_page(request, _of(found, _("停用动态口令")), forms.Reason(sent(request)), do)


@open_to(Duty.SECURITY_ADMIN)
def hand_post(request: Request, pk: int) -> HttpResponse:
    """任职."""
    found = queries.person(pk, request.actor)
    form = forms.HandPost(sent(request), actor=request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.hand_post(**_who(request), person=found, **given)

    return act_page(request, _of(found, _("办理任职")), form, do)


@open_to(Duty.SECURITY_ADMIN)
def end_holding(request: Request, pk: int) -> HttpResponse:
    """结束任职."""
    held = queries.holding(pk, request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.end_holding(**_who(request), holding=held, **given)

    page = _of(held.person, _("结束任职"), held.post.title)
    return act_page(request, page, forms.LastDay(sent(request)), do)


@open_to(Duty.SECURITY_ADMIN)
def delegate(request: Request, pk: int) -> HttpResponse:
    """委托代行（B 岗）."""
    held = queries.holding(pk, request.actor)
    form = forms.Delegate(sent(request), actor=request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.delegate(**_who(request), holding=held, **given)

    return act_page(request, _of(held.person, _("委托代行（B 岗）"), held.post.title), form, do)


@open_to(Duty.SECURITY_ADMIN)
def new_post(request: Request) -> HttpResponse:
    """设置岗位."""
    page = ActPage(_("设置岗位"), _("设置岗位"), "/people/posts/", [(_("岗位"), "/people/posts/")])
    form = forms.NewPost(sent(request), actor=request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.create_post(**_who(request), **given)

    return act_page(request, page, form, do)


@open_to(Duty.SECURITY_ADMIN)
@require_GET
def posts(request: Request) -> HttpResponse:
    """The posts of the area and who holds them today."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.posts_page(request.actor, text=request.GET.get("q", "").strip(), **marks)
    context = {"page": page, "text": request.GET.get("q", "").strip(), "crumbs": [(_("人员"), PEOPLE)]}
    return render(request, "accounts/post_list.html", context)


@open_to(Duty.SECURITY_ADMIN)
def close_post(request: Request, pk: int) -> HttpResponse:
    """撤销岗位."""
    found = queries.post(pk, request.actor)
    page = ActPage(
        _("撤销岗位"), _("撤销岗位"), "/people/posts/", [(_("岗位"), "/people/posts/")], found.title
    )

    def do(given: dict[str, Any]) -> None:
        actions.close_post(**_who(request), post=found, **given)

    return act_page(request, page, forms.LastDay(sent(request)), do)


def _who(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _of(person: Person, act: str, more: str = "") -> ActPage:
    here = f"/people/{person.pk}/"
    sub = " · ".join(filter(None, (person.full_name, more)))
    return ActPage(act, act, here, [(_("人员"), PEOPLE), (person.full_name, here)], sub)


def _told_once(request: Request, person: Person, password: str) -> HttpResponse:
    """The temporary password on this one page; it is stored nowhere that could show it again."""
    context = {"person": person, "password": password, "crumbs": [(_("人员"), PEOPLE)]}
    return render(request, "accounts/temporary_password.html", context)
