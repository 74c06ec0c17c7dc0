"""A mine of 青石县 with something of everything: rights, land, facilities, sites, patches, papers."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from PIL import Image
from shapely.geometry import box

from qingshan.office.accounts.tests.people import People
from qingshan.office.mines import actions
from qingshan.office.mines.actions import NewDocument, NewPlan
from qingshan.office.mines.models import Document, Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.rules.dates import shanghai_date
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import DocumentKind, PlanKind
from qingshan.vault import Vault

COUNTY = 990101000000
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n"


def today() -> date:
    return shanghai_date(timezone.now())


def a_mine(people: People, *, key: str = "M-1", name: str = "老虎沟铁矿", **values: Any) -> Mine:
    """A producing mine of the county, run by the enterprise."""
    given = {"state": "producing", "geom": box(122.1, 33.1, 122.12, 33.12), **values}
    enterprise = people.organisations["enterprise"]
    mine = Mine.objects.create(key=key, name=name, region_id=COUNTY, enterprise=enterprise, **given)
    return Mine.objects.select_related("region", "enterprise").get(pk=mine.pk)


def of(mine: Mine) -> dict[str, Any]:
    return {"region_id": mine.region_id, "mine": mine, "enterprise": mine.enterprise}


def a_right(mine: Mine, *, key: str = "C1", days: int | None = 400, **values: Any) -> MiningRight:
    """A right that ends in so many days."""
    to_on = None if days is None else today() + timedelta(days=days)
    return MiningRight.objects.create(key=key, to_on=to_on, **{"state": "in_force", **of(mine), **values})


def some_land(mine: Mine, *, key: str = "L1", days: int = 400, **values: Any) -> LandUse:
    """Land that is lent for so many days more."""
    to_on = today() + timedelta(days=days)
    return LandUse.objects.create(key=key, to_on=to_on, reported_area_m2=12_600.0, **of(mine), **values)


def sites_with_patches(mine: Mine, *, sites: int, patches_each: int) -> None:
    """So many sites of the mine, each with patches since 2021."""
    made = Site.objects.bulk_create(
        Site(key=f"{mine.key}-S{n}", name=f"采坑 {n} 号", kind="open_pit", area_m2=1_000.0,
             geom=box(122.1, 33.1, 122.101, 33.101), **of(mine))
        for n in range(sites)
    )  # fmt: skip
    Patch.objects.bulk_create(
        Patch(key=f"{site.key}-P{n}", site=site, region_id=mine.region_id, kind=("quarry_face", "dump")[n % 2],
              geom=site.geom, area_m2=500.0, from_on=date(2021 + n % 4, 5, 1))
        for site in made
        for n in range(patches_each)
    )  # fmt: skip


def a_document(
    people: People, mine: Mine | Site, *, title: str = "采矿许可证", content: bytes = PDF, **told: Any
) -> Document:
    """A paper that the county's clerk has filed."""
    file = Vault(settings.VAULT_ROOT).put(content)
    given = {"kind": DocumentKind.LICENCE, "file_name": "许可证.pdf", **told}
    document = NewDocument(title=title, file=file, **given)
    return actions.file_document(
        mine, document, actor=people.actor("county_clerk", on=today()), now=timezone.now()
    )


def a_plan(people: People, mine: Mine, *, kind: PlanKind = PlanKind.RECLAMATION, **told: Any) -> Any:
    """An approved plan that promises twelve hectares."""
    figures = {PlanFigure.RESTORED_AREA_M2: "126000"} if kind == PlanKind.RECLAMATION else {}
    plan = NewPlan(kind=kind, title="修复方案", number="修〔2024〕3号", figures=figures)
    actor = people.actor("county_clerk", on=today())
    return actions.register_plan(mine, plan, actor=actor, now=timezone.now(), **told)


def a_photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "grey").save(out, "JPEG")
    return out.getvalue()


def a_full_dossier(people: People) -> Mine:
    """Something of everything."""
    mine = a_mine(people)
    a_right(mine, days=45, holder_name="青石矿业有限公司")
    a_right(mine, key="C0", days=-3000, state="merged")
    some_land(mine, days=-30, name="临时排土场")
    some_land(mine, key="L2", days=30, returned_on=date(2026, 1, 5))
    Facility.objects.create(key="F1", kind="tailings_pond", name="一号尾矿库", state="closed", **of(mine))
    sites_with_patches(mine, sites=3, patches_each=2)
    a_document(people, mine)
    a_document(
        people,
        mine,
        title="采坑现状",
        kind=DocumentKind.PICTURE,
        file_name="现状.jpg",
        content=a_photograph(),
    )
    a_plan(people, mine, replaces=a_plan(people, mine))
    return mine
