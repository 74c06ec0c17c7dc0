"""Which pixels does the monitor hold to be newly disturbed, and which has it seen often enough to say so?"""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth.grid import Grid, Window
from qingshan.earth.judging.boundary import Changes
from qingshan.earth.monitor import MonitorState
from qingshan.earth.sensors import Sensor

Float32s = np.ndarray[Any, np.dtype[np.float32]]


def beside_surroundings(values: Float32s) -> Float32s:
    """Values as the monitor should get them: less the median of the window on each date.

    A dry year lowers all pixels of a window alike and is no disturbance; what is dug falls below its surroundings.

    Args:
        values: (dates, pixels), NaN where nothing was observed. Less than half of the pixels may be disturbed.
    """
    seen = np.isfinite(values).any(axis=1)
    beside = np.full(values.shape, np.nan, dtype=np.float32)
    beside[seen] = values[seen] - np.nanmedian(values[seen], axis=1, keepdims=True)
    return beside


def changes_of(
    state: MonitorState, *, grid: Grid, window: Window, sensor: Sensor, since: int | None = None
) -> Changes:
    """New disturbance as `judge` takes it, from a monitor over the pixels of a window.

    Args:
        state: a monitor of one series for each pixel, row by row; best fed by `beside_surroundings`.
        grid: the grid that the window lies on.
        window: rows and columns of the pixels.
        sensor: what they were seen by.
        since: losses before this day (days since 1970-01-01) are not new; None: all are.
    """
    shape = (window.height, window.width)
    breaks, segments = state.breaks(), state.segments()
    new = np.flatnonzero((breaks.magnitude < 0.0) & (breaks.day >= (-(2**31) if since is None else since)))
    changed, looked_at = np.zeros(len(state), dtype=np.bool_), np.zeros(len(state), dtype=np.bool_)
    changed[breaks.series[new]] = True
    looked_at[segments.series[segments.observations > 0]] = True
    days = np.zeros(len(state), dtype=np.int32)
    days[breaks.series[new][::-1]] = breaks.day[new][::-1]
    return Changes(
        changed=changed.reshape(shape),
        looked_at=(looked_at | changed).reshape(shape),
        days=days.reshape(shape),
        grid=grid,
        window=window,
        sensor=sensor,
    )
