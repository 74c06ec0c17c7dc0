"""How often does the eye accuse wrongly, and how much that is false does it find?

Claims about simulated sites whose truth is known, judged from their series alone: for each scenario and climate zone
as many claims that are true as false ones, in a world drawn from a word, whose settings and seeds nobody saw before.
*Accused* are true claims found unsupported: at most 0.5 % of all and 2 % of any scenario. *Found* are false claims
found unsupported: at least 90 % where the site was clearly seen 18 times or more, with at most 10 % left undecidable.
At 70 % cloud the answer is to be undecidable rather than wrong. Of solar fields it is only ever said that nothing
changed: true ones count as undecidable here. Permitted boundaries need pixels: of those sites images are made, and
new disturbance is looked for in them.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from measuring import SMALL, Findings, hold, timed

from qingshan.earth import monitor
from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.images.masks import Mask
from qingshan.earth.judging import Changes, changes_of, judge
from qingshan.earth.judging.looks import looks_at
from qingshan.earth.judging.rules import rules_for
from qingshan.earth.monitor import MonitorParams
from qingshan.earth.parameters import released
from qingshan.earth.series import SiteSeries, Track
from qingshan.earth.simulation import (
    TUNING,
    UNSEEN,
    Answer,
    Batch,
    Scenario,
    SeenSite,
    Truth,
    simulate_batch,
    simulate_series,
)
from qingshan.earth.simulation.series import CODES
from qingshan.earth.sites import ClimateZone, Site

EACH = 2 if SMALL else 25
"""true claims, and as many false ones, of one scenario in one zone and one round"""
ROUNDS = int(os.environ.get("JUDGING_ROUNDS", "1" if SMALL else "10"))
"""each has a sky and a seed of its own"""
SEED = 7 if SMALL else 20_262_001
WORLD = TUNING if SMALL else UNSEEN
BOUNDARY_EACH = 2 if SMALL else 10
CLOUDED_EACH = 2 if SMALL else 10
CLOUDED = (Scenario.GRASS, Scenario.PARTLY, Scenario.DIED, Scenario.RELAPSE, Scenario.NETTING, Scenario.COAL)
ENOUGH_LOOKS = 18
RING_LEAST_PX = 9
SHAPE = shapely.box(110.0, 38.0, 110.01, 38.01)


@dataclass
class Cell:
    """Verdicts on claims of one kind."""

    true: Counter[Verdict] = field(default_factory=Counter)
    false: Counter[Verdict] = field(default_factory=Counter)
    not_yet: Counter[Verdict] = field(default_factory=Counter)

    def add(self, answer: Answer, verdict: Verdict) -> None:
        {Answer.TRUE: self.true, Answer.FALSE: self.false, Answer.NOT_YET: self.not_yet}[answer][verdict] += 1


@dataclass
class Tables:
    """Confusion by scenario and question, by zone, and in all; the second for sites that were seen often enough."""

    all: dict[tuple[str, str], Cell] = field(default_factory=dict)
    often: dict[tuple[str, str], Cell] = field(default_factory=dict)
    milliseconds: float = 0.0
    claims: int = 0

    def add(self, scenario: str, zone: str, truth: Truth, finding: Finding, *, looks: int) -> None:
        answer = truth.answers.get(finding.question)
        if answer is None:
            return
        asked = finding.question.value
        rows = ((scenario, asked), (f"all · {zone}", ""), (f"all · {asked}", ""), ("all", ""))
        rows += ((f"{scenario} · {zone}", asked),)
        for table in (self.all, self.often) if looks >= ENOUGH_LOOKS else (self.all,):
            for row in rows:
                table.setdefault(row, Cell()).add(answer, finding.verdict)


def measure(findings: Findings) -> None:
    tables, clouded, bounded = Tables(), Tables(), Tables()
    for number in range(ROUNDS):
        _judge_round(tables, Scenario, EACH, seed=SEED + number, cloud=None)
        _judge_round(clouded, CLOUDED, CLOUDED_EACH, seed=SEED + number, cloud=0.7)
        _judge_boundaries(bounded, seed=SEED + number)
        print(f"  round {number + 1} of {ROUNDS}\n{shown(tables.all)}", flush=True)
    hold("claims got answers", tables.claims > 0)
    findings.texts.append(("all claims", shown(tables.all)))
    findings.texts.append((f"sites clearly seen {ENOUGH_LOOKS} times or more", shown(tables.often)))
    findings.texts.append(("at 70 % cloud", shown(clouded.all)))
    findings.texts.append(("permitted boundaries", shown(bounded.all)))
    _figures(findings, tables)
    edge = bounded.all[Scenario.BOUNDARY.value, Question.WITHIN.value]
    findings.add("permitted boundaries: true claims accused", "%", _percent(edge.true, Verdict.UNSUPPORTED))
    findings.add("permitted boundaries: false claims found", "%", _percent(edge.false, Verdict.UNSUPPORTED))
    cell = clouded.all["all", ""]
    findings.add("at 70 % cloud: true claims accused", "%", _percent(cell.true, Verdict.UNSUPPORTED))
    findings.add("at 70 % cloud: false claims supported", "%", _percent(cell.false, Verdict.SUPPORTED))
    findings.add("one claim", "ms", tables.milliseconds / tables.claims)
    findings.notes.append(
        f"{EACH * ROUNDS:,} true and as many false claims of each scenario in each of {len(ClimateZone)} zones; "
        f"world “{WORLD.name}”, seeds from {SEED}, parameters {released().label}"
    )


def _judge_round(
    tables: Tables, scenarios: Iterable[Scenario], each: int, *, seed: int, cloud: float | None
) -> None:
    """One round into the tables. The boundary needs pixels, not series: it is not asked here."""
    parameters = released()
    for scenario in scenarios:
        if scenario is Scenario.BOUNDARY:
            continue
        for zone in ClimateZone:
            rules = rules_for(parameters, zone).looks
            for seen in _sites(scenario, zone, each, seed, cloud):
                site = Site(id=seen.series.site_id, shape=SHAPE, zone=zone)
                with timed() as watch:
                    found = judge(site, seen.series, seen.claims, parameters=parameters)
                tables.milliseconds += 1000 * watch.seconds
                tables.claims += len(found)
                looks = len(looks_at(seen.series, rules, until=int(seen.series.days.max())))
                for finding in found:
                    tables.add(scenario.value, zone.value, seen.truth, finding, looks=looks)


def _judge_boundaries(tables: Tables, *, seed: int) -> None:
    """The boundary of each site, from images to new disturbance pixel by pixel, beside the land around the site.

    Simulated sites lie too close to each other for the rings of a site cube; the square of each holds land enough.
    """
    for zone in ClimateZone:
        batch = simulate_batch(Scenario.BOUNDARY, zone, BOUNDARY_EACH, BOUNDARY_EACH, seed=seed, world=WORLD)
        empty = no_series()
        for at, (site, claims, truth) in enumerate(zip(batch.sites, batch.claims, batch.truths, strict=True)):
            changes = _changes(batch, at, site)
            for finding in judge(site, empty, claims, parameters=released(), changes=changes):
                tables.add(Scenario.BOUNDARY.value, zone.value, truth, finding, looks=0)


def _changes(batch: Batch, at: int, site: Site) -> Changes:
    """As `earth.changes` finds them, with the square's own undisturbed land for a ring."""
    window, sensor = batch.windows[at], batch.sensor
    here = (slice(None), window.rows, window.cols)
    red, nir = (batch.bands[name][here] * sensor.scale + sensor.offset for name in ("red", "nir"))
    with np.errstate(invalid="ignore", divide="ignore"):
        ndvi = np.where(CODES[batch.mask[here]] == Mask.CLEAR, (nir - red) / (nir + red), np.nan)
    ndvi = ndvi.reshape(len(ndvi), -1).astype(np.float32)
    ring = ndvi[:, _around(batch, at, site)]
    seen = np.isfinite(ring).sum(axis=1) >= RING_LEAST_PX
    above = ndvi[seen] - np.nanmedian(ring[seen], axis=1, keepdims=True)
    params = released().section("monitor", MonitorParams)
    state = monitor.fit(batch.days[seen].astype(np.int32), above, params=params, zones=site.zone)
    return changes_of(state, grid=batch.grid, window=window, sensor=sensor)


def _around(batch: Batch, at: int, site: Site) -> np.ndarray:
    """(pixels,) bool: centres of the square farther than three pixels from the site."""
    window, grid = batch.windows[at], batch.grid
    rows, cols = np.mgrid[window.rows, window.cols]
    x, y = grid.west + (cols + 0.5) * grid.dx, grid.north - (rows + 0.5) * grid.dy
    return ~shapely.contains_xy(grid.from_lonlat(site.shape).buffer(3 * grid.dx), x.ravel(), y.ravel())


def no_series() -> SiteSeries:
    """The rule of the boundary looks at pixels only."""
    none = np.empty(0)
    track = Track(clear_px=none, total_px=1.0, mean={}, variance={})
    days = none.astype(np.int32)
    return SiteSeries(site_id="", days=days, sensors=(), scenes=(), inside=track, ring=None)


def _sites(
    scenario: Scenario, zone: ClimateZone, each: int, seed: int, cloud: float | None
) -> Iterator[SeenSite]:
    yield from simulate_series(scenario, zone, each, each, seed=seed, cloud=cloud, world=WORLD)


def _figures(findings: Findings, tables: Tables) -> None:
    whole, often = tables.all["all", ""], tables.often["all", ""]
    hold("true and false claims were asked", min(map(len, (whole.true, whole.false, often.false))) > 0)
    findings.add(
        f"true claims accused, of {whole.true.total():,}", "%", _percent(whole.true, Verdict.UNSUPPORTED)
    )
    by_scenario = {
        row: _percent(cell.true, Verdict.UNSUPPORTED)
        for row, cell in tables.all.items()
        if row[1] and cell.true and "·" not in row[0]
    }
    worst = max(by_scenario, key=lambda row: by_scenario[row])
    findings.add(f"true claims accused, worst scenario: {' '.join(worst)}", "%", by_scenario[worst])
    findings.add(
        f"false claims found, of {often.false.total():,} seen often enough",
        "%",
        _percent(often.false, Verdict.UNSUPPORTED),
    )
    findings.add(
        "false claims undecidable, seen often enough", "%", _percent(often.false, Verdict.UNDECIDABLE)
    )
    both = often.true + often.false
    findings.add("all claims undecidable, seen often enough", "%", _percent(both, Verdict.UNDECIDABLE))
    findings.add(
        f"false claims found, of all {whole.false.total():,}", "%", _percent(whole.false, Verdict.UNSUPPORTED)
    )


def _percent(counted: Counter[Verdict], verdict: Verdict) -> float:
    """Of all that were asked; `measure` holds that some were."""
    return 100 * counted[verdict] / counted.total()


def _order(item: tuple[tuple[str, str], Cell]) -> tuple[bool, bool, tuple[str, str]]:
    """Scenarios first, then scenarios by zone, then sums."""
    (scenario, question), _ = item
    return not question, "·" in scenario, item[0]


HEAD = (
    f"{'scenario':36} {'true':>6} {'supp.':>6} {'ACC.':>5} {'undec':>6} {'early':>6}"
    f"   {'false':>6} {'supp.':>6} {'FOUND':>6} {'undec':>6} {'early':>6}   accused   found"
)


def shown(table: dict[tuple[str, str], Cell]) -> str:
    """The table as text; claims of which nobody can know yet stand in lines of their own."""
    lines = [HEAD]
    for (scenario, question), cell in sorted(table.items(), key=_order):
        name = f"{scenario} {question}"
        if cell.true or cell.false:
            counts = f"{_counts(cell.true)}   {_counts(cell.false)}"
            lines.append(f"{name:36} {counts}  {_share(cell.true, 2):>8} {_share(cell.false, 1):>7}")
        if cell.not_yet:
            lines.append(f"{name + ' (too early)':36} {_counts(cell.not_yet)}")
    return "\n".join(lines)


def _share(counted: Counter[Verdict], digits: int) -> str:
    """Found unsupported, for the table; a dash where nothing of the kind was asked."""
    return f"{_percent(counted, Verdict.UNSUPPORTED):.{digits}f} %" if counted else "—"


ORDER = (Verdict.SUPPORTED, Verdict.UNSUPPORTED, Verdict.UNDECIDABLE, Verdict.TOO_EARLY)


def _counts(counted: Counter[Verdict]) -> str:
    numbers = [counted[verdict] for verdict in ORDER]
    return " ".join(
        f"{number:>{width}}"
        for number, width in zip([counted.total(), *numbers], (6, 6, 5, 6, 6), strict=True)
    )


if __name__ == "__main__":
    found = Findings()
    measure(found)
    for title, text in found.texts:
        print(f"── {title}\n{text}")
    print("\n".join(found.notes))
    sys.exit(0)
