"""Which sites of a batch are looked at on the ground (抽查), and what follows from what is found there?

Nobody can know the sample before the list is closed, and nobody can change it afterwards: numbers are sealed (their
digests published) while the list is open, the list is closed and its digest published, the numbers are opened. The
seed is made of the numbers and of that digest, as for draws of experts (`rules.draw`). One sealed number is enough if
whoever knows it has no hand in the list; two, from both sides, are safe against either.

Each site has a weight by what is known against it. Within a region the sites lie in a row, strata together, otherwise
in the order of their lots (SM3), each as long as its weight; from a start that the seed decides every equal step along
the row takes the site that it hits. So a chance is exactly in proportion to the weight, a stratum gets its share
rounded down or up, and all is in whole numbers: the same on every machine (randomised systematic sampling with unequal
chances: Hartley and Rao 1962, Annals of Mathematical Statistics 33:350). `recompute_sample.py` says it again alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from qingshan.rules.draw import compact, seed_of
from qingshan.rules.errors import RuleError
from qingshan.rules.provisions import Citation, Rulebook
from qingshan.rules.reasons import Reason
from qingshan.rules.sm3 import sm3
from qingshan.rules.words import Named, normalised

RULEBOOK = "batch-sampling"
_SECRET = re.compile(r"[0-9a-f]{32,128}")


class Check(Named):
    """抽查结果 of one site."""

    PASSED = "passed", "合格", "passed"
    FAILED = "failed", "不合格", "failed"
    OPEN = "open", "待查", "not yet checked"


class Round(Named):
    """抽查轮次, in their order."""

    FIRST = "first", "首次抽查", "first sample"
    DOUBLE = "double", "加倍抽查", "double sample"
    WHOLE = "whole", "全数核查", "whole batch"

    @property
    def number(self) -> int:
        """1, 2, 3."""
        return tuple(Round).index(self) + 1


class Next(Named):
    """下一步."""

    DRAW_FIRST = "draw_first", "抽取首次样本", "draw the first sample"
    FINISH_CHECKS = "finish_checks", "查完样本", "finish the checks"
    DRAW_DOUBLE = "draw_double", "加倍抽取", "draw the double sample"
    CHECK_WHOLE = "check_whole", "全数核查", "check the whole batch"
    CONCLUDE = "conclude", "作出验收结论", "conclude"


# -- weights -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RiskFacts:
    """What is known against a site: counts of facts that somebody recorded, never an opinion."""

    earlier_failures: int = 0
    """so often was it sent back from an acceptance"""
    unsupported: int = 0
    """so many findings say that images do not support a claim (影像不支持)"""
    days_late: int = 0
    """finished so many days after its date"""


@dataclass(frozen=True)
class Weight:
    """How heavily a site weighs in the sample, and why."""

    value: int
    because: tuple[Reason, ...]
    citation: Citation
    doubts: tuple[Reason, ...] = ()


def weight_of(facts: RiskFacts, book: Rulebook) -> Weight:
    """The weight by the rulebook: a base, and points for each fact up to a limit."""
    if min(facts.earlier_failures, facts.unsupported, facts.days_late) < 0:
        raise RuleError.because("rules.sampling.negative_fact")
    base, most = _positive(book, "base_weight"), _positive(book, "facts_counted_at_most")
    weighed = (
        ("rules.sampling.earlier_failure_weight", facts.earlier_failures, "earlier_failure_points", most),
        ("rules.sampling.unsupported_weight", facts.unsupported, "unsupported_points", most),
        ("rules.sampling.late_weight", facts.days_late, "late_points", 1),
    )
    value, because = base, [Reason("rules.sampling.base_weight", {"points": base})]
    for code, count, name, counted in weighed:
        if points := book.whole(name) * min(count, counted):
            value += points
            because.append(Reason(code, {"count": count, "points": points}))
    doubts = book.doubts("base_weight", *(name for _, _, name, _ in weighed))
    return Weight(value, tuple(because), book.citation, doubts)


# -- the closed list ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A site on the list, by a number that never changes."""

    id: str
    strata: tuple[str, ...]
    """region first, then mode, size and whatever else shall be spread"""
    weight: int = 1


@dataclass(frozen=True)
class SamplePlan:
    """How many are looked at: decided before the list is closed, part of its digest."""

    size: int
    """first sample"""
    least_in_region: int
    """at least so many in each region, where the size allows it for all"""
    times: int
    """the second sample is so many times the first"""


@dataclass(frozen=True)
class ClosedList:
    """The list of a batch as it was closed. A number twice, a weight below 1 or uneven strata raise RuleError."""

    subject: str
    """number of the batch"""
    items: tuple[Item, ...]
    plan: SamplePlan

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(sorted(self.items, key=lambda one: one.id)))
        faults = list(_faults(self))
        if faults:
            raise RuleError(*faults)

    @property
    def text(self) -> str:
        """The one text whose digest is published."""
        rows = [{"id": one.id, "strata": list(one.strata), "weight": one.weight} for one in self.items]
        plan = {
            "least_in_region": self.plan.least_in_region,
            "size": self.plan.size,
            "times": self.plan.times,
        }
        return compact({"items": rows, "plan": plan, "subject": self.subject})

    @property
    def digest(self) -> str:
        """SM3 of that text."""
        return sm3(self.text.encode())


def plan_for(count: int, book: Rulebook) -> SamplePlan:
    """The plan by the rulebook for so many sites: a share, rounded up, at least so many, never more than there are."""
    if count < 1:
        raise RuleError.because("rules.batch.empty")
    percent = Fraction(book.number_of("sample_percent"))
    share = -(-count * percent.numerator // (100 * percent.denominator))
    size = min(count, max(share, _positive(book, "sample_least")))
    return SamplePlan(size, book.whole("least_in_region"), _positive(book, "double_times"))


def _faults(closed: ClosedList) -> Iterable[Reason]:
    if not closed.items:
        yield Reason("rules.batch.empty")
    ids = [one.id for one in closed.items]
    for one in sorted({one for one, other in pairwise(ids) if one == other}):
        yield Reason("rules.sampling.twice", {"id": one})
    lengths = {len(one.strata) for one in closed.items}
    if closed.items and (len(lengths) > 1 or 0 in lengths):
        yield Reason("rules.sampling.strata")
    if any(isinstance(one.weight, bool) or one.weight < 1 for one in closed.items):
        yield Reason("rules.sampling.weight")
    plan = closed.plan
    if not (1 <= plan.size <= max(1, len(ids)) and plan.least_in_region >= 0 and plan.times >= 1):
        yield Reason("rules.sampling.size", {"size": plan.size, "count": len(ids)})


# -- sealed numbers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """A number that one side puts in: its seal is published while the list is open, itself after it is closed."""

    by: str
    seal: str
    secret: str = ""
    """empty: not opened yet"""


def seal_of(secret: str, *, subject: str, by: str) -> str:
    """The digest that is published first: SM3 over batch, side and number, a line feed between.

    A number that is shorter than 32 hexadecimal digits could be found by trying, and raises RuleError.
    """
    number = normalised(secret).lower()
    if not _SECRET.fullmatch(number):
        raise RuleError.because("rules.sampling.secret_form")
    return sm3("\n".join((subject, by, number)).encode())


def seed_from(shares: Sequence[Share], closed: ClosedList) -> str:
    """The seed of the draw. Nothing sealed, a number not opened or not the one that was sealed raises RuleError."""
    if not shares:
        raise RuleError.because("rules.sampling.no_seal")
    if len({one.by for one in shares}) < len(shares):
        raise RuleError.because("rules.sampling.side_twice")
    for one in shares:
        if not one.secret:
            raise RuleError.because("rules.sampling.not_opened", by=one.by)
        if seal_of(one.secret, subject=closed.subject, by=one.by) != one.seal:
            raise RuleError.because("rules.sampling.other_number", by=one.by)
    return seed_of("|".join(normalised(one.secret).lower() for one in shares), closed.digest)


# -- the draw ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """One round: who is looked at, and what chance everybody had before the numbers were opened."""

    round: Round
    ids: tuple[str, ...]
    """sorted"""
    chances: Mapping[str, Fraction] = field(default_factory=dict)
    """of everybody who could be drawn in this round, given the rounds before"""


def draw_round(closed: ClosedList, *, seed: str, which: Round, before: Iterable[str] = ()) -> Drawn:
    """The sample of a round among those who were not drawn `before`; the last round takes them all."""
    out = set(before)
    unknown = out - {one.id for one in closed.items}
    if unknown:
        raise RuleError.because("rules.sampling.not_listed", ids="、".join(sorted(unknown)))
    left = [one for one in closed.items if one.id not in out]
    size = size_of(closed.plan, which, left=len(left))
    label = f"{seed}\n{which.number}"
    chosen: list[str] = []
    chances: dict[str, Fraction] = {}
    for group, count in _shared_out(left, size=size, least=closed.plan.least_in_region):
        ids, own = _along_the_row(group, count=count, label=label)
        chosen += ids
        chances |= own
    return Drawn(which, tuple(sorted(chosen)), chances)


def size_of(plan: SamplePlan, which: Round, *, left: int) -> int:
    """How many a round takes of those who are left."""
    wanted = {Round.FIRST: plan.size, Round.DOUBLE: plan.size * plan.times, Round.WHOLE: left}[which]
    return min(wanted, left)


def _shared_out(items: Sequence[Item], *, size: int, least: int) -> list[tuple[list[Item], int]]:
    """Regions with their numbers: the least for each first, the rest by weight, largest remainders first.

    Where the size does not give every region one, all regions lie in one row, so that no site is without a chance.
    """
    regions: dict[str, list[Item]] = {}
    for one in items:
        regions.setdefault(one.strata[0], []).append(one)
    if least < 1 or size < least * len(regions):
        return [(list(items), size)] if items else []
    counts = {name: min(least, len(group)) for name, group in regions.items()}
    weights = {name: sum(one.weight for one in group) for name, group in regions.items()}
    while (rest := size - sum(counts.values())) > 0:
        open_ = sorted(name for name, group in regions.items() if counts[name] < len(group))
        whole = sum(weights[name] for name in open_)
        parts = {name: divmod(rest * weights[name], whole) for name in open_}
        added = {name: min(parts[name][0], len(regions[name]) - counts[name]) for name in open_}
        if not any(added.values()):
            first = sorted(open_, key=lambda name: (-parts[name][1], name))[:rest]
            added = dict.fromkeys(first, 1)
        for name, more in added.items():
            counts[name] += more
    return [(regions[name], counts[name]) for name in sorted(regions)]


def _along_the_row(items: Sequence[Item], *, count: int, label: str) -> tuple[list[str], dict[str, Fraction]]:
    sure, row, left = _certain(items, count)
    whole = sum(one.weight for one in row)
    chances = {one.id: Fraction(1) for one in sure}
    chances |= {one.id: Fraction(left * one.weight, whole) for one in row}
    if not left:
        return [one.id for one in sure], chances
    row.sort(key=lambda one: _place(one, label))
    regions = sorted({one.strata[0] for one in items})
    start = int(sm3("\n".join((label, "start", *regions)).encode()), 16) % whole
    return [one.id for one in sure] + systematic(row, count=left, start=start), chances


def _certain(items: Sequence[Item], count: int) -> tuple[list[Item], list[Item], int]:
    """Whoever weighs a whole step or more is in; the others share what is left."""
    sure: list[Item] = []
    row = sorted(items, key=lambda one: one.id)
    while count:
        whole = sum(one.weight for one in row)
        heavy = [one for one in row if count * one.weight >= whole]
        if not heavy:
            break
        sure += heavy
        row = [one for one in row if count * one.weight < whole]
        count -= len(heavy)
    return sure, row, count


def _place(one: Item, label: str) -> tuple[str, ...]:
    """Strata together, in the order of their lots; within one the sites in the order of theirs."""
    prefixes = [one.strata[: depth + 1] for depth in range(len(one.strata))]
    lots = [sm3("\n".join((label, "stratum", *each)).encode()) for each in prefixes]
    return (*lots, sm3("\n".join((label, "site", one.id)).encode()), one.id)


def systematic(row: Sequence[Item], *, count: int, start: int) -> list[str]:
    """Every site that one of the points start, start + step … hits; lengths are times `count`, the step is the sum."""
    step = sum(one.weight for one in row)
    chosen, end, point = [], 0, start
    for one in row:
        end += one.weight * count
        if point < end:
            chosen.append(one.id)
            point += step
    return chosen


# -- what follows ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A round with what was found at each of its sites."""

    round: Round
    results: Mapping[str, Check]


@dataclass(frozen=True)
class Decision:
    """What comes next, and who goes back whatever comes."""

    next: Next
    because: Reason
    size: int = 0
    """how many the next round takes"""
    returned: tuple[str, ...] = ()
    """failed so far: they go back to be mended"""
    accepted: tuple[str, ...] = ()
    """only with CONCLUDE: those that passed, and those that the sample speaks for"""
    accepted_unseen: tuple[str, ...] = ()
    """of the accepted, those that nobody looked at"""
    doubts: tuple[Reason, ...] = ()


_BECAUSE = {
    Next.DRAW_FIRST: "rules.sampling.draw_first",
    Next.DRAW_DOUBLE: "rules.sampling.draw_double",
    Next.CHECK_WHOLE: "rules.sampling.check_whole",
}


def next_step(closed: ClosedList, rounds: Sequence[Checked], book: Rulebook) -> Decision:
    """What the results ask for: conclude, or double the sample, or check the whole batch.

    What fails goes back in every case. Rounds out of order, or sites that no list holds, raise RuleError.
    """
    results = _results(closed, rounds)
    ids = [one.id for one in closed.items]
    returned = tuple(one for one in ids if results.get(one) is Check.FAILED)
    unseen = [one for one in ids if one not in results]
    doubts = book.doubts()
    if not rounds:
        return _decided(Next.DRAW_FIRST, closed, unseen, returned, Round.FIRST, doubts=doubts)
    if waiting := sum(one is Check.OPEN for one in results.values()):
        because = Reason("rules.sampling.checks_open", {"count": waiting})
        return Decision(Next.FINISH_CHECKS, because, returned=returned, doubts=doubts)
    last = rounds[-1]
    failed = sum(one is Check.FAILED for one in last.results.values())
    allowed = book.whole("failures_allowed")
    if failed > allowed and unseen and last.round is not Round.WHOLE:
        then = Round.DOUBLE if last.round is Round.FIRST else Round.WHOLE
        step = Next.DRAW_DOUBLE if then is Round.DOUBLE else Next.CHECK_WHOLE
        return _decided(step, closed, unseen, returned, then, failed=failed, allowed=allowed, doubts=doubts)
    accepted = tuple(one for one in ids if one not in returned)
    because = Reason(
        "rules.sampling.conclude",
        {"checked": len(results), "failed": len(returned), "accepted": len(accepted), "unseen": len(unseen)},
    )
    return Decision(
        Next.CONCLUDE,
        because,
        returned=returned,
        accepted=accepted,
        accepted_unseen=tuple(unseen),
        doubts=doubts,
    )


def _decided(
    step: Next,
    closed: ClosedList,
    unseen: Sequence[str],
    returned: tuple[str, ...],
    which: Round,
    *,
    failed: int = 0,
    allowed: int = 0,
    doubts: tuple[Reason, ...],
) -> Decision:
    size = size_of(closed.plan, which, left=len(unseen))
    values = {"size": size, "count": len(closed.items), "failed": failed, "allowed": allowed}
    return Decision(step, Reason(_BECAUSE[step], values), size, returned, doubts=doubts)


def _results(closed: ClosedList, rounds: Sequence[Checked]) -> dict[str, Check]:
    found: dict[str, Check] = {}
    listed = {one.id for one in closed.items}
    for number, one in enumerate(rounds, 1):
        if one.round.number != number:
            raise RuleError.because("rules.sampling.rounds_out_of_order")
        if strange := sorted(set(one.results) - listed):
            raise RuleError.because("rules.sampling.not_listed", ids="、".join(strange))
        if again := sorted(set(one.results) & set(found)):
            raise RuleError.because("rules.sampling.drawn_twice", ids="、".join(again))
        found |= one.results
    return found


# -- for anybody who wants to compute it again -------------------------------------------------------------------


def record_of(
    closed: ClosedList,
    shares: Sequence[Share],
    drawn: Sequence[Drawn],
    *,
    names: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Everything a draw rests on, for `recompute_sample.py`: nothing in it is computed twice."""
    return {
        "subject": closed.subject,
        "items": [
            {
                "id": one.id,
                "strata": list(one.strata),
                "weight": one.weight,
                "name": (names or {}).get(one.id, ""),
            }
            for one in closed.items
        ],
        "plan": {
            "size": closed.plan.size,
            "least_in_region": closed.plan.least_in_region,
            "times": closed.plan.times,
        },
        "list_digest": closed.digest,
        "shares": [{"by": one.by, "seal": one.seal, "secret": one.secret} for one in shares],
        "rounds": [{"round": one.round.number, "drawn": list(one.ids)} for one in drawn],
    }


def _positive(book: Rulebook, name: str) -> int:
    number = book.whole(name)
    if number < 1:
        raise RuleError.because("rules.sampling.rulebook_number", name=name, number=number)
    return number
