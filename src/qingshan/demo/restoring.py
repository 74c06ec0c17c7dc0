"""How do the list, the projects and the land of the demonstration enter? Each event by its act."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from qingshan.demo.acting import Doing, Now, bringing, brought, done_by, given, plain
from qingshan.demo.regions import PROVINCE
from qingshan.demo.reporting import kept_photo
from qingshan.demo.restorations import LIST
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.mines.models import Site
from qingshan.office.restoration import actions
from qingshan.office.restoration.actions import Done, Entering, NewList, NewProject, Planned
from qingshan.office.restoration.models import LandParcel, ListedSite, TargetList
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.rules.acceptance import Payer
from qingshan.rules.land import BY_ACT, FourAnswers, LandAct
from qingshan.rules.matters import EvidenceKind, Phase, SourceKind
from qingshan.rules.restoration import ListKind
from qingshan.rules.roles import Role

FREE = FourAnswers(mined=False, installations=False, ore_within_ten_years=False, kept_by_agreement=False)

DAYS_TO_REDO = 180


def _sites(keys: tuple[str, ...]) -> list[Site]:
    found = Site.objects.select_related("mine").defer("mine__geom").in_bulk(keys, field_name="key")
    return [found[key] for key in keys]


def _create_list(now: Now) -> None:
    value = now.event.value
    new = NewList(
        value("code"),
        value("title"),
        ListKind.LEGACY,
        now.show.cast.regions[PROVINCE],
        now.number,
        now.on,
        now.day(value("due")),
    )
    actions.create_list(new, **done_by(now))


def _move_in(now: Now) -> None:
    actions.move_in(
        TargetList.objects.get(code=LIST),
        [Entering(site) for site in _sites(now.event.value("sites"))],
        number=now.number,
        occurred_on=now.on,
        note=now.event.said,
        **done_by(now),
    )


def _move_out(now: Now) -> None:
    row = ListedSite.objects.select_related("target_list", "site").get(key=now.event.value("site"))
    actions.move_out(row, number=now.number, occurred_on=now.on, note=now.event.said, **done_by(now))


def _register(now: Now) -> None:
    of, cast = now.of, now.show.cast
    unit = cast.organisation(now.event.value("answering"))
    opening = Opening(
        "",
        "",
        of.title,
        region=cast.regions[of.county],
        source=SourceKind.OTHER,
        parties=(Named(Role.ANSWERING, unit), Named(Role.EXECUTING, unit)),
    )
    new = NewProject(
        opening,
        of.mode,
        [Planned(site, use=of.use) for site in _sites(of.sites)],
        planned_fen=of.planned_fen,
        programme="历史遗留矿山生态修复（演示）",
        payer=Payer.GOVERNMENT,
    )
    now.show.keep(of.key, actions.register_project(new, **done_by(now)))


def _design(now: Now) -> dict[str, Any]:
    return {"title": f"{now.of.title}实施方案（演示）", "planned_fen": now.of.planned_fen}


def _due(now: Now) -> dict[str, Any]:
    return {"due_on": now.day(now.event.value("due"))}


def _due_again(now: Now) -> dict[str, Any]:
    return {"due_on": now.on + timedelta(days=DAYS_TO_REDO)}


def _reported(now: Now) -> dict[str, Any]:
    return {"percent": now.event.value("percent"), "spent_fen": now.event.value("spent")}


def _done(now: Now) -> list[Done]:
    """Each site to the share that the event says."""
    share, whole = now.event.value("share"), now.event.value("whole", default=True)
    return [
        Done(row, round((row.planned_m2 or 0) * share, 1), is_whole=whole, use=now.of.use)
        for row in sites_of(project_of(now.matter))
    ]


def _claimed(now: Now) -> dict[str, Any]:
    return {"done": _done(now)}


def _show(now: Now) -> None:
    """The area as it was measured after the works, and photographs of a fixed point."""
    share = now.event.value("share")
    shown = [kept_photo(now, photo) for photo in now.event.value("photos")]
    if share is not None:
        planned = sum(row.planned_m2 or 0 for row in sites_of(project_of(now.matter)))
        shown.append(_measured(now, planned * share))
    actions.add_evidence(now.matter, shown, brought(now), **done_by(now))


def _measured(now: Now, area_m2: float) -> NewEvidence:
    return NewEvidence(
        EvidenceKind.MEASUREMENT,
        "修复后实测面积（模拟）",
        phase=Phase.AFTER,
        quantity=(Decimal(str(area_m2)) / 10_000).quantize(Decimal("0.0001")),
        quantity_unit="公顷",
        measured_on=now.on,
    )


def _accepted(now: Now) -> dict[str, Any]:
    return {
        "done": _done(now),
        "visitors": "市、县验收组（模拟）",
        "visited_on": now.on - timedelta(days=1),
        "aftercare_until": max(now.day(now.event.value("until")), now.on + timedelta(days=1)),
    }


def _disturb(now: Now) -> None:
    site = now.show.cast.site(now.of.site_key)
    actions.disturb_land(
        now.show.cast.mines[now.of.mine_key],
        name=now.event.value("name"),
        occurred_on=now.on,
        site=site,
        shape=site.geom,
        **done_by(now),
    )


def _move_land(now: Now) -> None:
    line = BY_ACT[f"restoration.{now.event.value('to')}"]
    states = [state.value for state in line.from_states]
    mine = now.show.cast.mines[now.of.mine_key]
    parcel = LandParcel.objects.filter(mine=mine, state__in=states, area_cm2__gt=0).order_by("-id")[0]
    share = now.event.value("share")
    actions.move_land(
        parcel,
        LandAct(line.act),
        occurred_on=now.on,
        area_m2=None if share == 1 else round(parcel.area_m2 * share, 1),
        number=now.number,
        answers=FREE if line.asks_four_questions else None,
        **done_by(now),
    )


RESTORING: dict[str, Doing] = {
    "create_list": _create_list,
    "move_in": _move_in,
    "move_out": _move_out,
    "register_project": _register,
    "dismiss_project": plain(actions.dismiss_project),
    "approve_project": plain(actions.approve_project),
    "submit_design": bringing(actions.submit_design, _design),
    "return_design": plain(actions.return_design),
    "approve_design": bringing(actions.approve_design, _due),
    "begin_works": plain(actions.begin_works),
    "report_works": bringing(actions.report_progress, _reported),
    "show_project": _show,
    "claim_completion": bringing(actions.claim_completion, _claimed),
    "apply_project": plain(actions.apply_for_acceptance),
    "return_project": plain(actions.return_acceptance),
    "accept_project": bringing(actions.accept_project, _accepted),
    "note_aftercare": plain(actions.note_aftercare),
    "redo_works": bringing(actions.redo_works, _due_again),
    "hand_over_project": bringing(actions.hand_over, given("receiver")),
    "disturb_land": _disturb,
    "move_land": _move_land,
}
"""What is meant by each word of these diaries."""
