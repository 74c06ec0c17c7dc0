"""How does restored land go back (还地), also by mistake, and how is the term of temporary land extended?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.access import WHAT
from qingshan.office.mines.actions.importing import add_up, count
from qingshan.office.mines.models import LandUse, Site
from qingshan.office.planting.access import EXTEND, HAND_BACK, WITHDRAW
from qingshan.office.planting.actions.plots import not_to_come
from qingshan.office.planting.models import HandBack, LandUseExtension
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.standing import as_law, hand_backs_of, lent_m2, returned_of, standing_of
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.models import cm2
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import land_return as law
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.restoration import CM2_PER_M2
from qingshan.rules.temporary_land import extension_faults


@dataclass(frozen=True)
class Receipt:
    """交接文书: how much, to whom, when, by which paper; its scan stands in the vault already."""

    area_m2: float
    receiver: str
    on: date
    paper: str
    note: str = ""
    file_name: str = ""
    file_digest: str = ""


@official_act
def hand_back(about: LandUse | Site, receipt: Receipt, *, actor: ActorLike, now: datetime) -> HandBack:
    """登记还地 of temporary land or of a site; lent land that is back in full ends. Refused: no registry duty, outside
    the area, no area, no receiver, no paper, a day to come, more than was lent or than the site is large.
    """
    require(actor, HAND_BACK.code, region_id=about.region_id)
    held = type(about)._default_manager.select_for_update().get(pk=about.pk)
    if isinstance(held, LandUse) and held.returned_on is not None:
        raise PlantingRefused.because("planting.all_back", about=str(held), day=held.returned_on.isoformat())
    _check(held, receipt, on=shanghai_date(now))
    row = HandBack(
        region_id=held.region_id,
        land_use=held if isinstance(held, LandUse) else None,
        site=held if isinstance(held, Site) else None,
        area_cm2=cm2(receipt.area_m2) or 0,
        receiver=receipt.receiver.strip()[:160],
        returned_on=receipt.on,
        paper=receipt.paper.strip()[:120],
        note=receipt.note.strip()[:500],
        file_name=receipt.file_name,
        file_digest=receipt.file_digest,
    )
    row.save(force_insert=True)
    if isinstance(held, LandUse):
        _end_when_complete(held, on=shanghai_date(now))
    record(
        act=HAND_BACK.code,
        actor=actor,
        now=now,
        occurred_on=receipt.on,
        subjects=[row, held],
        new={
            "about": str(held),
            "area_ha": hectares(receipt.area_m2),
            "receiver": row.receiver,
            "number": row.paper,
        },
        region_id=held.region_id,
    )
    return row


def _check(about: LandUse | Site, receipt: Receipt, *, on: date) -> None:
    """Areas are compared as they are stored, in whole square centimetres."""
    whole = lent_m2(about)
    if isinstance(about, Site) and whole is None:
        raise PlantingRefused.because("planting.site_area_unknown", site=str(about))
    before = as_law(hand_backs_of(about))
    area_m2 = Decimal(cm2(receipt.area_m2) or 0) / CM2_PER_M2
    one = law.HandBack(area_m2, receipt.receiver, receipt.on, receipt.paper)
    limit = whole if isinstance(about, LandUse) else None
    if faults := law.hand_back_faults(one, before=before, lent_m2=limit, on=on):
        raise RuleBroken(*faults)
    total = sum((each.area_m2 for each in before), one.area_m2)
    if isinstance(about, Site) and whole is not None and total > whole:
        raise PlantingRefused.because("planting.more_than_site", total=str(total), whole=str(whole))


def _end_when_complete(about: LandUse, *, on: date) -> None:
    """Temporary land of which everything is back: its day stands in the register, and its area counts no more."""
    backs = hand_backs_of(about)
    if not returned_of(about, backs, on=on).is_complete:
        return
    _now_back_on(about, last_day_of(backs))


def last_day_of(backs: Sequence[HandBack]) -> date:
    """The day on which the last part went back."""
    return max(row.returned_on for row in standing_of(backs))


def _now_back_on(about: LandUse, day: date | None) -> None:
    tally = Counter[tuple[int, str, str]]()
    add_up(tally, [about], -1)
    about.returned_on = day
    about.version += 1
    about.save(update_fields=["returned_on", "version"])
    add_up(tally, [about], +1)
    count(WHAT[LandUse], tally)


@official_act
def withdraw_hand_back(row: HandBack, *, because: str, actor: ActorLike, now: datetime) -> HandBack:
    """撤回还地记录 that was entered wrongly: it stays, with the reason, and counts no more; lent land that had ended
    by it is out again. Refused: no registry duty, outside the area, no reason, withdrawn already, land whose end the
    register tells otherwise since.
    """
    require(actor, WITHDRAW.code, region_id=row.region_id)
    about = row.about
    held = type(about)._default_manager.select_for_update().get(pk=about.pk)
    row.refresh_from_db()
    if row.withdrawn_on is not None:
        raise PlantingRefused.because("planting.withdrawn_already")
    if not because.strip():
        raise PlantingRefused.because("planting.reason_missing")
    on = shanghai_date(now)
    if isinstance(held, LandUse):
        _end_no_more(held, on=on)
    row.withdrawn_on, row.withdrawn_because = on, because.strip()[:200]
    row.save(update_fields=["withdrawn_on", "withdrawn_because"])
    record(
        act=WITHDRAW.code,
        actor=actor,
        now=now,
        subjects=[row, held],
        new={
            "about": str(held),
            "what": "还地记录",
            "day": row.returned_on.isoformat(),
            "area_ha": hectares(row.area_m2),
            "note": row.withdrawn_because,
        },
        region_id=held.region_id,
    )
    return row


def _end_no_more(about: LandUse, *, on: date) -> None:
    """Temporary land that had ended because everything was back: its area counts again. Its end is taken back only
    where it came from the hand-backs themselves.
    """
    if about.returned_on is None:
        return
    backs = hand_backs_of(about)
    if not returned_of(about, backs, on=on).is_complete or last_day_of(backs) != about.returned_on:
        raise PlantingRefused.because(
            "planting.end_of_the_register", about=str(about), day=about.returned_on.isoformat()
        )
    _now_back_on(about, None)


@official_act
def extend_land_use(
    about: LandUse,
    *,
    until_on: date,
    number: str,
    approved_on: date,
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> LandUseExtension:
    """批准临时用地延期. Refused: no review duty, outside the area, no document, a day to come, an end that is not
    later, land that is back already, what somebody changed meanwhile.
    """
    require(actor, EXTEND.code, region_id=about.region_id)
    held = LandUse.objects.select_for_update().get(pk=about.pk)
    if held.version != about.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(about))
    if held.returned_on is not None:
        raise PlantingRefused.because("planting.all_back", about=str(held), day=held.returned_on.isoformat())
    not_to_come(approved_on, now=now)
    if not number.strip():
        raise PlantingRefused.because("planting.number_missing")
    if faults := extension_faults(held.to_on, until_on):
        raise RuleBroken(*faults)
    row = LandUseExtension(
        land_use=held,
        region_id=held.region_id,
        before_on=held.to_on,
        until_on=until_on,
        number=number.strip()[:120],
        approved_on=approved_on,
        note=note.strip()[:500],
    )
    row.save(force_insert=True)
    held.to_on = until_on
    held.version += 1
    held.save(update_fields=["to_on", "version"])
    told: dict[str, Any] = {"about": str(held), "number": row.number, "until": until_on.isoformat()}
    if row.before_on:
        told["until_before"] = row.before_on.isoformat()
    record(
        act=EXTEND.code,
        actor=actor,
        now=now,
        occurred_on=approved_on,
        subjects=[row, held],
        new=told,
        region_id=held.region_id,
    )
    return row
