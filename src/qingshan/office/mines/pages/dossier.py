"""At which pages is a dossier read? The mine, the site, and what is too long for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines import listing, queries
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.land import bars
from qingshan.office.mines.dossier.missing import gaps
from qingshan.office.mines.dossier.place import drawn
from qingshan.office.mines.dossier.summary import summary
from qingshan.office.mines.dossier.timeline import page_of_entries
from qingshan.office.mines.models import Document, Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.paging import Order, page
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.dates import shanghai_date

PICTURE_PX = (338, 250)


@dataclass(frozen=True)
class LongPart:
    """A part of a dossier that has a page of its own."""

    title: str | Promise
    model: type[Model]
    template: str


PARTS = {
    "sites": LongPart(_("点位"), Site, "mines/dossier/sites.html"),
    "patches": LongPart(_("图斑"), Patch, "mines/dossier/patches.html"),
    "rights": LongPart(_("采矿权"), MiningRight, "mines/dossier/rights.html"),
    "land-uses": LongPart(_("临时用地"), LandUse, "mines/dossier/land_uses.html"),
    "facilities": LongPart(_("矿山设施"), Facility, "mines/dossier/facilities.html"),
    "documents": LongPart(_("文件"), Document, "mines/dossier/documents.html"),
}
OF_A_SITE = {"patches", "documents"}


@open_to_signed_in
@require_GET
def mine(request: Request, pk: int) -> HttpResponse:
    """一矿一档: everything about one mine."""
    dossier = dossier_of(request, Mine, pk)
    return render(request, "mines/mine.html", {"mine": dossier.about, **_shown(dossier)})


@open_to_signed_in
@require_GET
def site(request: Request, pk: int) -> HttpResponse:
    """Everything about one place."""
    dossier = dossier_of(request, Site, pk)
    return render(request, "mines/site.html", {"site": dossier.about, **_shown(dossier)})


@open_to_signed_in
@require_GET
def part(request: Request, pk: int, part: str, model: type[Mine | Site]) -> HttpResponse:
    """All rows of one part, page by page."""
    wanted = PARTS.get(part)
    if wanted is None or (model is Site and part not in OF_A_SITE):
        raise Http404
    dossier = dossier_of(request, model, pk)
    rows = dossier.rows_of(wanted.model)
    plain = rows.defer("geom") if hasattr(wanted.model, "geom") else rows
    found = page([plain], order=Order(("-id",)), **_marks(request))
    context = {
        "dossier": dossier,
        "part": wanted,
        "page": found,
        "rows": found.rows,
        "crumbs": crumbs(dossier),
    }
    return render(request, "mines/part.html", context)


@open_to_signed_in
@require_GET
def whole_process(request: Request, pk: int, model: type[Mine | Site]) -> HttpResponse:
    """Every act on the mine or site and on what belongs to it, newest first, page by page."""
    dossier = dossier_of(request, model, pk)
    found = page_of_entries(dossier.about, actor=request.actor, **_marks(request))
    return render(
        request, "mines/whole_process.html", {"dossier": dossier, "page": found, "crumbs": crumbs(dossier)}
    )


def dossier_of(request: Request, model: type[Mine | Site], pk: int) -> Dossier:
    """The dossier as the reader may see it today; NotFound for what may not be seen."""
    return _dossier(model, pk, request.actor, shanghai_date(timezone.now()), get_language())


@holds_until_next_act
def _dossier(model: type[Mine | Site], pk: int, actor: ActorLike, on: date, _language: str | None) -> Dossier:
    """A dossier keeps what it has worked out, sentences too: one for each language."""
    return Dossier(queries.one(model, pk, actor=actor), actor=actor, on=on)


def crumbs(dossier: Dossier) -> list[tuple[str, str]]:
    """The list, and the page of the dossier itself."""
    about, wording = dossier.about, listing.WORDING[type(dossier.about)]
    return [(str(wording.title), f"/{wording.kind}/"), (about.name or about.key, dossier.path)]


def _shown(dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "facts": list(_facts(dossier.about)),
        "gaps": gaps(dossier),
        "summary": summary(dossier) if dossier.is_of_a_mine else None,
        "bars": bars(dossier.land),
        "picture": _picture(dossier, get_language()),
        "entries": dossier.entries,
        "crumbs": crumbs(dossier)[:1],
    }


@holds_until_next_act
def _picture(dossier: Dossier, language: str | None) -> SafeString | None:
    """The map of a dossier, with its words in a language."""
    return drawn(dossier, width_px=PICTURE_PX[0], height_px=PICTURE_PX[1])


def _facts(about: Mine | Site) -> Iterator[tuple[str, Any]]:
    yield from listing.facts_of(about)
    if isinstance(about, Mine):
        absorbed = [str(one) for one in about.absorbed.order_by("id")[:10]]
        if named := [*(about.former_names or []), *absorbed]:
            yield str(_("曾用名、曾用编号")), "、".join(named)


def _marks(request: Request) -> dict[str, Any]:
    return {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
