"""影像目录: which images are there, and how are they registered?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.earth.errors import EarthError
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.observations import actions, queries
from qingshan.office.observations.access import READERS, REGISTERS, RUNS
from qingshan.office.observations.actions import NewScenes
from qingshan.office.observations.forms import CorrectScenesForm, RetireScenesForm, ScenesForm
from qingshan.office.observations.imagery import root, scenes_of
from qingshan.office.observations.models import SceneSet
from qingshan.office.observations.pages.background import LOOKS, MOST_LEFT_OUT
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.showing import code, sentence_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.queries import timeline
from qingshan.rules.layers import Openness
from qingshan.rules.reasons import CHINESE
from qingshan.rules.verification import Zone

LIST = "/observations/scenes/"
MOST_DAYS = 60


@open_to(*READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """Sets of images for the reader's area, the newest first."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.listed_scenes(actor=request.actor, **marks)
    context = {
        "page": found,
        "rows": [(each, Openness(each.openness)) for each in found.rows],
        "may_register": REGISTERS in request.actor.duties,
        "may_run": RUNS in request.actor.duties,
    }
    return render(request, "observations/scenes.html", context)


@open_to(REGISTERS)
def register(request: Request) -> HttpResponse:
    """登记影像目录."""
    form = ScenesForm(sent(request), regions=queries.regions_for(request.actor))
    title = _("登记影像目录")
    sub = _("影像根目录：“%(root)s”") % {"root": root()}
    page = ActPage(title, title, LIST, [(_("影像目录"), LIST)], sub)

    def do(given: dict[str, Any]) -> object:
        return actions.register_scenes(NewScenes(**given), actor=request.actor, now=timezone.now())

    return act_page(request, page, form, do)


@open_to(*READERS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One set: what lies in its folder today, day by day, what was left out and why, and the runs over it."""
    scene_set = queries.one_scene_set(pk, actor=request.actor)
    context = {
        "set": scene_set,
        "openness": Openness(scene_set.openness),
        "facts": _facts(scene_set),
        **_lying_there(scene_set),
        "runs": [
            (each, LOOKS[each.state_named]) for each in queries.runs_over(scene_set, actor=request.actor)
        ],
        "may_change": REGISTERS in request.actor.duties
        and inside(scene_set.region_id, request.actor.region_ranges),
        "entries": timeline("observations.scene_set", scene_set.pk),
        "crumbs": [(_("影像目录"), LIST)],
    }
    return render(request, "observations/scene_set.html", context)


def _facts(scene_set: SceneSet) -> list[tuple[str, Any]]:
    language, zone = get_language() or CHINESE, scene_set.zone
    by = scene_set.registered_by
    return [
        (_("行政区划"), scene_set.region.name),
        (_("路径"), code(scene_set.path)),
        (_("影像来源"), scene_set.source),
        (_("公开程度"), Openness(scene_set.openness).say(language)),
        (_("气候区"), Zone(zone).say(language) if zone else None),
        (_("日期"), f"{scene_set.first_day.isoformat()} — {scene_set.last_day.isoformat()}"),
        (_("登记日期"), scene_set.registered_on.isoformat()),
        (_("登记单位"), by.name if by else None),
    ]


def _lying_there(scene_set: SceneSet) -> dict[str, Any]:
    """The images by day, the newest first; in words where they cannot be read today."""
    try:
        scenes = scenes_of(scene_set)
    except (ObservationRefused, EarthError) as error:
        return {"unreadable": error.say(get_language() or CHINESE)}
    days = Counter((scene.day, scene.sensor.name) for scene in scenes)
    newest = sorted(days.items(), reverse=True)
    out = [(each.scene, sentence_of([each.because.as_json()])) for each in scenes.left_out]
    return {
        "days": [(day, sensor, count) for (day, sensor), count in newest[:MOST_DAYS]],
        "more_days": max(0, len(newest) - MOST_DAYS),
        "left_out": out[:MOST_LEFT_OUT],
        "left_out_more": max(0, len(out) - MOST_LEFT_OUT),
    }


@open_to(REGISTERS)
def correct(request: Request, pk: int) -> HttpResponse:
    """更正影像目录."""
    scene_set = queries.one_scene_set(pk, actor=request.actor)
    names = ("version", "name", "openness", "source", "zone")
    initial = {name: getattr(scene_set, name) for name in names}
    form = CorrectScenesForm(sent(request), initial=initial, is_retired=scene_set.retired_on is not None)

    def do(given: dict[str, Any]) -> object:
        return actions.correct_scenes(
            scene_set, form.said(), version=given["version"], actor=request.actor, now=timezone.now()
        )

    return act_page(request, _page_of(scene_set, _("更正影像目录")), form, do)


@open_to(REGISTERS)
def retire(request: Request, pk: int) -> HttpResponse:
    """停用影像目录."""
    scene_set = queries.one_scene_set(pk, actor=request.actor)
    form = RetireScenesForm(sent(request), initial={"version": scene_set.version})

    def do(given: dict[str, Any]) -> object:
        return actions.retire_scenes(
            scene_set,
            note=given["note"],
            version=given["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return act_page(request, _page_of(scene_set, _("停用影像目录")), form, do)


def _page_of(scene_set: SceneSet, title: str) -> ActPage:
    back = scene_set.get_absolute_url()
    return ActPage(title, title, back, [(_("影像目录"), LIST), (scene_set.name, back)])
