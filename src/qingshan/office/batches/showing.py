"""How do a batch, its sites and its counts stand on a page?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.office.batches.wording import FACTS, VALUES
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.showing import state_name
from qingshan.office.restoration.showing import language
from qingshan.rules.batches import IDENTITIES, Stage, Standing, Sum
from qingshan.rules.flows.batch import BatchState
from qingshan.rules.flows.single_site import FLOW as SINGLE_FLOW
from qingshan.rules.flows.single_site import SingleState
from qingshan.rules.sampling import Check

STANDING_LOOKS = {
    Standing.UNFINISHED: "note",
    Standing.WAITING: "due",
    Standing.ACCEPTED: "good",
    Standing.RETURNED: "late",
    Standing.TAKEN_OUT: "none",
}
CHECK_LOOKS = {Check.PASSED: "good", Check.FAILED: "late", Check.OPEN: "due"}


@dataclass(frozen=True)
class Term:
    """One number of a sum."""

    title: str
    sum: Sum

    @property
    def area_m2(self) -> float:
        return float(self.sum.area_m2)


@dataclass(frozen=True)
class Line:
    """A whole and its parts, by count and by area; whether they add up."""

    whole: Term
    parts: tuple[Term, ...]

    @property
    def adds_up(self) -> bool:
        total = sum((each.sum for each in self.parts), Sum(0))
        return (total.count, total.area_m2) == (self.whole.sum.count, self.whole.sum.area_m2)

    @property
    def without_area(self) -> int:
        return self.whole.sum.without_area

    @property
    def area_m2(self) -> float | None:
        """None: of no site is it known; that is no 0."""
        whole = self.whole.sum
        return None if whole.count and whole.without_area == whole.count else self.whole.area_m2


def identities(counts: Mapping[Stage, Sum]) -> list[Line]:
    """The numbers of a batch as sums, in the order of the way."""
    return [
        Line(_term(whole, counts), tuple(_term(part, counts) for part in parts))
        for whole, parts in IDENTITIES
        if counts[whole].count or whole in (Stage.ENTERED, Stage.LISTED)
    ]


def _term(stage: Stage, counts: Mapping[Stage, Sum]) -> Term:
    return Term(stage.say(language()), counts[stage])


@dataclass(frozen=True)
class Stop:
    """One step of the bar."""

    title: str
    note: str
    state: str


_B, _S = BatchState, SingleState
BATCH_WAY = (_B.FORMING, _B.FINISHED, _B.APPLIED, _B.SEALED, _B.CHECKING, _B.ACCEPTED, _B.IN_NOTICE, _B.DONE)
SINGLE_WAY = (_S.RESTORING, _S.FINISHED, _S.APPLIED, _S.ACCEPTED, _S.IN_NOTICE, _S.DONE)
STANDS_FOR = {_B.DOUBLED.value: _B.CHECKING.value, _B.WHOLE.value: _B.CHECKING.value}


def _titles() -> dict[str, str]:
    return {
        _B.FORMING.value: _("组批"),
        _S.RESTORING.value: _("登记"),
        _B.FINISHED.value: _("完工"),
        _B.APPLIED.value: _("申报"),
        _B.SEALED.value: _("封存名单"),
        _B.CHECKING.value: _("抽查"),
        _B.ACCEPTED.value: _("验收"),
        _B.IN_NOTICE.value: _("公示"),
        _B.DONE.value: _("办结"),
    }


def way_of(matter: Matter, steps: Sequence[Step]) -> list[Stop]:
    """组批 → 完工 → 申报 → 封存名单 → 抽查 → 验收 → 公示 → 办结, with the days of the last time."""
    reached = {
        step.to_state_id.partition(".")[2]: step.occurred_on
        for step in steps
        if step.from_state_id != step.to_state_id
    }
    titles = _titles()
    way = [each.value for each in (SINGLE_WAY if matter.kind == SINGLE_FLOW.kind else BATCH_WAY)]
    here = STANDS_FOR.get(matter.state_name, matter.state_name)
    if here not in way:
        done = [Stop(titles[name], reached[name].isoformat()[5:], "ok") for name in way if name in reached]
        return [*done, Stop(state_name(matter), "", "now")]
    at, ended = way.index(here), matter.closed_on is not None
    return [
        Stop(
            titles[name],
            reached[name].isoformat()[5:] if place <= at and name in reached else "",
            "ok" if place <= at else "now" if place == at + 1 and not ended else "",
        )
        for place, name in enumerate(way)
    ]


DIGITS = frozenset({"seal", "secret", "list_digest"})


def told_facts(facts: dict[str, Any] | None) -> Iterable[tuple[str, Any, bool]]:
    """Facts of a step under their names; whether they are digits to be compared."""
    for name, value in (facts or {}).items():
        if name in FACTS and value not in (None, ""):
            words = VALUES.get(name, {}).get(str(value))
            yield str(FACTS[name]), words.say({}, language()) if words else value, name in DIGITS
