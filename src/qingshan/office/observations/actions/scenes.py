"""How do images enter: a folder or a collection below the installation's own folder, public or internal?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change, day_of
from qingshan.office.matters.access import own_unit
from qingshan.office.observations.access import CORRECT_SCENES, REGISTER_SCENES, RETIRE_SCENES
from qingshan.office.observations.actions.background import require_offered
from qingshan.office.observations.imagery import look_into
from qingshan.office.observations.models import SceneSet
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.layers import SECRET, Openness
from qingshan.rules.secrecy import check_declared_open, check_not_marked_secret
from qingshan.rules.verification import Zone


@dataclass(frozen=True)
class NewScenes:
    """What is said of a set of images."""

    name: str
    path: str
    region: Region
    openness: str
    source: str = ""
    nothing_secret: bool = False
    zone: Zone | None = None
    """of all land that the images show; None: nobody has said so"""


@dataclass(frozen=True)
class CorrectedScenes:
    """What can be said otherwise of a set: its folder and its region stay."""

    name: str
    openness: str
    source: str = ""
    zone: Zone | None = None
    is_offered: bool = False
    """one that was retired is in use again"""


@official_act
def register_scenes(new: NewScenes, *, actor: ActorLike, now: datetime) -> SceneSet:
    """登记影像目录. Refused: no registry duty, out of area, secret, outside the folder for images, nothing usable."""
    require(actor, REGISTER_SCENES.code, region_id=new.region.pk)
    check_declared_open(declared=new.nothing_secret)
    _check(new.name, new.openness, new.source, new.path)
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
        zone=new.zone.value if new.zone else None,
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
            **({"zone": made.zone} if made.zone else {}),
        },
        region_id=new.region.pk,
    )
    return made


def _check(name: str, openness: str, *words: str) -> None:
    if openness == SECRET:
        raise ObservationRefused.because("observations.secret")
    check_not_marked_secret(name, *words)
    if not name.strip():
        raise ObservationRefused.because("observations.name_missing")


@official_act
def correct_scenes(
    scene_set: SceneSet, said: CorrectedScenes, *, version: int, actor: ActorLike, now: datetime
) -> SceneSet:
    """更正影像目录: its name, source, climate zone and openness; pictures of a set that is internal now are shown to
    nobody else from this moment on. Refused: no registry duty, out of area, secret, no name, changed meanwhile.
    """
    require(actor, CORRECT_SCENES.code, region_id=scene_set.region_id)
    _check(said.name, said.openness, said.source)
    old = _told(scene_set)
    scene_set.version = version
    change(
        scene_set,
        name=said.name.strip(),
        source=said.source.strip(),
        openness=Openness(said.openness).value,
        zone=said.zone.value if said.zone else None,
        retired_on=None if said.is_offered else scene_set.retired_on,
    )
    record(
        act=CORRECT_SCENES.code,
        actor=actor,
        now=now,
        subjects=[scene_set],
        old=old,
        new=_told(scene_set),
        region_id=scene_set.region_id,
    )
    return scene_set


@official_act
def retire_scenes(
    scene_set: SceneSet, *, note: str, version: int, actor: ActorLike, now: datetime
) -> SceneSet:
    """停用影像目录: what was found with it stays, nothing new is begun with it. Refused: no registry duty, out of area,
    no grounds, one that is retired already, changed meanwhile.
    """
    require(actor, RETIRE_SCENES.code, region_id=scene_set.region_id)
    if not note.strip():
        raise ObservationRefused.because("observations.grounds_missing")
    require_offered(scene_set)
    scene_set.version = version
    change(scene_set, retired_on=shanghai_date(now))
    told = {"name": scene_set.name, "note": note.strip()}
    record(
        act=RETIRE_SCENES.code,
        actor=actor,
        now=now,
        subjects=[scene_set],
        new=told,
        region_id=scene_set.region_id,
    )
    return scene_set


def _told(scene_set: SceneSet) -> dict[str, Any]:
    openness = Openness(scene_set.openness)
    return {
        "name": scene_set.name,
        "source": scene_set.source,
        "openness": openness.zh,
        "openness_en": openness.en,
        "zone": scene_set.zone,
        "retired_on": day_of(scene_set.retired_on),
    }
