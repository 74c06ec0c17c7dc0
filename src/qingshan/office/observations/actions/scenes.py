"""How do images enter: a folder or a collection below the installation's own folder, public or internal?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingshan.office.accounts.access import require
from qingshan.office.matters.access import own_unit
from qingshan.office.observations.access import REGISTER_SCENES
from qingshan.office.observations.imagery import look_into
from qingshan.office.observations.models import SceneSet
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.layers import SECRET, Openness
from qingshan.rules.secrecy import check_declared_open, check_not_marked_secret


@dataclass(frozen=True)
class NewScenes:
    """What is said of a set of images."""

    name: str
    path: str
    region: Region
    openness: str
    source: str = ""
    nothing_secret: bool = False


@official_act
def register_scenes(new: NewScenes, *, actor: ActorLike, now: datetime) -> SceneSet:
    """登记影像目录. Refused: no registry duty, out of area, secret, outside the folder for images, nothing usable."""
    require(actor, REGISTER_SCENES.code, region_id=new.region.pk)
    if new.openness == SECRET:
        raise ObservationRefused.because("observations.secret")
    check_declared_open(declared=new.nothing_secret)
    check_not_marked_secret(new.name, new.path, new.source)
    if not new.name.strip():
        raise ObservationRefused.because("observations.name_missing")
    inside = look_into(new.path)
    taken = SceneSet.objects.filter(path=inside.path, region=new.region).first()
    if taken is not None:
        raise ObservationRefused.because("observations.path_taken", path=inside.path, name=taken.name)
    made = SceneSet.objects.create(
        name=new.name.strip(),
        region=new.region,
        kind=inside.kind.value,
        path=inside.path,
        openness=Openness(new.openness).value,
        source=new.source.strip(),
        scenes=inside.scenes,
        left_out=inside.left_out,
        first_day=inside.first_day,
        last_day=inside.last_day,
        registered_on=shanghai_date(now),
        registered_by=own_unit(actor),
    )
    openness = Openness(made.openness)
    record(
        act=REGISTER_SCENES.code,
        actor=actor,
        now=now,
        subjects=[made],
        new={
            "name": made.name,
            "path": made.path,
            "openness": openness.zh,
            "openness_en": openness.en,
            "scenes": made.scenes,
            "nothing_secret": True,
        },
        region_id=new.region.pk,
    )
    return made
