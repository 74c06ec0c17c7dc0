"""Who gets what at the addresses of the register?"""

from __future__ import annotations

from shapely.geometry import box

from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.accounts.tests.people import SINCE
from qingshan.office.mines.models import Likeness, Mine, Patch, Site

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


REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
CORRECTED = only("county_clerk", "registry_officer") | {"other_county_clerk": 404}


def prepare(world: World) -> None:
    """A mine, a site and a patch of 青石县; the expert was asked to look at the site."""
    people = world.people
    place = {"region": people.regions["990101"], "geom": box(122.1, 33.1, 122.11, 33.11)}
    holder = {"enterprise": people.organisations["enterprise"]}
    mine = Mine.objects.create(key="M-1", name="老虎沟铁矿", **place, **holder)
    site = Site.objects.create(key="S-1", name="老虎沟采坑", mine=mine, area_m2=1.0, **place, **holder)
    patch = Patch.objects.create(key="P-1", site=site, area_m2=1.0, **place)
    Assignment.objects.create(
        person=people.persons["expert"], kind="mines.site", object_id=site.pk, from_on=SINCE
    )
    double = Mine.objects.create(key="M-2", name="老虎沟铁矿", **place)
    pair = Likeness.objects.create(first=mine, second=double, region=place["region"], verdict="same")
    world.things.update(mine=mine, site=site, patch=patch, pair=pair)


def object_of(name: str, path: str):
    """The address of a prepared object: `object_of("site", "/sites/{}/")`."""
    return lambda world: path.format(world.things[name].pk)


READERS = (*REGISTRY, "county_leader", "city_reviewer", "provincial_dispatcher")
DECIDES = only(*REGISTRY, status=422) | {"other_county_clerk": 404}
"""without a reason nothing is decided"""


def _enterprise(world: World) -> str:
    return f"/enterprises/{world.people.organisations['enterprise'].pk}/"


ROWS = [
    Row("GET", "/mines/", SIGNED_IN),
    Row("GET", "/mines/export.xlsx", SIGNED_IN),
    Row("GET", "/mines/export.exe", SIGNED_IN | {"*": 404, "anonymous": 302}),
    Row("GET", object_of("mine", "/mines/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", "/register/mines/new/", only(*REGISTRY)),
    Row("GET", "/register/nothing/new/", only(*REGISTRY, status=404)),
    Row("POST", "/register/mines/new/", only(*REGISTRY, status=422), data={}),
    Row("GET", object_of("mine", "/register/mines/{}/correct/"), CORRECTED),
    Row("GET", object_of("site", "/register/sites/{}/correct/"), CORRECTED),
    Row("GET", "/sites/", SIGNED_IN),
    Row("GET", "/sites/export.geojson", SIGNED_IN),
    Row("GET", object_of("site", "/sites/{}/"), found_by(*OF_THE_COUNTY, "expert")),
    Row("GET", "/sites/999999999/", found_by()),
    Row("GET", object_of("mine", "/overlaps/mines.mine/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", object_of("site", "/overlaps/mines.site/{}/"), found_by(*OF_THE_COUNTY, "expert")),
    Row(
        "GET",
        object_of("mine", "/overlaps/mines.mine/{}/new/"),
        only(*REGISTRY) | {"other_county_clerk": 404},
    ),
    Row(
        "POST",
        object_of("mine", "/overlaps/mines.mine/{}/new/"),
        only(*REGISTRY, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", "/patches/", SIGNED_IN),
    Row("GET", "/patches/export.gpkg", SIGNED_IN),
    Row("GET", "/mines/likeness/", only(*READERS)),
    Row("POST", "/mines/likeness/find/", only(*REGISTRY, status=302)),
    Row("GET", object_of("pair", "/mines/likeness/{}/"), only(*READERS) | {"other_county_clerk": 404}),
    Row("POST", object_of("pair", "/mines/likeness/{}/merge/"), DECIDES),
    Row("POST", object_of("pair", "/mines/likeness/{}/apart/"), DECIDES),
    Row("POST", object_of("pair", "/mines/likeness/{}/undo/"), DECIDES),
    *(Row("GET", f"/{kind}/", SIGNED_IN) for kind in ("rights", "land-uses", "facilities", "enterprises")),
    *(Row("GET", f"/{kind}/export.xlsx", SIGNED_IN) for kind in ("rights", "land-uses", "facilities")),
    Row("GET", "/sites/?q=虎&area_from=0.1&found_from=2020-01-01&shape=yes&enterprise=青石", SIGNED_IN),
    Row("GET", "/sites/?area_from=x&found_from=2020-13-01&sort=area&shape=perhaps", SIGNED_IN),
    Row("GET", _enterprise, found_by(*OF_THE_COUNTY, "expert")),
    Row("GET", "/enterprises/999999999/", found_by()),
]
