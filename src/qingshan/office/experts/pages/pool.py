"""专家库: the list, one expert, and how somebody comes in, is corrected, pauses and leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.forms import Nothing, as_picked
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.experts import actions, queries
from qingshan.office.experts.access import KEEPS, READERS, keeps, reads_the_pool
from qingshan.office.experts.actions.ties import is_oneself
from qingshan.office.experts.columns import LEAVING, exported_experts
from qingshan.office.experts.forms import (
    EndTieForm,
    EnterForm,
    ExpertForm,
    LeaveForm,
    Narrow,
    TieForm,
    WhyForm,
    filters_from,
)
from qingshan.office.experts.models import Expert, ExpertTie
from qingshan.office.experts.pages.states import views
from qingshan.office.experts.queries import COUNTED_TO, Filters
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.experts import ExpertState

EXPERTS = "/experts/"
LOOKS = {ExpertState.IN_POOL: "good", ExpertState.SUSPENDED: "due", ExpertState.LEFT: "none"}
FORMS = ("xlsx", "csv")


@open_to(*READERS, Duty.EXPERT)
@require_GET
def experts(request: Request) -> HttpResponse:
    """The pool as far as the reader sees it, by region, field, state, or any part of a name or its pinyin."""
    filters = filters_from(request.GET)
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.listed(actor=request.actor, filters=filters, **marks)
    kept = _said(q=filters.text, field=filters.field, level=filters.level)
    count = queries.total(actor=request.actor, filters=filters)
    context = {
        "page": found,
        "rows": [(each, LOOKS[each.state_named]) for each in found.rows],
        "total": _counted(count),
        "views": list(views(ExpertState, filters.state, kept)),
        "form": Narrow(request.GET or None, auto_id="narrow_%s"),
        "keep": [("state", filters.state)] if filters.state else [],
        "narrowed": filters != Filters(),
        "may_enter": KEEPS in request.actor.duties,
        "may_export": reads_the_pool(request.actor),
        "export_forms": FORMS,
        "query": urlencode(kept | _said(state=filters.state)),
    }
    return render(request, "experts/experts.html", context)


def _counted(count: int) -> str:
    if count > COUNTED_TO:
        return _("%(n)s 人以上") % {"n": f"{COUNTED_TO:,}"}
    return _("共 %(n)s 人") % {"n": f"{count:,}"}


def _said(**filters: str) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value}


@open_to(*READERS)
@require_GET
def export_experts(request: Request, form: str) -> HttpResponseBase:
    """The same list as a table. How experts are reached is not in it."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    rows = queries.all_of(actor=request.actor, filters=filters_from(request.GET))
    return exported(LEAVING, exported_experts(rows), form=form, name=_("专家库"))


@open_to(*READERS, Duty.EXPERT)
@require_GET
def expert(request: Request, pk: int) -> HttpResponse:
    """One expert: fields, ties, what they were drawn for, opinions."""
    found = queries.one(pk, actor=request.actor)
    may_keep, today = keeps(request.actor, found.region_id), shanghai_date(timezone.now())
    context = {
        "expert": found,
        "look": LOOKS[found.state_named],
        "facts": _facts(found, request),
        "ties": [(each, each.in_force(today)) for each in found.ties.all()],
        "drawn": queries.drawn_for(found, actor=request.actor),
        "opinions": queries.opinions_by(found, actor=request.actor),
        "may_keep": may_keep,
        "may_add_tie": may_keep or is_oneself(found, request.actor),
        "reads_draws": reads_the_pool(request.actor),
        "entries": timeline("experts.expert", found.pk),
        "crumbs": [(_("专家库"), EXPERTS)],
    }
    return render(request, "experts/expert.html", context)


def _facts(found: Expert, request: Request) -> list[tuple[str, Any]]:
    contact = queries.contact_of(found, actor=request.actor)
    facts = [
        (_("专家编号"), found.key),
        (_("专业领域"), "、".join(found.field_names)),
        (_("职称"), found.title),
        (_("所在单位"), found.employer),
        (_("专家库所属"), found.region.name),
        (_("登录人员"), found.person.full_name if found.person else None),
        (_("入库"), f"{found.entered_on.isoformat()} {found.entered_by}"),
        (_("备注"), found.note),
    ]
    if contact is not None:
        facts.insert(4, (_("联系方式"), contact or _("已依规删除")))
    if found.suspended_on is not None and found.state == ExpertState.SUSPENDED:
        facts.append((_("暂停"), f"{found.suspended_on.isoformat()} {found.suspended_because}"))
    if found.left_on is not None:
        facts.append((_("出库"), f"{found.left_on.isoformat()} {found.left_because}"))
    return facts


@open_to(KEEPS)
def enter(request: Request) -> HttpResponse:
    """专家入库."""
    pools = queries.kept_pools(request.actor)
    page = ActPage(_("专家入库"), _("登记入库"), EXPERTS, [(_("专家库"), EXPERTS)])
    today = shanghai_date(timezone.now())
    first = {"entered_on": today, "key": queries.next_key(pools[0]) if pools else ""}
    form = EnterForm(sent(request), initial=first, actor=request.actor, on=today, pools=pools)

    def do(given: dict[str, Any]) -> HttpResponse:
        made = actions.enter(
            form.facts(),
            key=given["key"],
            pool=given["pool"],
            entered_by=given["entered_by"],
            entered_on=given["entered_on"],
            actor=request.actor,
            now=timezone.now(),
        )
        return redirect("experts:expert", pk=made.pk)

    return act_page(request, page, form, do)


@open_to(KEEPS)
def correct(request: Request, pk: int) -> HttpResponse:
    """更正专家信息."""
    found = queries.one(pk, actor=request.actor)
    first = {
        "name": found.name,
        "fields_": found.fields,
        "title": found.title,
        "employer": found.employer,
        "person": as_picked(found.person, "full_name") if found.person else "",
        "note": found.note,
    }
    today = shanghai_date(timezone.now())
    form = ExpertForm(sent(request), initial=first, actor=request.actor, on=today)
    return _acted(
        request,
        found,
        (_("更正专家信息"), _("更正这位专家的信息")),
        form,
        lambda _given: actions.correct(found, form.facts(), actor=request.actor, now=timezone.now()),
    )


@open_to(KEEPS)
def suspend(request: Request, pk: int) -> HttpResponse:
    """暂停专家."""
    found = queries.one(pk, actor=request.actor)
    return _acted(
        request,
        found,
        (_("暂停专家"), _("暂停参加抽取")),
        WhyForm(sent(request)),
        lambda given: actions.suspend(found, **given, actor=request.actor, now=timezone.now()),
    )


@open_to(KEEPS)
def resume(request: Request, pk: int) -> HttpResponse:
    """恢复专家."""
    found = queries.one(pk, actor=request.actor)
    return _acted(
        request,
        found,
        (_("恢复专家"), _("恢复参加抽取")),
        Nothing(sent(request)),
        lambda _given: actions.resume(found, actor=request.actor, now=timezone.now()),
    )


@open_to(KEEPS)
def leave(request: Request, pk: int) -> HttpResponse:
    """专家出库."""
    found = queries.one(pk, actor=request.actor)
    return _acted(
        request,
        found,
        (_("专家出库"), _("登记出库")),
        LeaveForm(sent(request), initial={"left_on": shanghai_date(timezone.now())}),
        lambda given: actions.leave(found, **given, actor=request.actor, now=timezone.now()),
    )


@open_to(KEEPS, Duty.EXPERT)
def add_tie(request: Request, pk: int) -> HttpResponse:
    """登记回避情形: by the pool's keeper, or by the expert."""
    found = queries.one(pk, actor=request.actor)
    form = TieForm(sent(request), initial={"from_on": shanghai_date(timezone.now())})
    return _acted(
        request,
        found,
        (_("登记回避情形"), _("登记这一回避情形")),
        form,
        lambda _given: actions.add_tie(found, form.facts(), actor=request.actor, now=timezone.now()),
    )


@open_to(KEEPS)
def end_tie(request: Request, pk: int, tie: int) -> HttpResponse:
    """解除回避情形."""
    found = queries.one(pk, actor=request.actor)
    ended = next((each for each in found.ties.all() if each.pk == tie), None)
    if ended is None:
        raise NotFound.because("office.not_found", what=str(ExpertTie._meta.verbose_name))
    form = EndTieForm(sent(request), initial={"last_day": shanghai_date(timezone.now())})
    return _acted(
        request,
        found,
        (_("解除回避情形"), _("解除这一回避情形")),
        form,
        lambda given: actions.end_tie(ended, **given, actor=request.actor, now=timezone.now()),
    )


def _acted(
    request: Request,
    found: Expert,
    title_and_act: tuple[str, str],
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """One act on one expert, and back to the page of the expert."""
    back = f"{EXPERTS}{found.pk}/"
    crumbs = [(_("专家库"), EXPERTS), (found.name, back)]
    page = ActPage(*title_and_act, back, crumbs, str(found))

    return act_page(request, page, form, do)
