"""How is an order to stop drafted, a reason for each mine, and how may a mine go on? Neither closes a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.cases.access import DRAFT_STOP_ORDER, ISSUE_STOP_ORDER, LIFT_STOP_ORDER
from qingshan.office.cases.models import StopOrder, StoppedMine
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.matters.access import own_unit, require_level
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.holding import same_measure_for_many
from qingshan.rules.rectification import need_number, need_text


@official_act
def draft_stop_order(
    title: str,
    reasons: Mapping[Mine, str],
    *,
    region: Region,
    resume_when: str,
    actor: ActorLike,
    now: datetime,
    number: str = "",
    decided_on: date | None = None,
) -> StopOrder:
    """拟停产决定 for these mines. Refused: no dispatch duty, a region or mine outside the area, no mine, the same
    reason for several, nothing said of how a mine may go on, a day to come.
    """
    for place in (region.pk, *(mine.region_id for mine in reasons)):
        require(actor, DRAFT_STOP_ORDER.code, region_id=place)
    _check(title, reasons, resume_when, decided_on, on=shanghai_date(now))
    order = StopOrder(
        title=title.strip()[:200],
        number=number.strip(),
        region=region,
        organisation=own_unit(actor),
        drafted_on=shanghai_date(now),
        decided_on=decided_on,
        resume_when=resume_when.strip(),
    )
    order.save(force_insert=True)
    mines = [
        StoppedMine(order=order, mine=mine, reason=reason.strip()[:500]) for mine, reason in reasons.items()
    ]
    for each in mines:
        each.save(force_insert=True)
    record(
        act=DRAFT_STOP_ORDER.code,
        actor=actor,
        now=now,
        subjects=[order, *mines],
        new={"about": str(order), "mines": len(mines), "number": order.number or None},
        region_id=region.pk,
    )
    return order


def _check(
    title: str, reasons: Mapping[Mine, str], resume_when: str, decided_on: date | None, *, on: date
) -> None:
    if not reasons:
        raise CaseRefused.because("cases.no_mine_chosen")
    given = {reason.strip() for reason in reasons.values() if reason.strip()}
    if faults := same_measure_for_many(len(reasons), len(given)):
        raise RuleBroken.of(faults)
    if not title.strip() or not given:
        raise RuleBroken.of(need_text(""))
    if not resume_when.strip():
        raise CaseRefused.because("cases.no_way_to_resume")
    _not_to_come(decided_on, on)


def _not_to_come(day: date | None, on: date) -> None:
    if day is not None and day > on:
        raise CaseRefused.because("cases.day_to_come", day=day.isoformat())


@official_act
def issue_stop_order(
    order: StopOrder, *, number: str, decided_on: date, actor: ActorLike, now: datetime
) -> StopOrder:
    """登记停产决定印发: what was drafted was signed and served. Refused: no dispatch duty, a region outside the area,
    issued already, no number, a day to come.
    """
    held = StopOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    require(actor, ISSUE_STOP_ORDER.code, region_id=held.region_id)
    if held.decided_on is not None:
        raise CaseRefused.because("cases.issued_already", day=held.decided_on.isoformat())
    if faults := need_number(number):
        raise RuleBroken.of(faults)
    _not_to_come(decided_on, shanghai_date(now))
    held.number, held.decided_on = number.strip()[:120], decided_on
    held.save()
    record(
        act=ISSUE_STOP_ORDER.code,
        actor=actor,
        now=now,
        occurred_on=decided_on,
        subjects=[held, *held.mines.order_by("pk")],
        new={"about": str(held), "number": held.number, "day": decided_on.isoformat()},
        region_id=held.region_id,
    )
    return held


@official_act
def lift_stop_order(
    stopped: StoppedMine,
    *,
    because: str,
    number: str,
    actor: ActorLike,
    now: datetime,
    resumed_on: date | None = None,
) -> StoppedMine:
    """解除停产 of one mine: what it was stopped for holds no more. Refused: no leader, another level than ordered it, a
    mine outside the area, lifted already, no grounds, no number, a day before the order or to come.
    """
    held = (
        StoppedMine.objects.select_for_update(of=("self", "order"))
        .select_related("order__organisation", "order__region", "mine")
        .get(pk=stopped.pk)
    )
    require(actor, LIFT_STOP_ORDER.code, region_id=held.mine.region_id)
    require_level(actor, LIFT_STOP_ORDER.code, held.order.level)
    if held.is_lifted:
        raise CaseRefused.because("cases.lifted_already", mine=held.mine.name)
    if faults := (*need_text(because), *need_number(number)):
        raise RuleBroken.of(faults)
    on = resumed_on or (actor.paper.decided_on if actor.paper else shanghai_date(now))
    _not_to_come(on, shanghai_date(now))
    since = held.order.decided_on or held.order.drafted_on
    if on < since:
        raise CaseRefused.because("cases.lifted_before", day=on.isoformat(), since=since.isoformat())
    held.resumed_on, held.resumed_number, held.resumed_because = on, number.strip(), because.strip()[:500]
    held.save()
    record(
        act=LIFT_STOP_ORDER.code,
        actor=actor,
        now=now,
        occurred_on=on,
        subjects=[held, held.order],
        new={
            "about": str(held.order),
            "mine": held.mine.name,
            "number": held.resumed_number,
            "note": held.resumed_because,
        },
        region_id=held.mine.region_id,
    )
    return held
