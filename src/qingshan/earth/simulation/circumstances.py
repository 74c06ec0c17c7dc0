"""When do weather, clouds or the calendar hide what was done? One function for each scenario."""

from __future__ import annotations

from dataclasses import replace

from qingshan.earth.simulation.ground import Phase, Piece
from qingshan.earth.simulation.plots import Plot, Story, year_of
from qingshan.earth.simulation.restorations import grass, planting, story_of
from qingshan.earth.simulation.truth import Event
from qingshan.earth.sites import TargetUse

# ruff: noqa: FBT001  whether the story makes its claim true is what each of these functions is about


def drought(plot: Plot, is_true: bool) -> Story:
    """Two dry years from the first season after the claim on, with plants or without."""
    story = grass(plot, is_true)
    begin, _ = plot.seasons_after(plot.claim_day)[0]
    return replace(story, drought=begin, events=(*story.events, Event(what="drought", day=begin)))


def winter(plot: Plot, is_true: bool) -> Story:
    """Planted in winter, claimed at once, under snow; it grew, or nothing came up."""
    this_year = plot.season_of(year_of(plot.claim_day))[0]
    begin = this_year if plot.claim_day <= this_year else plot.season_of(year_of(plot.claim_day) + 1)[0]
    sown = begin - int(plot.between(60, 130))
    cover = None if is_true else 0.1 * plot.climate.demanded_cover
    phase = plot.planted(
        max(sown, plot.mined_day + 60), "grass", full_days=plot.between(80, 200), cover=cover
    )
    story = story_of(plot, phase, events=planting(phase))
    snow = max(0.7, plot.climate.snow)
    return replace(story, restored_since=phase.since + 7, planted_on=phase.since, snow=snow)


def clouded(plot: Plot, is_true: bool) -> Story:
    """As grass, but hardly ever seen."""
    return replace(grass(plot, is_true), cloud=plot.between(0.7, 0.9))


def too_early(plot: Plot, is_true: bool) -> Story:
    """Planted in the newest season, or only said to be: no full season has passed."""
    claimed = plot.last - int(plot.between(20, 200))
    begin, _ = plot.season_of(year_of(plot.last))
    claimed = max(claimed, begin + 5) if begin + 5 < plot.last else claimed
    mined = plot.mined(min(plot.mined_day, claimed - 300))
    phases: tuple[Phase, ...] = (plot.natural, mined)
    events: tuple[Event, ...] = (Event(what="mined", day=mined.since),)
    if is_true:
        phase = plot.planted(claimed - 5, "grass", full_days=150.0)
        phases, events = (*phases, phase), (*events, Event(what="planted", day=phase.since))
    return Story(
        target=TargetUse.VEGETATION,
        parts=((Piece(phases=phases), 1.0),),
        events=events,
        restored_since=claimed,
        planted_on=claimed - 5,
    )


def before_images(plot: Plot, is_true: bool) -> Story:
    """Claimed restored before the first image; green from the beginning, or bare."""
    claimed = plot.first - int(plot.between(300, 1500))
    mined = plot.mined(claimed - 900)
    phases: tuple[Phase, ...] = (plot.natural, mined)
    if is_true:
        phases = (*phases, plot.planted(claimed - 200, "grass", full_days=150.0))
    return Story(
        target=TargetUse.VEGETATION,
        parts=((Piece(phases=phases), 1.0),),
        events=(Event(what="mined", day=mined.since),),
        restored_since=claimed,
    )
