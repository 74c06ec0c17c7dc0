"""What do the cells of a ledger refer to: regions by their names, mines, sites, units as people call them?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from django.db.models import Q

from qingshan.exchange.kinds import Context, Draft
from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.mines.access import visible_to as mines_visible_to
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import below, names_above, regions_by_code
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.register import RegionLevel

_CODE = re.compile(r"\d{6,12}")
_SERIAL = re.compile(r"\d{1,4}")
_PARTS = re.compile(r"[、，,；;/\n]+")
_SUFFIX = re.compile("(?:自治县|自治旗|林区|市辖区|县|区|市|旗|州|盟)$")
_NAMED = (RegionLevel.COUNTY.value, RegionLevel.PREFECTURE.value, RegionLevel.PROVINCE.value)


# -- mines and sites -------------------------------------------------------------------------------------------


def put_mines(context: Context, drafts: Sequence[Draft]) -> None:
    """The mine or site that each row names by number, else the one mine that the actor sees under the name."""
    numbers = sorted({draft.values["mine"] for draft in drafts if draft.values.get("mine")})
    mines = _mines(numbers, context.actor)
    sites = _sites([number for number in numbers if number not in mines], context.actor)
    names = _mines_by_name(context.actor, drafts)
    for draft in drafts:
        number = draft.values.get("mine")
        if mine := mines.get(number or ""):
            draft.values.update(at_region_id=mine.region_id, mine_id=mine.pk)
        elif site := sites.get(number or ""):
            draft.values.update(at_region_id=site.region_id, site_id=site.pk, mine_id=site.mine_id)
        elif number:
            draft.refuse("cases.no_such_mine_or_site", field="mine", column="矿山或点位编号", value=number)
        elif name := draft.values.get("mine_name"):
            _by_name(draft, name, names)


def _mines(numbers: Sequence[str], actor: ActorLike) -> dict[str, Mine]:
    """By number; one that was merged into another still means its mine."""
    rows = list(mines_visible_to(Mine.objects.filter(key__in=numbers), actor)) if numbers else []
    kept = Mine.objects.in_bulk([mine.merged_into_id for mine in rows if mine.merged_into_id])
    return {mine.key: kept.get(mine.merged_into_id or 0, mine) for mine in rows}


def _sites(numbers: Sequence[str], actor: ActorLike) -> dict[str, Site]:
    rows = mines_visible_to(Site.objects.filter(key__in=numbers), actor) if numbers else ()
    return {site.key: site for site in rows}


def _mines_by_name(actor: ActorLike, drafts: Sequence[Draft]) -> dict[str, list[Mine]]:
    wanted = {
        draft.values["mine_name"]
        for draft in drafts
        if draft.values.get("mine_name") and not draft.values.get("mine")
    }
    found = defaultdict[str, list[Mine]](list)
    if wanted:
        named = Mine.objects.filter(name__in=sorted(wanted), merged_into=None)
        for mine in mines_visible_to(named, actor):
            found[mine.name].append(mine)
    return found


def _by_name(draft: Draft, name: str, known: dict[str, list[Mine]]) -> None:
    """A name is no identifier: what it does not settle is said, and the row goes on without a mine."""
    mines = known.get(name, [])
    if len(mines) == 1:
        draft.values.update(at_region_id=mines[0].region_id, mine_id=mines[0].pk)
    elif mines:
        numbers = "、".join(mine.key for mine in mines[:5])
        draft.remark(
            "cases.mine_name_of_several", field="mine_name", column="矿山名称", value=name, mines=numbers
        )
    else:
        draft.remark("cases.mine_name_unknown", field="mine_name", column="矿山名称", value=name)


# -- regions ---------------------------------------------------------------------------------------------------


def put_regions(context: Context, drafts: Sequence[Draft]) -> None:
    """The answering region: as written, else that of the mine or site, else the own county of whoever imports.

    Refused outside the actor's area.
    """
    said = {_written(draft) for draft in drafts} - {""}
    by_code = regions_by_code(text for text in said if _CODE.fullmatch(text))
    named = _Names(context.actor) if said - by_code.keys() else None
    own = _own_county(context.actor)
    at = Region.objects.defer("geom").in_bulk(
        {draft.values["at_region_id"] for draft in drafts if draft.values.get("at_region_id")}
    )
    for draft in drafts:
        text = _written(draft)
        region = by_code.get(text) or (named.region(text) if named and text else None)
        if text and region is None:
            draft.refuse("cases.no_such_region", field="region", column="行政区划", value=text)
            continue
        region = region or at.get(draft.values.pop("at_region_id", 0)) or own
        draft.values.pop("at_region_id", None)
        if region is None:
            draft.refuse("cases.region_needed", field="region", column="行政区划")
        elif not inside(region.pk, context.actor.region_ranges):
            say = draft.remark if context.only_checked else draft.refuse
            say("mines.out_of_area", field="region", column="行政区划", value=region.name)
        else:
            draft.values.update(region=region.code, region_id=region.pk, region_name=region.name)


def _written(draft: Draft) -> str:
    return "".join((draft.values.get("region") or "").split())


def _own_county(actor: ActorLike) -> Region | None:
    """Where the post answers for one county or less, that is where its ledger is about."""
    ranges = actor.region_ranges
    if len(ranges) != 1:
        return None
    own = Region.objects.defer("geom").filter(pk=ranges[0][0]).first()
    lower = {RegionLevel.COUNTY.value, RegionLevel.TOWNSHIP.value, RegionLevel.VILLAGE.value}
    return own if own is not None and own.level in lower else None


class _Names:
    """Regions of the actor's area by what people call them: 青石县, 青石, 云岭市青石县."""

    def __init__(self, actor: ActorLike) -> None:
        self._by_name = defaultdict[str, list[Region]](list)
        for region in below(actor.region_ranges).filter(level__in=_NAMED):
            for name in {region.name, _SUFFIX.sub("", region.name)}:
                if len(name) > 1:
                    self._by_name[name].append(region)

    def region(self, text: str) -> Region | None:
        """The one region that is called so, or that the text ends with; None where it may be several."""
        found = self._by_name.get(text) or next(
            (self._by_name[text[start:]] for start in range(1, len(text)) if text[start:] in self._by_name),
            [],
        )
        if len(found) > 1:
            found = [region for region in found if text.endswith(region.name)]
        return found[0] if len(found) == 1 else None


# -- numbers ---------------------------------------------------------------------------------------------------


def name_the_nameless(drafts: Sequence[Draft]) -> None:
    """A row without a number, or with a running number only, is known by region, source and what it says."""
    for draft in drafts:
        values, own = draft.values, draft.values.get("key")
        if own and not _SERIAL.fullmatch(own):
            continue
        if not values.get("region_id") or not _words(draft):
            continue
        number = _number(draft, own)
        code = "cases.serial_qualified" if own else "cases.named_by_content"
        draft.remark(code, field="key", column="编号", value=own or "", number=number)
        values["key"], draft.key = number, (number,)


def _number(draft: Draft, serial: str | None) -> str:
    """`补-990101-第二轮-3`; where no document or batch tells one ledger from another, a mark of the row's words.

    The same row has the same number; the third row of another ledger is not taken for the third row of this one.
    """
    values = draft.values
    where = f"补-{str(values['region_id'])[:6]}"
    ledger = "".join(str(values.get("source_number") or values.get("batch") or "").split())
    if serial and ledger:
        return f"{where}-{ledger[:30]}-{serial}"
    told = f"{ledger or values.get('source') or ''}|{_words(draft)}"
    return f"{where}-{sha256(told.encode()).hexdigest()[:10]}"


def _words(draft: Draft) -> str:
    """What the row says of its matter, without spaces."""
    said = (draft.values.get(name) for name in ("name", "description", "content"))
    return "".join("".join(str(each).split()) for each in said if each)


def refuse_numbers_of_others(context: Context, drafts: Sequence[Draft]) -> None:
    """A number that belongs to what the actor may not see, or to another kind of matter, can be neither read nor
    taken.
    """
    numbers = sorted({draft.key[0] for draft in drafts if draft.key})
    taken = dict(Matter.objects.filter(number__in=numbers).values_list("number", "kind"))
    seen = set(
        visible_to(Matter.objects.filter(number__in=sorted(taken)), context.actor).values_list(
            "number", flat=True
        )
        if taken
        else ()
    )
    for draft in drafts:
        if draft.key and draft.key[0] in taken and draft.key[0] not in seen:
            draft.refuse("mines.number_taken", field="key", column="编号", value=draft.key[0])


# -- units -----------------------------------------------------------------------------------------------------


def put_units(drafts: Sequence[Draft], columns: Sequence[str]) -> None:
    """The units of each row, as registered where they are, else by the name that was written."""
    areas = names_above({draft.values["region_id"] for draft in drafts if draft.values.get("region_id")})
    called: dict[tuple[int, str], tuple[str, ...]] = {}
    for draft in drafts:
        region_id = draft.values.get("region_id") or 0
        for part in _units_in(draft, columns) if region_id else ():
            called.setdefault((region_id, part), tuple(_full_names(part, areas.get(region_id, {}))))
    known = _organisations(name for names in called.values() for name in names)
    for draft in drafts:
        region_id = draft.values.get("region_id")
        if region_id:
            _put_units_of(draft, region_id, columns, called, known)


def _units_in(draft: Draft, columns: Iterable[str]) -> list[str]:
    return [part for column in columns for part in parts_of(draft.values.get(column))]


def parts_of(cell: str | None) -> list[str]:
    """`县水利局、县林业局` are two."""
    return [part for part in ("".join(each.split()) for each in _PARTS.split(cell or "")) if part]


def _full_names(name: str, areas: dict[RegionLevel, str]) -> Iterable[str]:
    """`县自然资源局` of 青石县 is 青石县自然资源局."""
    yield name
    for level in (RegionLevel.COUNTY, RegionLevel.PREFECTURE, RegionLevel.PROVINCE):
        area = areas.get(level)
        if area and not name.startswith(area):
            yield f"{area}{name}"
            if name.startswith(area[-1]):
                yield f"{area}{name[1:]}"


def _organisations(names: Iterable[str]) -> dict[str, Organisation]:
    found = Organisation.objects.filter(
        Q(to_on=None), name__in=sorted(set(names)), is_division=False
    ).order_by("-id")
    return {each.name: each for each in found}


def _put_units_of(
    draft: Draft,
    region_id: int,
    columns: Iterable[str],
    called: dict[tuple[int, str], tuple[str, ...]],
    known: dict[str, Organisation],
) -> None:
    units: dict[str, list[list[object]]] = {}
    for column in columns:
        if column not in draft.values:
            continue
        named: list[list[object]] = []
        for part in parts_of(draft.values[column]):
            unit = next((known[name] for name in called[region_id, part] if name in known), None)
            named.append([unit.pk, unit.name] if unit else [None, part])
        draft.values[column] = "、".join(str(name) for _pk, name in named) or None
        units[column] = named
    draft.values["units"] = units
