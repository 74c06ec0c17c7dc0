"""What do people of 青山省 make of what images say: a few written answers, land looked at again, clues from elsewhere?

It comes after the survey, in the order of keys, each once: a second load changes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from qingshan.demo.casting import Cast
from qingshan.demo.files import NotAllGood, geojson
from qingshan.demo.mines import MineFacts
from qingshan.demo.offices import FIRST_COUNTY, SECOND_COUNTY
from qingshan.demo.province import LABEL, Province
from qingshan.exchange import preview
from qingshan.office.accounts.actors import Actor
from qingshan.office.cases.actions import reopen_after_relapse
from qingshan.office.desk import actions as desk
from qingshan.office.matters.actions import Brought
from qingshan.office.observations import actions
from qingshan.office.observations.actions import Looked, Written
from qingshan.office.observations.models import Answer, Claim, Clue, TraceBack
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import FLOW as RECTIFICATION
from qingshan.rules.flows.rectification import CaseState
from qingshan.rules.register import RegionLevel
from qingshan.rules.verification import STANDING, AnswerState, TraceState
from qingshan.vault import Vault

CLERK, REVIEWER = "生态修复股/整改经办岗", "生态修复股/验收审核岗"
SOURCE, FILE_NAME = "青山省遥感中心（演示）", f"{LABEL}_外部图斑.geojson"
ANSWERS = (
    (
        "现场已覆土并撒播草籽，雨季前出苗；照片和自检记录随卷。（演示）",
        AnswerState.UPHELD,
        "情况属实，说明成立。",
    ),
    (
        "部分坡面返青较慢，已安排补植。（演示）",
        AnswerState.MORE_WORK,
        "坡面大部裸露，补植到位后再申请验收。",
    ),
    ("正在收集竣工照片，先行说明：地块已回填。（演示）", None, ""),
)
KEPT = "到场看过：地块完好，影像上的变化是收割后的茬地。（演示）"
RELAPSED = "到场看过：修复地块上重新堆放弃渣。（演示）"
TO_MEND_DAYS = 150
DEG = 0.0009
"""about a hundred metres"""


@dataclass(frozen=True)
class Spot:
    """A polygon as the source delivers it."""

    number: str
    geometry: BaseGeometry


def verify(facts: Province, *, registry: Actor, cast: Cast, now: datetime) -> dict[str, int]:
    """How much of each was done."""
    today = shanghai_date(now)
    return {
        "answers": _answer(cast, today, now),
        "trace_backs": _look_again(cast, today, now),
        "clues": _bring_clues(facts, registry, cast, today, now),
    }


# -- written answers -----------------------------------------------------------------------------------------------


def _answer(cast: Cast, today: date, now: datetime) -> int:
    """The counties answer: one explanation holds, one asks for more work, one waits to be decided about."""
    if Answer.objects.filter(text__in=[text for text, _outcome, _opinion in ANSWERS]).exists():
        return 0
    asked = Claim.objects.filter(
        answer_state=AnswerState.ASKED.value, state__in=STANDING, region__level=RegionLevel.COUNTY.value
    )
    claims = list(asked.select_related("region").order_by("pk")[: len(ANSWERS)])
    for claim, (text, outcome, opinion) in zip(claims, ANSWERS, strict=False):
        by = partial(_seat, cast, claim.region.code, today)
        actions.answer(claim, Written(text), version=claim.version, actor=by(CLERK), now=now)
        if outcome:
            claim.refresh_from_db()
            actions.decide_answer(
                claim,
                outcome=outcome,
                opinion=opinion,
                version=claim.version,
                actor=by(REVIEWER),
                now=now,
            )
    return len(claims)


def _seat(cast: Cast, county: str, today: date, seat: str) -> Actor:
    return cast.actor(f"{county}/{seat}", on=today)


# -- land that was accepted ----------------------------------------------------------------------------------------


def _look_again(cast: Cast, today: date, now: datetime) -> int:
    """回头看: on one piece of land nothing came back, on another it did, and its problem is on the list again."""
    rows = TraceBack.objects.filter(claim__region__level=RegionLevel.COUNTY.value)
    rows = rows.select_related("claim__region", "claim__matter").order_by("pk")
    if rows.exclude(state=TraceState.OPEN.value).exists():
        return 0
    waiting = list(rows)
    back = next((each for each in waiting if _is_closed(each)), None)
    kept = next((each for each in waiting if back is None or each.claim.matter != back.claim.matter), None)
    if kept is not None:
        reviewer = _seat(cast, kept.claim.region.code, today, REVIEWER)
        actions.clear_trace_back(kept, note=KEPT, version=kept.version, actor=reviewer, now=now)
    if back is not None and back.claim.matter is not None:
        clerk = _seat(cast, back.claim.region.code, today, CLERK)
        due_on = today + timedelta(days=TO_MEND_DAYS)
        said = Brought(grounds=RELAPSED)
        reopen_after_relapse(back.claim.matter, said, due_on=due_on, actor=clerk, now=now)
    return (kept is not None) + (back is not None)


def _is_closed(trace_back: TraceBack) -> bool:
    """Only a problem that was closed comes back on the list by this act."""
    matter = trace_back.claim.matter
    return matter is not None and matter.state_id == f"{RECTIFICATION.kind}.{CaseState.CLOSED.value}"


# -- clues from elsewhere ------------------------------------------------------------------------------------------


def _bring_clues(facts: Province, registry: Actor, cast: Cast, today: date, now: datetime) -> int:
    """Two deliveries of one source: what both hold has lasted, one pit has grown. Then the county has been there."""
    if Clue.objects.exists():
        return 0
    spots = list(_spots(facts))
    for days, brought in ((150, spots[:-2]), (40, [_larger(spots[0]), *spots[1:3], *spots[-2:]])):
        _bring(brought, today - timedelta(days=days), registry, now)
    first, second = Clue.objects.filter(region__code=FIRST_COUNTY).order_by("pk")[:2]
    clerk = _seat(cast, FIRST_COUNTY, today, CLERK)
    there = today - timedelta(days=6)
    for clue, act, note in (
        (first, actions.verify_clue, "到场看过：新挖采坑，超出许可范围，未见批准文件。（演示）"),
        (second, actions.dismiss_clue, "已批准的临时用地，批准文件在矿山档案中。（演示）"),
    ):
        act(clue, Looked(note, there), version=clue.version, actor=clerk, now=now)
    return Clue.objects.count()


def _spots(facts: Province) -> Iterator[Spot]:
    """New disturbance east of the boundary of four mines of two counties each."""
    for county in (FIRST_COUNTY, SECOND_COUNTY):
        own = [mine for mine in facts.mines if mine.county == county and mine.geometry.area > 0]
        for place, mine in enumerate(own[:4]):
            yield Spot(f"YG-{county}-{place + 1:02}", _beside(mine))


def _beside(mine: MineFacts) -> BaseGeometry:
    """A square that begins at the middle of the mine's eastern side."""
    _west, south, east, north = mine.geometry.bounds
    middle = (south + north) / 2
    return box(east, middle, round(east + DEG, 7), round(middle + DEG, 7))


def _larger(spot: Spot) -> Spot:
    west, south, east, north = spot.geometry.bounds
    return Spot(spot.number, box(west, south, round(east + DEG, 7), north))


def _bring(spots: Iterable[Spot], day: date, registry: Actor, now: datetime) -> None:
    spots = list(spots)
    said: dict[str, Any] = {"来源": SOURCE, "期次": day.isoformat(), "数据性质": "增量", "备注": LABEL}
    stream = io.BytesIO(geojson((each, {"图斑编号": each.number, **said}) for each in spots))
    import_ = desk.receive("clues", file_name=FILE_NAME, stream=stream, options={}, actor=registry, now=now)
    preview.stage(import_, path=Vault(settings.VAULT_ROOT).path(import_.file_digest), actor=registry)
    if import_.refused:
        raise NotAllGood(f"clues: {import_.refused} of {len(spots)} rows are refused")
    desk.apply(import_, good_rows_only=False, actor=registry, now=now)
