"""How does a list of targets begin, and how does a site come into it or leave it? Only with an approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.models import Site
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.restoration import claims
from qingshan.office.restoration.access import CORRECT_LIST, CREATE_LIST, MOVE_IN, MOVE_OUT, TAKE_BACK
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.listing_moves import Approval, count_no_more, counted_by, put_in, take_out
from qingshan.office.restoration.models import ListedSite, TargetList, m2
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.rectification import need_text
from qingshan.rules.restoration import ListKind, need_sites


@dataclass(frozen=True)
class NewList:
    """What is said of a list when it begins."""

    code: str
    title: str
    kind: ListKind
    region: Region
    number: str
    decided_on: date
    due_on: date | None = None


@dataclass(frozen=True)
class ListEntry:
    """What may be put right of a list."""

    title: str
    number: str
    decided_on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Entering:
    """A site that comes into a list; the area as the approval gives it, None: as the register knows it."""

    site: Site
    area_m2: float | None = None


@official_act
def create_list(new: NewList, *, actor: ActorLike, now: datetime) -> TargetList:
    """建立修复清单. Refused: no registry duty, a region outside the area, no number, title or document, a number that
    is taken, a day to come, a deadline before the day of the document.
    """
    require(actor, CREATE_LIST.code, region_id=new.region.pk)
    code, title, number = new.code.strip(), new.title.strip(), new.number.strip()
    if not (code and title and number):
        raise RestorationRefused.because("restoration.list_incomplete")
    _days_in_order(new.decided_on, new.due_on, now=now)
    made = TargetList(
        code=code,
        title=title,
        kind=new.kind.value,
        region=new.region,
        number=number,
        decided_on=new.decided_on,
        due_on=new.due_on,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise RestorationRefused.because("restoration.list_code_taken", code=code) from None
    record(
        act=CREATE_LIST.code,
        actor=actor,
        now=now,
        subjects=[made],
        new={"about": str(made), "number": number},
        region_id=made.region_id,
    )
    return made


def _days_in_order(decided_on: date, due_on: date | None, *, now: datetime) -> None:
    not_to_come(decided_on, now=now)
    if due_on is not None and due_on < decided_on:
        raise RestorationRefused.because(
            "restoration.due_before_decided", due=due_on.isoformat(), day=decided_on.isoformat()
        )


@official_act
def correct_list(
    target_list: TargetList, entry: ListEntry, *, grounds: str, actor: ActorLike, now: datetime
) -> TargetList:
    """更正清单登记, with grounds; what stood there before stays in the trail. What the list asks for changes by moves
    alone. Refused: no registry duty, a region outside the area, no grounds, no title or document, a day to come, a
    deadline before the day of the document, nothing that differs.
    """
    require(actor, CORRECT_LIST.code, region_id=target_list.region_id)
    if unsaid := need_text(grounds):
        raise RuleBroken(*unsaid)
    _lock(target_list)
    held = TargetList.objects.get(pk=target_list.pk)
    if held.version != target_list.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(target_list))
    said = {"title": entry.title.strip()[:160], "number": entry.number.strip()[:120]}
    if not all(said.values()):
        raise RestorationRefused.because("restoration.list_incomplete")
    _days_in_order(entry.decided_on, entry.due_on, now=now)
    wanted = {**said, "decided_on": entry.decided_on, "due_on": entry.due_on}
    old = {name: getattr(held, name) for name, value in wanted.items() if getattr(held, name) != value}
    if not old:
        raise RestorationRefused.because("restoration.nothing_to_correct")
    for name in old:
        setattr(held, name, wanted[name])
    held.version += 1
    held.save(update_fields=[*old, "version"])
    record(
        act=CORRECT_LIST.code,
        actor=actor,
        now=now,
        subjects=[held],
        old=_as_recorded(old),
        new={"about": str(held), "note": grounds.strip()[:500], **_as_recorded({n: wanted[n] for n in old})},
        region_id=held.region_id,
    )
    return held


def _as_recorded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value or None
        for name, value in values.items()
    }


@official_act
def move_in(
    target_list: TargetList,
    sites: Sequence[Entering],
    *,
    number: str,
    occurred_on: date,
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> list[ListedSite]:
    """调入清单 by one approval. Refused: no review duty, no number, a day to come, no site, one twice, one outside the
    list's region or the actor's area, one that is on the list already, an area that cannot be.
    """
    approval = approved(number, occurred_on, now=now, note=note)
    if missing := need_sites(len(sites)):
        raise RuleBroken(*missing)
    for each in sites:
        require(actor, MOVE_IN.code, region_id=each.site.region_id)
    _lock(target_list)
    known = {row.site_id: row for row in target_list.listed.filter(site__in=[each.site for each in sites])}
    _check(target_list, sites, known)
    subjects: list[Model] = []
    entered: list[ListedSite] = []
    for each in sites:
        row, move = put_in(target_list, each.site, each.area_m2, approval, listed=known.get(each.site.pk))
        entered.append(row)
        subjects += [row, move]
    area_m2 = sum(row.target_m2 or 0 for row in entered)
    record(
        act=MOVE_IN.code,
        actor=actor,
        now=now,
        occurred_on=occurred_on,
        subjects=subjects,
        new={
            "about": str(target_list),
            "number": approval.number,
            "day": occurred_on.isoformat(),
            "sites": len(entered),
            "area_ha": hectares(area_m2),
            "note": note.strip(),
        },
        region_id=target_list.region_id,
    )
    return entered


@official_act
def move_out(
    listed: ListedSite, *, number: str, occurred_on: date, note: str, actor: ActorLike, now: datetime
) -> ListedSite:
    """调出清单 by an approval and with grounds: the denominator shrinks, and everybody can see why. Refused: no review
    duty, no number or grounds, a day to come or before it came in, a site that is not on the list.
    """
    require(actor, MOVE_OUT.code, region_id=listed.region_id)
    approval = _with_grounds(number, occurred_on, note, now=now)
    held = _held(listed)
    if occurred_on < held.since_on:
        raise RestorationRefused.because(
            "restoration.out_before_in", day=occurred_on.isoformat(), since=held.since_on.isoformat()
        )
    rows, moves = take_out(held, approval)
    ended = claims.of_a_list_no_more(held, now=now)
    lost = -sum(move.target_cm2 for move in moves)
    record(
        act=MOVE_OUT.code,
        actor=actor,
        now=now,
        occurred_on=occurred_on,
        subjects=[*rows, *moves, *ended],
        new={
            "about": str(held.target_list),
            "site": str(held),
            "number": approval.number,
            "day": occurred_on.isoformat(),
            "area_ha": hectares(m2(lost) or 0),
            "note": note.strip(),
        },
        region_id=held.region_id,
    )
    return held


@official_act
def take_back(
    listed: ListedSite, *, number: str, occurred_on: date, note: str, actor: ActorLike, now: datetime
) -> ListedSite:
    """撤销完成认定: what the list counted as restored by an acceptance from before counts no more, because it was never
    done, did not last or was entered wrongly; trace-backs of the land are confirmed, and nothing is claimed of it any
    more. Refused: no review duty, no number or grounds, a day to come or before the acceptance, a site that is not on
    the list, nothing that counts, what a project or batch accepted: it is taken up again there, and the list follows.
    """
    require(actor, TAKE_BACK.code, region_id=listed.region_id)
    approval = _with_grounds(number, occurred_on, note, now=now)
    held = _held(listed)
    if not held.done_cm2 and held.restored_on is None:
        raise RestorationRefused.because("restoration.nothing_counted", site=str(held))
    if matter := counted_by(held):
        raise RestorationRefused.because("restoration.counted_by_a_matter", site=str(held), number=matter)
    if held.restored_on is not None and occurred_on < held.restored_on:
        raise RestorationRefused.because(
            "restoration.back_before_accepted",
            day=occurred_on.isoformat(),
            accepted=held.restored_on.isoformat(),
        )
    row, move = count_no_more(held, approval)
    by = actor.decider.organisation or actor.decider.name
    ended = claims.not_kept(held, note=note, by=by, on=occurred_on, now=now)
    record(
        act=TAKE_BACK.code,
        actor=actor,
        now=now,
        occurred_on=occurred_on,
        subjects=[row, move, *ended],
        new={
            "about": str(held.target_list),
            "site": str(held),
            "number": approval.number,
            "day": occurred_on.isoformat(),
            "area_ha": hectares(m2(-move.done_cm2) or 0),
            "note": note.strip(),
        },
        region_id=held.region_id,
    )
    return held


def _held(listed: ListedSite) -> ListedSite:
    """The row as it stands, with its list locked. Refused: somebody changed it meanwhile, it left its list."""
    _lock(listed.target_list)
    held = ListedSite.objects.select_related("site", "target_list").get(pk=listed.pk)
    if held.version != listed.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(listed))
    if not held.is_on_list:
        raise RestorationRefused.because("restoration.not_listed", site=str(held))
    return held


def _with_grounds(number: str, occurred_on: date, note: str, *, now: datetime) -> Approval:
    """The approval of what makes less of a list, which says why."""
    approval = approved(number, occurred_on, now=now, note=note)
    if unsaid := need_text(note):
        raise RuleBroken(*unsaid)
    return approval


def approved(number: str, occurred_on: date, *, now: datetime, note: str = "") -> Approval:
    """The approval of a move; refused without a number, or for a day to come."""
    if not number.strip():
        raise RestorationRefused.because("restoration.no_approval")
    not_to_come(occurred_on, now=now)
    return Approval(number.strip()[:120], occurred_on, now, note.strip()[:500])


def not_to_come(day: date, *, now: datetime) -> None:
    """Refused: a day after today."""
    if day > shanghai_date(now):
        raise RestorationRefused.because("restoration.day_to_come", day=day.isoformat())


def _lock(target_list: TargetList) -> None:
    """Two moves of one list come one after the other: what each counts depends on the other."""
    TargetList.objects.select_for_update().get(pk=target_list.pk)


def _check(target_list: TargetList, sites: Sequence[Entering], known: dict[int, ListedSite]) -> None:
    counted = Counter(each.site.pk for each in sites)
    twice = [str(each.site) for each in sites if counted[each.site.pk] > 1]
    if twice:
        raise RestorationRefused.because("restoration.site_twice", sites="、".join(dict.fromkeys(twice)))
    for each in sites:
        row = known.get(each.site.pk)
        if row is not None and row.is_on_list:
            raise RestorationRefused.because("restoration.listed_already", site=str(each.site))
        if not inside(each.site.region_id, (region_range(target_list.region_id),)):
            raise RestorationRefused.because("restoration.outside_the_list", site=str(each.site))
        if each.area_m2 is not None and each.area_m2 <= 0:
            raise RestorationRefused.because("restoration.area_not_possible", site=str(each.site))
