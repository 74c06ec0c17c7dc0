"""How is mined land given back to plants, and how is that only pretended? One function for each scenario."""

from __future__ import annotations

from dataclasses import replace

from qingshan.earth.simulation.ground import Growth, Phase, Piece
from qingshan.earth.simulation.plots import Plot, Story
from qingshan.earth.simulation.truth import Event
from qingshan.earth.sites import TargetUse

# ruff: noqa: FBT001, FBT003  whether the story makes its claim true is what each of these functions is about


def story_of(plot: Plot, *then: Phase, events: tuple[Event, ...] = (), ground_is_coal: bool = False) -> Story:
    """Natural land, mined, then what is told; claimed restored on the plot's claim day.

    In half of the stories the day of mining is claimed too, truly.
    """
    ground = plot.coal(plot.between(0.75, 1.0)) if ground_is_coal else None
    mined = plot.mined(plot.mined_day, ground)
    piece = Piece(phases=(plot.natural, mined, *then))
    return Story(
        target=TargetUse.VEGETATION,
        parts=((piece, 1.0),),
        events=(Event(what="mined", day=plot.mined_day), *events),
        disturbed_since=plot.mined_day if plot.chance(0.5) else None,
        restored_since=plot.claim_day,
    )


def _grassed(plot: Plot, *, died: int | None = None) -> Phase:
    sown = _sowing_day(plot)
    return plot.planted(sown, "grass", full_days=plot.between(60, 160), died=died)


def _sowing_day(plot: Plot) -> int:
    return max(plot.mined_day + 60, plot.spring_before(plot.claim_day))


def _accepted(plot: Plot, story: Story) -> Story:
    """Accepted some months after the claimed day, in summer, unless told."""
    if plot.accepted is not None:
        return replace(story, accepted_on=plot.accepted)
    begin, end = plot.seasons_after(plot.claim_day)[0]
    return replace(story, accepted_on=int(plot.between(begin + 30, end - 10)))


def grass(plot: Plot, is_true: bool) -> Story:
    """Fast grass; or nothing at all."""
    if not is_true:
        return story_of(plot)
    phase = _grassed(plot)
    told = phase.since if plot.chance(0.5) else None
    return replace(story_of(plot, phase, events=planting(phase)), planted_on=told)


def planting(phase: Phase) -> tuple[Event, ...]:
    """That a piece was planted."""
    return (Event(what="planted", day=phase.since),)


def forest(plot: Plot, is_true: bool) -> Story:
    """Trees over sown grass that close over years; or saplings of which few live."""
    sown = _sowing_day(plot)
    demanded = plot.climate.demanded_cover
    kind = "conifer" if plot.chance(0.4) else "broadleaf"
    if is_true:
        cover = plot.between(1.5 * demanded, 1.1 * plot.home.cover)
        phase = plot.planted(sown, kind, full_days=plot.between(400, 900), cover=cover)
    else:
        phase = plot.planted(sown, kind, full_days=900.0, cover=plot.between(0.05, 0.35) * demanded)
    return story_of(plot, phase, events=planting(phase))


def shrub(plot: Plot, is_true: bool) -> Story:
    """Shrubs, no denser than what is demanded by a third; or bare ground."""
    if not is_true:
        return story_of(plot)
    cover = plot.between(1.35, 1.6) * plot.climate.demanded_cover
    phase = plot.planted(_sowing_day(plot), "shrub", full_days=plot.between(200, 500), cover=cover)
    return story_of(plot, phase, events=planting(phase))


def partly(plot: Plot, is_true: bool) -> Story:
    """Nearly everything is green; or a third to a half of it, the rest is left as it was."""
    share = plot.between(0.93, 1.0) if is_true else plot.between(0.30, 0.50)
    phase = _grassed(plot)
    story = story_of(plot, phase)
    bare = Piece(phases=story.parts[0][0].phases[:2])
    return replace(
        story,
        parts=((story.parts[0][0], share), (bare, 1.0 - share)),
        events=(*story.events, Event(what="planted", day=phase.since, share=share)),
    )


def planted_late(plot: Plot, is_true: bool) -> Story:
    """Planted before the claimed day; or one to two years after it, when at least a whole season was bare."""
    if is_true:
        return replace(grass(plot, True), planted_on=None)
    _, end = plot.seasons_after(plot.claim_day)[0]
    sown = int(end + plot.between(10, 300))
    phase = plot.planted(sown, "grass", full_days=plot.between(60, 160))
    return story_of(plot, phase, events=planting(phase))


def died(plot: Plot, is_true: bool) -> Story:
    """Planted and alive; or green in the first full season and dead in the next."""
    sown = _sowing_day(plot)
    if is_true:
        phase = _grassed(plot)
        return replace(story_of(plot, phase, events=planting(phase)), planted_on=phase.since)
    first_end = plot.seasons_after(plot.claim_day)[0][1]
    phase = _grassed(plot, died=int(first_end + plot.between(-30, 200)))
    deaths = (Event(what="died", day=phase.growth.died or 0),) if phase.growth else ()
    return replace(story_of(plot, phase, events=(*planting(phase), *deaths)), planted_on=sown)


def inspection(plot: Plot, is_true: bool) -> Story:
    """Restored and accepted; or greened six to ten weeks before the acceptance and dead soon after."""
    if is_true:
        return _accepted(plot, grass(plot, True))
    story = _accepted(plot, story_of(plot))
    accepted = story.accepted_on or plot.claim_day
    sown = accepted - int(plot.between(40, 75))
    dies = accepted + int(plot.between(15, 70))
    growth = Growth(
        kind="grass",
        cover=plot.between(1.2, 1.8) * plot.climate.demanded_cover,
        sown=sown,
        full_days=35.0,
        died=dies,
        seasons=0,
    )
    phase = Phase(since=sown, use="planted", ground=plot.topsoil, growth=growth)
    piece = Piece(phases=(*story.parts[0][0].phases, phase))
    events = (*story.events, Event(what="planted", day=sown), Event(what="died", day=dies))
    return replace(story, parts=((piece, 1.0),), events=events, restored_since=accepted - 10)


def relapse(plot: Plot, is_true: bool) -> Story:
    """Restored, accepted, kept; or mined again after the acceptance."""
    story = _accepted(plot, grass(plot, True))
    if is_true:
        return story
    accepted = story.accepted_on or plot.claim_day
    again = plot.lost or int(plot.between(accepted + 60, max(accepted + 90, plot.last - 250)))
    phase = plot.mined(again, weeds=0.05)
    share = plot.between(0.5, 1.0)
    piece = story.parts[0][0]
    broken = Piece(phases=(*piece.phases, phase))
    return replace(
        story,
        parts=((broken, share), (piece, 1.0 - share)),
        events=(*story.events, Event(what="mined_again", day=again, share=share)),
    )


def netting(plot: Plot, is_true: bool) -> Story:
    """Plants; or green netting, sometimes artificial turf, over bare ground."""
    if is_true:
        return grass(plot, True)
    since = plot.claim_day - int(plot.between(5, 90))
    kind, share = (
        ("turf", plot.between(0.85, 1.0)) if plot.chance(0.3) else ("netting", plot.between(0.65, 0.95))
    )
    ground = {name: part * (1.0 - share) for name, part in plot.spoil.items()}
    ground[kind] = ground.get(kind, 0.0) + share
    return story_of(plot, plot.covered(since, "netting", ground), events=(Event(what="netted", day=since),))


def coal(plot: Plot, is_true: bool) -> Story:
    """Grass on earth over coal gangue; or open coal."""
    if not is_true:
        return story_of(plot, ground_is_coal=True)
    phase = _grassed(plot)
    share = plot.between(0.1, 0.4)
    ground = {"coal": share, "spoil": 1.0 - share}
    return story_of(plot, replace(phase, ground=ground), events=planting(phase), ground_is_coal=True)


def natural(plot: Plot, is_true: bool) -> Story:
    """Left alone for years and overgrown; or left alone and bare."""
    left = plot.claim_day - int(plot.between(700, 1400))
    mined_day = min(plot.mined_day, left - 300)
    demanded = plot.climate.demanded_cover
    cover = plot.between(1.5 * demanded, plot.home.cover) if is_true else plot.between(0.0, 0.3) * demanded
    growth = Growth(
        kind=plot.one_of(("grass", "shrub")), cover=cover, sown=left, full_days=plot.between(600, 1000)
    )
    phase = Phase(since=left, use="recovering", ground=plot.spoil, growth=growth)
    piece = Piece(phases=(plot.natural, plot.mined(mined_day), phase))
    return Story(
        target=TargetUse.NATURAL,
        parts=((piece, 1.0),),
        events=(Event(what="mined", day=mined_day), Event(what="left", day=left)),
        restored_since=plot.claim_day,
    )
