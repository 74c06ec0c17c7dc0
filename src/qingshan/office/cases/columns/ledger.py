"""Which columns does a rectification ledger in use (整改台账) have, and what do its cells mean?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from qingshan.exchange.kinds import Context, Draft, Kind
from qingshan.office.cases import late
from qingshan.office.cases.actions.importing import import_cases
from qingshan.office.cases.columns.existing import existing_late
from qingshan.office.cases.columns.exporting import BESIDE, values_of
from qingshan.office.cases.columns.looking_up import (
    name_the_nameless,
    put_mines,
    put_regions,
    put_units,
    refuse_numbers_of_others,
)
from qingshan.office.cases.late_rows import LateRow, from_facts, late_rows, said_in
from qingshan.office.cases.ledger_cells import source_of
from qingshan.office.cases.ledger_columns import COLUMNS, STANDING
from qingshan.office.matters.seeding import state_code
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import QingshanError
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.reasons import ENGLISH, Sentence
from qingshan.rules.rectification import levels_asked
from qingshan.rules.register import RegionLevel
from qingshan.rules.rulebook import in_force

KINDS = ("rectification", "lasting")
UNITS = ("leading", "answering", "executing", "joint", "supervising", "accepting")


def resolve_cases(context: Context, drafts: Sequence[Draft]) -> None:
    """Where each problem lies, how it stands, who answers; remarks say what was understood."""
    for draft in drafts:
        _put_words_in_place(draft)
    put_mines(context, drafts)
    put_regions(context, drafts)
    name_the_nameless(drafts)
    known = late_rows([draft.key[0] for draft in drafts if draft.key], partial(from_facts, COLUMNS))
    refuse_numbers_of_others(context, drafts)
    put_units(drafts, UNITS)
    today = context.actor.on or shanghai_date(timezone.now())
    asked: dict[tuple[int, str], tuple[RegionLevel, ...]] = {}
    for draft in drafts:
        _refuse_what_is_not_meant(draft, known.get(draft.key[0] if draft.key else ""), asked, today)


def _put_words_in_place(draft: Draft) -> None:
    """A status under 进展, a period in one cell, a person without a unit."""
    values = draft.values
    if not values.get("state") and values.get("progress") and (word := STANDING.known(values["progress"])):
        values["state"], values["progress"] = word, None
    if period := values.get("notice"):
        first, _slash, last = period.partition("/")
        values.setdefault("notice_from_on", None)
        values.setdefault("notice_to_on", None)
        values["notice_from_on"] = values["notice_from_on"] or date.fromisoformat(first)
        values["notice_to_on"] = values["notice_to_on"] or date.fromisoformat(last)
    if not values.get("name") and not values.get("description"):
        draft.refuse("cases.problem_missing", field="name", column="问题摘要")
    if values.get("person") and not values.get("answering"):
        draft.remark("cases.person_without_unit", field="person", column="责任人", value=values["person"])
        values["person"] = None


def _refuse_what_is_not_meant(
    draft: Draft,
    known: LateRow | None,
    asked: dict[tuple[int, str], tuple[RegionLevel, ...]],
    today: date,
) -> None:
    if draft.faults:
        return
    merged = {**(known.said if known else {}), **said_in(COLUMNS, draft.values)}
    levels = _levels(merged, draft.values.get("region_id"), asked, today)
    try:
        meant = late.meaning(merged, asked=levels, today=today)
    except QingshanError as error:
        why, why_en = error.say(), error.say(ENGLISH)
        draft.refuse("cases.not_meant", field="state", column="状态", why=why, why_en=why_en)
        return
    if known is not None and known.kind != meant.kind:
        draft.refuse("cases.kind_changed", field="route", column="整改类型", value=draft.key[0])
        return
    for reason in meant.remarks:
        draft.remark(reason.code, field="state", column="状态", **reason.values)
    if meant.missing:
        zh = "、".join(paper.zh for paper in meant.missing)
        en = ", ".join(paper.en for paper in meant.missing)
        draft.remark("cases.papers_missing", field="state", column="状态", papers=zh, papers_en=en)
    draft.values["levels_asked"] = [level.value for level in levels]
    draft.values[late.BECOMES] = state_code(meant.kind, meant.state)


def _levels(
    values: Mapping[str, Any],
    region_id: int | None,
    asked: dict[tuple[int, str], tuple[RegionLevel, ...]],
    today: date,
) -> tuple[RegionLevel, ...]:
    """Which levels accept, by the rulebook in force; once for each county and source."""
    source = source_of(values.get("source"))
    place = (region_id or 0, source.value)
    if place not in asked:
        region = region_of_id(region_id) if region_id else None
        asked[place] = levels_asked(in_force("rectification", on=today, region=region), source)
    return asked[place]


CASES = Kind(
    code="cases",
    title=Sentence(zh="整改台账", en="Rectification ledgers"),
    columns=COLUMNS,
    key=("key",),
    known_by=("name",),
    names_itself=True,
    resolve=resolve_cases,
    existing=partial(existing_late, KINDS, COLUMNS, values_of, BESIDE),
    becomes=late.in_words,
    apply=import_cases,
)
