"""How does a list of historical pits come in from a file? Sites that are new are registered, all go onto their list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.exchange import staging
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of, held
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.actions.importing import SITE_FIELDS, count, create
from qingshan.office.mines.models import Site
from qingshan.office.observations.models import Claim
from qingshan.office.restoration.access import IMPORT_LISTED, MOVE_IN
from qingshan.office.restoration.actions.listing import approved
from qingshan.office.restoration.claims import Told, claimed_by_lists
from qingshan.office.restoration.listing_moves import Approval, count_restored, put_in
from qingshan.office.restoration.models import ListedSite, TargetList
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import RestorationMode


@official_act
def import_listed_sites(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入入账点位, and acceptances of listed sites that are not counted yet. A list without sites is filled by the
    registry; whatever changes one that has sites needs review as well. Refused: no such duty, a region outside the
    area, an acceptance without a document or of a day to come, anything that came onto a list since the preview.
    """
    require(actor, IMPORT_LISTED.code)
    filled = set(ListedSite.objects.order_by().values_list("target_list_id", flat=True).distinct())
    staging.claim(import_, actor=actor)
    written: list[Model] = []
    for batch in staging.rows(import_, outcomes=(Outcome.CREATED,)):
        for region_id in sorted({row.values["region_id"] for row in batch}):
            require(actor, IMPORT_LISTED.code, region_id=region_id)
        later = [row for row in batch if row.values["target_list_id"] in filled]
        _by_review(later, actor)
        sites = _registered(batch, actor)
        written += [site for site, is_new in sites.values() if is_new]
        entered = list(_listed(batch, {key: site for key, (site, _new) in sites.items()}, now))
        written += [each for _row, _said, subjects in entered for each in subjects]
        written += _tested([(row, said) for row, said, _subjects in entered], now)
    for batch in staging.rows(import_, outcomes=(Outcome.CHANGED,)):
        written += _accepted(batch, actor, now)
    entry = record(act=IMPORT_LISTED.code, actor=actor, now=now, subjects=written, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def _by_review(rows: Sequence[Any], actor: ActorLike) -> None:
    """These come onto lists that have sites: each by its approval, and by whoever may move sites in."""
    for region_id in sorted({row.values["region_id"] for row in rows}):
        require(actor, MOVE_IN.code, region_id=region_id)
    for row in rows:
        if not (row.values.get("number") and row.values.get("moved_on")):
            raise RestorationRefused.because("restoration.no_approval")


def _accepted(batch: Sequence[Any], actor: ActorLike, now: datetime) -> Iterator[Model]:
    """补录 of acceptances: each is one more move of its list."""
    found = held(ListedSite, batch)
    for row in batch:
        listed, said = found[row.target_id], row.values
        require(actor, MOVE_IN.code, region_id=listed.region_id)
        listed.use = said.get("use") or listed.use
        yield from count_restored(
            listed,
            said["done_m2"],
            is_whole=said.get("is_whole") is not False,
            approval=_acceptance(said, now),
        )
    yield from _tested([(found[row.target_id], row.values) for row in batch], now)


def _tested(rows: Iterable[tuple[ListedSite, dict[str, Any]]], now: datetime) -> list[Claim]:
    """Of whole sites images are asked whether they are as they were accepted."""
    told = []
    for listed, said in rows:
        if listed.restored_on is not None and said.get("is_whole") is not False:
            mode = RestorationMode(said["mode"]) if said.get("mode") else None
            days = _day(said.get("restored_since")), _day(said.get("planted_on"))
            told.append(Told(listed, listed.restored_on, mode, *days))
    return claimed_by_lists(told, now=now)


def _acceptance(said: dict[str, Any], now: datetime) -> Approval:
    day = _day(said["restored_on"])
    assert day is not None
    return approved(said.get("accepted_number") or "", day, now=now)


def _registered(batch: Sequence[Any], actor: ActorLike) -> dict[str, tuple[Site, bool]]:
    """The sites behind the rows; those that nobody registered are registered now."""
    keys = [row.values["key"] for row in batch]
    known = {site.key: site for site in Site.objects.filter(key__in=keys)}
    tally = Counter[tuple[int, str, str]]()
    new = [row for row in batch if row.values["key"] not in known]
    made: Sequence[Any] = create(Site, SITE_FIELDS, new, actor, tally) if new else ()
    count("site", tally)
    return {key: (site, False) for key, site in known.items()} | {site.key: (site, True) for site in made}


Entered = tuple[ListedSite, dict[str, Any], list[Model]]
"""a site of a list, what the file says of it, and what was written for it"""


def _listed(batch: Sequence[Any], sites: dict[str, Site], now: datetime) -> Iterator[Entered]:
    ids = sorted({row.values["target_list_id"] for row in batch})
    lists = {each.pk: each for each in TargetList.objects.select_for_update().filter(pk__in=ids)}
    taken = set(
        ListedSite.objects.filter(target_list__in=ids, site__in=sites.values()).values_list(
            "target_list_id", "site_id"
        )
    )
    for row in batch:
        target_list, site = lists[row.values["target_list_id"]], sites[row.values["key"]]
        if (target_list.pk, site.pk) in taken:
            raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(site))
        yield _one(target_list, site, row.values, now)


def _one(target_list: TargetList, site: Site, values: dict[str, Any], now: datetime) -> Entered:
    number = values.get("number") or target_list.number
    on = _day(values.get("moved_on")) or target_list.decided_on
    approval, use = Approval(number, on, now), values.get("use") or ""
    listed, move = put_in(target_list, site, values.get("target_m2"), approval, listed=None, use=use)
    written: list[Model] = [listed, move]
    if values.get("restored_on"):
        area_m2 = values.get("done_m2")
        _row, counted = count_restored(
            listed,
            (listed.target_m2 or 0) if area_m2 is None else area_m2,
            is_whole=values.get("is_whole") is not False,
            approval=_acceptance(values, now),
        )
        written.append(counted)
    return listed, values, written


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
