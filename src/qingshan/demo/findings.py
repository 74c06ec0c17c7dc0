"""Which documents hand problems down to the demonstration, and how many items has each? All of them are made up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qingshan.demo.circumstances import PROVINCE_REGISTRY
from qingshan.demo.diary import Event
from qingshan.demo.regions import CITIES, COUNTIES, NAMES, PROVINCE, parent_of
from qingshan.rules.matters import SourceKind

_MORNING = 9 * 3600
_S = SourceKind


@dataclass(frozen=True)
class FindingsFacts:
    """问题来文: what an inspection found, split into numbered items when it is taken in."""

    key: str
    region: str
    source: SourceKind
    title: str
    issued_by: str
    day: int
    """on which it was issued"""
    size: int
    open_items: int = 0
    """at the end, for which nobody has registered a case yet"""
    needless: int = 0
    """before those, of which somebody decided that they need none"""
    items: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def number(self) -> str:
        return f"青督演〔{{year}}〕{int(self.key.rpartition('-')[2])}号"

    @property
    def with_cases(self) -> int:
        """So many items, from the first, have a case each."""
        return self.size - self.open_items - self.needless

    @property
    def counties(self) -> tuple[str, ...]:
        """Where its items lie, in turn."""
        if self.region == PROVINCE:
            return COUNTIES
        return tuple(county for county in COUNTIES if parent_of(county) == self.region)


DOCUMENTS = (
    FindingsFacts("document-1", PROVINCE, _S.CENTRAL_INSPECTION, "中央督察反馈矿山生态问题清单（演示）",
                  "督察反馈组（演示）", -560, 24),
    *(
        FindingsFacts(f"document-{serial}", city, _S.PROVINCIAL_INSPECTION,
                      f"省级督察反馈{NAMES[city]}矿山问题清单（演示）", "省督察组（演示）", -410 + 9 * serial, 12)
        for serial, city in enumerate(CITIES, start=2)
    ),
    FindingsFacts("document-5", PROVINCE, _S.NOTICE, "露天矿山综合整治典型问题通报（演示）",
                  "青山省自然资源厅（演示）", -352, 18, needless=1),
    FindingsFacts("document-6", PROVINCE, _S.CENTRAL_INSPECTION, "中央督察通报典型案例交办清单（演示）",
                  "督察反馈组（演示）", -214, 10),
    FindingsFacts("document-7", PROVINCE, _S.NOTICE, "历史遗留矿山治理进展滞后问题通报（演示）",
                  "青山省自然资源厅（演示）", -96, 12),
    FindingsFacts("document-8", CITIES[0], _S.NOTICE, "全市矿山扬尘和弃渣问题通报（演示）",
                  "苍岭市自然资源局（演示）", -24, 9, open_items=1),
)  # fmt: skip
LEFT_OVER = "{county}{place}附近废弃料场未清理，责任单位待查明（演示）。"


def taken_in(document: FindingsFacts, items: tuple[str, ...]) -> FindingsFacts:
    """The document with its items, and what was done with it as a whole."""
    arrived = Event(document.day + 2, _MORNING, "take_in_document", PROVINCE_REGISTRY)
    decided = [
        Event(
            document.day + 20,
            _MORNING + 600 * place,
            "decide_item",
            PROVINCE_REGISTRY,
            said="该处已由同级林业部门立项治理，不重复立项。",
            values=(("place", place),),
        )
        for place in range(document.with_cases + 1, document.with_cases + document.needless + 1)
    ]
    return replace(document, items=items, events=(arrived, *decided))
