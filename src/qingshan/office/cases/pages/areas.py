"""At which page is said what an area's plan covers, and seen what it does not cover yet?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.pages.acting import sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions, drafts
from qingshan.office.cases.actions.planning import NewPlan
from qingshan.office.cases.areas import MOST_MINES, Coverage, coverage, mines_in
from qingshan.office.cases.forms.areas import AreaChoice, CoverForm, kept
from qingshan.office.cases.pages.plans import frame, planned
from qingshan.office.doors import open_to_signed_in
from qingshan.office.errors import NotAllowed, OfficeError
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.doing import as_read
from qingshan.office.matters.models import Matter, Plan
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import region_range
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import CHINESE
from qingshan.rules.register import RegionLevel

OFFERED = 400
AREA_LEVELS = (RegionLevel.COUNTY.value, RegionLevel.TOWNSHIP.value, RegionLevel.VILLAGE.value)
"""A plan for a whole city or province treats no area."""


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: Request, pk: int) -> HttpResponse:
    """片区方案的覆盖范围: the region first, then every mine of it and the public land between."""
    matter = planned(request, pk)
    if matter.mine_id is not None:
        raise Http404  # the plan of a mine is none of an area
    start, regions = drafts.draft_of(matter), _regions(matter)
    chosen = _chosen(request, regions, start)
    picked = AreaChoice(None, regions=regions, initial=chosen.pk if chosen else None)
    context = {**frame(request, matter), "picked": picked, "area": chosen}
    too_many = _too_many(chosen)
    if chosen is None or too_many:
        context["too_many"] = too_many
        return render(request, "cases/plan_area.html", context, status=422 if too_many else 200)
    found = _found(matter, chosen, request)
    take_all = request.method == "POST" and "all" in request.POST
    form = CoverForm(sent(request), found=found, version=matter.version, take_all=take_all)
    if request.method == "POST" and not take_all and form.is_valid():
        new = replace(start, area=chosen, covers=(*_kept(start, chosen, found), *form.covers()))
        read = as_read(matter, form.cleaned_data["version"])
        try:
            actions.draft_plan(read, new, Brought(), actor=request.actor, now=timezone.now())
        except NotAllowed:
            raise
        except (OfficeError, RuleError) as refusal:
            form.add_error(None, refusal.say(get_language() or CHINESE))
        else:
            messages.success(request, _("已保存为方案草稿，写入全过程记录。"))
            return redirect("cases:plan", pk=matter.pk)
    refused = request.method == "POST" and not take_all
    context |= {"form": form, "found": found}
    return render(request, "cases/plan_area.html", context, status=422 if refused else 200)


def _regions(matter: Matter) -> list[Region]:
    low, high = region_range(matter.region_id)
    rows = Region.objects.filter(
        pk__gte=low, pk__lte=high, level__in=AREA_LEVELS, is_heading=False, valid_to=None
    )
    return list(rows.only("pk", "code", "name").order_by("pk")[:OFFERED])


def _chosen(request: Request, regions: list[Region], start: NewPlan) -> Region | None:
    """The region in the address, else the one that the plan has; the only one there is, unasked."""
    wanted = request.GET.get("area", "")
    if wanted:
        found = next((each for each in regions if str(each.pk) == wanted), None)
        if found is None:
            raise Http404
        return Region.objects.get(pk=found.pk)
    return start.area or (regions[0] if len(regions) == 1 else None)


def _too_many(area: Region | None) -> str:
    count = mines_in(area).count() if area else 0
    if area is None or count <= MOST_MINES:
        return ""
    values = {"area": area.name, "n": count, "most": MOST_MINES}
    return _("“%(area)s”共有 %(n)s 座矿山，超过 %(most)s 座，不宜作为一个片区。请选择更小的片区。") % values


def _found(matter: Matter, area: Region, request: Request) -> Coverage:
    plan = drafts.newest_plan(matter) or Plan(matter=matter)
    found = coverage(plan, reader=request.actor, area=area)
    if found is None:
        raise Http404
    return found


def _kept(start: NewPlan, area: Region, found: Coverage) -> Any:
    """Of the same area, what stands of mines that this reader does not see."""
    same = start.area is not None and start.area.pk == area.pk
    return kept(start.covers, [each.mine for each in found.mines]) if same else ()
