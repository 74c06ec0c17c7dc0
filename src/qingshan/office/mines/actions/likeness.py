"""How does a pair of mines that look like one come onto the list, and how is it told apart?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.access import FIND_LIKENESS, TELL_APART
from qingshan.office.mines.candidates import AT_ONCE, Match, matches
from qingshan.office.mines.describing import told
from qingshan.office.mines.models import Likeness, Mine
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.identifiers import ABROAD_ID, RegionCode, region_of_id
from qingshan.rules.reasons import Reason
from qingshan.rules.register import LikenessState

IN_ONE_ACT = 5_000
"""A larger import leaves the looking to background work: nobody should wait for it."""
SAID_AT_PREVIEW = "导入时确认为另一座矿山"


class _Nothing(Exception):
    """No pair came onto the list: there is nothing to record."""


def find_likeness(mines: QuerySet[Mine], *, now: datetime, actor: ActorLike = THE_SYSTEM) -> int:
    """Put pairs of these mines and any others that look like one onto the list; how many. Nothing is refused."""
    try:
        return _find(mines, actor=actor, now=now)
    except _Nothing:
        return 0


@official_act
def _find(mines: QuerySet[Mine], *, actor: ActorLike, now: datetime) -> int:
    listed = _queued(_matches_of(mines), {})
    if not listed:
        raise _Nothing
    record(act=FIND_LIKENESS.code, actor=actor, now=now, subjects=listed, new={"pairs": len(listed)})
    return len(listed)


def queue_alike(written: Sequence[Model], options: Mapping[str, Any] | None) -> list[Likeness]:
    """The pairs that mines which were written bring, as part of the act that wrote them.

    What its actor has told apart beforehand (the option `another`) comes onto the list as that.
    """
    told_apart: Mapping[str, str] = (options or {}).get("another") or {}
    ids = sorted(mine.pk for mine in written if isinstance(mine, Mine))
    if len(ids) > IN_ONE_ACT:
        return []
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    found = [match for part in parts for match in _matches_of(Mine.objects.filter(pk__in=part))]
    return _queued(found, told_apart)


def _matches_of(mines: QuerySet[Mine]) -> list[Match]:
    return matches(told(mines.filter(merged_into=None)))


def _queued(found: Iterable[Match], told_apart: Mapping[str, str]) -> list[Likeness]:
    """New rows of the list, and those whose grounds have changed; a pair that was told apart stays away
    until then.
    """
    by_pair = {_ordered(match): match for match in found}
    regions = _regions_of(by_pair)
    known = _known(by_pair)
    made, changed = [], []
    for pair, match in sorted(by_pair.items()):
        if (row := known.get(pair)) is None:
            if pair in regions:
                made.append(_new(pair, match, regions[pair], told_apart))
        elif row.state != LikenessState.MERGED and row.reasons != _reasons(match):
            changed.append(_reopened(row, match))
    try:
        Likeness.objects.bulk_create(made)
    except IntegrityError as error:
        what = str(Likeness._meta.verbose_name)
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=what) from error
    Likeness.objects.bulk_update(changed, ["state", "verdict", "reasons", "decision_note", "version"])
    return [*made, *changed]


def _ordered(match: Match) -> tuple[int, int]:
    first, second = sorted((match.one.ref, match.other.ref))
    return first, second


def _reasons(match: Match) -> list[dict[str, Any]]:
    return [reason.as_json() for reason in match.likeness.because]


def _new(pair: tuple[int, int], match: Match, region_id: int, told_apart: Mapping[str, str]) -> Likeness:
    keys = {(match.one.key, match.other.key), (match.other.key, match.one.key)}
    apart = bool(keys & set(told_apart.items()))
    return Likeness(
        first_id=pair[0],
        second_id=pair[1],
        region_id=region_id,
        verdict=match.likeness.verdict.value,
        reasons=_reasons(match),
        state=(LikenessState.DIFFERENT if apart else LikenessState.OPEN).value,
        decision_note=SAID_AT_PREVIEW if apart else "",
    )


def _reopened(row: Likeness, match: Match) -> Likeness:
    row.state, row.decision_note = LikenessState.OPEN.value, ""
    row.verdict, row.reasons = match.likeness.verdict.value, _reasons(match)
    row.version += 1
    return row


def _known(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Likeness]:
    firsts = sorted({first for first, _second in pairs})
    seconds = {second for _first, second in pairs}
    rows: list[Likeness] = []
    for start in range(0, len(firsts), AT_ONCE):
        part = firsts[start : start + AT_ONCE]
        rows += Likeness.objects.select_for_update().filter(first_id__in=part).order_by("pk")
    return {(row.first_id, row.second_id): row for row in rows if row.second_id in seconds}


def _regions_of(pairs: Mapping[tuple[int, int], Match]) -> dict[tuple[int, int], int]:
    """The smallest region that holds both mines; no pair is listed of one here and one abroad."""
    found = {pair: _together(m.one.region_id, m.other.region_id) for pair, m in pairs.items()}
    held = {region_id for chain in found.values() for region_id in chain}
    known = set(Region.objects.filter(pk__in=held).values_list("pk", flat=True))
    smallest = {pair: next((r for r in chain if r in known), None) for pair, chain in found.items()}
    return {pair: region_id for pair, region_id in smallest.items() if region_id is not None}


def _together(one: int, other: int) -> list[int]:
    """The regions that hold both, the smallest first."""
    if ABROAD_ID in (one, other):
        return [ABROAD_ID] if one == other else []
    second = region_of_id(other)
    return [region.id for region in _upward(region_of_id(one)) if region.contains(second)]


def _upward(region: RegionCode | None) -> Iterator[RegionCode]:
    while region is not None:
        yield region
        region = region.parent


@official_act
def tell_apart(pair: Likeness, *, reason: str, version: int, actor: ActorLike, now: datetime) -> Likeness:
    """认定不是同一矿山. Refused: no registry duty, a mine outside the area, no reason, decided meanwhile."""
    decidable(pair, TELL_APART.code, reason=reason, actor=actor)
    decide(pair, LikenessState.DIFFERENT, reason=reason, version=version)
    names = {"first": str(pair.first), "second": str(pair.second)}
    new = {**names, "reason": pair.decision_note}
    record_about(pair, TELL_APART.code, actor=actor, now=now, new=new)
    return pair


def record_about(
    pair: Likeness,
    act_code: str,
    subjects: Sequence[Model] = (),
    *,
    actor: ActorLike,
    now: datetime,
    new: dict[str, Any],
    old: dict[str, Any] | None = None,
) -> None:
    """One entry over the pair, both mines and what else was touched, with the grounds of the rule."""
    record(
        act=act_code,
        actor=actor,
        now=now,
        subjects=[pair, pair.first, pair.second, *subjects],
        old=old,
        new=new,
        because=[Reason(each["code"], each["values"]) for each in pair.reasons],
        region_id=pair.region_id,
    )


def decidable(pair: Likeness, act_code: str, *, reason: str, actor: ActorLike) -> None:
    """Both mines lie in the actor's area, and a reason is given."""
    for mine in (pair.first, pair.second):
        require(actor, act_code, region_id=mine.region_id)
    if not reason.strip():
        raise RegisterRefused.because("mines.decision_needs_reason")


def decide(pair: Likeness, state: LikenessState, *, reason: str, version: int, **also: Any) -> None:
    """Compare-and-set on the version that the person saw: of two decisions, one holds."""
    waiting = Likeness.objects.filter(pk=pair.pk, version=version, state=LikenessState.OPEN)
    note = reason.strip()[:500]
    if waiting.update(state=state.value, decision_note=note, version=version + 1, **also) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=f"{pair.first}、{pair.second}")
    pair.refresh_from_db()
