"""How does an act of a higher app use a clue? Once, inside that act, with the link kept both ways."""

from __future__ import annotations

from datetime import date

from qingshan.office.accounts.actions.writing import change
from qingshan.office.matters.models import Matter
from qingshan.office.observations.actions.clues import refuse_decided
from qingshan.office.observations.models import Clue
from qingshan.rules.clues import OPEN, ClueState


def filed(clue: Clue, matter: Matter, *, by: str, on: date) -> Clue:
    """The clue as the case that it became; a row for the entry of the act. Refused: a clue that was dismissed or is a
    case already, and one that somebody else changed meanwhile.
    """
    refuse_decided(clue, OPEN)
    changed: Clue = change(clue, state=ClueState.FILED.value, matter=matter, decided_on=on, decided_by=by)
    return changed
