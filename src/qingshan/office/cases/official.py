"""Which further tables leave a ledger: the one that can be imported again, and the official form of completion?"""

from __future__ import annotations

from typing import Any

from qingshan.exchange.columns import Column, Integer, Text
from qingshan.exchange.kinds import Kind
from qingshan.office.cases.columns.exporting import BESIDE, completion, values_of
from qingshan.office.cases.columns.ledger import CASES
from qingshan.office.cases.leaving import LONG, Table
from qingshan.office.cases.ledger_cells import Deadline
from qingshan.office.matters.models import Matter
from qingshan.rules.reasons import Sentence

COMPLETION_COLUMNS = (
    Column("place", "序号", "No.", type=Integer()),
    Column("name", "反馈问题（整改任务）", "Problem (task)", type=LONG),
    Column("due_on", "整改时限", "Deadline", type=Deadline()),
    Column("target", "整改目标", "Target", type=LONG),
    Column("answering", "责任单位", "Answering unit", type=LONG),
    Column("phone", "联系电话", "Telephone", type=Text(limit=40)),
    Column("measures", "整改措施", "Measures", type=LONG),
    Column("completion", "完成情况", "Completion", type=LONG),
)
"""整改任务完成情况公示表, in its official order. Telephones stand in no ledger: the office writes them in."""


def _completed(matter: Matter, place: int) -> dict[str, Any]:
    said = values_of(matter)
    own = {name: said[name] for name in ("name", "due_on", "target", "answering", "measures")}
    return {"place": place, **own, "phone": None, "completion": completion(matter)}


LEDGER = Table(CASES, lambda matter, place: values_of(matter), BESIDE)
COMPLETION = Table(
    Kind(
        "completion",
        Sentence(zh="整改任务完成情况公示表", en="Completion of rectification tasks"),
        COMPLETION_COLUMNS,
        ("name",),
        lambda *_: {},
    ),
    _completed,
    BESIDE,
)
