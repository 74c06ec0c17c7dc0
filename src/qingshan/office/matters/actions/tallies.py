"""How are the counts kept by which a list of a million shows its totals at once?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection

from qingshan.office.matters.models import DeadlineTally, Matter, MovementTally, StandingTally
from qingshan.rules.stock import Move


@dataclass(frozen=True)
class Standing:
    """Where a matter is counted: by its state, and by its deadline while it is in stock."""

    kind: str
    region_id: int
    state: str
    due_on: str | None
    """ISO day, empty for no deadline; None for what has ended"""

    @classmethod
    def of(cls, matter: Matter) -> Standing:
        """As the matter stands."""
        due = (matter.due_on.isoformat() if matter.due_on else "") if matter.closed_on is None else None
        return cls(matter.kind, matter.region_id, matter.state_id, due)


def count_standing(before: Standing | None, after: Standing) -> None:
    """Take it from where it was counted and add it where it stands."""
    if before != after:
        count_standings(Counter({after: 1, **({before: -1} if before else {})}))


def count_standings(changes: Counter[Standing]) -> None:
    """The same for many at once, in one order for all, so that two acts cannot block each other."""
    states: Counter[tuple[str, int, str]] = Counter()
    deadlines: Counter[tuple[str, int, str]] = Counter()
    for place, by in changes.items():
        states[place.kind, place.region_id, place.state] += by
        if place.due_on is not None:
            deadlines[place.kind, place.region_id, place.due_on] += by
    with connection.cursor() as cursor:
        for sql, counted in ((_BY_STATE, states), (_BY_DEADLINE, deadlines)):
            for where in sorted(counted):
                if counted[where]:
                    cursor.execute(sql, [*where, counted[where]])


def count_movement(kind: str, region_id: int, day: date, move: Move) -> None:
    """One more movement of its sort on that day."""
    count_movements(Counter({(kind, region_id, day, move): 1}))


def count_movements(changes: Counter[tuple[str, int, date, Move]]) -> None:
    """So many more movements of each sort on a day, in one order for all."""
    with connection.cursor() as cursor:
        for kind, region_id, day, move in sorted(changes):
            by = changes[kind, region_id, day, move]
            cursor.execute(_MOVEMENTS, [kind, region_id, day.isoformat(), move.value, by])


def _more_rows(table: str, *place: str) -> str:
    """The statement that adds to the rows counted at a place, which need not have been counted before."""
    values = ", ".join(["%s"] * (len(place) + 1))
    return (
        f"INSERT INTO {table} ({', '.join(place)}, rows) VALUES ({values})"
        f" ON CONFLICT ({', '.join(place)}) DO UPDATE SET rows = {table}.rows + EXCLUDED.rows"
    )


_BY_STATE = _more_rows(StandingTally._meta.db_table, "kind", "region_id", "state")
_BY_DEADLINE = _more_rows(DeadlineTally._meta.db_table, "kind", "region_id", "due_on")
_MOVEMENTS = _more_rows(MovementTally._meta.db_table, "kind", "region_id", "recorded_on", "move")
