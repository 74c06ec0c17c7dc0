"""What is true of a claim? Answered from the ground itself, never from what images show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from qingshan.earth.findings import Question
from qingshan.earth.simulation.ground import Piece
from qingshan.earth.sites import ClimateZone, TargetUse

Floats = np.ndarray[Any, np.dtype[np.float64]]

DEMANDED_SHARE = 0.8
"""share of the site's area that must be as claimed"""
ON_THE_WAY = 0.5
"""share of the demanded cover that young plants must reach in their first full season"""
CLEARLY_TRUE_SHARE, CLEARLY_FALSE_SHARE = 0.88, 0.65
"""sites whose answer would be another at these shares are not drawn: nobody could blame an engine for them"""
DUG_SHARE = 0.03
"""share of the site's area from which a new disturbance outside the boundary counts"""


class Answer(StrEnum):
    """What the ground says to a claim."""

    TRUE = "true"
    FALSE = "false"
    NOT_YET = "not_yet"
    """no full growing season lies between the claim and the last image: nobody can know"""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that really happened."""

    what: str
    """mined, planted, died, netted, mined_again, drought, built, flooded, panels, sown, dug_outside, dug_inside"""
    day: int
    """days since 1970-01-01"""
    share: float = 1.0
    """share of the site"""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What really happened to one site.

    A claim `restored since D` is TRUE for plants (vegetation, natural recovery) when, counted in growing seasons
    that begin after D and end before the last image, living plants cover on `DEMANDED_SHARE` of the site's area at
    least `ON_THE_WAY` of the cover that the zone demands in the first of them, and the whole demanded cover in
    every later one. A season counts by its end, so what dies in it does not count. Cover is what lives there in a
    mean summer: drought hides it and snow covers it, but the claim stays true; netting, turf and paint are no
    plants. For other targets the demanded share must serve that use at
    the end of every such season. NOT_YET where there is no such season.

    `kept since A` is TRUE when the site, on `DEMANDED_SHARE` of its area, has never again been mined nor lost its
    plants between A and the last image (half the demanded cover at the end of every full season after A).
    `disturbed since D` is TRUE when most of the area was mined within 30 days of D. `within` is TRUE when no more
    than `DUG_SHARE` of the area was newly mined outside the permitted boundary.

    Where restored land was mined again after its acceptance, only `kept` is asked: `restored` may be said to be
    true (it was) or false (it is not any more).

    Borderline ground is not drawn: true claims lie well above what is demanded and false ones well below.
    """

    site_id: str
    scenario: str
    zone: ClimateZone
    is_true: bool
    """the side that was asked for: what the answers are, or will be where it is too early"""
    answers: Mapping[Question, Answer]
    """only claims that are made"""
    events: tuple[Event, ...]


@dataclass(frozen=True, kw_only=True)
class GroundState:
    """The true ground of a site: its pieces, and for each its share of the area and how dense its pixels are."""

    pieces: Sequence[Piece]
    areas: Sequence[Floats]
    """for each piece (pixels,) the share of the site's whole area that lies in each pixel"""
    densities: Sequence[Floats]
    """for each piece (pixels,) factor on its cover"""

    def share_living(self, day: int, cover: float) -> float:
        """Share of the site's area where living plants cover at least so much on a day."""
        total = 0.0
        for piece, area, density in zip(self.pieces, self.areas, self.densities, strict=True):
            living = float(piece.living(np.array([day], dtype=np.int32))[0])
            total += float(area[living * density >= cover].sum())
        return total

    def share_used(self, day: int, uses: Sequence[str]) -> float:
        """Share of the site's area that serves one of the uses on a day."""
        return float(
            sum(
                area.sum()
                for piece, area in zip(self.pieces, self.areas, strict=True)
                if piece.use_on(day) in uses
            )
        )


USES = {
    TargetUse.CROPLAND: ("crop",),
    TargetUse.BUILDING: ("built",),
    TargetUse.WATER: ("water",),
    TargetUse.SOLAR: ("solar",),
}


def restored(
    ground: GroundState, *, target: TargetUse, season_ends: Sequence[int], demanded_cover: float,
    share: float = DEMANDED_SHARE,
) -> Answer:  # fmt: skip
    """Is the land restored as claimed? (See `Truth`.)

    Args:
        season_ends: last days of the full growing seasons between claim and last image.
        demanded_cover: of the zone, 0 to 1.
        share: of the area that must be as claimed.
    """
    if not season_ends:
        return Answer.NOT_YET
    if target in USES:
        return _answer(all(ground.share_used(end, USES[target]) >= share for end in season_ends))
    wanted = [demanded_cover * (ON_THE_WAY if number == 0 else 1.0) for number in range(len(season_ends))]
    return _answer(
        all(ground.share_living(end, cover) >= share for end, cover in zip(season_ends, wanted, strict=True))
    )


def kept(
    ground: GroundState, *, target: TargetUse, season_ends: Sequence[int], last: int, demanded_cover: float,
    share: float = DEMANDED_SHARE,
) -> Answer:  # fmt: skip
    """Has the land stayed as it was accepted? (See `Truth`.)"""
    if ground.share_used(last, ("mined",)) > 1.0 - share:
        return Answer.FALSE
    if not season_ends:
        return Answer.NOT_YET
    if target in USES:
        return restored(
            ground, target=target, season_ends=season_ends, demanded_cover=demanded_cover, share=share
        )
    return _answer(all(ground.share_living(end, demanded_cover * ON_THE_WAY) >= share for end in season_ends))


def disturbed(ground: GroundState, *, claimed: int) -> Answer:
    """Was the land mined at that time? (See `Truth`.)"""
    before = ground.share_used(claimed - 30, ("mined", "bare"))
    after = ground.share_used(claimed + 30, ("mined", "bare"))
    return _answer(before < 0.5 <= after)


def within(events: Sequence[Event]) -> Answer:
    """Did all new disturbance stay inside the permitted boundary? (See `Truth`.)"""
    return _answer(sum(event.share for event in events if event.what == "dug_outside") <= DUG_SHARE)


def _answer(is_true: bool) -> Answer:  # noqa: FBT001  one thought in a word
    return Answer.TRUE if is_true else Answer.FALSE
