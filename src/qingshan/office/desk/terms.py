"""Which terms are over, and which end soon, of what this person sees? Mining rights, land that was lent, reclaimed
farmland that is to be evaluated, available land that nobody restores.

Each line opens the list of exactly the rows that it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingshan.office.mines.forms.narrowing import narrowed_by
from qingshan.office.mines.models import LandUse, MiningRight
from qingshan.office.mines.queries import Total, total
from qingshan.office.planting.lasting import to_evaluate
from qingshan.office.restoration.idling import idle_sum
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.duties import Duty
from qingshan.rules.register import RightState
from qingshan.rules.validity import WARNED_BEFORE_DAYS


@dataclass(frozen=True)
class Line:
    """One line of the card: how it stands, in words, and the address of its list."""

    look: str
    word: str
    title: str
    url: str


@dataclass(frozen=True)
class _Asked:
    """A list, what its address narrows it to besides the days, and how its rows are counted in words."""

    model: type[Model]
    address: str
    narrowed: Mapping[str, str]
    is_over: bool
    words: Callable[[int], str]


def lines(actor: Any, *, today: date) -> list[Line]:
    """What is over first; nothing where there is nothing."""
    return [line for place in range(len(ASKED)) for line in _line(place, actor, today)]


@holds_until_next_act
def _found(place: int, actor: Any, today: date) -> tuple[Total, str]:
    asked = ASKED[place]
    query = urlencode({**asked.narrowed, **_between(today, is_over=asked.is_over)})
    filters = narrowed_by(QueryDict(query), asked.model).filters
    return total(asked.model, actor=actor, filters=filters), query


def _line(place: int, actor: Any, today: date) -> Iterator[Line]:
    asked, (found, query) = ASKED[place], _found(place, actor, today)
    if found.rows:
        yield Line(
            look="late" if asked.is_over else "due",
            word=_("已到期") if asked.is_over else _("将到期"),
            title=asked.words(found.rows) % {"n": _counted(found)},
            url=f"{asked.address}?{query}",
        )


def _between(today: date, *, is_over: bool) -> dict[str, str]:
    """Up to yesterday; or from today until the day after which it is not soon any more."""
    if is_over:
        return {"to_until": (today - timedelta(days=1)).isoformat()}
    return {
        "to_from": today.isoformat(),
        "to_until": (today + timedelta(days=WARNED_BEFORE_DAYS)).isoformat(),
    }


def _counted(found: Total) -> str:
    return _("超过 %(rows)s") % {"rows": f"{found.rows:,}"} if found.at_least else f"{found.rows:,}"


_RIGHTS = (MiningRight, "/rights/", {"category": RightState.IN_FORCE.value})
_LAND = (LandUse, "/land-uses/", {"returned": "no"})
ASKED = (
    _Asked(
        *_RIGHTS,
        is_over=True,
        words=lambda n: ngettext(
            "%(n)s 宗采矿权已到期，尚未延续或注销", "%(n)s 宗采矿权已到期，尚未延续或注销", n
        ),
    ),
    _Asked(
        *_LAND,
        is_over=True,
        words=lambda n: ngettext("%(n)s 宗临时用地已到期，尚未还地", "%(n)s 宗临时用地已到期，尚未还地", n),
    ),
    _Asked(
        *_RIGHTS,
        is_over=False,
        words=lambda n: ngettext("%(n)s 宗采矿权 90 天内到期", "%(n)s 宗采矿权 90 天内到期", n),
    ),
    _Asked(
        *_LAND,
        is_over=False,
        words=lambda n: ngettext("%(n)s 宗临时用地 90 天内到期", "%(n)s 宗临时用地 90 天内到期", n),
    ),
)
"""What the card asks, in the order on screen."""


def of_restored_land(actor: Any, *, today: date) -> list[Line]:
    """跟踪评价 and 可修复未修复, for whoever keeps the land; nothing where there is nothing."""
    if not actor.duties & {Duty.REGISTRY, Duty.ENTERPRISE}:
        return []
    return [*_to_evaluate(actor, today), *_idle(actor, today)]


def _to_evaluate(actor: Any, today: date) -> Iterator[Line]:
    count, first = to_evaluate(actor=actor, on=today)
    if count and first is not None:
        words = ngettext(
            "%(n)s 处复垦农用地一年内应跟踪评价，最早的期限是 %(day)s",
            "%(n)s 处复垦农用地一年内应跟踪评价，最早的期限是 %(day)s",
            count,
        )
        title = words % {"n": f"{count:,}", "day": first.isoformat()}
        yield Line("due", _("跟踪评价"), title, "/planting/lasting/?view=evaluate")


def _idle(actor: Any, today: date) -> Iterator[Line]:
    """Over its limit; where no rule sets one, how much there is and the longest."""
    found = idle_sum(actor=actor, on=today)
    if found.first_on is None or (found.is_limited and not found.over):
        return
    days = f"{(today - found.first_on).days:,}"
    if found.is_limited:
        words = ngettext(
            "%(n)s 块可修复土地超过提醒期限，最长的已 %(days)s 天",
            "%(n)s 块可修复土地超过提醒期限，最长的已 %(days)s 天",
            found.over,
        )
        look, n = "due", found.over
    else:
        words = ngettext(
            "%(n)s 块可修复土地尚未修复，最长的已 %(days)s 天；没有规定期限",
            "%(n)s 块可修复土地尚未修复，最长的已 %(days)s 天；没有规定期限",
            found.plots,
        )
        look, n = "none", found.plots
    title = words % {"n": f"{n:,}", "days": days}
    yield Line(look, _("可修复未修复"), title, "/restoration/land/idle/")
