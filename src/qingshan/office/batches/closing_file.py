"""What belongs into the closing file of a batch or a single site (验收归档卷), in which order?"""

from __future__ import annotations

from collections.abc import Iterator

from qingshan.office.batches.folder import Folder, SiteRow
from qingshan.office.batches.wording import FACTS
from qingshan.office.cases.closing_file import notices_of
from qingshan.office.observations.closing_part import findings_of
from qingshan.office.papers.closing_file import Block, ClosingFile, Part, area_in_text, in_text, pairs, table
from qingshan.office.restoration.closing_file import by_county
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct

SITES = (
    ("点位", 3), ("行政区划", 1.5), ("情况", 1.5), ("计入面积", 1.8), ("申报", 1.8), ("验收", 1.8), ("查验", 3),
)  # fmt: skip
COUNTS = (("合计", 2.4), ("其中", 5), ("面积", 2), ("核对", 1))
NUMBERS = (("出号方", 2), ("封签", 4), ("公开的号码", 4))
PANEL = (("成员身份", 2), ("姓名", 1.4), ("单位", 3), ("签字日期", 1.4), ("文件或未到场原因", 3))
_B, _S = BatchAct, SingleAct
APPLYING = (_B.FINISH, _B.APPLY, _S.FINISH, _S.APPLY)
JUDGING = (_B.ACCEPT, _B.RETURN, _B.SEND_BACK_SITE, _S.ACCEPT, _S.RETURN)
AFTERWARDS = (_B.CONCLUDE, _B.TRACE_BACK, _S.CONCLUDE, _S.REOPEN)


class BatchFile(ClosingFile):
    """批次或单项验收归档卷."""

    title = "修复验收归档卷"
    page = Folder
    fact_names = {name: FACTS[name] for name in FACTS if name not in ("evidence", "count", "text")}

    def parts(self) -> Iterator[Part]:
        folder: Folder = self.folder
        yield self.answered_for("基本情况和责任")
        yield Part("点位", list(self._sites()))
        yield self.decided("完工和验收申请", APPLYING, "没有完工和申请。")
        yield findings_of(self.matter, actor=self.actor, on=shanghai_date(self.made_at))
        if not folder.is_single:
            yield Part("抽查名单和号码", list(self._sample()), "还没有封存名单。")
        yield self.decided("验收意见", JUDGING, "没有验收意见。")
        yield Part("验收组", self._panel(), "没有登记验收组。")
        yield notices_of(self.matter)
        yield self.photographs("修复前、中、后照片")
        yield self.decided("办结和倒查", AFTERWARDS, "没有登记。")

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        matter = self.matter
        yield "编号", matter.number
        yield "名称", matter.title
        yield "行政区划", matter.region.name
        for name, value in self.folder.facts:
            yield str(name), in_text(value)
        yield "登记日期", matter.opened_on.isoformat()
        yield from self.deadlines()
        yield "办结日期", matter.closed_on.isoformat() if matter.closed_on else "尚未办结"

    def said(self, name: str, value: object) -> str:
        found = dict(self.folder.facts_of({name: value}))
        return in_text(next(iter(found.values()), ""))

    def _sites(self) -> Iterator[Block]:
        folder: Folder = self.folder
        yield from table(SITES, map(_of_site, folder.site_rows))
        yield from by_county(folder.shares, "批次归负责地区，面积按各县实际分摊：")
        counts = (
            (
                f"{line.whole.title} {line.whole.sum.count}",
                " + ".join(f"{part.title} {part.sum.count}" for part in line.parts),
                area_in_text(line.area_m2),
                "相符" if line.adds_up else "不符",
            )
            for line in folder.counts
        )
        yield from table(COUNTS, counts)

    def _sample(self) -> Iterator[Block]:
        folder: Folder = self.folder
        if digest := folder.batch.list_digest:
            yield pairs([("名单摘要", digest)])
        yield from table(NUMBERS, ((each.by, each.seal, each.secret or "未公开") for each in folder.numbers))

    def _panel(self) -> list[Block]:
        rows = (
            (
                each.part_named.zh,
                each.name,
                in_text(each.unit_name),
                in_text(each.signed_on),
                each.paper or each.absent_because or "—",
            )
            for each in self.folder.panel
        )
        return table(PANEL, rows)


def _of_site(each: SiteRow) -> tuple[str, ...]:
    row, check = each.row, each.check
    shapeless = "（没有图形，无法从影像核对）" if row.site.geom is None else ""
    shared = f"（与 {each.overlaps} 重叠，重叠部分只计一次）" if each.overlaps else ""
    seen = f"{check.visited_on} {check.visitors}" if check else ""
    looked = (each.drawn, each.check_shown[1] if each.check_shown else "", seen)
    return (
        f"{row.site}{shapeless}{shared}",
        row.site.region.name,
        each.standing[1],
        area_in_text(row.area_m2),
        area_in_text(row.claimed_m2),
        area_in_text(row.done_m2),
        " ".join(filter(None, looked)) or "—",
    )
