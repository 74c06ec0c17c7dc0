"""Which columns does a table of experts have? How they are reached is no column: it stays out of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.exchange.cells import Cell, text_of
from qingshan.exchange.columns import REGION_CODE, Choice, Code, Column, Date, Integer, Text, Type
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known, declare_kind, nothing_known
from qingshan.exchange.values import Fault
from qingshan.exchange.writers import Exported
from qingshan.office.accounts.models import Organisation
from qingshan.office.experts import actions
from qingshan.office.experts.access import experts_visible_to
from qingshan.office.experts.actions.pool import POOL_LEVELS
from qingshan.office.experts.drawing import drawn_of, names_in
from qingshan.office.experts.models import Expert, ExpertDraw, field_in_words
from qingshan.office.regions.queries import regions_by_code
from qingshan.office.regions.ranges import inside
from qingshan.rules.dates import shanghai_date
from qingshan.rules.draw import DrawState, Outcome
from qingshan.rules.experts import ExpertState, Speciality
from qingshan.rules.reasons import CHINESE, ENGLISH, Sentence, say

_SEPARATORS = re.compile(r"[、，,;；/|\s]+")


@dataclass(frozen=True)
class Specialities(Type):
    """Several fields in one cell, with 、 between them; kept as codes in the order of the list."""

    def read(self, cell: Cell) -> str | None:
        text = text_of(cell)
        if not text:
            return None
        found = {_field(word) for word in _words(text)}
        return ",".join(each.value for each in Speciality if each in found)

    def say(self, value: Any, language: str = CHINESE) -> str:
        names = [Speciality(each).say(language) for each in value.split(",")] if value else []
        return _joint(language).join(names) or "—"

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return ()

    @property
    def sample(self) -> str:
        return "、".join((Speciality.GEOLOGY.zh, Speciality.MINING.zh))

    def name(self, language: str = CHINESE) -> str:
        names = _joint(language).join(each.say(language) for each in Speciality)
        return f"several of: {names}" if language == ENGLISH else f"选填，可多项：{names}"


def _words(text: str) -> list[str]:
    """English names hold spaces: a text that is one name as it stands is not cut at them."""
    parts = [part.strip() for part in re.split(r"[、，,;；/|\n]+", text) if part.strip()]
    return [word for part in parts for word in ([part] if _known(part) else _SEPARATORS.split(part)) if word]


def _known(word: str) -> Speciality | None:
    wanted = word.casefold()
    return next((each for each in Speciality if wanted in (each.value, each.zh, each.en.casefold())), None)


def _field(word: str) -> Speciality:
    if found := _known(word):
        return found
    raise Fault(
        "exchange.not_a_choice",
        choices="、".join(each.zh for each in Speciality),
        choices_en=", ".join(each.en for each in Speciality),
    )


def _joint(language: str) -> str:
    return ", " if language.lower().startswith("en") else "、"


COLUMNS = (
    Column(
        "key",
        "专家编号",
        "Expert's number",
        aliases=("编号", "专家号"),
        type=Code(limit=40, example="ZJ-0001"),
        required=True,
        help_zh="唯一，用来识别同一专家",
        help_en="Unique; by it the same expert is recognised",
    ),
    Column("name", "姓名", "Name", aliases=("专家姓名",), type=Text(limit=60), required=True),
    Column(
        "pool",
        "专家库区划代码",
        "Pool's region code",
        aliases=("专家库", "入库区划代码", "行政区划代码"),
        type=REGION_CODE,
        required=True,
        help_zh="省、市、县代码：省库供全省使用",
        help_en="Code of the province, city or county whose pool it is",
    ),
    Column("fields", "专业领域", "Fields", aliases=("专业", "领域"), type=Specialities(), required=True),
    Column("title", "职称", "Title", aliases=("技术职称", "职务职称"), type=Text(limit=60)),
    Column(
        "employer",
        "所在单位",
        "Employer",
        aliases=("工作单位", "单位"),
        type=Text(limit=120),
        required=True,
        help_zh="抽取时按它回避",
        help_en="An expert stays away from what the employer has a part in",
    ),
    Column("entered_on", "入库日期", "Entered on", type=Date()),
    Column(
        "entered_by",
        "入库依据",
        "Entered by",
        aliases=("依据", "入库文件"),
        type=Text(limit=200),
        required=True,
    ),
    Column("note", "备注", "Note", type=Text(limit=500)),
)
STATE = Column("state", "状态", "State", type=Choice(ExpertState))
"""Leaves with an export; it is changed by acts, never by a file."""


def resolve(context: Context, drafts: Sequence[Draft]) -> None:
    """Whose pool a row is for, whether the actor keeps it, and which of our organisations the employer is."""
    pools = regions_by_code({draft.values["pool"] for draft in drafts if draft.values.get("pool")})
    taken = {
        each.key: each
        for each in _with_pools(
            Expert.objects.filter(key__in=[draft.key[0] for draft in drafts if draft.key])
        )
    }
    houses = _houses(drafts)
    for draft in drafts:
        _place(context, draft, pools)
        known = taken.get(draft.key[0]) if draft.key else None
        if known is not None:
            _same_pool(context, draft, known)
        if draft.values.get("employer"):
            draft.values["organisation_id"] = houses.get(draft.values["employer"])


def _place(context: Context, draft: Draft, pools: dict[str, Any]) -> None:
    code = draft.values.get("pool")
    if not code:
        return
    region = pools.get(code)
    if region is None:
        draft.refuse("experts.no_such_region", field="pool", column="专家库区划代码", value=code)
    elif region.level not in POOL_LEVELS:
        draft.refuse("experts.pool_level", field="pool", column="专家库区划代码", value=region.name)
    elif not inside(region.pk, context.actor.region_ranges):
        say_it = draft.remark if context.only_checked else draft.refuse
        say_it("experts.out_of_area", field="pool", column="专家库区划代码", value=region.name)
    else:
        draft.values.update(pool=region.code, region_id=region.pk)


KEPT = ("name", "fields", "employer", "entered_on", "entered_by")
"""What an expert cannot be without: an empty cell leaves it as it is."""


def _same_pool(context: Context, draft: Draft, known: Expert) -> None:
    """A number belongs to one pool for ever, and to nobody who has left."""
    held = values_of(known)
    draft.values.update(
        {name: held[name] for name in KEPT if name in draft.values and not draft.values[name]}
    )
    elsewhere = draft.values.get("region_id") not in (None, known.region_id)
    if elsewhere or not inside(known.region_id, context.actor.region_ranges):
        draft.refuse("experts.key_taken", field="key", column="专家编号", value=known.key)
    elif known.state == ExpertState.LEFT:
        state = known.state_named
        draft.refuse(
            "experts.not_in_state",
            field="key",
            column="专家编号",
            name=known.name,
            state=state.zh,
            state_en=state.en,
        )


def _houses(drafts: Sequence[Draft]) -> dict[str, int]:
    """The organisations that employers are called like, where only one is."""
    named = {draft.values["employer"] for draft in drafts if draft.values.get("employer")}
    found: dict[str, list[int]] = {}
    rows = Organisation.objects.filter(name__in=sorted(named), is_division=False).values_list("name", "pk")
    for name, pk in rows:
        found.setdefault(name, []).append(pk)
    return {name: pks[0] for name, pks in found.items() if len(pks) == 1}


def existing(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The experts behind these rows whom the actor may see."""
    by_key = {draft.key[0]: draft.key for draft in drafts if draft.key}
    rows = experts_visible_to(context.actor).filter(key__in=sorted(by_key))
    if context.only_versions:
        return {by_key[each.key]: Known(each.pk, each.version, {}) for each in rows.only("key", "version")}
    return {by_key[each.key]: Known(each.pk, each.version, values_of(each)) for each in _with_pools(rows)}


def _with_pools(rows: Any) -> Any:
    return rows.select_related("region").defer("region__geom")


def values_of(expert: Expert) -> dict[str, Any]:
    """An expert as the values of the table."""
    return {
        "key": expert.key,
        "name": expert.name,
        "pool": expert.region.code,
        "fields": ",".join(expert.fields),
        "title": expert.title or None,
        "employer": expert.employer,
        "entered_on": expert.entered_on,
        "entered_by": expert.entered_by or None,
        "note": expert.note or None,
    }


EXPERTS = Kind(
    code="experts",
    title=Sentence(zh="专家", en="Experts"),
    columns=COLUMNS,
    key=("key",),
    known_by=("name",),
    resolve=resolve,
    existing=existing,
    apply=actions.import_experts,
)
declare_kind(EXPERTS)

LEAVING = Kind(
    code="experts_leaving",
    title=EXPERTS.title,
    columns=(*COLUMNS, STATE),
    key=("key",),
    existing=existing,
)
"""The pool as it leaves: with how each stands."""


def exported_experts(rows: Iterable[Expert]) -> Iterator[Exported]:
    """Experts as rows of a table."""
    for each in rows:
        yield Exported({**values_of(each), "state": each.state})


DRAWN = Kind(
    code="expert_draws",
    title=Sentence(zh="专家抽取", en="Draws of experts"),
    columns=(
        Column("title", "抽取事由", "Purpose", type=Text(limit=200)),
        Column("region_name", "行政区划", "Region"),
        Column("subject", "所涉对象", "About", type=Text(limit=300)),
        Column("pool", "专家库", "Pool"),
        Column("wanted", "抽取人数", "Wanted", type=Text(limit=300)),
        Column("announced_on", "公告日期", "Announced on", type=Date()),
        Column("seed_source", "公开号码来源", "Seed from", type=Text(limit=200)),
        Column("seed_on", "号码公布日期", "Seed on", type=Date()),
        Column("seed_number", "公开号码", "Public number", type=Code(limit=80)),
        Column("list_digest", "名单摘要", "Digest of the list", type=Code(limit=64)),
        Column("names", "抽中专家", "Drawn", type=Text(limit=2000)),
        Column("state", "状态", "State", type=Choice(DrawState)),
        Column("cancelled_because", "作废理由", "Cancelled because", type=Text(limit=200)),
    ),
    key=("title",),
    existing=nothing_known,
)
"""Draws as their list leaves."""


def exported_draws(rows: Iterable[ExpertDraw], language: str) -> Iterator[Exported]:
    """Draws with whom they chose, as rows of a table."""
    joint = _joint(language)
    for each in rows:
        yield Exported(
            {
                "title": each.title,
                "region_name": each.region.name,
                "subject": each.subject_name or None,
                "pool": each.pool.name,
                "wanted": joint.join(each.wanted_in_words),
                "announced_on": shanghai_date(each.announced_at),
                "seed_source": each.seed_source,
                "seed_on": each.seed_on,
                "seed_number": each.seed_number or None,
                "list_digest": each.list_digest or None,
                "names": joint.join(one.expert.name for one in each.drawn.all()) or None,
                "state": each.state,
                "cancelled_because": each.cancelled_because,
            }
        )


LOTS = Kind(
    code="expert_lots",
    title=Sentence(zh="抽取结果", en="Result of the draw"),
    columns=(
        Column("rank", "名次", "Rank", type=Integer()),
        Column("key", "专家编号", "Expert's number", type=Code(limit=40)),
        Column("name", "姓名", "Name"),
        Column("fields", "专业领域", "Fields"),
        Column("outcome", "抽取结果", "Outcome", type=Choice(Outcome)),
        Column("seat", "抽取专业", "Chosen for"),
        Column("reserve", "候补次序", "Reserve", type=Integer()),
        Column("because", "说明", "Why", type=Text(limit=2000)),
        Column("lot", "签号（SHA-256）", "Lot (SHA-256)", type=Code(limit=64)),
    ),
    key=("key",),
    existing=nothing_known,
)
"""The result of one draw as it leaves; no table that comes in."""


def exported_lots(draw: ExpertDraw, language: str) -> Iterator[Exported]:
    """Everybody on the closed list, with lot, rank and reasons."""
    names, fields = names_in(draw), {row["id"]: row["fields"] for row in draw.listing or []}
    for place in drawn_of(draw).places:
        yield Exported(
            {
                "rank": place.rank,
                "key": place.id,
                "name": names[place.id],
                "fields": _joint(language).join(field_in_words(each) for each in fields[place.id]),
                "outcome": place.outcome.value,
                "seat": field_in_words(place.seat) if place.seat else None,
                "reserve": place.reserve,
                "because": _joint(language).join(say(each, language) for each in place.because) or None,
                "lot": place.lot,
            }
        )
