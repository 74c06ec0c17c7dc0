"""How does a right, lent land or a facility stand today? As shape, word and colour, with its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qingshan.office.mines.models import Facility, LandUse, MiningRight
from qingshan.rules.reasons import CHINESE
from qingshan.rules.register import FacilityState, RightState
from qingshan.rules.validity import ENDED, Clock, Term, is_valid

LOOK_OF_TERM = {Term.UNKNOWN: "none", Term.RUNNING: "good", Term.ENDING: "due", Term.OVER: "late"}
LOOK_OF_FACILITY = {FacilityState.BUILDING: "note", FacilityState.IN_USE: "good"}


@dataclass(frozen=True)
class Standing:
    """`look` is one of the looks of a status; `needs_care` says that somebody has to do something."""

    look: str
    word: str
    needs_care: bool = False


def of_right(right: MiningRight, *, on: date, language: str = CHINESE) -> Standing:
    """What somebody ended has ended; else the clock says it."""
    clock = Clock(right.to_on, on)
    if right.state in ENDED:
        return Standing("none", RightState(right.state).say(language))
    if right.state == RightState.SUSPENDED:
        return Standing("note", f"{RightState.SUSPENDED.say(language)} · {clock.say(language)}")
    if right.from_on is not None and right.from_on > on:
        return Standing("note", _("%(day)s 起生效") % {"day": right.from_on.isoformat()})
    return Standing(LOOK_OF_TERM[clock.term], clock.say(language), clock.term in {Term.ENDING, Term.OVER})


def is_in_force(right: MiningRight, *, on: date) -> bool:
    """Whether the right can be relied on today."""
    return is_valid(right.state, Clock(right.to_on, on), from_on=right.from_on)


def of_land(land: LandUse, *, on: date, language: str = CHINESE) -> Standing:
    """Handed back, or how long the land is still lent."""
    if land.returned_on is not None:
        return Standing("good", _("已还地 %(day)s") % {"day": land.returned_on.isoformat()})
    clock = Clock(land.to_on, on)
    if clock.term == Term.OVER:
        return Standing("late", _("%(clock)s，未还地") % {"clock": clock.say(language)}, needs_care=True)
    look = "note" if clock.term == Term.RUNNING else LOOK_OF_TERM[clock.term]
    return Standing(look, clock.say(language), clock.term == Term.ENDING)


def is_due_back(land: LandUse, *, on: date) -> bool:
    """Whether the land should have been handed back."""
    return land.returned_on is None and Clock(land.to_on, on).term == Term.OVER


def of_facility(facility: Facility, *, language: str = CHINESE) -> Standing | None:
    """None where nobody has said how it stands."""
    if not facility.state:
        return None
    state = FacilityState(facility.state)
    return Standing(LOOK_OF_FACILITY.get(state, "none"), state.say(language))
