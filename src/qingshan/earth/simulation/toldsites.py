"""What happened at a site whose outline and claims are told, and how is it seen? Truth is made to fit the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from shapely.geometry.base import BaseGeometry

from qingshan.earth.findings import Question
from qingshan.earth.simulation import truth
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.countryside import Countryside
from qingshan.earth.simulation.ground import Weather
from qingshan.earth.simulation.layout import Tile, lay_out_around
from qingshan.earth.simulation.plots import Plot, Story
from qingshan.earth.simulation.scenarios import TELLERS, Scenario
from qingshan.earth.simulation.seen import Setting, answers
from qingshan.earth.simulation.truth import Answer, Truth
from qingshan.earth.sites import Claims, ClimateZone, Site

TRIES = 12


@dataclass(frozen=True, kw_only=True)
class ToldSite:
    """A site as the ledger has it, and what is to be true of it."""

    site: Site
    claims: Claims
    scenario: Scenario
    is_true: bool
    lost_on: date | None = None
    """the day on which it was mined again, where that is told"""

    @property
    def zone(self) -> ClimateZone:
        return self.site.zone or ClimateZone.SEMI_HUMID


@dataclass(frozen=True, kw_only=True, eq=False)
class ToldGround:
    """The land of a told site: the same whatever images show of it."""

    told: ToldSite
    story: Story
    tile: Tile
    truth: Truth


def ground_of(
    told: ToldSite, *, setting: Setting, outline: BaseGeometry, land: np.ndarray, around: Countryside, last: int
) -> ToldGround:  # fmt: skip
    """Tells a story that the claims fit to, until it is as true or as false as it is to be.

    A story that has no room between the claim and the last image becomes the plainest of its kind: restored, or
    nothing done.

    Args:
        told: the site.
        setting: its world's `tile_px` is the side of the site's square.
        outline: in pixels of the square.
        land: (side, side) kinds of land.
        around: what the kinds are.
        last: day of the last image that the story knows of.
    """
    found: ToldGround | None = None
    for scenario in dict.fromkeys((told.scenario, Scenario.GRASS)):
        for attempt in range(TRIES):
            try:
                found = _told(told, scenario, attempt, setting, outline, land, around, last)
            except IndexError:  # no growing season is left for it
                break
            if _agrees(found, told):
                return found
    if found is None:
        raise RuntimeError(f"nothing can be told of {told.site.id}")
    return found


def _told(
    told: ToldSite, scenario: Scenario, attempt: int, setting: Setting, outline: BaseGeometry, land: np.ndarray,
    around: Countryside, last: int,
) -> ToldGround:  # fmt: skip
    claims = told.claims
    kinds = np.bincount(land.ravel(), minlength=len(around.pieces))
    plot = Plot(
        zone=told.zone, climate=setting.climate, world=setting.world, home=around.homes[int(kinds.argmax())],
        rng=chance(setting.seed, told.site.id, "story", scenario, str(attempt)),
        first=int(setting.when.days[0]), last=last, claimed=_day(claims.restored_since),
        dug=_day(claims.disturbed_since), sown=_day(claims.planted_on), accepted=_day(claims.accepted_on),
        lost=_day(told.lost_on),
    )  # fmt: skip
    story = TELLERS[scenario](plot, told.is_true)
    if any(event.day > last for event in story.events):
        raise IndexError("it would happen after the last image")
    story = replace(
        story, target=claims.target, disturbed_since=_day(claims.disturbed_since), planted_on=_day(claims.planted_on),
        restored_since=_day(claims.restored_since), accepted_on=_day(claims.accepted_on),
    )  # fmt: skip
    tile = lay_out_around(plot, story, outline=outline, around=around.pieces, land=land)
    return ToldGround(
        told=told,
        story=story,
        tile=tile,
        truth=Truth(
            site_id=told.site.id, scenario=scenario, zone=told.zone, is_true=told.is_true,
            answers=_answers(plot, story, tile), events=tuple(sorted(story.events, key=lambda event: event.day)),
        ),
    )  # fmt: skip


def _answers(plot: Plot, story: Story, tile: Tile) -> dict[Question, Answer]:
    return answers(plot, story, tile, truth.DEMANDED_SHARE)


def _agrees(found: ToldGround, told: ToldSite) -> bool:
    """True side: nothing is false; false side: something is, or nothing can be known yet."""
    given = set(found.truth.answers.values())
    return Answer.FALSE not in given if told.is_true else Answer.FALSE in given or Answer.TRUE not in given


def _day(day: date | None) -> int | None:
    return None if day is None else (day - date(1970, 1, 1)).days


YEARS_OF_WEATHER = 60


def weather_of_place(seed: int, place: str, *, setting: Setting) -> Weather:
    """The weather of a place in all years: further images do not change what earlier ones showed."""
    rng = chance(seed, place, "weather")
    drawn = rng.standard_normal(YEARS_OF_WEATHER)
    for at in range(1, YEARS_OF_WEATHER):
        drawn[at] = 0.3 * drawn[at - 1] + 0.954 * drawn[at]
    world = setting.world
    return Weather(
        first_year=FIRST_YEAR,
        cover=np.clip(1.0 + setting.climate.weather * drawn, 0.35, 1.3),
        shift_days=world.shift_days + rng.normal(0, world.year_shift_days, YEARS_OF_WEATHER),
    )


FIRST_YEAR = 2010
