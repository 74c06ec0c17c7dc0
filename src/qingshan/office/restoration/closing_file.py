"""What belongs into the closing file of a project (修复项目归档卷), in which order?"""

from __future__ import annotations

from collections.abc import Iterator

from qingshan.office.matters.models import MatterRegion
from qingshan.office.observations.closing_part import findings_of
from qingshan.office.papers.closing_file import (
    Block,
    ClosingFile,
    Part,
    area_in_text,
    in_text,
    note,
    pairs,
    table,
)
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.wording import FACTS
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.restoration import ProjectAct

SITES = (
    ("点位", 3), ("行政区划", 1.6), ("计划", 1.8), ("自验", 1.8), ("验收", 1.8), ("利用方向", 2), ("所在清单", 2.6),
)  # fmt: skip
OVERLAPS = (("点位", 3), ("与之重叠的点位", 3), ("重叠面积，只计一次", 2))
RATES = (("口径", 1.4), ("完成情况", 4), ("说明", 4))
_A = ProjectAct


class ProjectFile(ClosingFile):
    """修复项目归档卷."""

    title = "修复项目归档卷"
    page = Folder
    fact_names = {name: FACTS[name] for name in FACTS if name != "evidence"}

    def parts(self) -> Iterator[Part]:
        yield self.answered_for("项目和责任")
        yield Part("修复点位和完成情况", list(self._sites()))
        design = (_A.APPROVE, _A.SUBMIT_DESIGN, _A.APPROVE_DESIGN, _A.CHANGE_SITES, _A.EXTEND)
        yield self.decided("立项和实施方案", design, "没有立项和方案。")
        yield self.decided("施工、自验和验收申请", (_A.BEGIN, _A.COMPLETE, _A.APPLY), "没有自验和申请。")
        yield findings_of(self.matter, actor=self.actor, on=shanghai_date(self.made_at))
        yield self.decided("验收意见", (_A.RETURN_ACCEPTANCE, _A.ACCEPT), "没有验收意见。")
        yield self.photographs("修复前、中、后照片")
        after = (_A.NOTE_AFTERCARE, _A.REDO, _A.HAND_OVER, _A.REOPEN)
        yield self.decided("管护和移交", after, "没有管护和移交记录。")

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        matter = self.matter
        yield "编号", matter.number
        yield "项目名称", matter.title
        yield "行政区划", matter.region.name
        yield "矿山", in_text(matter.mine)
        yield "来源文号", matter.source_number
        for name, value in self.folder.facts:
            yield str(name), in_text(value)
        yield "登记日期", matter.opened_on.isoformat()
        yield from self.deadlines()
        yield "销项日期", matter.closed_on.isoformat() if matter.closed_on else "尚未销项"

    def _sites(self) -> Iterator[Block]:
        folder: Folder = self.folder
        rows = (
            (
                *_of_site(row),
                Afteruse(use).zh if (use := row.actual_use or row.planned_use) else "—",
                "、".join(each.target_list.title for each in listed) or "—",
            )
            for row, _planned, _actual, _doubts, listed in folder.site_rows
        )
        yield from table(SITES, rows)
        overlaps = ((each["one"], each["other"], area_in_text(each["area_m2"])) for each in folder.overlaps)
        yield from table(OVERLAPS, overlaps)
        yield from by_county(folder.shares, "处数归负责地区，面积按各县实际分摊：")
        yield from table(RATES, ((each.basis, each.said, "".join(each.notes)) for each in folder.rates))


def _of_site(row: ProjectSite) -> tuple[str, ...]:
    left = f"（{row.left_on} 调出项目）" if row.left_on else ""
    shapeless = "（没有图形，无法从影像核对）" if row.site.geom is None else ""
    return (
        f"{row.site}{left}{shapeless}",
        row.site.region.name,
        area_in_text(row.planned_m2),
        area_in_text(row.claimed_m2),
        area_in_text(row.done_m2),
    )


def by_county(shares: list[MatterRegion], how: str) -> Iterator[Block]:
    """Its land by county, where it lies in several."""
    if shares:
        yield note(how)
        yield pairs((each.region.name, area_in_text(each.area_m2)) for each in shares)
