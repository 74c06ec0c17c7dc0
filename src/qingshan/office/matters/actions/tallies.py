"""How are the counts kept by which a list of a million shows its totals at once?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection

from qingshan.office.matters.models import Matter, MovementTally, StandingTally
from qingshan.rules.stock import Move


@dataclass(frozen=True)
class Standing:
    """Where a matter is counted."""

    kind: str
    region_id: int
    state: str
    due_on: str

    @classmethod
    def of(cls, matter: Matter) -> Standing:
        """As the matter stands; what has ended is counted without its deadline."""
        due = matter.due_on.isoformat() if matter.due_on and matter.closed_on is None else ""
        return cls(matter.kind, matter.region_id, matter.state_id, due)


def count_standing(before: Standing | None, after: Standing) -> None:
    """Take it from where it was counted and add it where it stands, in one order for all, so that two acts cannot
    block each other.
    """
    if before == after:
        return
    count_standings(Counter({after: 1, **({before: -1} if before else {})}))


def count_standings(changes: Counter[Standing]) -> None:
    """The same for many at once."""
    places = sorted(changes, key=lambda place: (place.region_id, place.state, place.due_on))
    with connection.cursor() as cursor:
        for place in places:
            if by := changes[place]:
                cursor.execute(_STANDING, [place.kind, place.region_id, place.state, place.due_on, by])


def count_movement(kind: str, region_id: int, day: date, move: Move) -> None:
    """One more movement of its sort on that day."""
    count_movements(Counter({(kind, region_id, day, move): 1}))


def count_movements(changes: Counter[tuple[str, int, date, Move]]) -> None:
    """So many more movements of each sort on a day, in one order for all."""
    with connection.cursor() as cursor:
        for kind, region_id, day, move in sorted(changes):
            by = changes[kind, region_id, day, move]
            cursor.execute(_MOVEMENTS, [kind, region_id, day.isoformat(), move.value, by])


_STANDINGS_TABLE, _MOVEMENTS_TABLE = StandingTally._meta.db_table, MovementTally._meta.db_table
_STANDING = (
    f"INSERT INTO {_STANDINGS_TABLE} (kind, region_id, state, due_on, rows) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (kind, region_id, state, due_on)"
    f" DO UPDATE SET rows = {_STANDINGS_TABLE}.rows + EXCLUDED.rows"
)
_MOVEMENTS = (
    f"INSERT INTO {_MOVEMENTS_TABLE} (kind, region_id, recorded_on, move, rows) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (kind, region_id, recorded_on, move)"
    f" DO UPDATE SET rows = {_MOVEMENTS_TABLE}.rows + EXCLUDED.rows"
)
