"""疑似图斑: the list with its export; one clue with what it is, where it lies, how it looked before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import shapely
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import exported
from qingshan.office.matters.forms.narrowing import region_of, text_of
from qingshan.office.mines.queries import regions_below
from qingshan.office.observations import clue_queries
from qingshan.office.observations.access import READERS, REGISTERS, RUNS
from qingshan.office.observations.clue_queries import GROWN, UNSEEN, Narrowed, shown
from qingshan.office.observations.columns import LEAVING, exported_clues
from qingshan.office.observations.forms import NarrowClues
from qingshan.office.observations.models import Clue
from qingshan.office.observations.panels import pair_of, pictures_of
from qingshan.office.observations.showing import code, sentence_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.queries import timeline
from qingshan.rules.clues import OPEN, UNDECIDED, ClueKind, ClueState
from qingshan.rules.reasons import CHINESE

LIST = "/clues/"
ALL = "all"
MOST_DIGITS = 18
TYPED = ("region", "q")
"""what the form of the list asks for; all else stands in chips"""


def _asked(request: Request) -> Narrowed:
    given = request.GET.get("screening", "")
    screening = int(given) if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS else None
    return Narrowed(
        request.GET.get("state", ""),
        request.GET.get("kind", ""),
        screening,
        region_of(request.GET),
        text_of(request.GET),
    )


def _url(by: Narrowed, **more: str) -> str:
    """The same list, looked at otherwise."""
    return f"?{urlencode(_said(by) | more)}"


def _said(by: Narrowed) -> dict[str, str]:
    """The list as its address says it."""
    said = {"state": by.state, "kind": by.kind if by.kind in ClueKind.values() else ""}
    if by.text:
        said["q"] = by.text
    numbers = {"screening": by.screening, "region": by.region_id}
    return said | {name: str(number) for name, number in numbers.items() if number is not None}


@open_to(*READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """疑似图斑, those that somebody still has to decide about first."""
    by = _asked(request)
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = clue_queries.listed(by, actor=request.actor, **marks)
    context = {
        "page": found,
        "rows": [shown(each) for each in found.rows],
        "views": list(_views(by, actor=request.actor)),
        "kinds": list(_kinds(by)),
        "form": NarrowClues(
            regions=regions_below(request.actor), given={"region": by.region_id or "", "q": by.text}
        ),
        "keep": [(name, value) for name, value in _said(by).items() if value and name not in TYPED],
        "narrowed": bool(by.state or by.kind or by.screening or by.region_id or by.text),
        "screening": by.screening,
        "query": request.GET.urlencode(),
        "may_run": RUNS in request.actor.duties,
        "may_bring": REGISTERS in request.actor.duties,
    }
    return render(request, "observations/clues.html", context)


def _views(by: Narrowed, *, actor: Any) -> Iterator[dict[str, Any]]:
    language = get_language() or CHINESE
    titles = {"": _("待处理"), **{each.value: each.say(language) for each in ClueState}}
    titles |= {UNSEEN: _("本期未见"), GROWN: _("核定后继续扩大"), ALL: _("全部")}
    for state, title in titles.items():
        yield {
            "title": title,
            "url": _url(by, state=state),
            "current": by.state == state,
            "count": clue_queries.how_many(replace(by, state=state), actor=actor),
        }


def _kinds(by: Narrowed) -> Iterator[dict[str, Any]]:
    language = get_language() or CHINESE
    state = by.state if by.state in (*ClueState.values(), UNSEEN, GROWN, ALL) else ""
    for kind, title in [("", _("各类")), *((each.value, each.say(language)) for each in ClueKind)]:
        yield {
            "title": title,
            "url": _url(by, state=state, kind=kind),
            "current": by.kind == kind,
            "count": None,
        }


@open_to(*READERS)
@require_GET
def export(request: Request, form: str) -> StreamingHttpResponse:
    """The clues of the list, as a table or as shapes, fit to be imported again."""
    rows = clue_queries.exported(_asked(request), actor=request.actor)
    return exported(LEAVING, exported_clues(rows), form=form, name=_("疑似图斑"))


@open_to(*READERS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One clue: its doubts in sentences, before and after, where it lies, how often it was seen, what was decided."""
    clue = clue_queries.one(pk, actor=request.actor)
    seen, pictures = clue_queries.sightings_of(clue), pictures_of(clue)
    of_place = REGISTERS in request.actor.duties and inside(clue.region_id, request.actor.region_ranges)
    middle = clue.geom.representative_point()
    context = {
        "clue": clue,
        "look": shown(clue).look,
        "doubts": [(ClueKind(each["kind"]), sentence_of([each["reason"]])) for each in clue.doubts],
        "seen": seen,
        "pictures": pictures,
        "pair": pair_of(pictures),
        "facts": _facts(clue, middle),
        "others": clue_queries.around(clue, actor=request.actor),
        "middle": middle,
        "evidence": list(clue.evidence.order_by("pk")),
        "may_verify": of_place and clue.state in UNDECIDED,
        "may_register": of_place and clue.state == ClueState.VERIFIED,
        "may_dismiss": of_place and clue.state in OPEN,
        "may_restore": of_place and clue.state == ClueState.DISMISSED,
        "grown_m2": _grown_m2(clue),
        "entries": timeline("observations.clue", clue.pk),
        "crumbs": [(_("疑似图斑"), LIST)],
    }
    return render(request, "observations/clue.html", context)


def _grown_m2(clue: Clue) -> float | None:
    """How much land was added since somebody decided; None: none that counts."""
    if clue.grown_on is None or clue.decided_m2 is None:
        return None
    return clue.area_m2 - clue.decided_m2


def _facts(clue: Clue, middle: shapely.Point) -> list[tuple[str, Any]]:
    language = get_language() or CHINESE
    return [
        (_("线索类型"), clue.kind_named.say(language)),
        (_("来源"), clue.source_named.say(language)),
        (_("县区"), clue.region.name),
        (_("附近矿山"), clue.mine.name if clue.mine else None),
        (_("首见日期"), clue.first_seen.isoformat()),
        (_("末见日期"), clue.last_seen.isoformat()),
        (_("影像可见期数"), clue.looks),
        (_("筛查次数"), clue.sightings),
        (_("位置"), f"{middle.x:.6f}, {middle.y:.6f}"),
        (_("依据规则"), code(f"{clue.rulebook['id']} {clue.rulebook['version']}")),
    ]
