"""How many series can be watched and segmented in a second, and does the answer agree with others'?

One thread throughout. The monitor takes five years of 150 dates (30 % missing, 3 % clouds that the mask missed), the
trajectory 40 yearly values. Peers are asked by their compiled kernels alone, in the layout that suits them; `zeit`
needs regular steps, which are made for it beforehand. All series are drawn from the model family that harmonic
monitors assume: hits and false alarms stand beside the speeds so that nobody is fast by finding nothing, and are no
evidence on real mines.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import earth_peers
import earth_series
import numpy as np
from earth_peers import Lines
from earth_series import scored
from measuring import SMALL, Findings, hold, p50, timed_call

from qingshan.earth import monitor, trajectory
from qingshan.earth.monitor import MonitorParams
from qingshan.earth.parameters import released
from qingshan.earth.sites import ClimateZone
from qingshan.earth.tests import landtrendr_reference
from qingshan.earth.trajectory import TrajectoryParams

YEARLY = 4_096 if SMALL else 131_072
DENSE = 4_096 if SMALL else 262_144
BY_NRT = 1_024 if SMALL else 16_384
BY_COLD = 64 if SMALL else 1_000
ROUNDS = 1 if SMALL else 5
REFERENCE = Path(landtrendr_reference.__file__).with_suffix(".csv")
WATCH = released().section("monitor", MonitorParams)
STROKES = released().section("trajectory", TrajectoryParams)
ZONE = ClimateZone.SEMI_ARID  # the smallest magnitude: the most that the others find is not cut away


def measure(findings: Findings) -> None:
    _trajectories(findings)
    _monitors(findings)
    _real_stack(findings)
    findings.notes.append(f"packages: {earth_peers.versions()}")


def _speeds(series: int, *ways) -> tuple[list, list[float]]:
    """Each way's answer, and its series per second: medians of rounds in which all take turns, after a warm-up."""
    answers = [way() for way in ways]
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, spent in zip(ways, seconds, strict=True):
            spent.append(timed_call(way)[1])
    return answers, [series / p50(spent) / 1000 for spent in seconds]


# --- trajectories -----------------------------------------------------------------------------------------


def _trajectories(findings: Findings) -> None:
    years, values = earth_series.yearly(YEARLY)
    ways = {
        "ours": lambda: _ours(years, values),
        "zeit": earth_peers.landtrendr(earth_peers.zeit(), years, values),
        "cdts": earth_peers.landtrendr(earth_peers.cdts(), years, values),
    }
    answers, speeds = _speeds(YEARLY, *ways.values())
    told, speed = dict(zip(ways, answers, strict=True)), dict(zip(ways, speeds, strict=True))
    findings.add("trajectory, 40 years", "thousand/s", speed["ours"], speed["zeit"], beside="zeit-cdts")
    findings.add("trajectory, 40 years", "thousand/s", speed["ours"], speed["cdts"], beside="cdts")
    told["cdts as it comes"] = earth_peers.landtrendr(earth_peers.cdts(), years, values, proportion=1.25)()
    told["ours, bends at the ends on whole numbers"] = _ours(years, values, on_whole_numbers=True)
    pairs = (
        ("zeit", "cdts"),
        ("zeit", "cdts as it comes"),
        ("ours", "zeit"),
        ("ours", "cdts"),
        ("ours, bends at the ends on whole numbers", "zeit"),
        ("ours, bends at the ends on whole numbers", "cdts"),
    )
    found = {pair: _agreement(years, told[pair[0]], told[pair[1]]) for pair in pairs}
    for (one, other), agreement in found.items():
        findings.notes.append(f"{one} – {other}: {agreement}")
        print(f"  {one} – {other}: {agreement}", flush=True)
    closest = found["ours, bends at the ends on whole numbers", "zeit"]
    hold("vertex years are those of zeit in 99 of 100 series", closest.identical >= 0.99)
    hold("with other ends they are so in 95 of 100", found["ours", "zeit"].identical >= 0.95)
    findings.notes.append(
        "zeit and cdts are two releases of one port and tie when both take the default of LT-GEE's guide"
        " (best model proportion 0.75); cdts as it comes takes another. Where ours differ: a missing first or last"
        " year gets a level stroke, and where that makes one vertex too many, the published program drops one by"
        " bends of values cut to whole numbers, which are all 0 for indices; ours weighs them as the search does."
    )


def _ours(years: np.ndarray, values: np.ndarray, *, on_whole_numbers: bool = False) -> Lines:
    lines = trajectory.fit(years, values, params=STROKES, on_whole_numbers=on_whole_numbers)
    return Lines(lines.count, lines.years, lines.values)


@dataclass(frozen=True)
class Agreement:
    identical: float
    """share of series with the same vertex years"""
    away: float
    """mean absolute difference of fitted values"""

    def __str__(self) -> str:
        return (
            f"same vertex years {self.identical:.2%}, fitted values differ by {self.away:.5f} on the average"
        )


def _agreement(years: np.ndarray, one: Lines, other: Lines) -> Agreement:
    same = one.count == other.count
    for k in range(one.years.shape[1]):
        inside = k < np.minimum(one.count, other.count)
        same &= ~inside | (one.years[:, k] == other.years[:, k])
    return Agreement(
        float(same.mean()), float(np.nanmean(np.abs(_fitted(years, one) - _fitted(years, other))))
    )


def _fitted(years: np.ndarray, lines: Lines) -> np.ndarray:
    out = np.full((len(lines.count), len(years)), np.nan)
    for s in range(lines.years.shape[1] - 1):
        has = lines.count > s + 1
        start, end = lines.years[has, s, None], lines.years[has, s + 1, None]
        share = (years - start) / (end - start)
        along = lines.values[has, s, None] + share * (
            lines.values[has, s + 1, None] - lines.values[has, s, None]
        )
        out[has] = np.where((share >= 0) & (share <= 1), along, out[has])
    return out


# --- monitors ---------------------------------------------------------------------------------------------


def _monitors(findings: Findings) -> None:
    """The peer learns three years and never again; ours is given the same first, then as it comes."""
    given = earth_series.dense(DENSE)
    peer = earth_peers.bfast_monitor(earth_series.regular(given))
    for passes in (1, WATCH.passes):
        same = replace(WATCH, passes=passes, min_history_years=earth_series.HISTORY_YEARS)
        usual = replace(WATCH, passes=passes)
        ways = (lambda same=same: _first_breaks(given, same), lambda usual=usual: _first_breaks(given, usual))
        answers, speeds = _speeds(DENSE, *ways, peer)
        *ours, theirs = (scored(given.lost_on, told) for told in answers)
        for what, score, speed in zip(("history of three years", "as it comes"), ours, speeds, strict=False):
            findings.add(
                f"monitor, 150 dates, passes: {passes}, {what} – ours {score}; peer {theirs}",
                "thousand/s",
                speed,
                speeds[-1],
                beside="zeit.bfast_monitor",
            )
            hold("19 of 20 losses are found", score.hits >= 0.95)
            hold("false alarms are rare", score.false_alarms <= 0.02)
    for name in ("EWMA", "IQR"):
        _beside(findings, f"nrt {name}", BY_NRT, lambda part, name=name: earth_peers.nrt(name, part))
    _beside(findings, "pyxccd COLD, this band only", BY_COLD, earth_peers.cold)


def _beside(findings: Findings, name: str, series: int, peer) -> None:
    """A slower peer on fewer series of the same kind."""
    part = earth_series.dense(series)
    answers, speeds = _speeds(series, lambda: _first_breaks(part, WATCH), peer(part))
    ours, theirs = (scored(part.lost_on, told) for told in answers)
    findings.add(
        f"monitor, {series:,} series – ours {ours}; peer {theirs}", "thousand/s", *speeds, beside=name
    )


def _first_breaks(given: earth_series.Dense, params: MonitorParams) -> np.ndarray:
    state = monitor.fit(given.days, given.values, params=params, zones=ZONE)
    breaks, first = state.breaks(), np.zeros(len(state), dtype=np.int64)
    first[breaks.series[::-1]] = breaks.day[::-1]  # the earliest of each series is written last
    return first


# --- a real stack of Landsat images -------------------------------------------------------------------------


def _real_stack(findings: Findings) -> None:
    """Images of a small area in Ohio that come with Rbeast: the same breaks whether ours or COLD is asked."""
    days, values = _ohio()
    state = monitor.fit(days, values, params=WATCH, zones=ZONE)
    part = earth_series.Dense(days, values, np.zeros(values.shape[1], dtype=np.int64))
    ours = np.zeros(len(state), dtype=np.int64)
    breaks = state.breaks()
    ours[breaks.series[::-1]] = breaks.day[::-1]
    theirs = earth_peers.cold(part)()
    years, medians = trajectory.annual_medians(days, values, months=(6, 7, 8, 9))
    lines = trajectory.fit(years, medians, params=STROKES)
    zeit = earth_peers.landtrendr(earth_peers.zeit(), years, medians)()
    agreement = _agreement(years, Lines(lines.count, lines.years, lines.values), zeit)
    both = (ours > 0) & (theirs > 0)
    findings.notes.append(
        f"{len(state)} pixels of Landsat over Ohio {years[0]}–{years[-1]}, {len(days)} images: ours tells of a loss"
        f" in {np.sum(ours > 0)}, COLD of a break either way in {np.sum(theirs > 0)}, both in {np.sum(both)}, of"
        f" these on the same day in {np.sum(ours[both] == theirs[both])}; yearly medians, ours – zeit: {agreement}"
    )
    print(f"  {findings.notes[-1]}", flush=True)


def _ohio() -> tuple[np.ndarray, np.ndarray]:
    """Days and (dates, pixels) float32 of the stack of NDVI that comes with Rbeast."""
    import Rbeast

    stack, names, _ = Rbeast.load_example("imagestack")
    days = np.array([str(name).rpartition(".")[2] for name in names], dtype="datetime64[D]").astype(np.int32)
    order = np.argsort(days, kind="stable")
    values = stack.reshape(-1, stack.shape[-1]).T[order].astype(np.float32)
    return days[order], values


# --- the reference that the tests compare with ----------------------------------------------------------------


def write_reference() -> None:
    """python bench/earth_time.py --reference: vertices of the peer for the series of landtrendr_reference."""
    lines = earth_peers.landtrendr(
        earth_peers.zeit(), landtrendr_reference.YEARS, landtrendr_reference.series()
    )()
    with REFERENCE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["series", "vertex_years"])
        for number, count in enumerate(lines.count):
            table.writerow([number, " ".join(map(str, lines.years[number, :count]))])
    print(f"written: {REFERENCE}")


if __name__ == "__main__" and "--reference" in sys.argv:
    write_reference()
