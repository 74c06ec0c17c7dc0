"""Who gets what at the addresses of the register?"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from shapely.geometry import box

from qingshan.jobs.models import Job
from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.accounts.tests.people import SINCE
from qingshan.office.mines.jobs import PACK_DOSSIER
from qingshan.office.mines.models import Document, Likeness, Mine, Patch, Site
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
    given = {"mine": mine, "region": people.regions["990101"], **holder}
    stored = Vault(settings.VAULT_ROOT).put(b"%PDF-1.4")
    document = Document.objects.create(
        title="采矿许可证", kind="licence", openness="internal", file_name="许可证.pdf",
        file_digest=stored.digest, file_size_bytes=stored.size_bytes, **given,
    )  # fmt: skip
    packed = Job.objects.create(
        kind=PACK_DOSSIER,
        payload={"mine_id": mine.pk},
        owner_kind="person",
        owner_id=people.persons["county_clerk"].pk,
        organisation_id=people.organisations["county_bureau"].pk,
        state="done",
        result={"digest": stored.digest, "file_name": "一矿一档.zip"},
        created_at=timezone.now(),
    )
    world.things.update(mine=mine, site=site, patch=patch, pair=pair, document=document, packed=packed)


REGISTRARS = only("county_clerk", "registry_officer") | {"other_county_clerk": 404}
DETERMINERS = only("county_clerk", "registry_officer", "county_leader", "provincial_dispatcher") | {
    "other_county_clerk": 404
}


def package_of(world: World) -> str:
    """The address at which a package waits for whoever asked for it."""
    return f"/mines/{world.things['mine'].pk}/packages/{world.things['packed'].pk}/"


def of_a_dossier(kind: str) -> list[Row]:
    """What the dossiers of a mine and of a site have alike."""

    def at(below: str):
        return object_of(kind, f"/{kind}s/{{}}/{below}")

    readers = found_by(*OF_THE_COUNTY, *(("expert",) if kind == "site" else ()))
    return [
        Row("GET", at("parts/patches/"), readers),
        Row("GET", at("parts/nothing/"), found_by()),
        Row("GET", at("whole-process/"), readers),
        Row("GET", at("documents/new/"), REGISTRARS),
        Row(
            "POST",
            at("documents/new/"),
            REGISTRARS | dict.fromkeys(("county_clerk", "registry_officer"), 422),
        ),
        Row("GET", at("plans/new/"), REGISTRARS),
        Row("GET", at("plans/new/?kind=mining"), REGISTRARS),
        Row("GET", at("responsible/new/"), DETERMINERS),
        Row("GET", at("references/new/"), REGISTRARS),
    ]


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
    *of_a_dossier("mine"),
    *of_a_dossier("site"),
    Row("GET", object_of("mine", "/mines/{}/brief.pdf"), found_by(*OF_THE_COUNTY)),
    Row("GET", object_of("mine", "/mines/{}/dossier.zip"), found_by(*OF_THE_COUNTY)),
    Row("GET", "/briefs/990101000000.pdf", found_by(*(set(OF_THE_COUNTY) - {"enterprise_manager"}))),
    Row("GET", package_of, found_by("county_clerk")),
    Row("GET", object_of("document", "/documents/{}/file"), found_by(*OF_THE_COUNTY)),
    *(Row("GET", f"/{kind}/", SIGNED_IN) for kind in ("rights", "land-uses", "facilities", "enterprises")),
    *(Row("GET", f"/{kind}/export.xlsx", SIGNED_IN) for kind in ("rights", "land-uses", "facilities")),
    Row("GET", "/sites/?q=虎&area_from=0.1&found_from=2020-01-01&shape=yes&enterprise=青石", SIGNED_IN),
    Row("GET", "/sites/?area_from=x&found_from=2020-13-01&sort=area&shape=perhaps", SIGNED_IN),
    Row("GET", _enterprise, found_by(*OF_THE_COUNTY, "expert")),
    Row("GET", "/enterprises/999999999/", found_by()),
]
