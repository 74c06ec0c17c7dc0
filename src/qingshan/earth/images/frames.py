"""Which scenes lie on the same pixels? Those of one frame are read and summed as one grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scene

ALIGNED = 1e-4  # pixels: corners of aligned grids differ by whole pixels, up to rounding in their files
MOSTLY = (
    0.5  # of the smaller one: scenes of one track wander by some pixels, neighbouring tiles hardly overlap
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """One grid, and the scenes that lie on its pixels."""

    grid: Grid
    """covers all its scenes when it is made; what lies beyond is not read of scenes that come later"""
    scenes: tuple[Scene, ...]

    @property
    def key(self) -> str:
        return self.grid.key


def frames_of(scenes: Iterable[Scene], *, known: Sequence[Grid] = ()) -> tuple[Frame, ...]:
    """Scenes grouped by grid, in order of the grids' keys.

    Scenes of one sensor's tile have equal grids. Where a scene's extent wanders by whole pixels from date to date,
    as Landsat's does, it joins a frame that it overlaps by more than half.

    Args:
        scenes: in order of day and id.
        known: grids of frames that stand already; they come first and do not grow.
    """
    frames = [Frame(grid=grid, scenes=()) for grid in known]
    for scene in scenes:
        at = _place(scene.grid, frames)
        if at is None:
            frames.append(Frame(grid=scene.grid, scenes=(scene,)))
            continue
        met = frames[at]
        grid = met.grid if at < len(known) else union(met.grid, scene.grid)
        frames[at] = replace(met, grid=grid, scenes=(*met.scenes, scene))
    return tuple(sorted(frames, key=lambda frame: frame.key))


def _place(grid: Grid, frames: Sequence[Frame]) -> int | None:
    equal = (at for at, frame in enumerate(frames) if frame.grid == grid)
    near = (at for at, frame in enumerate(frames) if _belongs(grid, frame.grid))
    return next(equal, next(near, None))


def shift(grid: Grid, frame: Grid) -> tuple[float, float]:
    """Rows and columns from the frame's corner to the grid's."""
    return (frame.north - grid.north) / frame.dy, (grid.west - frame.west) / frame.dx


def _belongs(grid: Grid, frame: Grid) -> bool:
    if (grid.crs, grid.dx, grid.dy) != (frame.crs, frame.dx, frame.dy):
        return False
    down, right = shift(grid, frame)
    if max(abs(down - round(down)), abs(right - round(right))) > ALIGNED:
        return False
    rows = min(frame.height, down + grid.height) - max(0, down)
    cols = min(frame.width, right + grid.width) - max(0, right)
    smaller = min(grid.height * grid.width, frame.height * frame.width)
    return rows > 0 and cols > 0 and rows * cols > MOSTLY * smaller


def union(first: Grid, second: Grid) -> Grid:
    """The smallest grid on the first one's pixels that covers both."""
    down, right = map(round, shift(second, first))
    top, left = min(0, down), min(0, right)
    bottom = max(first.height, down + second.height)
    far = max(first.width, right + second.width)
    if (top, left, bottom, far) == (0, 0, first.height, first.width):
        return first
    return replace(
        first,
        west=first.west + left * first.dx,
        north=first.north - top * first.dy,
        height=bottom - top,
        width=far - left,
    )
