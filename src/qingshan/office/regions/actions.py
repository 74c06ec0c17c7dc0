"""How do regions come in? From the national register at set-up, and by hand where no code exists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shapely.geometry.base import BaseGeometry

from qingshan.office.regions.models import Region, RegionName
from qingshan.office.regions.permission import require_duty
from qingshan.office.regions.register import (
    DatedList,
    Listed,
    edition,
    listed_codes,
    package_lists,
    parent_of,
)
from qingshan.office.regions.sentences import RegionRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import ABROAD_ID, RegionCode, region_code
from qingshan.rules.register import RegionLevel

COLUMNS = ("name", "level", "parent_id", "valid_from", "valid_to", "is_heading")
BATCH = 500
NAMES_SHOWN = 5


@dataclass(frozen=True)
class LocalRegion:
    """A region that the national standard does not know: 开发区, townships, the demonstration province."""

    code: str
    name: str
    geom: BaseGeometry | None = None
    valid_from: date | None = None
    simulated: bool = False


def load_register(*, actor: ActorLike, now: datetime, lists: Sequence[DatedList] | None = None) -> int:
    """Bring the regions to the state of the register; the number of rows written. Twice changes nothing.

    Local regions stay as they are. Refused: an actor without system administration.
    """
    require_duty(actor, "regions.load_register")
    if lists is None and _loaded_edition() == edition():
        return 0
    wanted = [_abroad(), *_rows(listed_codes(lists or package_lists()))]
    created, changed = _differences(wanted)
    if not created and not changed:
        return 0
    return _write_register(actor=actor, now=now, created=created, changed=changed)


def _loaded_edition() -> str:
    newest = Entry.objects.filter(act="regions.load_register").order_by("-seq").first()
    return (newest.new or {}).get("edition", "") if newest else ""


@official_act
def _write_register(
    *, actor: ActorLike, now: datetime, created: Sequence[WantedRegion], changed: Sequence[WantedRegion]
) -> int:
    new, altered = [each.row for each in created], [each.row for each in changed]
    Region.objects.bulk_create(new, batch_size=BATCH)
    Region.objects.bulk_update(altered, COLUMNS, batch_size=BATCH)
    _write_names([*created, *changed])
    told = {"source": "GB/T 2260", "edition": edition(), "revision": edition().rsplit(" ", 1)[1]}
    told |= {"created": len(new), "changed": len(altered)}  # type: ignore[dict-item]
    record(act="regions.load_register", actor=actor, now=now, subjects=[*new, *altered], new=told)
    return len(new) + len(altered)


@dataclass(frozen=True)
class WantedRegion:
    """A row of the register and its earlier names."""

    row: Region
    names: tuple[RegionName, ...]


def _abroad() -> WantedRegion:
    name = RegionLevel.ABROAD.zh
    row = Region(id=ABROAD_ID, code=name, name=name, level=RegionLevel.ABROAD.value)
    return WantedRegion(row, (RegionName(region=row, name=name),))


def _rows(listed: Iterable[Listed]) -> Iterable[WantedRegion]:
    """Parents come first, since their codes are smaller."""
    listed = list(listed)
    known = frozenset(each.code.text for each in listed)
    for each in listed:
        above = parent_of(each.code, known)
        row = Region(
            id=each.code.id,
            code=each.code.text,
            name=each.names[-1].name,
            level=each.code.level.value,
            parent_id=above.id if above else None,
            valid_from=each.names[0].valid_from,
            valid_to=each.names[-1].valid_to,
            is_heading=each.is_heading,
        )
        names = (
            RegionName(region=row, name=n.name, valid_from=n.valid_from, valid_to=n.valid_to)
            for n in each.names
        )
        yield WantedRegion(row, tuple(names))


def _differences(wanted: Iterable[WantedRegion]) -> tuple[list[WantedRegion], list[WantedRegion]]:
    """What the table lacks, and what it holds otherwise; an outline that was added is kept."""
    present = Region.objects.in_bulk()
    created, changed = [], []
    for each in wanted:
        row = present.get(each.row.pk)
        if row is None:
            created.append(each)
        elif any(getattr(row, column) != getattr(each.row, column) for column in COLUMNS):
            each.row.geom, each.row.is_local, each.row.simulated = row.geom, False, row.simulated
            changed.append(each)
    return created, changed


def _write_names(wanted: Sequence[WantedRegion]) -> None:
    RegionName.objects.filter(region__in=[each.row for each in wanted]).delete()
    RegionName.objects.bulk_create((name for each in wanted for name in each.names), batch_size=BATCH)


@official_act
def add_local_regions(*, actor: ActorLike, now: datetime, regions: Sequence[LocalRegion]) -> list[Region]:
    """Add regions that have no code in the standard, those above before those below.

    Refused: no region given, a code that exists or cannot be one, a region with nothing above it
    unless it is a province.
    """
    require_duty(actor, "regions.add_local_region")
    if not regions:
        raise RegionRefused.because("regions.nothing_given")
    rows = _local_rows(regions)
    Region.objects.bulk_create(rows, batch_size=BATCH)
    RegionName.objects.bulk_create(
        RegionName(region=row, name=row.name, valid_from=row.valid_from) for row in rows
    )
    names = "、".join(row.name for row in rows[:NAMES_SHOWN]) + ("……" if len(rows) > NAMES_SHOWN else "")
    told = {"created": len(rows), "names": names, "codes": [row.code for row in rows]}
    record(act="regions.add_local_region", actor=actor, now=now, subjects=rows, new=told)
    return rows


def _local_rows(regions: Sequence[LocalRegion]) -> list[Region]:
    codes = [region_code(each.code) for each in regions]
    known = dict(Region.objects.filter(code__in=_codes_asked(codes)).values_list("code", "name"))
    rows = []
    for each, code in zip(regions, codes, strict=True):
        if code.text in known:
            raise RegionRefused.because("regions.code_taken", code=code.text, name=known[code.text])
        known[code.text] = each.name
        rows.append(_local_row(each, code, frozenset(known)))
    return rows


def _local_row(region: LocalRegion, code: RegionCode, known: frozenset[str]) -> Region:
    above = parent_of(code, known)
    if above is None and code.level is not RegionLevel.PROVINCE:
        raise RegionRefused.because("regions.no_parent", code=code.text)
    return Region(
        id=code.id,
        code=code.text,
        name=region.name,
        level=code.level.value,
        parent_id=above.id if above else None,
        valid_from=region.valid_from,
        is_local=True,
        simulated=region.simulated,
        geom=region.geom,
    )


def _codes_asked(codes: Iterable[RegionCode]) -> set[str]:
    """The codes and all that could stand above them."""
    asked = set()
    for code in codes:
        here: RegionCode | None = code
        while here is not None and here.text not in asked:
            asked.add(here.text)
            here = here.parent
    return asked


@official_act
def close_local_region(*, actor: ActorLike, now: datetime, region: Region, last_day: date) -> Region:
    """A local region ends after `last_day`. Refused for what the national register rules."""
    require_duty(actor, "regions.close_local_region")
    if not region.is_local:
        raise RegionRefused.because("regions.not_local", name=region.name)
    region.valid_to = last_day
    Region.objects.filter(pk=region.pk).update(valid_to=last_day)
    RegionName.objects.filter(region=region, valid_to=None).update(valid_to=last_day)
    told = {"code": region.code, "name": region.name, "valid_to": last_day.isoformat()}
    record(act="regions.close_local_region", actor=actor, now=now, subjects=[region], new=told)
    return region
