"""How does an act of a higher app use a clue? Once, inside that act, with the link kept both ways."""

from __future__ import annotations

from datetime import date

from qingshan.office.accounts.actions.writing import change
from qingshan.office.matters.models import Matter
from qingshan.office.observations.actions.judging_clues import refuse_decided
from qingshan.office.observations.models import Clue
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.rules.clues import UNDECIDED, ClueState


def filed(clue: Clue, matter: Matter, *, by: str, on: date) -> Clue:
    """The clue as the case that it became; a row for the entry of the act. Refused: a clue that nobody has confirmed on
    site, that was dismissed or is a case already, and one that somebody else changed meanwhile.
    """
    if clue.state_named in UNDECIDED:
        raise ObservationRefused.because("observations.clue_not_verified", number=clue.number)
    refuse_decided(clue, (ClueState.VERIFIED,))
    changed: Clue = change(
        clue,
        state=ClueState.FILED.value,
        matter=matter,
        decided_on=on,
        decided_by=by,
        decided_m2=clue.area_m2,
        grown_on=None,
    )
    return changed
