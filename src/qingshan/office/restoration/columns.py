"""Which columns do lists of targets, projects and land have as tables, and what do their cells refer to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from qingshan.exchange.columns import Choice, Code, Column, Date, Number, Text, YesNo
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known, declare_kind
from qingshan.exchange.models import Outcome, StagedRow
from qingshan.exchange.units import HECTARE, M2
from qingshan.finding.fields import words_beforehand
from qingshan.office.mines.columns.looking_up import numbered, place, put_mines, said
from qingshan.office.mines.columns.register import SITE_COLUMNS
from qingshan.office.mines.models import Site
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.restoration import actions
from qingshan.office.restoration.access import MOVE_IN, lists_visible_to, visible_to
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.models import ListedSite, cm2
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.reasons import Sentence

HECTARES = Number(unit=M2, written=HECTARE, minimum=0)
LIST = Column(
    "target_list",
    "清单编号",
    "List number",
    aliases=("修复清单编号", "清单"),
    type=Code(limit=40),
    help_zh="本省只有一个修复清单时可以不填",
    help_en="May be empty where there is only one list of targets",
)
LISTED_COLUMNS = (
    LIST,
    *SITE_COLUMNS,
    Column(
        "target_m2",
        "入账面积",
        "Listed area",
        aliases=("目标面积", "应修复面积", "任务面积"),
        type=HECTARES,
        help_zh="下达文件写明的面积；不填按图形面积，没有图形按填报面积",
        help_en="The area that the document sets; else that of the shape, else the reported one",
    ),
    Column(
        "number",
        "调入文号",
        "Approval",
        aliases=("批准文号", "入账文号"),
        type=Text(limit=120),
        help_zh="首次建账可以不填，按清单的下达文号；以后调入必须填写",
        help_en="May be empty when the list is filled for the first time; later it must be given",
    ),
    Column("moved_on", "调入日期", "Moved in on", aliases=("入账日期", "批准日期"), type=Date()),
    Column("restored_on", "验收日期", "Accepted on", aliases=("完成验收日期", "销号日期"), type=Date()),
    Column(
        "accepted_number",
        "验收文号",
        "Acceptance",
        aliases=("验收意见文号",),
        type=Text(limit=120),
        help_zh="填了验收日期的必须填写",
        help_en="Must be given with a day of acceptance",
    ),
    Column(
        "done_m2",
        "验收面积",
        "Accepted area",
        aliases=("完成面积", "验收合格面积"),
        type=HECTARES,
        help_zh="首次建账可以不填，按入账面积；补录清单内点位的验收必须填写",
        help_en="May be empty when the list is filled for the first time; else it must be given",
    ),
    Column(
        "is_whole",
        "整处完成",
        "Whole site done",
        type=YesNo(),
        help_zh="不填为是；只完成一部分的填“否”，只计面积不计处",
        help_en="Empty means yes; where only a part is done say no, and the area alone counts",
    ),
    Column(
        "use",
        "利用方向",
        "Use",
        aliases=("后续利用方向", "修复后用途", "复垦方向"),
        type=Choice(Afteruse),
        help_zh="影像按此核查已验收的点位；不填的由县级补充",
        help_en="What images test accepted sites for; where it is empty, the county completes it",
    ),
    Column("mode", "修复方式", "Way", aliases=("修复模式",), type=Choice(RestorationMode)),
    Column(
        "restored_since",
        "修复完成日期",
        "Works complete on",
        aliases=("完工日期", "竣工日期"),
        type=Date(),
        help_zh="不填按验收日期；填了影像核查更准",
        help_en="Empty means the day of acceptance; with it images tell more",
    ),
    Column("planted_on", "种植日期", "Planted on", aliases=("栽植日期", "播种日期"), type=Date()),
)


def resolve(context: Context, drafts: Sequence[Draft]) -> None:
    """On which list a site comes, where it lies, whether it is registered already, and by which approval."""
    known = numbered(Site, context, drafts)
    place(context, drafts, known)
    put_mines(context, drafts)
    _take_from_register(context, drafts, known)
    _put_lists(context, drafts)
    listed = _listed_of(drafts)
    for draft in drafts:
        target = draft.values.get("target_list_id")
        if target is None or draft.faults:
            continue
        _same_region(draft)
        _as_listed(context, draft, listed.get((target, draft.values["key"])))


def _take_from_register(context: Context, drafts: Sequence[Draft], known: set[str]) -> None:
    """A registered site lies where the register says; an import into a list does not move it."""
    keys = [draft.values["key"] for draft in drafts if draft.values.get("key") in known]
    places = dict(Site.objects.filter(key__in=keys).values_list("key", "region_id"))
    for draft in drafts:
        if draft.values.get("key") in places:
            draft.values["region_id"] = places[draft.values["key"]]


def _put_lists(context: Context, drafts: Sequence[Draft]) -> None:
    seen = {each.code: each for each in lists_visible_to(context.actor)}
    with_sites = set(ListedSite.objects.order_by().values_list("target_list_id", flat=True).distinct())
    only = next(iter(seen.values())) if len(seen) == 1 else None
    for draft in drafts:
        wanted = draft.values.get("target_list") or ""
        found = seen.get(wanted) if wanted else only
        if found is None:
            code = "restoration.no_such_list" if wanted else "restoration.list_not_said"
            draft.refuse(code, field="target_list", column=LIST.zh, value=wanted)
            continue
        draft.values.update(target_list=found.code, target_list_id=found.pk)
        draft.values["list_region_id"] = found.region_id
        draft.values["is_filled"] = found.pk in with_sites
        draft.values["list_decided_on"] = found.decided_on.isoformat()


def _listed_of(drafts: Sequence[Draft]) -> dict[tuple[int, str], ListedSite]:
    lists, keys = said(drafts, "target_list_id"), said(drafts, "key")
    rows = ListedSite.objects.filter(target_list_id__in=lists, key__in=keys)
    return {(row.target_list_id, row.key): row for row in rows}


def _same_region(draft: Draft) -> None:
    region_id, of_list = draft.values.get("region_id"), draft.values["list_region_id"]
    if region_id is not None and not inside(region_id, (region_range(of_list),)):
        draft.refuse(
            "restoration.outside_the_list", field="region", column="行政区划代码", site=draft.values["key"]
        )


def _as_listed(context: Context, draft: Draft, row: ListedSite | None) -> None:
    """What is on the list keeps its target, and may bring an acceptance that is not counted yet; what left it comes
    back by an act; later additions need an approval.
    """
    if row is None:
        _comes(context, draft)
    elif not row.is_on_list:
        draft.refuse("restoration.listed_before", field="key", column="点位编号", value=row.key)
    elif is_new_acceptance(row, draft.values):
        draft.values["counts"] = True
        _accepted(draft, since=row.since_on.isoformat(), counted_m2=row.done_m2, asks_area=True)
        _needs_review(context, draft)
    else:
        draft.remark("restoration.listed_already_unchanged", field="key", column="点位编号", value=row.key)


def is_new_acceptance(row: ListedSite, values: Mapping[str, Any]) -> bool:
    """Whether what a file says of an acceptance is not counted yet: of the whole site, or of more of it."""
    if not values.get("restored_on") or row.restored_on is not None:
        return False
    return values.get("is_whole") is not False or cm2(values.get("done_m2")) != row.done_cm2


def _comes(context: Context, draft: Draft) -> None:
    if draft.values["is_filled"]:
        if not (draft.values.get("number") and draft.values.get("moved_on")):
            draft.refuse("restoration.no_approval", field="number", column="调入文号")
        _needs_review(context, draft)
    if draft.values.get("restored_on"):
        _accepted(draft, since=str(draft.values.get("moved_on") or draft.values["list_decided_on"]))


def _needs_review(context: Context, draft: Draft) -> None:
    """A list that is filled changes by review, also where a file changes it."""
    if MOVE_IN.duty not in context.actor.duties and not context.only_checked:
        draft.refuse(
            "restoration.import_needs_review", field="key", column="点位编号", value=draft.values["key"]
        )


def _accepted(draft: Draft, *, since: str, counted_m2: float = 0.0, asks_area: bool = False) -> None:
    """An acceptance has its document, lies after the day on which the site came, and takes nothing back."""
    said, day = draft.values, str(draft.values["restored_on"])
    area = said.get("done_m2")
    if not said.get("accepted_number"):
        draft.refuse("restoration.acceptance_without_number", field="accepted_number", column="验收文号")
    if area is None and asks_area:
        draft.refuse("restoration.acceptance_without_area", field="done_m2", column="验收面积")
    if area is not None and area < counted_m2:
        draft.refuse(
            "restoration.less_than_counted", field="done_m2", column="验收面积", counted=hectares(counted_m2)
        )
    if day < since:
        draft.refuse(
            "restoration.restored_before_in", field="restored_on", column="验收日期", day=day, since=since
        )
    _days_of_works(draft, day)


def _days_of_works(draft: Draft, accepted_on: str) -> None:
    """Planted, complete, accepted, in this order. Where a part lies nobody says, so images are not asked about it."""
    said = draft.values
    complete, planted = (str(said.get(name) or "") for name in ("restored_since", "planted_on"))
    if complete > accepted_on:
        draft.refuse(
            "restoration.complete_after_accepted",
            field="restored_since",
            column="修复完成日期",
            day=complete,
            accepted=accepted_on,
        )
    if planted > (complete or accepted_on):
        draft.refuse(
            "restoration.planted_after_complete",
            field="planted_on",
            column="种植日期",
            day=planted,
            complete=complete or accepted_on,
        )
    if said.get("is_whole") is False:
        draft.remark("restoration.part_is_not_tested", field="is_whole", column="整处完成")


def existing(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The sites that stand on their list: of them a file changes nothing but an acceptance that is not counted yet."""
    by_key = {draft.key[0]: draft for draft in drafts if draft.key}
    wanted = _lists_meant(context, by_key)
    rows = visible_to(ListedSite.objects.filter(key__in=sorted(by_key), is_on_list=True), context.actor)
    found: dict[Key, Known] = {}
    for row in rows:
        if wanted.get(row.key) == row.target_list_id:
            draft = by_key[row.key]
            before = {"restored_on": None} if draft.values.get("counts") else {}
            found[draft.key] = Known(row.pk, row.version, draft.values | before, draft.geom)
    return found


def _lists_meant(context: Context, by_key: Mapping[str, Draft]) -> dict[str, int | None]:
    """On which list each row means its site: one site may stand on several. Asked again, drafts bring keys only."""
    if not context.only_versions:
        return {key: draft.values.get("target_list_id") for key, draft in by_key.items()}
    staged = StagedRow.objects.filter(source=context.import_id, key__in=sorted(by_key))
    told = staged.exclude(outcome=Outcome.REFUSED).values_list("key", "values__target_list_id")
    return dict(told)


LISTED = Kind(
    code="listed_sites",
    title=Sentence(zh="入账点位", en="Listed sites"),
    columns=LISTED_COLUMNS,
    key=("key",),
    known_by=("name",),
    geometry="any",
    resolve=resolve,
    existing=existing,
    words=partial(words_beforehand, Site),
    apply=actions.import_listed_sites,
)
declare_kind(LISTED)
