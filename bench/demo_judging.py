"""How does the eye judge the claims of the demonstration, whose truth it is not told?

Scenes of the whole demonstration province are made and surveyed without any truth; only here are the findings held
against what is true. Claims are judged in the climate zone of the province, as its ledger judges them: there the set of
images says the zone, and a run gives it to claims that say none. *Accused* are true claims found unsupported, *missed*
are false ones found supported. What nobody can know yet stands apart. Claims of which another site hides a fifth of the
ground or more are left out.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from earth_judging import Cell, shown
from measuring import SMALL, Findings, hold, timed

from qingshan.demo.province import province
from qingshan.demo.sky.claims import claimed_sites
from qingshan.demo.sky.making import make_sky
from qingshan.demo.sky.surveyed import survey_sky
from qingshan.demo.sky.table import table_of, told
from qingshan.earth.findings import Verdict
from qingshan.earth.simulation.country import TRUTH
from qingshan.earth.simulation.truth import Answer

TODAY = date(2026, 11, 25)
FEW = 8
"""so many claims, of one county, where only the way is tried"""
SHOWN = 0.8


def measure(findings: Findings) -> None:
    sites = claimed_sites(province(), today=TODAY)[: FEW if SMALL else None]
    hold("there are claims enough", SMALL or len(sites) >= 300)
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent / "var") as folder:
        with timed() as making:
            made = make_sky(folder, sites, until=TODAY)
        with timed() as surveying:
            report = survey_sky(folder, sites)
        truth = json.loads((Path(folder) / TRUTH).read_text(encoding="utf-8"))["sites"]
    cells, answered = _cells(report.findings, truth)
    hold(
        "true and false claims were judged",
        min(cells["all", ""].true.total(), cells["all", ""].false.total()) > 0,
    )
    findings.add(f"scenes made, {len(made.scenes)} of {len(sites)} sites", "s", making.seconds)
    findings.add("survey", "s", surveying.seconds)
    whole = cells["all", ""]
    for what, side, verdict in (
        ("true claims accused", whole.true, Verdict.UNSUPPORTED),
        ("true claims undecidable", whole.true, Verdict.UNDECIDABLE),
        ("false claims missed", whole.false, Verdict.SUPPORTED),
        ("false claims found", whole.false, Verdict.UNSUPPORTED),
        ("false claims undecidable", whole.false, Verdict.UNDECIDABLE),
    ):
        findings.add(f"{what}: {side[verdict]} of {side.total()}", "%", 100 * side[verdict] / side.total())
    findings.texts.append(("by scenario", shown(cells)))
    findings.texts.append(
        ("as `make demo` prints it", told(table_of(sites, report.findings, today=TODAY), in_english=True))
    )
    findings.notes.append(f"answers to questions whose truth is told: {answered.total()}; {dict(answered)}")


def _cells(findings, truth) -> tuple[dict[tuple[str, str], Cell], Counter]:
    cells: dict[tuple[str, str], Cell] = {}
    answered: Counter = Counter()
    for finding in findings:
        of = truth[finding.site_id]
        answer = of["answers"].get(finding.question.value)
        if answer is None or of["shown"] < SHOWN:
            continue
        answered[answer] += 1
        for row in (
            (of["scenario"], finding.question.value),
            (f"all · {finding.question.value}", ""),
            ("all", ""),
        ):
            cells.setdefault(row, Cell()).add(Answer(answer), finding.verdict)
    return cells, answered


if __name__ == "__main__":
    found = Findings()
    (Path(__file__).parent / "var").mkdir(exist_ok=True)
    measure(found)
    for title, text in found.texts:
        print(f"── {title}\n{text}")
