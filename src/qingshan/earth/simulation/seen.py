"""One simulated site: what happened there, what is claimed, what is true, and under which sky it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.findings import Question
from qingshan.earth.sensors import Sensor
from qingshan.earth.simulation import truth
from qingshan.earth.simulation.chance import chance, name_of
from qingshan.earth.simulation.ground import Weather, calendar
from qingshan.earth.simulation.layout import Tile, lay_out
from qingshan.earth.simulation.plots import Home, Plot, Story
from qingshan.earth.simulation.scenarios import TELLERS, Scenario
from qingshan.earth.simulation.sky import Looks, Passes, looks
from qingshan.earth.simulation.truth import Answer, GroundState, Truth
from qingshan.earth.simulation.world import Climate, World
from qingshan.earth.sites import ClimateZone

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Setting:
    """Where and by what sites are looked at."""

    zone: ClimateZone
    world: World
    sensor: Sensor
    seed: int
    when: Passes
    place: str = ""
    """sites of one place share natural land and colours of the ground; empty: each lies in a place of its own"""

    @property
    def climate(self) -> Climate:
        return self.world.climates[self.zone]

    def place_of(self, site_id: str) -> str:
        """Word that chance about the place comes from."""
        return self.place or site_id


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedSite:
    """A site, its ground and its sky; in a place of its own nothing of it depends on other sites."""

    id: str
    setting: Setting
    story: Story
    truth: Truth
    tile: Tile
    looks: Looks
    weather: Weather


def make_site(scenario: Scenario, *, is_true: bool, number: int, setting: Setting) -> SimulatedSite:
    """Tells the story of one site. The id tells neither the scenario nor the answer."""
    seed, world = setting.seed, setting.world
    site_id = name_of(seed, world.name, scenario, setting.zone, str(is_true), str(number))
    plot, story, tile = _drawn(scenario, site_id, is_true, setting)
    return SimulatedSite(
        id=site_id,
        setting=setting,
        story=story,
        tile=tile,
        looks=looks(
            chance(seed, site_id, setting.sensor.name, "sky"), when=setting.when, climate=setting.climate,
            world=world, sensor=setting.sensor, snow=story.snow, cloud=story.cloud,
        ),
        weather=weather_of(
            chance(seed, setting.place_of(site_id), "weather"), setting=setting, drought=story.drought
        ),
        truth=Truth(
            site_id=site_id, scenario=scenario, zone=setting.zone, is_true=is_true,
            answers=answers(plot, story, tile, truth.DEMANDED_SHARE),
            events=tuple(sorted(story.events, key=lambda event: event.day)),
        ),
    )  # fmt: skip


def _drawn(
    scenario: Scenario, site_id: str, is_true: bool, setting: Setting  # noqa: FBT001
) -> tuple[Plot, Story, Tile]:  # fmt: skip
    """Draws until the site's truth is clear and is what was asked for."""
    days, seed = setting.when.days, setting.seed
    home = Home.drawn(chance(seed, setting.place_of(site_id), setting.zone, "home"), setting.climate)
    for attempt in range(TRIES):
        plot = Plot(
            zone=setting.zone, climate=setting.climate, world=setting.world, home=home,
            rng=chance(seed, site_id, "story", str(attempt)), first=int(days[0]), last=int(days[-1]),
        )  # fmt: skip
        story = TELLERS[scenario](plot, is_true)
        tile = lay_out(plot, story)
        share = truth.CLEARLY_TRUE_SHARE if is_true else truth.CLEARLY_FALSE_SHARE
        if _agrees(answers(plot, story, tile, share), is_true):
            return plot, story, tile
    raise RuntimeError(f"no {scenario} of {setting.zone} came out {is_true} in {TRIES} tries")


TRIES = 30


def _agrees(answers: dict[Question, Answer], is_true: bool) -> bool:  # noqa: FBT001
    """True side: nothing is false; false side: something is false, or nothing can be known yet."""
    found = set(answers.values())
    return Answer.FALSE not in found if is_true else Answer.FALSE in found or found == {Answer.NOT_YET}


def weather_of(rng: np.random.Generator, *, setting: Setting, drought: int | None) -> Weather:
    """Years differ, and a year takes after the one before it; `drought` is a day in the first of two dry years."""
    days, world = setting.when.days, setting.world
    years, _ = calendar(np.array([days[0] - 400, days[-1] + 400], dtype=np.int32))
    n = int(years[1] - years[0]) + 1
    drawn = rng.standard_normal(n)
    for at in range(1, n):
        drawn[at] = 0.3 * drawn[at - 1] + 0.954 * drawn[at]
    cover = np.clip(1.0 + setting.climate.weather * drawn, 0.35, 1.3)
    shift = world.shift_days + rng.normal(0, world.year_shift_days, n)
    if drought is not None:
        dry, _ = calendar(np.array([drought], dtype=np.int32))
        at = int(dry[0] - years[0])
        cover[at : at + 2] = rng.uniform(0.45, 0.65, 2)[: len(cover[at : at + 2])]
    return Weather(first_year=int(years[0]), cover=cover, shift_days=shift)


def answers(plot: Plot, story: Story, tile: Tile, share: float) -> dict[Question, Answer]:
    """What is true of the story's claims where so large a share of the site is demanded to be as claimed."""
    inside = tile.inside
    ground = GroundState(
        pieces=tile.pieces[tile.around :],
        areas=[(weight / inside.sum()).ravel() for weight in tile.weights[tile.around :]],
        densities=[tile.density.ravel()] * (len(tile.pieces) - tile.around),
    )
    demanded = plot.climate.demanded_cover
    found: dict[Question, Answer] = {}
    if story.target is not None and story.restored_since is not None:
        ends = [end for begin, end in plot.seasons_after(max(story.restored_since, plot.first))]
        found[Question.RESTORED] = truth.restored(
            ground, target=story.target, season_ends=ends, demanded_cover=demanded, share=share
        )
        if story.accepted_on is not None:
            ends = [end for begin, end in plot.seasons_after(story.accepted_on)]
            found[Question.KEPT] = truth.kept(
                ground, target=story.target, season_ends=ends, last=plot.last, demanded_cover=demanded,
                share=share,
            )  # fmt: skip
            if found[Question.KEPT] is Answer.FALSE and any(
                each.what == "mined_again" for each in story.events
            ):
                del found[
                    Question.RESTORED
                ]  # what was restored and lost after acceptance may be called either
    if story.disturbed_since is not None:
        found[Question.DISTURBED] = truth.disturbed(ground, claimed=story.disturbed_since)
    if story.permitted_parts is not None:
        found[Question.WITHIN] = truth.within(story.events)
    return found
