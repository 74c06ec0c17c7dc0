"""Who gets what at the addresses of projects, lists and land?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils import timezone
from shapely.geometry import box

from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.models import Doubt, Evidence
from qingshan.office.mines.models import Site
from qingshan.office.restoration import actions
from qingshan.office.restoration.actions import NewProject, Planned
from qingshan.office.restoration.models import LandMove, LandParcel, ListedSite, TargetList
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import SourceKind
from qingshan.rules.roles import Role
from qingshan.vault import Vault

REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
OF_THE_COUNTY = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "enterprise_manager",
    "auditor",
    "registry_officer",
)
RECORDS = ("county_clerk", "provincial_dispatcher", "registry_officer")
"""who enters what others decided on paper"""
NOT_THE_ENTERPRISE = tuple(name for name in OF_THE_COUNTY if name != "enterprise_manager")


def prepare(world: World) -> None:
    """A project at the mine of 青石县, a legacy pit on a list, and a plot of the mine."""
    county, mine = world.people.regions["990101"], world.things["mine"]
    clerk, now = world.people.actor("county_clerk"), timezone.now()
    site = Site.objects.create(
        key="R-1", name="废弃采坑", region=county, geom=box(122.2, 33.1, 122.202, 33.102)
    )
    opening = Opening(
        "", "", "采坑修复", region=county, source=SourceKind.OTHER, mine=mine,
        parties=(Named(Role.ANSWERING, world.people.organisations["county_bureau"]),),
    )  # fmt: skip
    matter = actions.register_project(
        NewProject(opening, RestorationMode.TO_FOREST, [Planned(site)]), actor=clerk, now=now
    )
    target_list = TargetList.objects.create(
        code="L-1", title="某省修复清单", kind="legacy", region=world.people.regions["990000"], number="1号",
        decided_on=date(2026, 1, 1),
    )  # fmt: skip
    own_list = TargetList.objects.create(
        code="L-2",
        title="某县修复清单",
        kind="working",
        region=county,
        number="2号",
        decided_on=date(2026, 1, 1),
    )
    listed = ListedSite.objects.create(
        target_list=target_list, site=site, region=county, key=site.key, name=site.name, place=1,
        own_cm2=10**8, target_cm2=10**8, since_on=date(2026, 1, 2),
    )  # fmt: skip
    parcel = LandParcel.objects.create(
        mine=mine, region=county, name="北采场", state="active", area_cm2=10**8, since_on=date(2026, 1, 1)
    )
    LandMove.objects.create(
        mine=mine, region=county, parcel=parcel, into=parcel, act="restoration.disturb_land",
        to_state="active", area_cm2=10**8, occurred_on=shanghai_date(now), recorded_at=now,
    )  # fmt: skip
    picture = Vault(settings.VAULT_ROOT).put(b"%PDF-1.4 a picture").digest
    shown = Evidence.objects.create(
        matter=matter, kind="document", title="东采坑照片", file_name="照片.pdf", file_digest=picture,
        thumbnail_digest=picture, added_on=shanghai_date(now),
    )  # fmt: skip
    doubt = Doubt.objects.create(
        matter=matter, code="used_before", values={}, raised_on=shanghai_date(now), state="open"
    )
    world.things.update(
        restoration=matter,
        own_list=own_list,
        listed=listed,
        parcel=parcel,
        shown=shown,
        restoration_doubt=doubt,
    )


def at(name: str, path: str) -> Callable[[World], str]:
    """The address of a prepared object."""
    return lambda world: path.format(world.things[name].pk)


def of_project(thing: str, path: str) -> Callable[[World], str]:
    """The address of what hangs on the project."""
    return lambda world: path.format(world.things["restoration"].pk, world.things[thing].pk)


def seen(*names: str, among: tuple[str, ...], status: int = 200) -> dict[str, int]:
    """Open to the duty of some, found by fewer: others of the duty get 404, all others 403."""
    return only(*among, status=404) | dict.fromkeys(names, status)


def of_seers(*names: str, status: int = 200) -> dict[str, int]:
    """An act on a matter: done by some of those who see it, or recorded for them; refused to the others."""
    return found_by(*OF_THE_COUNTY, status=403) | dict.fromkeys((*names, *RECORDS), status)


MOVES_SITES = (*REGISTRY, "city_reviewer", "provincial_dispatcher")
"""who reviews, or enters what a reviewer decided on paper"""
OF_THE_SITE = tuple(name for name in MOVES_SITES if name != "other_county_clerk")
MOVERS = ("county_clerk", "registry_officer")
ROWS = [
    Row("GET", "/restoration/", SIGNED_IN),
    Row("GET", "/restoration/?view=overdue&state=working&region=990101000000&q=%00x&after=x", SIGNED_IN),
    Row("GET", "/restoration/export.xlsx", SIGNED_IN),
    Row("GET", "/restoration/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/restoration/new/", only(*REGISTRY)),
    Row("POST", "/restoration/new/", only(*REGISTRY, status=422)),
    Row("GET", at("restoration", "/restoration/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("case", "/restoration/{}/"), found_by()),
    Row("GET", at("restoration", "/restoration/{}/closing-file.pdf"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("case", "/restoration/{}/closing-file.pdf"), found_by()),
    Row("GET", at("restoration", "/restoration/{}/approve_project/"), of_seers("city_reviewer")),
    Row("POST", at("restoration", "/restoration/{}/approve_project/"), of_seers("city_reviewer", status=422)),
    Row("GET", at("restoration", "/restoration/{}/correct_project/"), of_seers(*MOVERS)),
    Row("GET", at("restoration", "/restoration/{}/dismiss_project/"), of_seers("county_leader")),
    Row("GET", at("restoration", "/restoration/{}/nothing/"), found_by()),
    Row("GET", of_project("shown", "/restoration/{}/evidence/{}/file"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_project("shown", "/restoration/{}/evidence/{}/small"), found_by(*OF_THE_COUNTY)),
    Row(
        "GET",
        of_project("restoration_doubt", "/restoration/{}/doubts/{}/"),
        found_by(*OF_THE_COUNTY, status=403) | {"city_reviewer": 200},
    ),
    Row("GET", at("restoration", "/restoration/{}/add_evidence/"), of_seers()),
    Row(
        "GET",
        at("restoration", "/restoration/{}/papers/acceptance/"),
        only(
            "county_clerk",
            "county_leader",
            "city_reviewer",
            "registry_officer",
            "other_county_clerk",
            status=404,
        ),
    ),
    Row("GET", "/restoration/listed/", SIGNED_IN),
    Row("GET", "/restoration/listed/?view=out&target_list=x&region=1&q=cq&before=x", SIGNED_IN),
    Row("GET", "/restoration/listed/export.xlsx?view=all", SIGNED_IN),
    Row("GET", "/restoration/listed/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/restoration/listed/in/", only(*MOVES_SITES)),
    Row("POST", "/restoration/listed/in/", only(*MOVES_SITES, status=422)),
    Row("GET", at("listed", "/restoration/listed/{}/"), found_by(*NOT_THE_ENTERPRISE)),
    Row("GET", at("listed", "/restoration/listed/{}/out/"), seen(*OF_THE_SITE, among=MOVES_SITES)),
    Row(
        "POST", at("listed", "/restoration/listed/{}/out/"), seen(*OF_THE_SITE, among=MOVES_SITES, status=422)
    ),
    Row("GET", "/restoration/listed/999999/out/", only(*MOVES_SITES, status=404)),
    Row("GET", at("listed", "/restoration/listed/{}/back/"), seen(*OF_THE_SITE, among=MOVES_SITES)),
    Row(
        "POST",
        at("listed", "/restoration/listed/{}/back/"),
        seen(*OF_THE_SITE, among=MOVES_SITES, status=422),
    ),
    Row("GET", "/restoration/lists/?kind=legacy", SIGNED_IN),
    Row("GET", at("own_list", "/restoration/lists/{}/"), found_by(*NOT_THE_ENTERPRISE)),
    Row("GET", at("own_list", "/restoration/lists/{}/correct/"), seen(*MOVERS, among=REGISTRY)),
    Row(
        "POST",
        at("own_list", "/restoration/lists/{}/correct/"),
        seen(*MOVERS, among=REGISTRY, status=422),
    ),
    Row(
        "GET",
        at("own_list", "/restoration/lists/{}/moves/?since=2026-01-01&until=x&region=990101000000&after=x"),
        found_by(*NOT_THE_ENTERPRISE),
    ),
    Row("GET", at("own_list", "/restoration/lists/{}/moves/export.csv"), found_by(*NOT_THE_ENTERPRISE)),
    Row("GET", "/restoration/lists/new/", only(*REGISTRY)),
    Row("POST", "/restoration/lists/new/", only(*REGISTRY, status=422)),
    Row("GET", "/restoration/figures/", SIGNED_IN),
    Row("GET", "/restoration/figures/?on=2026-13-45&target_list=999", SIGNED_IN),
    Row("GET", "/restoration/figures/export.xlsx", SIGNED_IN),
    Row("GET", "/restoration/land/", SIGNED_IN),
    Row("GET", "/restoration/land/?region=990101000000&q=%00&after=x", SIGNED_IN),
    Row("GET", "/restoration/land/export.xlsx?region=990101000000&q=x", SIGNED_IN),
    Row("GET", "/restoration/land/export.exe", SIGNED_IN | {"*": 404}),
    *(
        row
        for path in ("/restoration/land/idle/", "/restoration/land/yearly/")
        for row in (
            Row("GET", path, SIGNED_IN),
            Row("GET", f"{path}?region=990101000000&year=x&q=%00&after=x", SIGNED_IN),
            Row("GET", f"{path}export.xlsx?region=990101000000&year=2026", SIGNED_IN),
            Row("GET", f"{path}export.exe", SIGNED_IN | {"*": 404}),
        )
    ),
    Row("GET", at("mine", "/restoration/land/mines/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("mine", "/restoration/land/mines/{}/disturb/"), seen(*MOVERS, among=REGISTRY)),
    Row("POST", at("mine", "/restoration/land/mines/{}/disturb/"), seen(*MOVERS, among=REGISTRY, status=422)),
    Row(
        "GET",
        at("parcel", "/restoration/land/plots/{}/make_land_available/"),
        seen(*OF_THE_SITE, among=MOVES_SITES),
    ),
    Row(
        "POST",
        at("parcel", "/restoration/land/plots/{}/make_land_available/"),
        seen(*OF_THE_SITE, among=MOVES_SITES, status=422),
    ),
    Row("GET", at("parcel", "/restoration/land/plots/{}/correct/"), seen(*MOVERS, among=REGISTRY)),
    Row(
        "POST", at("parcel", "/restoration/land/plots/{}/correct/"), seen(*MOVERS, among=REGISTRY, status=422)
    ),
    Row(
        "GET",
        at("parcel", "/restoration/land/plots/{}/nothing/"),
        only(*MOVES_SITES, status=404),
    ),
]
