"""Simulated sites side by side in one landscape under one sky, for folders of images that people look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qingshan.earth.simulation.batch import layout_of
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.simulation.seen import Setting, SimulatedSite, make_site, weather_of
from qingshan.earth.simulation.sky import looks, patches


def make_region(scenarios: Sequence[Scenario], *, each: int, setting: Setting) -> list[SimulatedSite]:
    """Sites of several scenarios, true and false ones mixed, with natural land, weather and sky in common.

    Drought comes to all of them or to none: it is that of the first site whose story has one.

    Args:
        scenarios: what is to happen.
        each: true sites of each, and as many false ones.
        setting: place and scenes; its place is set here.
    """
    setting = replace(setting, place="region")
    made = [
        make_site(scenario, is_true=is_true, number=number, setting=setting)
        for scenario in dict.fromkeys(scenarios)
        for is_true in (True, False)
        for number in range(each)
    ]
    return _under_one_sky(_in_one_weather(sorted(made, key=lambda site: site.id), setting), setting)


def _in_one_weather(made: list[SimulatedSite], setting: Setting) -> list[SimulatedSite]:
    drought = next((site.story.drought for site in made if site.story.drought is not None), None)
    weather = weather_of(chance(setting.seed, "region", "weather"), setting=setting, drought=drought)
    return [replace(_in_drought(site, drought), weather=weather) for site in made]


def _in_drought(site: SimulatedSite, drought: int | None) -> SimulatedSite:
    if site.story.drought is None or drought is None:
        return site
    events = [replace(e, day=drought) if e.what == "drought" else e for e in site.truth.events]
    ordered = tuple(sorted(events, key=lambda event: event.day))
    return replace(
        site, truth=replace(site.truth, events=ordered), story=replace(site.story, drought=drought)
    )


def _under_one_sky(made: list[SimulatedSite], setting: Setting) -> list[SimulatedSite]:
    """One light, air and weather for each scene; clouds that go on across the squares."""
    rng = chance(setting.seed, setting.sensor.name, "region", "sky")
    place, n = layout_of(made), len(setting.when.days)
    common = looks(
        rng, when=setting.when, climate=setting.climate, world=setting.world, sensor=setting.sensor,
        snow=max(site.story.snow or setting.climate.snow for site in made), cloud=None,
    )  # fmt: skip
    cloud, shadow = (patches(rng, n, place.grid.shape, setting.world) for _ in range(2))
    steps = made[0].looks.cloud.shape[-1] - 1
    seen = []
    for site, window in zip(made, place.windows, strict=True):
        top, left = window.row // place.side * steps, window.col // place.side * steps
        block = np.s_[:, top : top + steps + 1, left : left + steps + 1]
        sky = replace(
            site.looks, shift_px=common.shift_px, gain=common.gain, haze=common.haze, wet=common.wet,
            veil=common.veil, missing=common.missing, cloud=np.ascontiguousarray(cloud[block]),
            shadow=np.ascontiguousarray(shadow[block]), snow=common.snow,
        )  # fmt: skip
        seen.append(replace(site, looks=sky))
    return seen
