"""Which columns do polygons from elsewhere have (外部图斑), and which clues do their rows mean?

A row is a sighting: what one source saw, under its own number, in one period. It begins a clue, or is one sighting more
of a clue that is known; what was brought before changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.utils import timezone

from qingshan.exchange.cells import Cell
from qingshan.exchange.columns import REGION_CODE, Choice, Code, Column, Date, Integer, Number, Text
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known, declare_kind, nothing_known
from qingshan.exchange.models import StagedRow
from qingshan.exchange.shapes import same_shapes
from qingshan.exchange.staging import KEY_JOINT
from qingshan.exchange.units import HECTARE, M2, METRE
from qingshan.exchange.values import Fault, word
from qingshan.exchange.writers import Exported
from qingshan.geo.area import areas_m2
from qingshan.office.mines.columns.looking_up import place, said
from qingshan.office.observations import actions
from qingshan.office.observations.access import clues_visible_to
from qingshan.office.observations.clue_queries import told_of, with_sources
from qingshan.office.observations.growing import judged
from qingshan.office.observations.matching import matched
from qingshan.office.observations.models import Clue, ClueSighting
from qingshan.office.observations.whereabouts import Surroundings
from qingshan.office.regions.queries import regions_by_code
from qingshan.office.regions.ranges import inside, region_range
from qingshan.rules.clues import ClueKind, ClueRules, ClueState, Delivery, is_same
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import ABROAD_ID, region_of_id
from qingshan.rules.periods import last_day_of
from qingshan.rules.provisions import Rulebook
from qingshan.rules.reasons import CHINESE, ENGLISH, Sentence
from qingshan.rules.rulebook import in_force


@dataclass(frozen=True)
class Period(Date):
    """A day, or a month, quarter or year, which counts by its last day."""

    def read(self, cell: Cell) -> date | None:
        if isinstance(cell, str | int) and not isinstance(cell, bool):
            try:
                if (day := last_day_of(str(cell))) is not None:
                    return day
            except RuleError as error:
                why, why_en = error.say(CHINESE), error.say(ENGLISH)
                raise Fault("exchange.not_an_identifier", why=why, why_en=why_en) from error
        return super().read(cell)

    def name(self, language: str = CHINESE) -> str:
        return word(
            language,
            "日期或期次，如 2026-03-01、2026-03、2026Q1",
            "day or period: 2026-03-01, 2026-03, 2026Q1",
        )


CLUE = Column(
    "clue",
    "系统编号",
    "Clue number",
    type=Code(limit=24, example=""),
    help_zh="本系统导出的表才有；外部图斑留空",
    help_en="Only tables exported from here have it; empty for polygons from elsewhere",
)
SEEN_ON = Column(
    "seen_on",
    "发现期次",
    "Period",
    aliases=("发现日期", "期次", "时相", "监测日期", "监测期次", "影像日期"),
    type=Period(),
    help_zh="月、季、年按最后一日计",
    help_en="A month, quarter or year counts by its last day",
)
SOURCE = Column(
    "source",
    "来源",
    "Source",
    aliases=("数据来源", "来源单位", "图斑来源"),
    type=Text(limit=60),
    help_zh="提供图斑的单位或数据集；同一来源每次写法一致",
    help_en="Who delivers the polygons; always written alike",
)
DELIVERY = Column(
    "delivery",
    "数据性质",
    "Delivery",
    aliases=("性质", "交付方式", "增量或全量"),
    type=Choice(
        Delivery,
        also={"increment": ("增量", "increment"), "snapshot": ("全量", "全量快照", "快照", "snapshot")},
    ),
    help_zh="增量不说明其余图斑是否还在；全量中没有的已知图斑标为“本期未见”，由人核定",
    help_en="An increment says nothing of what it leaves out; known clues that a snapshot lacks are marked, and a"
    " person decides",
)
COVERAGE = Column(
    "coverage",
    "覆盖区划",
    "Covers",
    aliases=("覆盖范围", "覆盖区划代码"),
    type=REGION_CODE,
    help_zh="这批图斑覆盖的行政区划；不填则只对有图斑的县区作全量比较",
    help_en="The region that the delivery covers; where empty, only counties in which it has polygons",
)
MARGIN = Column(
    "margin_m",
    "定位误差",
    "Error of position",
    aliases=("定位精度", "位置误差"),
    type=Number(unit=METRE, minimum=0, maximum=1000, places=1),
    help_zh="来源没有写明的留空，按规则库取值",
    help_en="Empty where the source says none: the rulebook's value is taken",
)
COLUMNS = (
    Column(
        "number",
        "图斑编号",
        "Number at the source",
        aliases=("编号", "标识码", "BSM", "图斑号", "原编号"),
        type=Code(limit=100),
        help_zh="来源中的编号；没有编号的以图形识别",
        help_en="At the source; where it gives none, the shape identifies the polygon",
    ),
    SOURCE,
    SEEN_ON,
    DELIVERY,
    COVERAGE,
    Column(
        "region",
        "行政区划代码",
        "Region code",
        aliases=("区划代码", "县区代码"),
        type=REGION_CODE,
        help_zh="留空时按图形所在县区",
        help_en="Where empty, the county in which the shape lies",
    ),
    MARGIN,
    Column("note", "备注", "Note", type=Text(limit=500)),
    CLUE,
)
NEEDED = (SOURCE, SEEN_ON, DELIVERY)
SAID_ONCE = ("source", "seen_on", "delivery", "coverage", "margin_m")


def resolve(context: Context, drafts: Sequence[Draft]) -> None:
    """Which clue each row means: one that is known by number here, that it overlaps, or a new one."""
    own = [draft for draft in drafts if draft.values.get("clue")]
    _known_here(context, own)
    brought = [draft for draft in drafts if not draft.values.get("clue")]
    _complete(context, brought)
    place(context, [draft for draft in brought if not draft.faults], set())
    _covered(context, [draft for draft in brought if not draft.faults])
    good = [draft for draft in brought if not draft.faults and draft.geom is not None and _name(draft)]
    fresh = _seen_before(context, good)
    if fresh:
        _meet(context, fresh)


def _today(context: Context) -> date:
    return getattr(context.actor, "on", None) or shanghai_date(timezone.now())


def _known_here(context: Context, drafts: Sequence[Draft]) -> None:
    """Rows of an export: they may come back, and change nothing."""
    ids = {pk for draft in drafts if (pk := _id_of(draft.values["clue"])) is not None}
    rows = with_sources(clues_visible_to(context.actor).filter(pk__in=ids)) if drafts else ()
    clues = {clue.pk: clue for clue in rows}
    for draft in drafts:
        written = draft.values["clue"]
        clue = clues.get(_id_of(written) or 0)
        draft.key = (written,)
        if clue is None:
            draft.refuse("observations.no_such_clue", field="clue", column=CLUE.zh, value=written)
            continue
        draft.values.update(key=clue.number, clue_id=clue.pk, clue_version=clue.version)
        draft.remark("observations.clue_seen_before", number=clue.number)
        if (differs := _difference(draft, clue)) is not None:
            draft.refuse(
                "observations.clue_not_by_table", field=differs[0], column=differs[1], value=clue.number
            )


def _id_of(written: str) -> int | None:
    number = written.removeprefix("TB-")
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= 18 else None


def _difference(draft: Draft, clue: Clue) -> tuple[str, str] | None:
    """Name and title of the column in which a row says something else of a clue than is recorded."""
    if draft.geom is not None and not same_shapes([draft.geom], [clue.geom])[0]:
        return "geom", "图形"
    values = values_of(clue)
    for column in COLUMNS:
        told, held = draft.values.get(column.name), values.get(column.name)
        if told not in (None, "") and column.name in values and not column.type.same(told, held):
            return column.name, column.zh
    return None


def _complete(context: Context, drafts: Sequence[Draft]) -> None:
    today = _today(context)
    for draft in drafts:
        faulty = {reason.values.get("field") for reason in draft.faults}
        for column in NEEDED:
            if draft.values.get(column.name) in (None, "") and column.name not in faulty:
                draft.refuse("observations.clue_row_incomplete", field=column.name, column=column.zh)
        day = draft.values.get("seen_on")
        if day is not None and day > today:
            draft.refuse(
                "observations.clue_day_to_come", field="seen_on", column=SEEN_ON.zh, day=day.isoformat()
            )


def _covered(context: Context, drafts: Sequence[Draft]) -> None:
    """The region of which a row's delivery speaks: as said, else only the county in which the row lies."""
    regions = regions_by_code(said(drafts, "coverage"))
    for draft in drafts:
        written, region_id = draft.values.get("coverage"), draft.values["region_id"]
        if region_id == ABROAD_ID and not inside(ABROAD_ID, context.actor.region_ranges):
            draft.refuse("observations.clue_abroad", field="geom", column="图形")
            continue
        if not written:
            draft.values["covers_id"] = region_id
            continue
        covers = regions.get(written)
        if covers is None:
            _refuse_coverage(draft, "coverage_unknown", written)
        elif not inside(covers.pk, context.actor.region_ranges):
            _refuse_coverage(draft, "coverage_not_yours", covers.name)
        elif not inside(region_id, (region_range(covers.pk),)):
            _refuse_coverage(draft, "outside_coverage", covers.name, region=draft.values["region"])
        else:
            draft.values["covers_id"] = covers.pk


def _refuse_coverage(draft: Draft, code: str, value: str, **more: str) -> None:
    draft.refuse(f"observations.{code}", field="coverage", column=COVERAGE.zh, value=value, **more)


def _name(draft: Draft) -> Key:
    """The row's key: what one source saw under one number in one period. Without a number the shape is it."""
    own = draft.values.get("number") or (draft.key[0].rpartition(":")[2] if draft.key else "")
    if own:
        draft.values["key"] = own
        draft.key = (f"{draft.values['source']}/{draft.values['seen_on'].isoformat()}/{own}",)
    return draft.key


Sighted = tuple[str, str, date]


def _seen_before(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Mark what was brought before; returns the others."""
    known = sightings_behind([_sighted(draft.values) for draft in drafts])
    fresh: list[Draft] = []
    for draft in drafts:
        sighting = known.get(_sighted(draft.values))
        if sighting is None:
            fresh.append(draft)
        elif not inside_area(sighting.clue, context):
            draft.refuse("observations.clue_of_others", field="geom", column="图形", share="100")
        elif same_shapes([draft.geom], [sighting.geom])[0]:
            draft.values.update(clue_id=sighting.clue_id, clue_version=sighting.clue.version)
            draft.remark("observations.clue_seen_before", number=sighting.clue.number)
        else:
            draft.refuse(
                "observations.sighting_differs",
                field="geom",
                column="图形",
                value=draft.values["key"],
                source=sighting.source or "",
                day=sighting.last_seen.isoformat(),
            )
    return fresh


def _sighted(values: Mapping[str, Any]) -> Sighted:
    day = values["seen_on"]
    return values["source"], values["key"], date.fromisoformat(day) if isinstance(day, str) else day


def sightings_behind(wanted: Iterable[Sighted]) -> dict[Sighted, ClueSighting]:
    """What sources have delivered already of these numbers and periods."""
    asked = set(wanted)
    rows = ClueSighting.objects.filter(
        source__in={one[0] for one in asked},
        key__in={one[1] for one in asked},
        last_seen__in={one[2] for one in asked},
    ).select_related("clue")
    found = {(row.source or "", row.key, row.last_seen): row for row in rows}
    return {key: row for key, row in found.items() if key in asked}


def inside_area(clue: Clue, context: Context) -> bool:
    """Whether a clue lies where the actor may write."""
    return inside(clue.region_id, context.actor.region_ranges)


def _meet(context: Context, drafts: Sequence[Draft]) -> None:
    """Say of each row which known clue it is, or what is doubtful about it."""
    books = {draft.values["region_id"]: _book(draft.values["region_id"], context) for draft in drafts}
    rules = [books[draft.values["region_id"]][1] for draft in drafts]
    matches = matched([draft.geom for draft in drafts], [draft.area_m2 or 0.0 for draft in drafts], rules)
    new = [draft.geom for draft, match in zip(drafts, matches, strict=True) if match is None]
    around = Surroundings(new, near_m=max((each.near_m for each in rules), default=0.0))
    alone: list[tuple[Draft, ClueRules]] = []
    for draft, match, own in zip(drafts, matches, rules, strict=True):
        if draft.values.get("margin_m") is None:
            draft.values["margin_m"] = own.outside_margin_m
        if match is None:
            _judge(draft, *books[draft.values["region_id"]], around)
            if not draft.faults:
                alone.append((draft, own))
        elif not inside_area(match.clue, context):
            draft.refuse(
                "observations.clue_of_others", field="geom", column="图形", share=f"{match.share:.0%}"[:-1]
            )
        else:
            state = match.clue.state_named
            draft.values.update(
                clue_id=match.clue.pk, clue_version=match.clue.version, sighted=draft.values["key"]
            )
            draft.remark(
                "observations.clue_merges",
                number=match.clue.number,
                share=f"{match.share:.0%}"[:-1],
                state=state.zh,
                state_en=state.en,
            )
    _meet_each_other(alone)


def _book(region_id: int, context: Context) -> tuple[Rulebook, ClueRules]:
    book = in_force("clues", on=_today(context), region=region_of_id(region_id))
    return book, ClueRules.of(book)


def _judge(draft: Draft, book: Rulebook, rules: ClueRules, around: Surroundings) -> None:
    day, margin_m = draft.values["seen_on"], float(draft.values["margin_m"])
    found = judged(draft.geom, on=day, margin_m=margin_m, book=book, rules=rules, around=around)
    if not found.doubts:
        draft.refuse("observations.clue_in_plan", field="geom", column="图形")
        return
    draft.values.update(doubts=found.doubts, rulebook=found.rulebook, mine_id=found.mine_id)
    kinds = [ClueKind(each["kind"]) for each in found.doubts]
    draft.remark(
        "observations.clue_new",
        kinds="、".join(kind.zh for kind in kinds),
        kinds_en=", ".join(kind.en for kind in kinds),
    )


def _meet_each_other(alone: Sequence[tuple[Draft, ClueRules]]) -> None:
    """Rows of one part of the file that are one clue among themselves: said of the later one."""
    if not alone:
        return
    shapes = np.array([draft.geom for draft, _rules in alone], dtype=object)
    ones, others = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = others < ones
    ones, others = ones[pairs], others[pairs]
    commons = areas_m2(shapely.intersection(shapes[ones], shapes[others]))
    told: set[int] = set()
    for one, other, common in zip(ones.tolist(), others.tolist(), commons.tolist(), strict=True):
        draft, rules = alone[one]
        areas = draft.area_m2 or 0.0, alone[other][0].area_m2 or 0.0
        if one not in told and is_same(common, *areas, rules):
            told.add(one)
            share = f"{min(1.0, common / min(areas)):.0%}"[:-1]
            draft.remark("observations.clue_merges_in_file", other=alone[other][0].row, share=share)


def existing(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The clue behind each row, as far as one is; what it is a new sighting of counts as changed."""
    if context.only_versions:
        return _as_it_stands(context, drafts)
    return {
        draft.key: Known(
            draft.values["clue_id"],
            draft.values["clue_version"],
            {"sighted": None} if "sighted" in draft.values else {},
            draft.geom,
        )
        for draft in drafts
        if "clue_id" in draft.values
    }


def _as_it_stands(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """Whether anything moved since the preview: a clue that changed, a sighting that somebody brought meanwhile."""
    by_text = {KEY_JOINT.join(draft.key): draft.key for draft in drafts}
    rows = StagedRow.objects.filter(source_id=context.import_id, key__in=by_text)
    staged = {key: (target, values) for key, target, values in rows.values_list("key", "target_id", "values")}
    targets = {target for target, _values in staged.values() if target}
    versions = dict(Clue.objects.filter(pk__in=targets).values_list("pk", "version"))
    new = [_sighted(values) for target, values in staged.values() if target is None and "seen_on" in values]
    known = sightings_behind(new)
    found: dict[Key, Known] = {}
    for text, (target, values) in staged.items():
        if target in versions:
            found[by_text[text]] = Known(target, versions[target], {})
        elif target is None and (sighting := known.get(_sighted(values))):
            found[by_text[text]] = Known(sighting.clue_id, sighting.clue.version, {})
    return found


CLUES = Kind(
    code="clues",
    title=Sentence(zh="疑似图斑", en="Clues"),
    columns=COLUMNS,
    key=("number",),
    names_itself=True,
    geometry="polygon",
    geometry_required=True,
    said_once=SAID_ONCE,
    resolve=resolve,
    existing=existing,
    apply=actions.import_clues,
)
declare_kind(CLUES)

LEAVING = Kind(
    code="clues_leaving",
    title=CLUES.title,
    columns=(
        *COLUMNS,
        Column("state", "图斑状态", "State", type=Choice(ClueState)),
        Column("kind", "线索类型", "Kind of doubt", type=Choice(ClueKind)),
        Column("region_name", "县区", "County"),
        Column("area_m2", "面积", "Area", type=Number(unit=M2, written=HECTARE)),
        Column("first_seen", "首见日期", "First seen", type=Date()),
        Column("looks", "影像可见期数", "Looks", type=Integer()),
        Column("unseen_on", "本期未见", "Not seen on", type=Date()),
        Column("grown_on", "核定后继续扩大", "Grown since decided", type=Date()),
        Column("visited_on", "到场日期", "Day of the visit", type=Date()),
        Column("mine_name", "附近矿山", "Mine nearby"),
        Column("doubts", "存疑事项", "Doubts", type=Text(limit=4000)),
        Column("case", "所立问题", "Case"),
    ),
    key=("number",),
    geometry="polygon",
    existing=nothing_known,
)
"""What leaves: fit to be imported again, where the further columns say nothing."""


def values_of(clue: Any) -> dict[str, Any]:
    """A clue by the columns that an import knows."""
    return {
        "clue": clue.number,
        "number": clue.outside_number,
        "source": clue.outside_source,
        "seen_on": clue.last_seen,
        "region": clue.region.code,
    }


def exported_clues(rows: Iterable[Any]) -> Iterator[Exported]:
    """Clues as rows of a table with their shapes."""
    for clue in rows:
        further = {
            "state": clue.state,
            "kind": clue.kind,
            "region_name": clue.region.name,
            "area_m2": clue.area_m2,
            "first_seen": clue.first_seen,
            "looks": clue.looks,
            "unseen_on": clue.unseen_in.seen_on if clue.unseen_in else None,
            "grown_on": clue.grown_on,
            "visited_on": clue.visited_on,
            "mine_name": clue.mine.name if clue.mine else None,
            "doubts": told_of(clue),
            "case": clue.matter.number if clue.matter else None,
        }
        yield Exported(values_of(clue) | further, clue.geom)
