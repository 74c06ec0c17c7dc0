"""Do the sites of a batch add up at every stage, by count and by area, and was none lost on the way?

entered = in the batch + taken out; in the batch = finished + unfinished; finished = accepted + returned + waiting;
drawn = checked + to be checked; checked = passed + failed; accepted = seen + on the strength of the sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import Reason
from qingshan.rules.sampling import Check, Round
from qingshan.rules.words import Named


class Standing(Named):
    """点位在批次中的情况."""

    UNFINISHED = "unfinished", "未完工", "not finished"
    WAITING = "waiting", "已完工待结论", "finished, no conclusion yet"
    ACCEPTED = "accepted", "验收通过", "accepted"
    RETURNED = "returned", "退回整改", "sent back"
    TAKEN_OUT = "taken_out", "已移出", "taken out"


class Stage(Named):
    """批次统计项."""

    ENTERED = "entered", "累计列入", "entered"
    TAKEN_OUT = "taken_out", "移出", "taken out"
    LISTED = "listed", "在批", "in the batch"
    UNFINISHED = "unfinished", "未完工", "unfinished"
    FINISHED = "finished", "已完工", "finished"
    WAITING = "waiting", "待结论", "waiting"
    ACCEPTED = "accepted", "验收通过", "accepted"
    RETURNED = "returned", "退回", "returned"
    DRAWN = "drawn", "抽中", "drawn"
    UNCHECKED = "unchecked", "待查", "to be checked"
    CHECKED = "checked", "已查", "checked"
    PASSED = "passed", "查验合格", "passed"
    FAILED = "failed", "查验不合格", "failed"
    ACCEPTED_SEEN = "accepted_seen", "到场查验后通过", "accepted after a check"
    ACCEPTED_UNSEEN = "accepted_unseen", "由样本推定通过", "accepted on the strength of the sample"


_G = Stage
IDENTITIES: tuple[tuple[Stage, tuple[Stage, ...]], ...] = (
    (_G.ENTERED, (_G.LISTED, _G.TAKEN_OUT)),
    (_G.LISTED, (_G.FINISHED, _G.UNFINISHED)),
    (_G.FINISHED, (_G.ACCEPTED, _G.RETURNED, _G.WAITING)),
    (_G.DRAWN, (_G.CHECKED, _G.UNCHECKED)),
    (_G.CHECKED, (_G.PASSED, _G.FAILED)),
    (_G.ACCEPTED, (_G.ACCEPTED_SEEN, _G.ACCEPTED_UNSEEN)),
)
"""What must add up: a whole and its parts."""


@dataclass(frozen=True)
class BatchSite:
    """A site as the counts see it."""

    id: str
    standing: Standing
    area_m2: Decimal | None = None
    """None: a site without a shape; it counts, and is said to have no area"""
    drawn_in: Round | None = None
    check: Check | None = None


@dataclass(frozen=True)
class Sum:
    """How many sites, how much land, and of how many sites the area is not known."""

    count: int
    area_m2: Decimal = Decimal(0)
    without_area: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(
            self.count + other.count,
            self.area_m2 + other.area_m2,
            self.without_area + other.without_area,
        )


def sums(sites: Iterable[BatchSite]) -> dict[Stage, Sum]:
    """Every number of a batch. One site twice, or one that contradicts itself, raises RuleError."""
    listed = tuple(sites)
    if faults := tuple(_contradictions(listed)):
        raise RuleError(*faults)
    found = {stage: Sum(0) for stage in Stage}
    for site in listed:
        one = Sum(1, site.area_m2 or Decimal(0), int(site.area_m2 is None))
        for stage in _stages_of(site):
            found[stage] += one
    return found


def _stages_of(site: BatchSite) -> Iterator[Stage]:
    yield _G.ENTERED
    yield Stage(site.standing.value)
    if site.standing is not Standing.TAKEN_OUT:
        yield _G.LISTED
        if site.standing is not Standing.UNFINISHED:
            yield _G.FINISHED
    if site.standing is Standing.ACCEPTED:
        yield _G.ACCEPTED_UNSEEN if site.check is None else _G.ACCEPTED_SEEN
    if site.check is not None:
        yield _G.DRAWN
        yield _G.UNCHECKED if site.check is Check.OPEN else _G.CHECKED
        if site.check is not Check.OPEN:
            yield _G.PASSED if site.check is Check.PASSED else _G.FAILED


def _contradictions(sites: Iterable[BatchSite]) -> Iterator[Reason]:
    seen: set[str] = set()
    for site in sites:
        if site.id in seen:
            yield Reason("rules.batch.site_twice", {"id": site.id})
        seen.add(site.id)
        if (site.drawn_in is None) is not (site.check is None):
            yield Reason("rules.batch.check_without_draw", {"id": site.id})
        if site.standing is Standing.ACCEPTED and site.check in {Check.FAILED, Check.OPEN}:
            yield Reason("rules.batch.accepted_without_passing", {"id": site.id})
        if site.area_m2 is not None and site.area_m2 < 0:
            yield Reason("rules.batch.negative_area", {"id": site.id})


def reconcile(stated: Mapping[Stage, Sum]) -> tuple[Reason, ...]:
    """Every sum that does not come out, with both sides and the difference; a number that is not stated is not held."""
    return tuple(_unequal(stated))


def _unequal(stated: Mapping[Stage, Sum]) -> Iterator[Reason]:
    for whole, parts in IDENTITIES:
        if whole not in stated or any(part not in stated for part in parts):
            continue
        total = sum((stated[part] for part in parts), Sum(0))
        values = {
            "whole": whole.zh,
            "whole_en": whole.en,
            "parts": " + ".join(f"{part.zh} {stated[part].count}" for part in parts),
            "parts_en": " + ".join(f"{part.en} {stated[part].count}" for part in parts),
        }
        if (less := stated[whole].count - total.count) != 0:
            yield Reason(
                "rules.batch.count_does_not_add_up",
                {**values, "count": stated[whole].count, "sum": total.count, "difference": less},
            )
        if (land := stated[whole].area_m2 - total.area_m2) != 0:
            yield Reason(
                "rules.batch.area_does_not_add_up",
                {
                    **values,
                    "area": str(stated[whole].area_m2),
                    "sum": str(total.area_m2),
                    "difference": str(land),
                },
            )


def differences(stated: Mapping[Stage, int], computed: Mapping[Stage, Sum]) -> tuple[Reason, ...]:
    """Where a number that somebody filled in (填报数) is not the one that the sites give (系统数)."""
    both = [(one, stated[one], computed[one].count) for one in Stage if one in stated and one in computed]
    return tuple(
        Reason(
            "rules.batch.stated_differs",
            {"stage": stage.zh, "stage_en": stage.en, "stated": said, "computed": found},
        )
        for stage, said, found in both
        if said != found
    )


def lost_between(
    before: Iterable[BatchSite], after: Iterable[BatchSite], *, added: Iterable[str] = ()
) -> tuple[Reason, ...]:
    """Which sites are gone, came from nowhere, or changed in area between two looks at one batch.

    A site that is taken out stays on record as such, so none may vanish; only those that an act `added` may appear.
    """
    old, new = ({site.id: site for site in each} for each in (before, after))
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old) - set(added))
    reasons = [Reason("rules.batch.site_vanished", {"id": one}) for one in gone]
    reasons += [Reason("rules.batch.site_appeared", {"id": one}) for one in come]
    reasons += [
        Reason(
            "rules.batch.area_changed",
            {"id": one, "before": _area(old[one]), "after": _area(new[one])},
        )
        for one in sorted(set(old) & set(new))
        if old[one].area_m2 != new[one].area_m2
    ]
    return tuple(reasons)


def _area(site: BatchSite) -> str | None:
    return None if site.area_m2 is None else str(site.area_m2)
