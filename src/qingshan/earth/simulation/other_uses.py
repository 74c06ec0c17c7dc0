"""How does mined land become fields, lakes, buildings, panels; and what else is claimed? One function a scenario."""

from __future__ import annotations

from collections.abc import Mapping

from qingshan.earth.simulation.ground import Growth, Phase, Piece
from qingshan.earth.simulation.plots import Plot, Story
from qingshan.earth.simulation.truth import Event
from qingshan.earth.sites import ClimateZone, TargetUse

# ruff: noqa: FBT001  whether the story makes its claim true is what each of these functions is about


def _story(plot: Plot, target: TargetUse, then: Phase | None, *, what: str) -> Story:
    phases: tuple[Phase, ...] = (plot.natural, plot.mined(plot.mined_day))
    events: tuple[Event, ...] = (Event(what="mined", day=plot.mined_day),)
    if then is not None:
        phases, events = (*phases, then), (*events, Event(what=what, day=then.since))
    return Story(
        target=target,
        parts=((Piece(phases=phases), 1.0),),
        events=events,
        disturbed_since=plot.mined_day if plot.chance(0.5) else None,
        restored_since=plot.claim_day,
    )


def _finished(plot: Plot) -> int:
    return max(plot.mined_day + 60, plot.claim_day - int(plot.between(5, 150)))


def cropland(plot: Plot, is_true: bool) -> Story:
    """Ploughed and sown each year; or rubble."""
    if not is_true:
        return _story(plot, TargetUse.CROPLAND, None, what="")
    harvests = 2 if plot.zone in (ClimateZone.SEMI_HUMID, ClimateZone.HUMID) and plot.chance(0.6) else 1
    growth = Growth(
        kind="crop", cover=plot.between(0.7, 0.95), sown=_finished(plot), full_days=40.0, evergreen=0.02,
        seasons=harvests,
    )  # fmt: skip
    phase = Phase(since=growth.sown, use="crop", ground=plot.topsoil, growth=growth)
    return _story(plot, TargetUse.CROPLAND, phase, what="sown")


def water(plot: Plot, is_true: bool) -> Story:
    """A pit that was filled with water; or a dry one."""
    clear = plot.between(0.2, 0.9)
    return _other(
        plot, is_true, TargetUse.WATER, "water", {"clear_water": clear, "turbid_water": 1.0 - clear}
    )


def building(plot: Plot, is_true: bool) -> Story:
    """Halls and paved yards; or bare ground."""
    roofs = plot.between(0.2, 0.7)
    return _other(plot, is_true, TargetUse.BUILDING, "built", {"blue_roof": roofs, "concrete": 1.0 - roofs})


def solar(plot: Plot, is_true: bool) -> Story:
    """Rows of panels with earth between them; or bare ground."""
    panels = plot.between(0.5, 0.75)
    soil = {name: share * (1.0 - panels) for name, share in plot.topsoil.items()}
    return _other(plot, is_true, TargetUse.SOLAR, "solar", {"panels": panels, **soil})


def _other(plot: Plot, is_true: bool, target: TargetUse, use: str, ground: Mapping[str, float]) -> Story:
    then = plot.covered(_finished(plot), use, ground) if is_true else None
    return _story(plot, target, then, what=use)


def never_disturbed(plot: Plot, is_true: bool) -> Story:
    """Mined on the claimed day; or never touched."""
    day = plot.claim_day
    phases = (plot.natural, plot.mined(day)) if is_true else (plot.natural,)
    events = (Event(what="mined", day=day),) if is_true else ()
    return Story(target=None, parts=((Piece(phases=phases), 1.0),), events=events, disturbed_since=day)


def boundary(plot: Plot, is_true: bool) -> Story:
    """A site half of which may be mined: new mining stays in that half, or happens in the other."""
    day = plot.claim_day
    untouched = Piece(phases=(plot.natural,))
    dug = Piece(phases=(plot.natural, plot.mined(day, weeds=0.05)))
    share = plot.between(0.18, 0.25)
    apart = 0.45 - share  # two pixels and more between pit and boundary: images may be misplaced
    if is_true:
        parts = ((untouched, 0.5), (untouched, apart), (dug, share), (untouched, 0.05))
        events = (Event(what="dug_inside", day=day, share=share),)
    else:
        parts = ((untouched, 0.05), (dug, share), (untouched, apart), (untouched, 0.5))
        events = (Event(what="dug_outside", day=day, share=share),)
    inside = (1, 2, 3) if is_true else (3,)
    return Story(target=None, parts=parts, events=events, permitted_parts=inside, size=1.6)
