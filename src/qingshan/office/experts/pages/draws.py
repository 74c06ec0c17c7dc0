"""随机抽取: announced, closed, drawn; and everything that is needed to compute it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_anybody
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.experts import actions, queries
from qingshan.office.experts.about import About, about, page_of
from qingshan.office.experts.access import DRAWS, READERS, draws
from qingshan.office.experts.actions.drawing import Announcement
from qingshan.office.experts.columns import DRAWN, LOTS, exported_draws, exported_lots
from qingshan.office.experts.drawing import candidates_of, drawn_of, faults_of, names_in
from qingshan.office.experts.forms import (
    AnnounceForm,
    CancelForm,
    DrawForm,
    ExcuseForm,
    NarrowDraws,
    Versioned,
    sought_text,
)
from qingshan.office.experts.models import Expert, ExpertDraw, field_in_words
from qingshan.office.experts.pages.states import views
from qingshan.office.experts.record import RECIPE, record_of
from qingshan.office.regions.models import Region
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.draw import DrawState, Outcome, Place, SeedKind, seed_of
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import CHINESE

LIST = "/experts/draws/"
LOOKS = {
    DrawState.ANNOUNCED: "note",
    DrawState.CLOSED: "due",
    DrawState.DRAWN: "good",
    DrawState.CANCELLED: "none",
}
OUTCOME_LOOKS = {
    Outcome.CHOSEN: "good",
    Outcome.RESERVE: "note",
    Outcome.OTHER_FIELD: "none",
    Outcome.EXCUSED: "due",
    Outcome.EXCLUDED: "none",
}
FORMS = ("xlsx", "csv")


@open_to(*READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """Draws, the newest first; those that were cancelled too."""
    state, text = _sought(request)
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.listed_draws(actor=request.actor, state=state, text=text, **marks)
    kept = {"q": text} if text else {}
    context = {
        "page": found,
        "rows": [(each, LOOKS[each.state_named]) for each in found.rows],
        "views": list(views(DrawState, state, kept)),
        "form": NarrowDraws(initial={"q": text}, auto_id="narrow_%s"),
        "keep": [("state", state)] if state else [],
        "narrowed": bool(state or text),
        "query": urlencode(kept | ({"state": state} if state else {})),
        "may_announce": DRAWS in request.actor.duties,
    }
    return render(request, "experts/draws.html", context)


def _sought(request: Request) -> tuple[str, str]:
    """The state and the words that the address asks for."""
    state = request.GET.get("state", "")
    return state if state in DrawState.values() else "", sought_text(request.GET)


@open_to(*READERS)
@require_GET
def export_draws(request: Request, form: str) -> HttpResponseBase:
    """The same list as a table."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    state, text = _sought(request)
    rows = queries.all_draws(actor=request.actor, state=state, text=text)
    language = get_language() or CHINESE
    return exported(DRAWN, exported_draws(rows, language), form=form, name=_("专家抽取"))


@open_to(*READERS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One draw: seed, list, lots, ranks, reasons; computed anew at each look and held against what was recorded."""
    found = queries.one_draw(pk, actor=request.actor)
    drawn = drawn_of(found) if found.state == DrawState.DRAWN else None
    held = queries.drawn_in(found) if drawn else {}
    context = {
        "draw": found,
        "look": LOOKS[found.state_named],
        "facts": _facts(found),
        "subject_path": page_of(found.subject_kind, found.subject_id, actor=request.actor),
        "experts_path": f"/experts/about/{found.subject_kind}/{found.subject_id}/"
        if found.subject_kind
        else "",
        "chosen": [each for each in held.values() if each.excused_on is None],
        "gone": [each for each in held.values() if each.excused_on is not None],
        "vacant": [(field_in_words(seat), n) for seat, n in drawn.vacant.items()] if drawn else [],
        "places": list(_told(found, drawn.places)) if drawn else list(_listing(found)),
        "faults": list(faults_of(found)) if found.list_digest else [],
        "seed": seed_of(found.seed_number, found.list_digest) if drawn else "",
        "may_act": draws(request.actor, found.region_id),
        "is_announced": found.state == DrawState.ANNOUNCED,
        "is_closed": found.state == DrawState.CLOSED,
        "is_drawn": found.state == DrawState.DRAWN,
        "export_forms": FORMS,
        "entries": timeline("experts.draw", found.pk),
        "crumbs": [(_("专家抽取"), LIST)],
    }
    return render(request, "experts/draw.html", context)


def _facts(found: ExpertDraw) -> list[tuple[str, Any]]:
    language = get_language() or CHINESE
    return [
        (_("专家库"), found.pool.name),
        (_("抽取人数"), "、".join(found.wanted_in_words)),
        (_("公告单位"), found.announced_by),
        (_("公告时间"), timezone.localtime(found.announced_at).strftime("%Y-%m-%d %H:%M")),
        (_("种子类型"), SeedKind(found.seed_kind).say(language)),
        (_("公开号码来源"), found.seed_source),
        (_("号码公布日期"), found.seed_on.isoformat()),
        (_("公开号码"), found.seed_number or None),
        (_("名单封存日期"), found.closes_on.isoformat()),
        (_("作废理由"), found.cancelled_because)
        if found.cancelled_because
        else (_("行政区划"), found.region.name),
    ]


def _told(found: ExpertDraw, places: tuple[Place, ...]) -> Iterator[dict[str, Any]]:
    """Each place with name and fields."""
    names, fields = names_in(found), {row["id"]: row["fields"] for row in found.listing or []}
    for place in places:
        yield {
            "place": place,
            "name": names[place.id],
            "fields": [field_in_words(each) for each in fields[place.id]],
            "outcome": place.outcome,
            "look": OUTCOME_LOOKS[place.outcome],
            "seat": field_in_words(place.seat) if place.seat else "",
            "because": place.because,
        }


def _listing(found: ExpertDraw) -> Iterator[dict[str, Any]]:
    """The closed list before there is a number: who takes part and who does not, and why."""
    names = names_in(found)
    for one in candidates_of(found):
        outcome = Outcome.EXCLUDED if one.because else None
        yield {
            "place": Place(one.id, "", None, outcome or Outcome.RESERVE),
            "name": names[one.id],
            "fields": [field_in_words(each) for each in one.fields],
            "outcome": outcome,
            "look": "none" if outcome else "good",
            "seat": "",
            "because": one.because,
        }


@open_to(DRAWS)
def announce(request: Request) -> HttpResponse:
    """公告随机抽取: for a matter, or for a purpose of its own."""
    wanted_for = _asked_about(request)
    today = shanghai_date(timezone.now())
    first = {
        "title": wanted_for.name if wanted_for else "",
        "closes_on": today,
        "seed_on": today + timedelta(days=1),
    }
    pools = queries.pools_to_draw_from(request.actor)
    form = AnnounceForm(sent(request), initial=first, pools=pools)
    sub = _("种子在名单封存之前公告，号码在封存之后才公布：谁也不能左右结果，谁都能复算。")
    page = ActPage(_("公告随机抽取"), _("公告这次抽取"), LIST, [(_("专家抽取"), LIST)], sub)

    def do(given: dict[str, Any]) -> HttpResponse:
        facts = Announcement(
            title=given["title"],
            pool=given["pool"],
            wanted=form.wanted,
            closes_on=given["closes_on"],
            seed_source=given["seed_source"],
            seed_on=given["seed_on"],
            seed_kind=SeedKind(given["seed_kind"]),
            seed_number=given["seed_number"],
        )
        made = actions.announce_draw(
            facts,
            region=_region(request, wanted_for),
            about=wanted_for,
            actor=request.actor,
            now=timezone.now(),
        )
        return redirect("experts:draw", pk=made.pk)

    return act_page(request, page, form, do, template="experts/announce.html", more={"about": wanted_for})


def _asked_about(request: Request) -> About | None:
    """What the address says that experts are drawn for."""
    kind, pk = request.GET.get("kind", ""), row_id(request.GET.get("object", ""))
    return about(kind, pk, actor=request.actor) if kind and pk is not None else None


def _region(request: Request, wanted_for: About | None) -> Region:
    """Where the matter lies; without one the region of the reader's office."""
    if wanted_for is not None:
        return wanted_for.region
    return Region.objects.defer("geom").get(pk=request.actor.decider.region_id or 0)


@open_to(DRAWS)
def close_list(request: Request, pk: int) -> HttpResponse:
    """封存抽取名单."""
    found = queries.one_draw(pk, actor=request.actor)
    return _acted(
        request,
        found,
        (_("封存抽取名单"), _("封存名单")),
        Versioned(sent(request), initial={"version": found.version}),
        lambda given: actions.close_list(
            found, about=_about_of(found, request), **given, actor=request.actor, now=timezone.now()
        ),
        sub=_("封存后名单、专业和回避情形不再改变，名单摘要随即公布。"),
    )


def _about_of(found: ExpertDraw, request: Request) -> About | None:
    if not found.subject_kind or found.subject_id is None:
        return None
    return about(found.subject_kind, found.subject_id, actor=request.actor)


@open_to(DRAWS)
def draw(request: Request, pk: int) -> HttpResponse:
    """随机抽取专家: the number as it was made known."""
    found = queries.one_draw(pk, actor=request.actor)
    first = {"version": found.version, "number": found.seed_number}
    return _acted(
        request,
        found,
        (_("随机抽取专家"), _("抽取专家")),
        DrawForm(sent(request), initial=first),
        lambda given: actions.draw(found, **given, actor=request.actor, now=timezone.now()),
        sub=f"{found.seed_source}（{found.seed_on.isoformat()}）",
    )


@open_to(DRAWS)
def excuse(request: Request, pk: int, expert: int) -> HttpResponse:
    """抽中专家退出: the next of the reserve steps in."""
    found = queries.one_draw(pk, actor=request.actor)
    gone = Expert.objects.filter(pk=expert, drawn__draw=found).first()
    if gone is None:
        raise NotFound.because("office.not_found", what=str(Expert._meta.verbose_name))
    return _acted(
        request,
        found,
        (_("抽中专家退出"), _("登记退出，由候补递补")),
        ExcuseForm(sent(request), initial={"version": found.version}),
        lambda given: actions.excuse(found, gone, **given, actor=request.actor, now=timezone.now()),
        sub=str(gone),
    )


@open_to(DRAWS)
def cancel(request: Request, pk: int) -> HttpResponse:
    """作废抽取."""
    found = queries.one_draw(pk, actor=request.actor)
    return _acted(
        request,
        found,
        (_("作废抽取"), _("作废这次抽取")),
        CancelForm(sent(request), initial={"version": found.version}),
        lambda given: actions.cancel_draw(found, **given, actor=request.actor, now=timezone.now()),
        sub=_("作废的抽取和理由一直留在清单里。"),
    )


def _acted(
    request: Request,
    found: ExpertDraw,
    title_and_act: tuple[str, str],
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    sub: str = "",
) -> HttpResponse:
    back = found.get_absolute_url()
    page = ActPage(*title_and_act, back, [(_("专家抽取"), LIST), (found.title, back)], sub or found.title)

    return act_page(request, page, form, do)


# -- to be computed again ------------------------------------------------------------------------------------------


@open_to(*READERS)
@require_GET
def record_file(request: Request, pk: int) -> HttpResponse:
    """Everything about one draw as JSON, for whoever computes it again."""
    found = queries.one_draw(pk, actor=request.actor)
    text = json.dumps(record_of(found), ensure_ascii=False, indent=1) + "\n"
    return _sent(text, f"draw-{found.pk}.json", "application/json; charset=utf-8")


@open_to_anybody
@require_GET
def recipe(_request: Request) -> HttpResponse:
    """The program that computes it again: Python alone, nothing of ours."""
    return _sent(RECIPE.read_text(encoding="utf-8"), "recompute.py", "text/x-python; charset=utf-8")


@open_to(*READERS)
@require_GET
def lots(request: Request, pk: int, form: str) -> HttpResponseBase:
    """Everybody on the list with lot, rank and reason, as a table."""
    found = queries.one_draw(pk, actor=request.actor)
    if form not in FORMS or found.state != DrawState.DRAWN:
        raise NotFound.because("office.not_found", what=form)
    rows = exported_lots(found, get_language() or CHINESE)
    return exported(LOTS, rows, form=form, name=_("抽取结果"))


def _sent(text: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
