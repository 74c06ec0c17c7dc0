"""How do claims leave as a table or as shapes? Each as its reader may know it: what the county may still answer is not
told to the levels above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qingshan.exchange.columns import Choice, Column, Date, Number, Text, YesNo
from qingshan.exchange.kinds import Kind, nothing_known
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.office.observations.models import Claim
from qingshan.office.observations.showing import Shown, sentence_of
from qingshan.rules.reasons import Sentence
from qingshan.rules.verification import AnswerState, TargetUse, TraceState, Verdict

CLAIMS_LEAVING = Kind(
    code="claims_leaving",
    title=Sentence(zh="影像核验", en="Claims and what images say of them"),
    columns=(
        Column("number", "核验编号", "Number of the claim"),
        Column("about", "地块", "Land", type=Text(limit=200)),
        Column("subject", "申报对象", "Claimed for", type=Text(limit=300)),
        Column("matter", "事项编号", "Number of the matter"),
        Column("region", "行政区划代码", "Region code"),
        Column("region_name", "县区", "County"),
        Column("area_m2", "面积", "Area", type=Number(unit=M2, written=HECTARE)),
        Column("target", "治理去向", "What it becomes", type=Choice(TargetUse)),
        Column("disturbed_since", "损毁起始", "Disturbed since", type=Date()),
        Column("planted_on", "种植日期", "Planted on", type=Date()),
        Column("restored_since", "修复完成", "Restored since", type=Date()),
        Column("claimed_on", "申报日期", "Claimed on", type=Date()),
        Column("accepted_on", "验收日期", "Accepted on", type=Date()),
        Column("state", "核查情况", "How it stands", type=Text(limit=60)),
        Column("verdict", "核查结论", "Finding", type=Choice(Verdict)),
        Column(
            "relapsed", "验收后未保持（待核实）", "Not kept after acceptance (to be verified)", type=YesNo()
        ),
        Column("trace", "回头看", "Trace-back", type=Choice(TraceState)),
        Column("because", "理由", "Because", type=Text(limit=2000)),
        Column("answer", "书面回应", "Written answer", type=Choice(AnswerState)),
        Column("answer_until", "书面回应期限", "Answer by", type=Date()),
        Column("answered_late", "逾期回应", "Answered late", type=YesNo()),
        Column("found_on", "结论日期", "Found on", type=Date()),
        Column("until", "影像截至", "Images until", type=Date()),
        Column("parameters", "参数集", "Parameters", type=Text(limit=200)),
        Column("engine", "程序版本", "Version", type=Text(limit=40)),
    ),
    key=("number",),
    geometry="polygon",
    existing=nothing_known,
)


def exported_claims(rows: Iterable[Shown]) -> Iterator[Exported]:
    """Claims as rows of a table with their shapes."""
    for row in rows:
        yield Exported({**_claimed(row), **(_found(row) if row.is_known else {})}, row.claim.geom)


def _claimed(row: Shown) -> dict[str, Any]:
    claim = row.claim
    return {
        "number": claim.number,
        "about": claim.about,
        "subject": claim.subject_name,
        "matter": claim.matter.number if claim.matter else None,
        "region": claim.region.code,
        "region_name": claim.region.name,
        "area_m2": claim.area_m2,
        "target": claim.target or None,
        "disturbed_since": claim.disturbed_since,
        "planted_on": claim.planted_on,
        "restored_since": claim.restored_since,
        "claimed_on": claim.claimed_on,
        "accepted_on": claim.accepted_on,
        "state": row.word,
    }


def _found(row: Shown) -> dict[str, Any]:
    """What images say, for those who may know it."""
    claim, newest = row.claim, row.claim.newest
    answered = claim.answer_named
    return {
        "verdict": claim.verdict,
        "relapsed": claim.relapsed,
        "trace": TraceState.OPEN.value if row.is_traced else None,
        "because": sentence_of(newest.told["because"] if newest else claim.because),
        "answer": claim.answer_state or None,
        "answer_until": claim.answer_until if answered else None,
        "answered_late": _is_late(claim),
        "found_on": claim.found_on,
        "until": newest.until if newest else None,
        "parameters": newest.parameters if newest else None,
        "engine": newest.engine if newest else None,
    }


def _is_late(claim: Claim) -> bool | None:
    """Whether the newest written answer came after its time; None: nobody has answered."""
    given = max(claim.answers.all(), key=lambda each: each.pk, default=None)
    return given.is_late if given else None
