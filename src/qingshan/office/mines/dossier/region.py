"""What does a leader read about a county or city? One page: how many, how much, what ends soon, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import shapely
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from qingshan.office.errors import NotFound
from qingshan.office.mines.access import WHAT, visible_to
from qingshan.office.mines.dossier.sheets import PICTURE_PX, Sheet, language, one_page, share, term
from qingshan.office.mines.dossier.standing import of_land, of_right
from qingshan.office.mines.models import LandUse, Mine, MiningRight, Patch, ResponsibleParty, Site, Tally
from qingshan.office.places.picture import picture_of
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.areas import area_text
from qingshan.rules.register import MineState, PatchKind, RightState, SiteKind
from qingshan.rules.validity import WARNED_BEFORE_DAYS
from qingshan.rules.words import Named

CM2_OF_M2 = 10_000
MOST_ROWS = 8


def region_for(pk: int, *, actor: ActorLike) -> Region:
    """A region whose whole business the actor sees; NotFound for all others."""
    found = Region.objects.filter(pk=pk).first() if inside(pk, actor.region_ranges) else None
    if found is None or not pk:
        raise NotFound.because("office.not_found", what=str(Region._meta.verbose_name))
    return found


def region_brief(region: Region, *, actor: ActorLike, on: date) -> bytes:
    """The page as PDF, in the reader's language."""
    picture = None
    if region.geom is not None:
        picture = picture_of(
            shapely.envelope(region.geom),
            actor=actor,
            width_px=PICTURE_PX[0],
            height_px=PICTURE_PX[1],
            layers=("regions", "sites", "mines"),
            with_legend=False,
            on=on,
        )
    return one_page(_data(region, actor=actor, on=on), on=on, picture=picture)


def _data(region: Region, *, actor: ActorLike, on: date) -> dict[str, Any]:
    mines, sites, land = (_tallied(model, region) for model in (Mine, Site, Patch))
    rights = _standing_rights(region, actor)
    valid = rights.filter(to_on__gte=on)
    ending = valid.filter(to_on__lte=on + timedelta(days=WARNED_BEFORE_DAYS))
    lent = _within(LandUse, region, actor).filter(returned_on=None)
    late = lent.filter(to_on__lt=on)
    return {
        "title": region.name,
        "sub": " · ".join([region.code, region.level_name]),
        "simulated": region.simulated,
        "labels": {"facts": _("基本情况"), "responsible": _("责任主体认定")},
        "figures": [
            _figure(_("在产矿山"), _rows(mines, MineState.PRODUCING), _("/ %(n)s 座"), _rows(mines)),
            _figure(_("点位"), _rows(sites), _("处"), more=area_text(_area(sites), language())),
            _figure(_("有效采矿权"), valid.count(), _("/ %(n)s 宗"), rights.count()),
            _figure(_("已过期未还临时用地"), late.count(), _("/ %(n)s 宗"), lent.count()),
        ],
        "facts": [
            [_("矿山"), f"{_rows(mines):,}"],
            [_("图斑现状面积"), area_text(_area(land), language())],
            [
                _("%(n)s 天内到期采矿权") % {"n": WARNED_BEFORE_DAYS},
                f"{ending.count():,} / {valid.count():,}",
            ],
            [_("已过期采矿权"), f"{rights.filter(to_on__lt=on).count():,} / {rights.count():,}"],
        ],
        "responsible": [[_("已认定矿山"), f"{_determined(region, actor):,} / {_rows(mines):,}"]],
        "open": _open(ending, late, on),
        "sheets": [
            _counts(_("矿山"), (_("生产状态"), _("座数 / 总座数")), MineState, mines),
            _areas(_("点位"), (_("点位类型"), _("处数 / 总处数"), _("图形面积 / 总面积")), SiteKind, sites),
            _areas(_("图斑现状"), (_("图斑类型"), _("个数 / 总数"), _("面积 / 总面积")), PatchKind, land),
        ],
    }


Tallied = dict[str, tuple[int, float]]
"""By category: how many, and square metres."""


def _tallied(model: Any, region: Region) -> Tallied:
    low, high = region_range(region.pk)
    tallies = Tally.objects.filter(what=WHAT[model], region_id__gte=low, region_id__lte=high)
    sums = tallies.values_list("category").annotate(n=Sum("rows"), area=Sum("area_cm2")).filter(n__gt=0)
    return {category: (n, area / CM2_OF_M2) for category, n, area in sums.order_by("-n", "category")}


def _rows(tallied: Tallied, *categories: str) -> int:
    return sum(n for category, (n, _area_m2) in tallied.items() if not categories or category in categories)


def _area(tallied: Tallied) -> float:
    return sum(area for _n, area in tallied.values())


def _figure(
    title: str, number: int, unit: str, whole: int | None = None, *, more: str = ""
) -> dict[str, str]:
    of = unit if whole is None else unit % {"n": f"{whole:,}"}
    return {"title": title, "number": f"{number:,}", "of": of, "more": more}


def _within(model: Any, region: Region, actor: ActorLike) -> QuerySet[Any]:
    low, high = region_range(region.pk)
    return visible_to(model._default_manager.filter(region_id__gte=low, region_id__lte=high), actor)


def _standing_rights(region: Region, actor: ActorLike) -> QuerySet[Any]:
    """Rights that nobody has ended."""
    return _within(MiningRight, region, actor).filter(
        state__in=("", RightState.IN_FORCE, RightState.SUSPENDED)
    )


def _determined(region: Region, actor: ActorLike) -> int:
    """Mines whose responsible party is determined; those that were merged into another do not count."""
    found = _within(ResponsibleParty, region, actor).filter(mine__merged_into=None, site=None)
    return found.exclude(mine=None).values("mine").distinct().count()


def _counts(title: str, head: tuple[str, str], terms: type[Named], tallied: Tallied) -> Sheet:
    rows = [(_name(terms, c), f"{n:,} / {_rows(tallied):,}") for c, (n, _area_m2) in tallied.items()]
    return Sheet(title, head, (2, 6), rows[:MOST_ROWS], (1,), len(rows))


def _areas(title: str, head: tuple[str, str, str], terms: type[Named], tallied: Tallied) -> Sheet:
    rows = [
        (_name(terms, c), f"{n:,} / {_rows(tallied):,}", share(area, _area(tallied)))
        for c, (n, area) in tallied.items()
    ]
    return Sheet(title, head, (1.5, 1.2, 5), rows[:MOST_ROWS], (1, 2), len(rows))


def _name(terms: type[Named], category: str) -> str:
    return term(terms, category) if category else _("未分类")


def _open(ending: QuerySet[Any], late: QuerySet[Any], on: date) -> Sheet:
    """What ends soonest and what is longest overdue, until when, and who."""
    rows = [*_ending(ending, on), *_late(late, on)]
    head = (_("待办事项"), _("期限"), _("谁来办"))
    return Sheet(_("待办"), head, (4.6, 1.8, 2.8), rows, (), ending.count() + late.count())


def _ending(rights: QuerySet[Any], on: date) -> Iterator[tuple[str, str, str]]:
    for right in rights.select_related("enterprise").defer("geom").order_by("to_on", "id")[: MOST_ROWS // 2]:
        word = of_right(right, on=on, language=language()).word
        holder = right.holder_name or (right.enterprise.name if right.enterprise else "—")
        yield (
            _("采矿权 %(key)s：%(word)s") % {"key": right.key, "word": word},
            right.to_on.isoformat(),
            holder,
        )


def _late(land_uses: QuerySet[Any], on: date) -> Iterator[tuple[str, str, str]]:
    for land in (
        land_uses.select_related("enterprise").defer("geom").order_by("to_on", "id")[: MOST_ROWS // 2]
    ):
        word = of_land(land, on=on, language=language()).word
        who = land.enterprise.name if land.enterprise else "—"
        yield _("临时用地 %(key)s：%(word)s") % {"key": land.key, "word": word}, land.to_on.isoformat(), who
