"""How are peers of change detection asked? Only their compiled kernels, one thread, in the layout that each wants.

`zeit` and `cdts` are loaded without their packages, which import much that the kernels do not need (torch, xarray,
earthengine-api); what their own layers would cost on top is spared them.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from datetime import datetime, timedelta
from functools import cache
from types import ModuleType
from typing import NamedTuple

import numpy as np
from earth_series import FIRST_DAY, HISTORY_YEARS, PER_YEAR, Dense

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  nrt wants days without a zone
ORDINAL_OF_EPOCH = 719_163


class Lines(NamedTuple):
    """Vertices of broken lines, as all of them are compared."""

    count: np.ndarray
    years: np.ndarray
    values: np.ndarray


@cache
def core(distribution: str, package: str) -> ModuleType:
    """The compiled module of a package, without what its __init__ would import."""
    files = importlib.metadata.files(distribution) or []
    for file in files:
        if file.parts[0] == package and file.name.startswith("_core.") and file.suffix in (".so", ".pyd"):
            spec = importlib.util.spec_from_file_location(f"{package}._core", str(file.locate()))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise ModuleNotFoundError(package)


def zeit() -> ModuleType:
    return core("zeit-cdts", "zeit")


def cdts() -> ModuleType:
    return core("cdts", "cdts")


def landtrendr(peer: ModuleType, years: np.ndarray, values: np.ndarray, *, proportion: float = 0.75):
    """A function that segments (years, series) float32 with the peer; what it needs is made ready before."""
    numbers = peer.landtrendr.LandTrendrParams()
    numbers.max_segments, numbers.vertex_count_overshoot, numbers.min_observations_needed = 6, 3, 6
    numbers.pval_threshold, numbers.recovery_threshold, numbers.spike_threshold = 0.05, 0.25, 0.9
    numbers.prevent_fast_recovery, numbers.best_model_proportion, numbers.modifier = True, proportion, -1.0
    cube = np.ascontiguousarray(values.T[:, None, :], dtype=np.float64)
    years = years.astype(np.int32)

    def run() -> Lines:
        vertices, count, _ = peer.landtrendr.fit_trajectory_batch(cube, years, numbers, np.nan, 1)
        vertices = np.nan_to_num(np.asarray(vertices).reshape(len(cube), -1, 2))
        return Lines(np.asarray(count).ravel(), vertices[..., 0].astype(int), vertices[..., 1])

    return run


def bfast_monitor(steps: np.ndarray):
    """A function that answers the day of the first break of (series, steps), 0 where there is none."""
    peer = zeit().bfastmonitor
    start = 2016.0

    def run() -> np.ndarray:
        told = peer.fit_bfast_monitor_batch(
            values_array=steps,
            start_time=start,
            monitor_start_time=start + HISTORY_YEARS,
            frequency=PER_YEAR,
            order=3,
            h=0.25,
            period=10,
            alpha=0.05,
            min_valid=10,
            n_jobs=1,
        )
        index, has = np.asarray(told[1]), np.asarray(told[5]) > 0
        return np.where(has, FIRST_DAY + np.nan_to_num(index) * 365.25 / PER_YEAR, 0)

    return run


def nrt(name: str, of: Dense):
    """A function that fits a monitor of nrt to the history and goes on date by date; days of confirmed breaks."""
    import xarray

    module = importlib.import_module(f"nrt.monitor.{name.lower()}")
    cube = of.values[:, :, None].astype(np.float64)
    when = [EPOCH + timedelta(days=int(day)) for day in of.days]
    learned = of.days < FIRST_DAY + 365.25 * HISTORY_YEARS
    history = xarray.DataArray(
        cube[learned],
        dims=("time", "y", "x"),
        coords={"time": np.array(when, dtype="datetime64[ns]")[learned]},
    )

    def run() -> np.ndarray:
        watch = getattr(module, name)(trend=True, harmonic_order=2)
        watch.fit(dataarray=history)
        for number in np.flatnonzero(~learned):
            watch.monitor(array=cube[number], date=when[number])
        return np.asarray(watch.detection_date, dtype=np.int64).ravel()

    return run


def cold(of: Dense):
    """A function that runs COLD of pyxccd on each series alone; the day of its first break."""
    from pyxccd import cold_detect_flex

    dates = (of.days + ORDINAL_OF_EPOCH).astype(np.int64)
    scaled = np.ascontiguousarray(np.nan_to_num(of.values.T * 10_000)).astype(np.int64)
    seen = np.isfinite(of.values.T)

    def one(series: int) -> int:
        clear = seen[series]
        told = cold_detect_flex(
            dates[clear],
            scaled[series, clear][:, None],
            np.zeros(clear.sum(), dtype=np.int64),
            lam=20,
            tmask_b1_index=1,
            tmask_b2_index=1,
        )
        ends = told["t_break"][told["t_break"] > 0]
        return int(ends[0]) - ORDINAL_OF_EPOCH if len(ends) else 0

    return lambda: np.array([one(series) for series in range(len(scaled))])


def versions() -> str:
    names = ("zeit-cdts", "cdts", "nrt", "pyxccd", "rbeast", "numba", "llvmlite")
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
