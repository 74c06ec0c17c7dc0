"""Who gets what at the addresses of batches and single sites?"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from shapely.geometry import box

from qingshan.office.accounts.tests.access import ANYBODY, SIGNED_IN, Row, World, found_by, only
from qingshan.office.batches import actions
from qingshan.office.batches.actions import Chosen, NewBatch
from qingshan.office.batches.models import PanelMember
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.models import Doubt, Evidence
from qingshan.office.mines.models import Site
from qingshan.office.restoration.tests.access_rows import OF_THE_COUNTY, at, of_seers
from qingshan.rules.acceptance import PanelPart
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import SourceKind
from qingshan.rules.roles import Role
from qingshan.vault import Vault

REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
RECORDERS = ("county_clerk", "registry_officer", "provincial_dispatcher")
"""They may enter what others decided on paper."""


def prepare(world: World) -> None:
    """A batch and a single site at the mine of 青石县, each being put together, with somebody on a panel."""
    county, mine = world.people.regions["990101"], world.things["mine"]
    clerk, now = world.people.actor("county_clerk"), timezone.now()
    units = {Role.ANSWERING: "county_bureau", Role.EXECUTING: "enterprise"}
    parties = tuple(Named(role, world.people.organisations[name]) for role, name in units.items())

    def sites(count: int, west: float) -> list[Chosen]:
        made = [
            Site.objects.create(
                key=f"B-{west}-{n}", name="批次采坑", region=county, mine=mine,
                geom=box(west + n / 100, 33.2, west + n / 100 + 0.002, 33.202),
            )
            for n in range(count)
        ]  # fmt: skip
        return [Chosen(site, RestorationMode.TO_FOREST, Afteruse.FOREST) for site in made]

    def opening(title: str) -> Opening:
        return Opening("", "", title, region=county, source=SourceKind.OTHER, mine=mine, parties=parties)

    batch = actions.form_batch(NewBatch(opening("第一批修复"), sites(3, 122.3)), actor=clerk, now=now)
    single = actions.take_up_single(NewBatch(opening("东采坑单项"), sites(1, 122.4)), actor=clerk, now=now)
    member = PanelMember.objects.create(
        batch=batch.batch, round_no=1, part=PanelPart.EXPERT.value, name="周专"
    )
    picture = Vault(settings.VAULT_ROOT).put(b"%PDF-1.4 a picture of a batch").digest
    shown = Evidence.objects.create(
        matter=batch, kind="document", title="东采坑照片", file_name="照片.pdf", file_digest=picture,
        thumbnail_digest=picture, added_on=shanghai_date(now),
    )  # fmt: skip
    doubt = Doubt.objects.create(
        matter=batch, code="used_before", values={}, raised_on=shanghai_date(now), state="open"
    )
    world.things.update(batch=batch, single=single, panel_member=member, batch_shown=shown, batch_doubt=doubt)
    world.things["batch_site"] = batch.batch.sites.earliest("pk")


def below(path: str):  # type: ignore[no-untyped-def]
    """The address of one site of the batch."""
    return lambda world: path.format(world.things["batch"].pk, world.things["batch_site"].pk)


def of_batch(thing: str, path: str):  # type: ignore[no-untyped-def]
    """The address of what hangs on the batch."""
    return lambda world: path.format(world.things["batch"].pk, world.things[thing].pk)


DOES_THE_WORK = ("enterprise_manager", "county_clerk")
ROWS = [
    Row("GET", "/batches/", SIGNED_IN),
    Row("GET", "/batches/?view=overdue&state=checking&region=990101000000&q=%00x&after=x", SIGNED_IN),
    Row("GET", "/batches/export.xlsx", SIGNED_IN),
    Row("GET", "/batches/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/batches/new/", only(*REGISTRY)),
    Row("GET", "/batches/new/?source=projects&region=1&q=%00x", only(*REGISTRY)),
    Row("POST", "/batches/new/", only(*REGISTRY, status=422)),
    Row("POST", "/batches/new/", only(*REGISTRY, status=422), data={"sites": ["999999", "x", "-1"]}),
    Row("GET", "/batches/recompute_sample.py", ANYBODY),
    Row("GET", at("batch", "/public/batches/{}/"), {"*": 404}),
    Row("GET", "/public/batches/999999/sample.json", {"*": 404}),
    Row("GET", "/singles/", SIGNED_IN),
    Row("GET", "/singles/?view=turn&state=x", SIGNED_IN),
    Row("GET", "/singles/export.csv", SIGNED_IN),
    Row("GET", "/singles/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/singles/new/", only(*REGISTRY)),
    Row("POST", "/singles/new/", only(*REGISTRY, status=422)),
    Row("GET", at("batch", "/batches/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("single", "/batches/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("restoration", "/batches/{}/"), found_by()),
    Row("GET", at("batch", "/batches/{}/finish_batch/"), of_seers(*DOES_THE_WORK, *RECORDERS)),
    Row("POST", at("batch", "/batches/{}/finish_batch/"), of_seers(*DOES_THE_WORK, *RECORDERS, status=422)),
    Row("GET", at("batch", "/batches/{}/add_site/"), of_seers(*RECORDERS)),
    Row("POST", at("batch", "/batches/{}/add_site/"), of_seers(*RECORDERS, status=422)),
    Row("GET", at("batch", "/batches/{}/seal_number/"), of_seers("city_reviewer", *RECORDERS)),
    Row("GET", at("batch", "/batches/{}/withdraw_batch/"), of_seers("county_leader", *RECORDERS)),
    Row("GET", at("batch", "/batches/{}/take_out_site/"), found_by()),
    Row("GET", at("batch", "/batches/{}/nothing/"), found_by()),
    Row("GET", at("single", "/batches/{}/report_single_progress/"), of_seers(*DOES_THE_WORK, *RECORDERS)),
    Row("GET", below("/batches/{}/sites/{}/take_out_site/"), of_seers(*RECORDERS)),
    Row("POST", below("/batches/{}/sites/{}/take_out_site/"), of_seers(*RECORDERS, status=422)),
    Row("GET", below("/batches/{}/sites/{}/finish_batch/"), found_by()),
    Row("GET", at("batch", "/batches/{}/sites/999999/take_out_site/"), found_by()),
    Row("GET", at("batch", "/batches/{}/closing-file.pdf"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("batch", "/batches/{}/sample/"), found_by(*OF_THE_COUNTY)),
    Row("GET", at("batch", "/batches/{}/sample.json"), found_by()),
    Row("GET", at("batch", "/batches/{}/sample-1.json"), found_by()),
    Row("GET", of_batch("panel_member", "/batches/{}/panel/{}/file"), found_by()),
    Row(
        "GET",
        at("batch", "/batches/{}/papers/acceptance/"),
        only(*REGISTRY, "county_leader", "city_reviewer", status=404),
    ),
    Row("GET", of_batch("batch_shown", "/batches/{}/evidence/{}/file"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_batch("batch_shown", "/batches/{}/evidence/{}/small"), found_by(*OF_THE_COUNTY)),
    Row(
        "GET",
        of_batch("batch_doubt", "/batches/{}/doubts/{}/"),
        found_by(*OF_THE_COUNTY, status=403) | {"city_reviewer": 200},
    ),
]
