"""Who gets what at the addresses of the desk: map, tiles, imports, files, search?"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from qingshan.exchange.models import Filling, Import
from qingshan.jobs.models import Job
from qingshan.office.accounts.tests.access import (
    ANYBODY,
    SIGNED_IN,
    Row,
    World,
    found_by,
    only,
)
from qingshan.office.desk.samples import FOLDER
from qingshan.office.mines.tests.access_rows import OF_THE_COUNTY, object_of
from qingshan.office.places.tests.access_rows import AUTHORITIES
from qingshan.vault import Vault

INSIDE = (*OF_THE_COUNTY, "expert")
CLERKS = ("county_clerk", "other_county_clerk", "registry_officer")
REGISTRY = only(*CLERKS)


A_LAYOUT = {
    "sheet": "表1", "top": 1, "bottom": 1, "headers": [[1, ["编号"]], [2, ["名称"]]], "captions": [], "printed": {},
}  # fmt: skip
A_PLAN = {"kind": "sites", "sheet": "表1"}


def prepare(world: World) -> None:
    """A file that the county's clerk brought, waiting, and the job that reads it."""
    clerk, bureau = world.people.persons["county_clerk"], world.people.organisations["county_bureau"]
    digest = Vault(settings.VAULT_ROOT).put("点位编号,点位名称\n".encode()).digest
    owner = {"owner_id": clerk.pk, "organisation_id": bureau.pk, "created_at": timezone.now()}
    world.things["import"] = Import.objects.create(
        kind="sites", file_name="点位.csv", file_digest=digest, **owner
    )
    folder = Path(settings.HOME) / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "试用（演示）.xlsx").write_bytes(b"PK")
    world.things["filling"] = Filling.objects.create(
        file_name="来表.xlsx",
        file_digest=digest,
        filled_digest=digest,
        layouts=[A_LAYOUT],
        plan=A_PLAN,
        **owner,
    )
    world.things["job"] = Job.objects.create(
        kind="exchange.read",
        payload={"import_id": world.things["import"].pk},
        owner_kind="person",
        owner_name=clerk.full_name,
        **owner,
    )


def _file(world: World) -> str:
    return f"/files/{world.things['import'].file_digest}"


def _feature(world: World) -> str:
    return f"/map/layer-{world.things['layer'].pk}/{world.things['feature'].pk}/"


CLERKS_OWN = found_by("county_clerk")

ROWS = [
    Row("GET", "/", SIGNED_IN),
    Row("POST", "/language/", {"*": 302}, data={"language": "en"}),
    Row("GET", "/health/", ANYBODY),
    Row("GET", object_of("job", "/jobs/{}/"), CLERKS_OWN),
    Row("POST", object_of("job", "/jobs/{}/cancel/"), CLERKS_OWN | {"county_clerk": 302}),
    Row("GET", "/imports/", REGISTRY),
    Row("GET", "/imports/samples/1/", REGISTRY),
    Row("GET", "/imports/samples/4711/", only(*CLERKS, status=404)),
    Row("GET", "/imports/new/sites/", REGISTRY),
    Row("GET", "/imports/new/clues/", REGISTRY),
    Row("GET", "/imports/new/nothing/", only(*CLERKS, status=404)),
    Row("POST", "/imports/new/sites/", only(*CLERKS, status=422)),
    Row("GET", "/imports/template/sites.xlsx", SIGNED_IN),
    Row("GET", object_of("import", "/imports/{}/"), CLERKS_OWN),
    Row("GET", object_of("import", "/imports/{}/reading/"), CLERKS_OWN),
    Row("GET", object_of("import", "/imports/{}/refused.xlsx"), CLERKS_OWN),
    Row("POST", object_of("import", "/imports/{}/answer/"), only(*CLERKS, status=404) | {"county_clerk": 302}),
    Row("POST", object_of("import", "/imports/{}/doubles/"), only(*CLERKS, status=404) | {"county_clerk": 302}),
    Row("POST", object_of("import", "/imports/{}/apply/"), only(*CLERKS, status=404) | {"county_clerk": 422}),
    Row("POST", object_of("import", "/imports/{}/cancel/"), only(*CLERKS, status=404) | {"county_clerk": 302}),
    Row("GET", "/filling/", SIGNED_IN),
    Row("POST", "/filling/", SIGNED_IN | {"*": 422}),
    Row("GET", object_of("filling", "/filling/{}/"), CLERKS_OWN),
    Row("GET", object_of("filling", "/filling/{}/progress/"), CLERKS_OWN),
    Row("GET", object_of("filling", "/filling/{}/filled.xlsx"), CLERKS_OWN),
    Row("POST", object_of("filling", "/filling/{}/"), CLERKS_OWN | {"county_clerk": 302}),
    Row("POST", object_of("filling", "/filling/{}/forget/"), CLERKS_OWN | {"county_clerk": 302}),
    Row("GET", _file, CLERKS_OWN),
    Row("GET", "/checkup/", SIGNED_IN),
    Row("POST", "/checkup/", SIGNED_IN | {"*": 422}),
    Row("POST", "/checkup/marked.xlsx", SIGNED_IN | {"*": 422}),
    Row("GET", "/rulebooks/", SIGNED_IN),
    Row("GET", "/rulebooks/nation/land-reclamation/2011/", SIGNED_IN),
    Row("GET", "/rulebooks/nation/land-reclamation/9999/", found_by()),
    Row("GET", "/rulebooks/mars/x/1/", found_by()),
    Row("GET", "/map/", SIGNED_IN),
    Row("GET", object_of("site", "/map/sites/{}/"), found_by(*OF_THE_COUNTY, "expert")),
    Row("GET", object_of("site", "/map/?object=sites:{}"), found_by(*OF_THE_COUNTY, "expert")),
    Row("GET", object_of("mine", "/map/mines/{}/"), found_by(*OF_THE_COUNTY)),
    Row("GET", object_of("patch", "/map/patches/{}/"), found_by(*OF_THE_COUNTY, "expert")),
    Row("GET", object_of("layer", "/map/?layers=layer-{}"), SIGNED_IN),
    Row("GET", "/map/?bounds=x&region=9&sites=nothing&layers=&base=none&picture=1", SIGNED_IN),
    Row("GET", "/map/nothing/1/", found_by()),
    Row("GET", "/map/regions/1/", found_by()),
    Row("GET", _feature, found_by(*AUTHORITIES)),
    Row("GET", "/map/here/?at=122.105,33.105", SIGNED_IN),
    Row("GET", "/map/here/?at=x", {"*": 400, "anonymous": 302}),
    Row("GET", "/map/measure/?of=area&points=122,33;122.1,33;122.1,33.1", SIGNED_IN),
    Row("GET", "/map/measure/?points=122,33", {"*": 400, "anonymous": 302}),
    Row("GET", "/map/picture/?bounds=122,33,123,34", SIGNED_IN),
    Row("GET", "/map/print/?paper=a4&title=x", SIGNED_IN),
    # a tile without anything in it for the reader is 204
    Row("GET", "/tiles/sites/10/859/412.mvt", {"*": 204, "anonymous": 302} | dict.fromkeys(INSIDE, 200)),
    Row("GET", "/tiles/nothing/0/0/0.mvt", found_by()),
    Row("GET", "/tiles/sites/3/9/9.mvt", found_by()),
    Row("GET", "/search/?q=S-1", SIGNED_IN),
    Row("GET", "/search/suggestions/?q=lhg", SIGNED_IN),
]  # fmt: skip
