"""What does a case claim of its land, so that images are asked? Queued, kept and withdrawn by the case's own acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.cases.models import Case
from qingshan.office.matters.kinds import Asked
from qingshan.office.matters.models import Matter, Measure
from qingshan.office.observations import claiming
from qingshan.office.observations.access import is_held_from
from qingshan.office.observations.claiming import Claimed, open_questions
from qingshan.office.observations.intended import Intended, intended
from qingshan.rules.late_entries import LateClaim
from qingshan.rules.matters import ProblemKind
from qingshan.rules.reasons import Reason
from qingshan.rules.verification import TargetUse, against_signing, claims_land, need_relapse

OF_PARTS = "observations.target_of_parts"


@dataclass(frozen=True)
class Restored:
    """What the applicant says of the land. None: nobody has said so."""

    target: TargetUse | None = None
    restored_since: date | None = None
    planted_on: date | None = None
    disturbed_since: date | None = None


def claim_for(
    matter: Matter, restored: Restored, *, on: date, now: datetime, accepted_on: date | None = None
) -> Sequence[Model]:
    """The land of the case is said to be restored: its site, or the area that was registered with it. Nothing is
    claimed of land where dust, water or money was put right, unless somebody says so.
    """
    if restored.target is None and not claims_land(ProblemKind(matter.case.problem)):
        return ()
    plan = None if restored.target else _said_before(matter) or planned_for(matter)
    made = claiming.claim(_of_matter(matter, restored, plan, on=on, accepted_on=accepted_on), now=now)
    parts = [each for each in claiming.standing_claims(matter) if each.pk != made[0].pk]
    return [*made, *claiming.supersede(parts, now=now)]


def planned_for(matter: Matter) -> Intended | None:
    """What the site of a case is to become by the plans that were approved for it."""
    return intended([matter.site_id]).get(matter.site_id) if matter.site_id else None


def _said_before(matter: Matter) -> Intended | None:
    """What people said of the same case already, e.g. when they reported its measures; where they all say the same."""
    rows = claiming.standing_claims(matter).exclude(target="").defer("geom")
    told = [each for each in rows if each.target_because is None or each.target_because["code"] == OF_PARTS]
    if len({each.target for each in told}) != 1:
        return None
    newest = told[-1]
    assert newest.target_named is not None
    values = newest.target_because["values"] if newest.target_because else {"number": newest.number}
    return Intended(newest.target_named, Reason(OF_PARTS, values))


def _of_matter(
    matter: Matter, restored: Restored, plan: Intended | None, *, on: date, accepted_on: date | None = None
) -> Claimed:
    return Claimed(
        subject=matter,
        matter=matter,
        site=matter.site,
        shape=matter.geom if matter.site is None else None,
        about="" if matter.site else matter.title,
        target=plan.target if plan else restored.target,
        target_because=plan.because if plan else None,
        disturbed_since=restored.disturbed_since,
        planted_on=restored.planted_on,
        restored_since=restored.restored_since,
        claimed_on=on,
        accepted_on=accepted_on,
    )


def claim_for_measure(
    matter: Matter, measure: Measure, *, on: date, now: datetime, target: TargetUse | None = None
) -> Sequence[Model]:
    """A measure is reported as done: that, too, is a claim about the land of the case, until the whole is applied for.
    What the land is to become is what was said, else what its plans say. Nothing is claimed where the problem is none
    of land.
    """
    if not claims_land(ProblemKind(matter.case.problem)):
        return ()
    plan = None if target else planned_for(matter)
    claimed = Claimed(
        subject=measure,
        matter=matter,
        site=matter.site,
        shape=matter.geom if matter.site is None else None,
        about=f"{measure.name}（{matter.site or matter.title}）",
        target=plan.target if plan else target,
        target_because=plan.because if plan else None,
        restored_since=min(measure.done_on or on, on),
        claimed_on=on,
    )
    return claiming.claim(claimed, now=now)


def measure_claimed_no_more(measure: Measure, *, now: datetime) -> Sequence[Model]:
    """It is reported as not done after all."""
    return claiming.withdraw(measure, now=now)


def claims_of_ledger(done: Iterable[tuple[Case, LateClaim]], *, now: datetime) -> Sequence[Model]:
    """What a ledger in use calls done is claimed with the days that it names: images are asked about old claims too,
    and what was closed on paper is watched as what is closed here.
    """
    land = [(case.matter, late) for case, late in done if claims_land(ProblemKind(case.problem))]
    plans = intended({matter.site_id for matter, _late_claim in land if matter.site_id})
    return claiming.claim_many(
        [_late(matter, late, plans.get(matter.site_id or 0)) for matter, late in land], now=now
    )


def correct_claim(case: Case, late: LateClaim | None, *, now: datetime) -> Sequence[Model]:
    """A later edition of the ledger says something else of the land, or of its days; the same again changes nothing."""
    matter = case.matter
    if late is None or not claims_land(ProblemKind(case.problem)):
        return claimed_no_more(matter, now=now)
    fresh = _late(matter, late, _said_before(matter) or planned_for(matter))
    standing = claiming.standing_claims(matter).filter(
        site=fresh.site,
        restored_since=fresh.restored_since or fresh.claimed_on,
        accepted_on=fresh.accepted_on,
    )
    return () if standing.exists() else claiming.claim(fresh, now=now)


def _late(matter: Matter, late: LateClaim, plan: Intended | None) -> Claimed:
    restored = Restored(restored_since=late.restored_since)
    return _of_matter(matter, restored, plan, on=late.claimed_on, accepted_on=late.accepted_on)


def accepted(matter: Matter, *, on: date) -> Sequence[Model]:
    """From this day the land is to stay as it was accepted."""
    return claiming.accepted(matter, on=on)


def claimed_no_more(matter: Matter, *, now: datetime) -> Sequence[Model]:
    """It was returned, or reopened: what was claimed is claimed no more."""
    return claiming.withdraw(matter, now=now)


def relapsed(matter: Matter, *, note: str, by: str, on: date, now: datetime) -> Sequence[Model]:
    """A person confirms that it came back; what was claimed is claimed no more."""
    return claiming.confirm_relapse(matter, note=note, by=by, on=on, now=now)


def relapse_missing(asked: Asked) -> Iterable[Reason]:
    """Only a doubt that images raised, and nobody has cleared, is confirmed as a relapse; by the levels above, only one
    that they may know.
    """
    waiting = claiming.open_trace_backs(asked.matter)
    known = [each for each in waiting if not is_held_from(each.claim, asked.actor, on=asked.on)]
    return need_relapse(len(known))


def against_accepting(asked: Asked) -> Iterable[Reason]:
    """What images do not support has to be answered in writing before anybody accepts or closes."""
    return against_signing(open_questions(asked.matter))
