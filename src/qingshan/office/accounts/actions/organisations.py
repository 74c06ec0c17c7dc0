"""How does an organisation, a division or an enterprise come to be, change its name, and end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change, day_of, days_in_order, given
from qingshan.office.accounts.models import Organisation, Post, still_open_after
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import uscc as read_uscc
from qingshan.rules.naming import former_names
from qingshan.rules.register import OrganisationKind

BATCH = 500
NAMES_SHOWN = 5


@dataclass(frozen=True)
class NewEnterprise:
    """矿山企业, to be registered."""

    name: str
    region_id: int
    uscc: str
    parent_id: int | None = None
    """the group that it belongs to"""


@official_act
def create_organisation(
    *,
    actor: ActorLike,
    now: datetime,
    kind: OrganisationKind,
    name: str,
    region: Region,
    from_on: date | None = None,
    parent: Organisation | None = None,
    is_division: bool = False,
    uscc: str = "",
    sector: str = "",
    document: str = "",
) -> Organisation:
    """Set up an organisation, or a division (处室、股室) of `parent`.

    Refused: a name that the region or the unit already has, a wrong or taken code, a closed parent.
    """
    require(actor, "accounts.create_organisation", region_id=region.pk)
    day = from_on or shanghai_date(now)
    organisation = Organisation(
        kind=kind.value,
        name=_free_name(name, region=region, unit=_unit_of(parent) if is_division else None, on=day),
        region=region,
        level=region.level,
        sector=sector.strip(),
        parent=_open(parent, on=day),
        is_division=is_division,
        unit=_unit_of(parent) if is_division else None,
        uscc=_free_uscc(uscc),
        document=document.strip(),
        from_on=day,
    )
    organisation.save(force_insert=True)
    told = {"name": organisation.name, "kind": kind.value, "document": organisation.document or None}
    record(
        act="accounts.create_organisation",
        actor=actor,
        now=now,
        subjects=[organisation],
        new={**told, "uscc": organisation.uscc, "from_on": day.isoformat()},
        region_id=region.pk,
    )
    return organisation


def _unit_of(parent: Organisation | None) -> Organisation | None:
    return None if parent is None else parent.unit or parent


def _open(organisation: Organisation | None, *, on: date) -> Organisation | None:
    if organisation is not None and not organisation.in_force(on):
        raise AccountRefused.because(
            "accounts.closed", name=organisation.name, to_on=day_of(organisation.to_on)
        )
    return organisation


def _free_name(name: str, *, region: Region, unit: Organisation | None, on: date) -> str:
    name = given(name, "accounts.name_missing")
    same = Organisation.objects.filter(still_open_after(on), name=name)
    same = same.filter(unit=unit) if unit else same.filter(region=region, is_division=False)
    if same.exists():
        raise AccountRefused.because("accounts.name_taken", name=name, where=str(unit or region))
    return name


def _free_uscc(text: str) -> str | None:
    """The code as it is stored; RuleError where it cannot be one."""
    if not text.strip():
        return None
    code = read_uscc(text).text
    if taken := Organisation.objects.filter(uscc=code).first():
        raise AccountRefused.because("accounts.uscc_taken", uscc=code, name=taken.name)
    return code


@official_act
def rename_organisation(
    *, actor: ActorLike, now: datetime, organisation: Organisation, name: str, document: str
) -> Organisation:
    """Give another name. Entries of before keep the old one. Refused: no document, a taken name."""
    require(actor, "accounts.rename_organisation", region_id=organisation.region_id)
    document, old = given(document, "accounts.document_missing"), organisation.name
    on = shanghai_date(now)
    free = _free_name(name, region=organisation.region, unit=organisation.unit, on=on)
    formerly = former_names(organisation.former_names, was=old, becomes=free)
    change(organisation, name=free, former_names=formerly)
    record(
        act="accounts.rename_organisation",
        actor=actor,
        now=now,
        subjects=[organisation],
        old={"name": old},
        new={"name": free, "document": document},
        region_id=organisation.region_id,
    )
    return organisation


@official_act
def close_organisation(
    *, actor: ActorLike, now: datetime, organisation: Organisation, last_day: date, document: str
) -> Organisation:
    """End an organisation. Refused while a division, a lower organisation or a post goes on after that day."""
    require(actor, "accounts.close_organisation", region_id=organisation.region_id)
    document = given(document, "accounts.document_missing")
    days_in_order(organisation.from_on, last_day)
    _nothing_goes_on(organisation, last_day)
    old = {"to_on": day_of(organisation.to_on)}
    change(organisation, to_on=last_day)
    record(
        act="accounts.close_organisation",
        actor=actor,
        now=now,
        subjects=[organisation],
        old=old,
        new={"name": organisation.name, "to_on": last_day.isoformat(), "document": document},
        region_id=organisation.region_id,
    )
    return organisation


def _nothing_goes_on(organisation: Organisation, last_day: date) -> None:
    below = Organisation.objects.filter(still_open_after(last_day), parent=organisation).count()
    posts = Post.objects.filter(still_open_after(last_day), organisation=organisation).count()
    for count, what, what_en in ((below, "下属机构", "lower organisations"), (posts, "岗位", "posts")):
        if count:
            names = {"name": organisation.name, "what": what, "what_en": what_en}
            raise AccountRefused.because("accounts.still_in_use", count=count, **names)


@official_act
def register_enterprises(
    *, actor: ActorLike, now: datetime, enterprises: Sequence[NewEnterprise], from_on: date | None = None
) -> list[Organisation]:
    """Register mining enterprises of the actor's regions, all or none.

    Refused: a region outside the area, a wrong or taken 统一社会信用代码, none given.
    """
    require(actor, "accounts.register_enterprises")
    for region_id in {each.region_id for each in enterprises}:
        require(actor, "accounts.register_enterprises", region_id=region_id)
    rows = _enterprise_rows(enterprises, from_on or shanghai_date(now))
    Organisation.objects.bulk_create(rows, batch_size=BATCH)
    names = "、".join(row.name for row in rows[:NAMES_SHOWN]) + ("……" if len(rows) > NAMES_SHOWN else "")
    told = {"created": len(rows), "names": names}
    record(act="accounts.register_enterprises", actor=actor, now=now, subjects=rows, new=told)
    return rows


def _enterprise_rows(enterprises: Sequence[NewEnterprise], day: date) -> list[Organisation]:
    codes = [read_uscc(each.uscc).text for each in enterprises]
    taken = dict(Organisation.objects.filter(uscc__in=codes).values_list("uscc", "name"))
    levels = Region.objects.in_bulk({each.region_id for each in enterprises})
    rows = []
    for each, code in zip(enterprises, codes, strict=True):
        if code in taken:
            raise AccountRefused.because("accounts.uscc_taken", uscc=code, name=taken[code])
        taken[code] = each.name
        rows.append(
            Organisation(
                kind=OrganisationKind.ENTERPRISE.value,
                name=given(each.name, "accounts.name_missing"),
                region_id=each.region_id,
                level=levels[each.region_id].level,
                parent_id=each.parent_id,
                uscc=code,
                from_on=day,
            )
        )
    return rows
