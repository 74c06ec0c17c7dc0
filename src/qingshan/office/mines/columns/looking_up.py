"""What do the cells of the register's tables refer to: numbers, regions, mines, enterprises?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely
from django.db.models import Model

from qingshan.exchange.columns import Column
from qingshan.exchange.kinds import Context, Draft, Key, Known
from qingshan.exchange.known import known_behind
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import regions_at, regions_by_code
from qingshan.office.regions.ranges import inside
from qingshan.rules.identifiers import ABROAD_ID
from qingshan.rules.register import OrganisationKind, RegionLevel


def numbered(model: type[Model], context: Context, drafts: Sequence[Draft]) -> set[str]:
    """Give every row its number, and say which numbers are known to the actor.

    A row without one is numbered by its layer and shape, as exchange has keyed it. A number that belongs to
    an object which the actor may not see can be neither read nor taken.
    """
    for draft in drafts:
        if not draft.values.get("key") and draft.key:
            draft.values["key"] = ":".join(draft.key)
    keys = said(drafts, "key")
    named = model._default_manager.filter(key__in=keys)
    taken = set(named.values_list("key", flat=True))
    seen = set(visible_to(named, context.actor).values_list("key", flat=True)) if taken else set()
    hidden = taken - seen
    for draft in drafts:
        if draft.values.get("key") in hidden:
            draft.refuse("mines.number_taken", field="key", column="编号", value=draft.values["key"])
    return seen


def known_by_licence(context: Context, drafts: Sequence[Draft]) -> None:
    """A mine without a number is the one that has its licence; a new one takes the licence for its number."""
    nameless = [draft for draft in drafts if draft.values.get("licence_no") and not draft.values.get("key")]
    licensed = Mine.objects.filter(licence_no__in=said(nameless, "licence_no"), merged_into=None)
    keys: dict[str, list[str]] = {}
    for licence, key in visible_to(licensed, context.actor).values_list("licence_no", "key"):
        keys.setdefault(licence, []).append(key)
    for draft in nameless:
        licence = draft.values["licence_no"]
        known = keys.get(licence, [licence])
        if len(known) > 1:
            numbers = "、".join(sorted(known))
            draft.refuse(
                "mines.licence_of_several",
                field="licence_no",
                column="采矿许可证号",
                value=licence,
                mines=numbers,
            )
        draft.values["key"], draft.key = known[0], (known[0],)


def place(context: Context, drafts: Sequence[Draft], known: set[str]) -> None:
    """The region of each row: as written; for a new row without it, where the shape lies.

    Refused outside the actor's area. What is known already keeps its region unless the file names another.
    """
    new = [d for d in drafts if d.values.get("key") not in known and not d.values.get("region")]
    _locate(context, new)
    by_code = regions_by_code(said(drafts, "region"))
    for draft in drafts:
        code = draft.values.get("region")
        if not code:
            continue
        region = by_code.get(code)
        if region is None:
            draft.refuse("mines.no_such_region", field="region", column="行政区划代码", value=code)
        elif region.pk != ABROAD_ID and not inside(region.pk, context.actor.region_ranges):
            say = draft.remark if context.only_checked else draft.refuse
            say("mines.out_of_area", field="region", column="行政区划代码", value=region.name)
        else:
            draft.values.update(region=region.code, region_id=region.pk)


def _locate(context: Context, drafts: Sequence[Draft]) -> None:
    """Write the region in which each shape lies; refuse what has neither region nor a place in one."""
    with_shape = [draft for draft in drafts if draft.geom is not None]
    points = shapely.point_on_surface([draft.geom for draft in with_shape])
    found = dict(zip(map(id, with_shape), regions_at(points), strict=True))
    for draft in drafts:
        region = found.get(id(draft))
        if region is not None:
            draft.values["region"] = region.code
        elif draft.geom is not None and context.allow_abroad:
            draft.values["region"] = RegionLevel.ABROAD.zh
        elif not draft.faults:
            draft.refuse("mines.region_needed", field="region", column="行政区划代码")


def by_key(model: type[Model], context: Context, keys: Sequence[str]) -> dict[str, Any]:
    """What the actor may see of these numbers."""
    rows: Iterable[Any] = visible_to(model._default_manager.filter(key__in=keys), context.actor)
    return {row.key: row for row in rows}


def said(drafts: Iterable[Draft], name: str) -> list[Any]:
    return sorted({draft.values[name] for draft in drafts if draft.values.get(name)})


def put_mines(context: Context, drafts: Sequence[Draft]) -> None:
    """Write the mine that each row names; its enterprise comes along where the row names none.

    A number that was merged into another still means its mine: old tables go on being used.
    """
    mines = by_key(Mine, context, said(drafts, "mine"))
    kept = Mine.objects.in_bulk([mine.merged_into_id for mine in mines.values() if mine.merged_into_id])
    for draft in drafts:
        wanted = draft.values.get("mine") or ""
        mine = mines.get(wanted)
        if mine is not None and mine.merged_into_id:
            mine = kept[mine.merged_into_id]
            draft.values["mine"] = mine.key
            draft.remark(
                "mines.number_merged", field="mine", column="所属矿山编号", value=wanted, into=mine.key
            )
        if mine is not None:
            draft.values["mine_id"] = mine.pk
            if not draft.values.get("enterprise_id"):
                draft.values["enterprise_id"] = mine.enterprise_id
        elif wanted:
            draft.refuse("mines.no_such_mine", field="mine", column="所属矿山编号", value=wanted)


def put_enterprises(drafts: Sequence[Draft]) -> None:
    """Write the enterprise whose 统一社会信用代码 each row names."""
    holders = Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE, uscc__in=said(drafts, "uscc"))
    by_uscc = {holder.uscc: holder.pk for holder in holders}
    for draft in drafts:
        wanted = draft.values.get("uscc")
        if wanted and wanted not in by_uscc:
            draft.refuse("mines.no_such_enterprise", field="uscc", column="统一社会信用代码", value=wanted)
        elif wanted:
            draft.values["enterprise_id"] = by_uscc[wanted]


def lie_with_their_mines(context: Context, drafts: Sequence[Draft]) -> None:
    """A row that says no region and has no shape lies where its mine lies."""
    homeless = [d for d in drafts if not d.values.get("region") and d.geom is None and d.values.get("mine")]
    mines = by_key(Mine, context, said(homeless, "mine"))
    regions = Region.objects.defer("geom").in_bulk({mine.region_id for mine in mines.values()})
    for draft in homeless:
        if mine := mines.get(draft.values["mine"]):
            draft.values["region"] = regions[mine.region_id].code


def check_days(drafts: Iterable[Draft], *, column: str) -> None:
    """Refuse rows that end before they begin."""
    for draft in drafts:
        started, ended = draft.values.get("from_on"), draft.values.get("to_on")
        if started and ended and ended < started:
            draft.refuse("mines.dates_reversed", field="to_on", column=column, value=str(ended))


def existing(
    model: type[Model],
    columns: Iterable[Column],
    referred: Mapping[str, str],
    context: Context,
    drafts: Sequence[Draft],
) -> dict[Key, Known]:
    """The objects behind these rows that the actor may see, with the values that a file of the kind can change."""
    paths = {column.name: referred.get(column.name, column.name) for column in columns}
    return known_behind(
        drafts,
        lambda keys: visible_to(model._default_manager.filter(key__in=keys), context.actor),
        context,
        paths,
    )
