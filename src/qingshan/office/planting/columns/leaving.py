"""Which tables of planting only leave: aftercare, land handed back, temporary land, uses?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qingshan.exchange.columns import Choice, Code, Column, Date, Integer, Text, YesNo
from qingshan.exchange.kinds import Kind, nothing_known
from qingshan.exchange.writers import Exported
from qingshan.office.mines.models import LandUse
from qingshan.office.planting.columns.plots import AT_ONCE, HECTARES
from qingshan.office.planting.lasting import Lasting, put_sites
from qingshan.office.planting.models import CareTask, HandBack
from qingshan.office.planting.showing import language, rate_over
from qingshan.office.planting.standing import lent_m2, lent_of, returned_of, term_book
from qingshan.office.planting.uses import shown_use
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.reasons import Sentence, say
from qingshan.rules.survival import Survival
from qingshan.rules.temporary_land import RESTORE_WITHIN, LentStanding

REGION_NAME = Column("region_name", "县区", "Region")
CARE = Kind(
    code="care_tasks",
    title=Sentence(zh="管护计划", en="Dates of aftercare"),
    columns=(
        Column("plot", "地块编号", "Plot number", type=Code(limit=120)),
        Column("name", "地块名称", "Plot name"),
        Column("site", "点位编号", "Site number", type=Code(limit=120)),
        REGION_NAME,
        Column("kind", "管护内容", "Care", type=Choice(CareKind)),
        Column("due_on", "应完成日期", "Due on", type=Date()),
        Column("is_by_book", "按规则库排定", "By the rulebook", type=YesNo()),
        Column("done_on", "管护日期", "Done on", type=Date()),
        Column("done_by", "管护单位或人员", "Done by"),
        Column("note", "管护情况", "What was done", type=Text(limit=500)),
    ),
    key=("plot",),
    existing=nothing_known,
)


def exported_tasks(rows: Iterable[CareTask]) -> Iterator[Exported]:
    """Dates of aftercare as rows of a table."""
    for row in rows:
        entry = row.entry
        yield Exported(
            {
                "plot": row.plot.key,
                "name": row.plot.name or None,
                "site": row.plot.site.key,
                "region_name": row.region.name,
                "kind": row.kind,
                "due_on": row.due_on,
                "is_by_book": row.is_by_book,
                "done_on": entry.done_on if entry else None,
                "done_by": entry.done_by if entry else None,
                "note": entry.note or None if entry else None,
            }
        )


SURVIVAL = Kind(
    code="survival_by_county",
    title=Sentence(zh="各县成活率", en="Survival by county"),
    columns=(
        REGION_NAME,
        Column("plots", "地块", "Plots", type=Integer()),
        Column("observed", "已查地块", "Plots observed", type=Integer()),
        Column("planted", "栽植株数", "Planted", type=Integer()),
        Column("planted_observed", "已查地块的栽植株数", "Planted in plots observed", type=Integer()),
        Column("rate", "成活率", "Survival", type=Text(limit=60)),
        Column("between", "置信区间", "Interval", type=Text(limit=60)),
        Column("told", "说明", "In words", type=Text(limit=500)),
    ),
    key=("region_name",),
    existing=nothing_known,
)


def exported_survival(rows: Iterable[tuple[str, Survival]]) -> Iterator[Exported]:
    """成活率 by name of region as rows of a table: a rate never without what it counts, a partial one says so."""
    for name, found in rows:
        shown = rate_over(found)
        yield Exported(
            {
                "region_name": name,
                "plots": found.plots,
                "observed": found.observed,
                "planted": found.planted,
                "planted_observed": found.planted_observed,
                "rate": shown.rate or None,
                "between": shown.between or None,
                "told": shown.told,
            }
        )


LASTING = Kind(
    code="lasting_sites",
    title=Sentence(zh="验收后管护", en="Aftercare of accepted sites"),
    columns=(
        Column("site", "点位编号", "Site number", type=Code(limit=120)),
        Column("name", "点位名称", "Site name"),
        REGION_NAME,
        Column("accepted_on", "验收日期", "Accepted on", type=Date()),
        Column("by", "验收事项", "Accepted in", type=Code(limit=120)),
        Column("use", "利用方向", "Use", type=Choice(Afteruse)),
        Column("until", "管护期止", "Aftercare until", type=Date()),
        Column("planned_until", "地块管护计划至", "By the plans of plots until", type=Date()),
        Column("evaluated_by", "跟踪评价期限", "To be evaluated by", type=Date()),
        Column("because", "期限依据", "Why", type=Text(limit=500)),
        Column("evaluated_on", "跟踪评价日期", "Evaluated on", type=Date()),
        Column("evaluation", "评价文书号", "Evaluation", type=Code(limit=120)),
        Column("result", "评价结论", "Result of the evaluation", type=Text(limit=500)),
    ),
    key=("site",),
    existing=nothing_known,
)


def exported_lasting(rows: Sequence[Lasting]) -> Iterator[Exported]:
    """Accepted sites with the end of their aftercare and the last day of the evaluation, as rows of a table."""
    for start in range(0, len(rows), AT_ONCE):
        batch = rows[start : start + AT_ONCE]
        put_sites(batch)
        yield from (_lasting(row) for row in batch)


def _lasting(row: Lasting) -> Exported:
    site, newest = row.site, row.newest
    assert site is not None
    use = newest.use if newest else None
    return Exported(
        {
            "site": site.key,
            "name": site.name or None,
            "region_name": site.region.name,
            "accepted_on": newest.accepted_on if newest else None,
            "by": newest.by if newest else None,
            "use": use.value if use else None,
            "until": row.until,
            "planned_until": row.planned_until,
            "evaluated_by": row.evaluated_by,
            "because": say(newest.follow_up.because, language()) if newest and use else None,
            "evaluated_on": row.evaluation.made_on if row.evaluation else None,
            "evaluation": row.evaluation.number if row.evaluation else None,
            "result": row.evaluation.result if row.evaluation else None,
        }
    )


BACK = Kind(
    code="hand_backs",
    title=Sentence(zh="还地记录", en="Land handed back"),
    columns=(
        Column("key", "用地或点位编号", "Number", type=Code(limit=120)),
        Column("name", "用地或点位名称", "Name", type=Text(limit=200)),
        REGION_NAME,
        Column("area_m2", "还地面积", "Area", type=HECTARES),
        Column("receiver", "接收单位或个人", "Receiver", type=Text(limit=160)),
        Column("returned_on", "还地日期", "Handed back on", type=Date()),
        Column("paper", "交接文书号", "Receipt", type=Text(limit=120)),
        Column("note", "备注", "Note", type=Text(limit=500)),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_hand_backs(rows: Iterable[HandBack]) -> Iterator[Exported]:
    """Land handed back as rows of a table."""
    for row in rows:
        yield Exported(
            {
                "key": row.about.key,
                "name": row.about.name or None,
                "region_name": row.region.name,
                "area_m2": row.area_m2,
                "receiver": row.receiver,
                "returned_on": row.returned_on,
                "paper": row.paper,
                "note": row.note or None,
            }
        )


LENT = Kind(
    code="lent_land",
    title=Sentence(zh="临时用地", en="Temporary land"),
    columns=(
        Column("key", "用地编号", "Number", type=Code(limit=120)),
        Column("name", "用地名称", "Name"),
        REGION_NAME,
        Column("mine", "矿山", "Mine"),
        Column("from_on", "使用期起", "From", type=Date()),
        Column("to_on", "使用期止", "To", type=Date()),
        Column("standing", "情况", "Standing", type=Choice(LentStanding)),
        Column("restore_by", "复垦期限", "To be restored by", type=Date()),
        Column("source", "期限依据", "Term by", type=Text(limit=300)),
        Column("lent_m2", "批准面积", "Approved area", type=HECTARES),
        Column("returned_m2", "已还地面积", "Handed back", type=HECTARES),
        Column("outstanding_m2", "未还地面积", "Outstanding", type=HECTARES),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_lent(rows: Iterable[LandUse], *, on: date) -> Iterator[Exported]:
    """Temporary land as rows of a table."""
    for row in rows:
        stands, whole = lent_of(row, on=on), lent_m2(row)
        back = returned_of(row, row.hand_backs.all(), on=on)
        out = back.outstanding_m2
        yield Exported(
            {
                "key": row.key,
                "name": row.name or None,
                "region_name": row.region.name,
                "mine": row.mine.name if row.mine else None,
                "from_on": row.from_on,
                "to_on": row.to_on,
                "standing": stands.standing.value,
                "restore_by": stands.restore_by,
                "source": term_book(row.region_id, on=on).cite(RESTORE_WITHIN, language())
                if stands.restore_by
                else None,
                "lent_m2": None if whole is None else float(whole),
                "returned_m2": float(back.area_m2),
                "outstanding_m2": None if out is None else float(out),
            }
        )


USES = Kind(
    code="uses",
    title=Sentence(zh="后续利用", en="Uses of restored land"),
    columns=(
        Column("site", "点位编号", "Site number", type=Code(limit=120)),
        Column("name", "点位名称", "Site name"),
        REGION_NAME,
        Column("project", "修复项目", "Project", type=Text(limit=200)),
        Column("planned_use", "计划利用方向", "Planned use", type=Choice(Afteruse)),
        Column("actual_use", "实际利用方向", "Actual use", type=Choice(Afteruse)),
        Column("matching", "是否一致", "As planned", type=Text(limit=60)),
        Column("planned_m2", "计划修复面积", "Planned area", type=HECTARES),
        Column("done_m2", "验收面积", "Accepted area", type=HECTARES),
    ),
    key=("site",),
    existing=nothing_known,
)


def exported_uses(rows: Iterable[ProjectSite]) -> Iterator[Exported]:
    """Sites of projects with their uses as rows of a table."""
    for row in rows:
        yield Exported(
            {
                "site": row.site.key,
                "name": row.site.name or None,
                "region_name": row.site.region.name,
                "project": row.project.matter.title,
                "planned_use": row.planned_use or None,
                "actual_use": row.actual_use or None,
                "matching": shown_use(row).word,
                "planned_m2": row.planned_m2,
                "done_m2": row.done_m2,
            }
        )
