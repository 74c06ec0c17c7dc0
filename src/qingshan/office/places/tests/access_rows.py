"""Who gets what at the addresses of days, layers and overlaps?"""

from __future__ import annotations

from datetime import date

from shapely.geometry import box

from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.places.models import MapFeature, MapLayer, OverlapOpinion

SYSTEM = only("system_admin")
REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
AUTHORITIES = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "auditor",
    "registry_officer",
)
"""Who works for 青石县 or above it, as the layer's area is that county."""
DAY = {"day": "2031-10-01", "name": "国庆节", "source": "通知"}


def prepare(world: World) -> None:
    """An internal layer of 青石县 with one feature, and an opinion about something there."""
    region = world.people.regions["990101"]
    facts = {"kind": "ecological_redline", "openness": "internal", "source": "省厅"}
    layer = MapLayer.objects.create(
        code="HX-1", title="红线", region=region, data_on=date(2026, 3, 1), **facts
    )
    feature = MapFeature.objects.create(layer=layer, key="HX-1/1", geom=box(122.1, 33.1, 122.11, 33.11))
    opinion = OverlapOpinion.objects.create(
        subject_kind="mines.mine", subject_id=0, region=region, issued_by="县局", number="1号",
        issued_on=date(2026, 3, 1), file_digest="0" * 64, file_name="意见.pdf",
    )  # fmt: skip
    world.things.update(layer=layer, feature=feature, opinion=opinion)


def at(name: str, path: str):
    """The address of a prepared object."""
    return lambda world: path.format(world.things[name].pk)


ROWS = [
    Row("GET", "/layers/", SIGNED_IN),
    Row("GET", "/layers/new/", only(*REGISTRY)),
    Row("POST", "/layers/new/", only(*REGISTRY, status=422)),
    Row("GET", at("layer", "/layers/{}/"), found_by(*AUTHORITIES)),
    Row("GET", at("layer", "/layers/{}/export.geojson"), found_by(*AUTHORITIES)),
    Row("GET", at("layer", "/layers/{}/export.exe"), found_by()),
    Row("GET", at("layer", "/layers/{}/replace/"), only(*REGISTRY) | {"other_county_clerk": 404}),
    Row("GET", at("layer", "/layers/{}/withdraw/"), only(*REGISTRY) | {"other_county_clerk": 404}),
    Row(
        "POST", at("layer", "/layers/{}/withdraw/"), only(*REGISTRY, status=422) | {"other_county_clerk": 404}
    ),
    Row("GET", "/services/nothing/0/0/0", found_by()),
    Row("GET", "/overlaps/nothing/1/", found_by()),
    Row("GET", "/overlaps/nothing/1/new/", only(*REGISTRY, status=404)),
    Row("GET", "/overlaps/opinions/999999/file/", found_by()),
    Row("GET", "/holidays/", SYSTEM),
    Row("GET", "/holidays/?year=abc", SYSTEM),
    Row("GET", "/holidays/edit/", SYSTEM),
    Row("POST", "/holidays/edit/", only("system_admin", status=302), data=DAY),
    Row("GET", "/holidays/2031-10-01/forget/", SYSTEM),
    Row("GET", "/holidays/yesterday/forget/", only("system_admin", status=404)),
    Row("POST", "/holidays/2031-10-01/forget/", only("system_admin", status=422), data={}),
]
