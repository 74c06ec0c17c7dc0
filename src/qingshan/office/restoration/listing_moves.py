"""How does a move change what a list asks for and what of it is done? Every figure of a list is a sum of these rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.geo.search import intersecting
from qingshan.office.matters.models import Step
from qingshan.office.mines.models import Site
from qingshan.office.restoration.counting import Held, Overlap, counted_once, falls_to, has_area
from qingshan.office.restoration.models import ListedSite, ListMove, TargetList, cm2
from qingshan.rules.dates import shanghai_date
from qingshan.rules.restoration import TargetMove


@dataclass(frozen=True)
class Approval:
    """On which paper a list changed."""

    number: str
    occurred_on: date
    now: datetime
    note: str = ""
    step: Step | None = None


def own_area(site: Site, given_m2: float | None) -> float | None:
    """The area of a site that counts: as the approval gives it, as its shape has it, as it was reported; None."""
    if given_m2 is not None:
        return given_m2
    if has_area(site.geom) and site.area_m2:
        return site.area_m2
    return site.reported_area_m2 or None


def put_in(
    target_list: TargetList,
    site: Site,
    area_m2: float | None,
    approval: Approval,
    *,
    listed: ListedSite | None,
    use: str = "",
) -> tuple[ListedSite, ListMove]:
    """A site comes into a list, new or once more; what another site of the list covers is not counted again."""
    own_m2 = own_area(site, area_m2)
    counted = None if own_m2 is None else counted_once(site.geom, own_m2, _on_list_under(target_list, site))
    row = listed or ListedSite(target_list=target_list, site=site, key=site.key)
    row.region_id, row.name = site.region_id, site.name
    row.is_on_list, row.since_on, row.restored_on = True, approval.occurred_on, None
    row.place, row.use = _next_place(target_list), use or row.use
    row.own_cm2, row.done_cm2 = cm2(own_m2), 0
    row.target_cm2 = None if counted is None else cm2(counted.area_m2)
    _save(row)
    move = _moved(
        row,
        TargetMove.IN,
        approval,
        sites=1,
        target_cm2=row.target_cm2 or 0,
        without_area=int(row.target_cm2 is None),
        overlaps=[each.as_json() for each in counted.overlaps] if counted and counted.overlaps else None,
    )
    return row, move


def take_out(listed: ListedSite, approval: Approval) -> tuple[list[ListedSite], list[ListMove]]:
    """A site leaves, with all that it counted for; land that others cover too falls to the next of them."""
    gains = _gains(listed)
    out = _moved(
        listed,
        TargetMove.OUT,
        approval,
        sites=-1,
        target_cm2=-(listed.target_cm2 or 0),
        without_area=-int(listed.target_cm2 is None),
        done_sites=-int(listed.restored_on is not None),
        done_cm2=-listed.done_cm2,
        overlaps=[each.as_json() for each in gains] or None,
    )
    listed.is_on_list, listed.restored_on, listed.target_cm2, listed.done_cm2 = False, None, None, 0
    _save(listed)
    rows, moves = [listed], [out]
    for gain in gains:
        row: ListedSite = gain.of
        gained = min(cm2(gain.area_m2) or 0, (row.own_cm2 or 0) - (row.target_cm2 or 0))
        if row.target_cm2 is None or gained <= 0:
            continue
        done = gained if row.restored_on is not None else 0
        row.target_cm2, row.done_cm2 = row.target_cm2 + gained, row.done_cm2 + done
        _save(row)
        shared = [{"name": str(listed), "area_m2": round(gain.area_m2, 2)}]
        moves.append(
            _moved(row, TargetMove.RECOUNT, approval, target_cm2=gained, done_cm2=done, overlaps=shared)
        )
        rows.append(row)
    return rows, moves


def count_restored(
    listed: ListedSite, area_m2: float, *, is_whole: bool, approval: Approval
) -> tuple[ListedSite, ListMove]:
    """Accepted land counts: a site only when all of it is done, its area at most as far as the list asks for it."""
    done = min(cm2(area_m2) or 0, listed.target_cm2 or 0)
    gained, came = done - listed.done_cm2, is_whole and listed.restored_on is None
    listed.done_cm2 = done
    listed.restored_on = approval.occurred_on if came else listed.restored_on
    _save(listed)
    return listed, _moved(listed, TargetMove.RESTORED, approval, done_sites=int(came), done_cm2=gained)


def count_no_more(listed: ListedSite, approval: Approval) -> tuple[ListedSite, ListMove]:
    """What was accepted does not hold: it is to be done again."""
    lost, was_whole = listed.done_cm2, listed.restored_on is not None
    listed.done_cm2, listed.restored_on = 0, None
    _save(listed)
    return listed, _moved(listed, TargetMove.TAKEN_BACK, approval, done_sites=-int(was_whole), done_cm2=-lost)


def counted_by(listed: ListedSite) -> str:
    """The number of the matter by which what is done of a site counts; empty: a list told of it."""
    newest = (
        listed.moves.filter(move=TargetMove.RESTORED.value).order_by("-id").select_related("step__matter")
    )
    found = newest.first()
    return found.step.matter.number if found and found.step else ""


def listings_of(sites: Iterable[Site]) -> list[ListedSite]:
    """Where these sites stand on a list now, locked."""
    rows = ListedSite.objects.select_for_update(of=("self",)).filter(site__in=list(sites), is_on_list=True)
    return list(rows.select_related("target_list").order_by("id"))


def _save(row: ListedSite) -> None:
    if row.pk is None:
        row.save(force_insert=True)
    else:
        row.version += 1
        row.save()


def _moved(row: ListedSite, move: TargetMove, approval: Approval, **changes: Any) -> ListMove:
    made = ListMove(
        listed=row,
        target_list_id=row.target_list_id,
        region_id=row.region_id,
        move=move.value,
        number=approval.number.strip(),
        note=approval.note.strip(),
        step=approval.step,
        occurred_on=approval.occurred_on,
        recorded_at=approval.now,
        recorded_on=shanghai_date(approval.now),
        **changes,
    )
    made.save(force_insert=True)
    return made


def _next_place(target_list: TargetList) -> int:
    last = (
        ListedSite.objects.filter(target_list=target_list).order_by("-place").values_list("place", flat=True)
    )
    return (last.first() or 0) + 1


def _under(target_list_id: int, site: Site) -> list[ListedSite]:
    """The listed sites of the list that share at least a point with a site, in the order of coming."""
    if not has_area(site.geom):
        return []
    rows = Site.objects.filter(listings__target_list_id=target_list_id, listings__is_on_list=True).exclude(
        pk=site.pk
    )
    near = intersecting(rows, site.geom)
    found = ListedSite.objects.filter(target_list_id=target_list_id, site_id__in=near, is_on_list=True)
    return list(found.select_related("site").order_by("place"))


def _held(rows: Iterable[ListedSite]) -> list[Held]:
    return [Held(str(row), row.site.geom, row) for row in rows if row.site.geom is not None]


def _on_list_under(target_list: TargetList, site: Site) -> list[Held]:
    return _held(_under(target_list.pk, site))


def _gains(listed: ListedSite) -> list[Overlap]:
    others = _under(listed.target_list_id, listed.site)
    return falls_to(
        listed.site.geom,
        before=_held(row for row in others if row.place < listed.place),
        after=_held(row for row in others if row.place > listed.place),
    )
