"""How do a batch, its sites and its counts stand on a page?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.office.batches.models import SiteCheck
from qingshan.office.batches.wording import FACTS, VALUES
from qingshan.office.matters.folder import named_facts
from qingshan.office.restoration.showing import language
from qingshan.office.showing import html
from qingshan.rules.acceptance import Criterion, Verdict
from qingshan.rules.batches import IDENTITIES, Stage, Standing, Sum
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


def judged_lines(check: SiteCheck) -> Iterator[tuple[str, str | None, str, str]]:
    """Criterion, value, verdict, and how that stands to what had been observed before the check."""
    for each in check.judged:
        criterion, verdict = Criterion(each["criterion"]), Verdict(each["verdict"])
        value = each["value"]
        if isinstance(value, bool):
            value = _("是") if value else _("否")
        said = _beside_observed((check.observed or {}).get(criterion.value))
        yield criterion.say(language()), value, verdict.say(language()), said


def _beside_observed(observed: Mapping[str, Any] | None) -> str:
    if observed is None or observed["value"] is None:
        return ""
    if observed["confirmed"]:
        return _("与造林种草台账一致")
    return _("造林种草台账为 %(value)s") % {"value": observed["value"]}


DIGITS = frozenset({"seal", "secret", "list_digest"})
"""Nobody reads them; they are compared."""


def told_facts(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Facts of a step under their names, each value as people read it."""
    return named_facts(dict(facts), FACTS, _value)


def _value(name: str, value: Any) -> Any:
    if name in DIGITS:
        return html('<span class="mono">{}</span>', value)
    words = VALUES.get(name, {}).get(str(value))
    return words.say({}, language()) if words else value
