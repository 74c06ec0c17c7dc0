"""Did new disturbance stay inside the permitted boundary? The margin is what the sensor may misplace."""

from __future__ import annotations

import numpy as np
from shapely.geometry.base import BaseGeometry

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.judging.answering import settle_by_looks
from qingshan.earth.judging.boundary import Changes, Split, split_by_boundary
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, date_of
from qingshan.earth.judging.saying import day, percent, reason
from qingshan.rules.reasons import Reason

SETTLE_BOUNDARY = ("settle_boundary", "settle_sharper")


def within(case: Case, permitted: BaseGeometry, changes: Changes | None) -> Finding:
    """No new disturbance outside: refuted by one patch that lies outside by more than the margin."""
    if changes is None or not changes.looked_at.any():
        return _open(case, reason("no_changes_known"), settle=settle_by_looks())
    rules = case.rules.within
    split = split_by_boundary(
        changes.changed & changes.looked_at,
        grid=changes.grid,
        window=changes.window,
        permitted=permitted,
        sensor=changes.sensor,
        min_px=rules.min_px,
        margin_px=rules.margin_px,
    )
    if split.outside.any():
        return _outside(case, split, changes)
    return _no_outside(case, split, changes)


def _outside(case: Case, split: Split, changes: Changes) -> Finding:
    first, last = _span(changes, split.outside)
    told = reason(
        "outside",
        outside=round(split.outside_m2),
        inside=round(split.inside_m2),
        uncertain=round(split.uncertain_m2),
        first=day(first),
        last=day(last),
        margin=round(changes.sensor.geolocation_error_m),
    )
    return _finding(
        case,
        Verdict.UNSUPPORTED,
        told,
        split,
        since=date_of(first),
        dates=(date_of(first), date_of(last)) if last > first else (date_of(first),),
        before=case.scene_before(first),
        after=_scene_after(case, last),
        settle=tuple(reason(code) for code in SETTLE_BOUNDARY),
    )


def _no_outside(case: Case, split: Split, changes: Changes) -> Finding:
    margin = round(changes.sensor.geolocation_error_m)
    if split.uncertain_m2 > case.rules.within.edge_share * split.inside_m2:
        told = reason("near_boundary", uncertain=round(split.uncertain_m2), margin=margin)
        return _finding(
            case, Verdict.UNDECIDABLE, told, split, settle=tuple(reason(code) for code in SETTLE_BOUNDARY)
        )
    beyond = int(split.beyond.sum())
    seen = int((split.beyond & changes.looked_at).sum()) / beyond if beyond else 0.0
    if seen < case.rules.within.min_seen_share:
        return _finding(
            case,
            Verdict.UNDECIDABLE,
            reason("outside_not_seen", seen=percent(seen)),
            split,
            settle=settle_by_looks(),
        )
    return _finding(
        case,
        Verdict.SUPPORTED,
        reason(
            "inside_only",
            inside=round(split.inside_m2),
            uncertain=round(split.uncertain_m2),
            seen=percent(seen),
            margin=margin,
        ),
        split,
        after=case.looks.scene(len(case.looks) - 1) if len(case.looks) else "",
    )


def _finding(case: Case, verdict: Verdict, told: Reason, split: Split, **more: object) -> Finding:
    return case.finding(
        Question.WITHIN,
        verdict,
        (told,),
        claimed_on=None,
        effect=split.outside_m2,
        effect_of="outside_m2",
        outside_m2=split.outside_m2,
        inside_m2=split.inside_m2,
        **more,
    )


def _open(case: Case, told: Reason, *, settle: tuple[Reason, ...]) -> Finding:
    return case.undecidable(Question.WITHIN, (told,), claimed_on=None, settle=settle)


def _span(changes: Changes, where: Flags) -> tuple[int, int]:
    days = changes.days[where]
    return int(days.min()), int(days.max())


def _scene_after(case: Case, day_: int) -> str:
    after = np.flatnonzero(case.looks.days >= day_)
    return case.looks.scene(int(after[-1])) if len(after) else ""
