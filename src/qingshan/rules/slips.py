"""How far is a plan behind its baseline, because of which stage, and does the deadline still hold?

A stage is moved by another where it could not begin as planned because that one ended too late; the stage at the end of
this chain is the cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from qingshan.rules.placing import shifted
from qingshan.rules.reasons import Reason
from qingshan.rules.timetable import Dated, Timetable, Work


@dataclass(frozen=True)
class Slip:
    """One stage beside its baseline."""

    id: str
    days: int | None
    """Calendar days that its end lies later, negative earlier; None where one of both is not known."""
    cause: str | None
    """The stage that makes it late, perhaps itself; None where it is not late."""
    moves: tuple[str, ...]
    """Stages that are late because of this one, directly or through others."""
    because: Reason


@dataclass(frozen=True)
class Slips:
    """A forecast beside its baseline (预测与基线)."""

    stages: tuple[Slip, ...]
    end_days: int | None
    """Calendar days that the end of everything lies later; None where one of both is not known."""
    deadline_days: int | None
    """Calendar days that the end lies after the deadline, negative before it; None without one."""
    cause: str | None
    """The stage that makes the end late; None where it is not late."""
    because: tuple[Reason, ...]

    def stage(self, work_id: str) -> Slip | None:
        """One stage; None where neither baseline nor forecast has it."""
        return next((one for one in self.stages if one.id == work_id), None)


def slip_of(baseline: Timetable, forecast: Timetable) -> Slips:
    """How far the forecast is behind the baseline, stage by stage and as a whole."""
    late = _late(baseline, forecast)
    chains = {one: _chain(one, baseline, forecast, late) for one in late}
    moved: dict[str, list[str]] = {}
    for work_id, links in sorted(chains.items()):
        for link in links[1:]:
            moved.setdefault(link, []).append(work_id)
    ids = dict.fromkeys(row.id for row in chain(baseline.rows, forecast.rows))
    end_days = _days(_last(baseline), _last(forecast))
    last = _last(forecast)
    return Slips(
        stages=tuple(_slip(one, baseline, forecast, chains, tuple(moved.get(one, ()))) for one in ids),
        end_days=end_days,
        deadline_days=forecast.late_days,
        cause=chains[last.id][-1] if last and end_days and end_days > 0 and last.id in chains else None,
        because=_end_reasons(forecast),
    )


def _late(baseline: Timetable, forecast: Timetable) -> set[str]:
    return {row.id for row in forecast.rows if (_days(baseline.row(row.id), row) or 0) > 0}


def _chain(work_id: str, baseline: Timetable, forecast: Timetable, late: set[str]) -> tuple[str, ...]:
    """A late stage, what moved it, what moved that …: the last link is the cause."""
    works = {work.id: work for work in forecast.works}
    links = [work_id]
    while mover := _mover(works[links[-1]], baseline, forecast, late):
        links.append(mover)
    return tuple(links)


def _mover(work: Work, baseline: Timetable, forecast: Timetable, late: set[str]) -> str | None:
    """The latest of the late stages without whose end this one could not begin as planned."""
    planned = baseline.row(work.id)
    rows = [row for one in work.after if one in late and (row := forecast.row(one))]
    hindering = [row for row in rows if planned and shifted(row.to_on, work.lag_days) >= planned.from_on]
    return max(hindering, key=lambda row: (row.to_on, row.id)).id if hindering else None


def _slip(
    work_id: str,
    baseline: Timetable,
    forecast: Timetable,
    chains: Mapping[str, tuple[str, ...]],
    moves: tuple[str, ...],
) -> Slip:
    days = _days(baseline.row(work_id), forecast.row(work_id))
    cause = chains[work_id][-1] if work_id in chains else None
    names = {work.id: work.name for work in forecast.works}
    because = _reason(days, cause_name=None if cause in {None, work_id} else names[str(cause)])
    return Slip(work_id, days, cause, moves, because)


def _reason(days: int | None, *, cause_name: str | None) -> Reason:
    if days is None:
        return Reason("rules.slip.not_known")
    if days == 0:
        return Reason("rules.slip.in_time")
    if days < 0:
        return Reason("rules.slip.ahead", {"days": -days})
    if cause_name is None:
        return Reason("rules.slip.by_itself", {"days": days})
    return Reason("rules.slip.by_another", {"days": days, "cause": cause_name})


def _end_reasons(forecast: Timetable) -> tuple[Reason, ...]:
    late, end = forecast.late_days, forecast.ends_on
    if late is None or end is None:
        return ()
    code = "rules.slip.end_late" if late > 0 else "rules.slip.end_in_time"
    return (Reason(code, {"to_on": end.isoformat(), "days": abs(late)}),)


def _last(timetable: Timetable) -> Dated | None:
    return max(timetable.rows, key=lambda row: (row.to_on, row.id), default=None)


def _days(one: Dated | None, other: Dated | None) -> int | None:
    return None if one is None or other is None else (other.to_on - one.to_on).days
