"""Which further tables leave a ledger: the one that can be imported again, and the official form of completion?"""

from __future__ import annotations

from collections.abc import Iterable

from qingshan.exchange.columns import Column, Integer, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import Exported
from qingshan.office.cases.columns.exporting import completion, exported_cases, read_whole, values_of
from qingshan.office.cases.columns.ledger import CASES
from qingshan.office.cases.ledger_cells import Deadline
from qingshan.office.matters.leaving import Table
from qingshan.office.matters.models import Matter
from qingshan.rules.reasons import Sentence

LONG = Text(limit=4000)
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


def _ledger(batch: list[Matter], place: int) -> Iterable[Exported]:
    return exported_cases(read_whole(batch))


def _completed(batch: list[Matter], place: int) -> Iterable[Exported]:
    for number, matter in enumerate(read_whole(batch), start=place + 1):
        said = values_of(matter)
        own = {name: said[name] for name in ("name", "due_on", "target", "answering", "measures")}
        yield Exported({"place": number, **own, "phone": None, "completion": completion(matter)})


LEDGER = Table(CASES, _ledger)
COMPLETION = Table(
    Kind(
        "completion",
        Sentence(zh="整改任务完成情况公示表", en="Completion of rectification tasks"),
        COMPLETION_COLUMNS,
        ("name",),
        lambda *_: {},
    ),
    _completed,
)
