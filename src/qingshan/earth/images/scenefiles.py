"""How does a folder describe its scenes? A small `scenes.toml` beside the images.

    [[scene]]                                   # one by one
    id = "a"
    day = 2024-05-01
    sensor = "sentinel-2-msi"
    file = "a.tif"                              # for bands that are told as a number of it
    bands = { red = 3, nir = 4, swir1 = { file = "a_swir.tif", band = 1, scale = 1e-4 } }
    mask = { file = "a_scl.tif", scheme = "sentinel2-scl" }

    [[pattern]]                                 # or by the names of files: {id} or {day} or both, and {band}
    files = "{id}_{band}.tif"
    sensor = "sentinel-2-msi"
    bands = { red = "B04", nir = "B08" }
    mask = { band = "SCL" }

    [sensors.our-drone]                         # sensors besides those that the program knows
    pixel_m = 0.5
    …

Without {day} in a pattern the day is read from the id: its first eight digits that are a day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qingshan.earth.errors import SceneRefused, ScenesRefused
from qingshan.earth.images.headers import scene_of
from qingshan.earth.images.scenes import Layer, LeftOut, Scene, Scenes
from qingshan.earth.sensors import BANDS, SENSORS, MaskScheme, Sensor

NAME = "scenes.toml"
Entry = Mapping[str, Any]


def read_folder(folder: Path) -> Scenes:
    """The scenes that a folder's description names.

    Raises:
        ScenesRefused: no description, no TOML, an unknown sensor or band, no scenes, or an id twice.
    """
    described = _description(folder / NAME)
    sensors = {**SENSORS, **_sensors(described.get("sensors", {}))}
    entries = [*described.get("scene", []), *_from_patterns(folder, described.get("pattern", []))]
    if not entries:
        raise ScenesRefused.because("earth.no_scenes", file=str(folder / NAME))
    found: list[Scene] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        try:
            found.append(_scene(folder, entry, sensors))
        except SceneRefused as refusal:
            left_out.append(LeftOut(scene=str(entry.get("id", "?")), because=refusal.reasons[0]))
    return Scenes.of(found, left_out=left_out)


def _description(file: Path) -> Entry:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenesRefused.because("earth.description_missing", folder=str(file.parent), name=NAME) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ScenesRefused.because(
            "earth.description_unreadable", file=str(file), fault=f"{type(fault).__name__}: {fault}"
        ) from fault


def _sensors(told: Entry) -> dict[str, Sensor]:
    wanted = {field.name for field in fields(Sensor)} - {"name"}
    found = {}
    for name, numbers in told.items():
        if set(numbers) != wanted:
            differing = "、".join(sorted(wanted ^ set(numbers)))
            raise ScenesRefused.because("earth.sensor_incomplete", sensor=name, names=differing)
        found[name] = Sensor(name=name, **{**numbers, "mask": _scheme(numbers["mask"], scene=name)})
    return found


def _scene(folder: Path, entry: Entry, sensors: Mapping[str, Sensor]) -> Scene:
    """One `[[scene]]`, its files opened.

    Raises:
        ScenesRefused: the description itself is wrong.
        SceneRefused: its images cannot be used.
    """
    id_ = str(entry.get("id", ""))
    if lacking := [name for name in ("id", "day", "sensor", "bands") if name not in entry]:
        raise ScenesRefused.because("earth.scene_incomplete", scene=id_ or "?", names="、".join(lacking))
    if entry["sensor"] not in sensors:
        names = "、".join(sensors)
        raise ScenesRefused.because(
            "earth.sensor_unknown", scene=id_, sensor=str(entry["sensor"]), names=names
        )
    sensor = sensors[entry["sensor"]]
    if unknown := sorted(set(entry["bands"]) - set(BANDS)):
        raise ScenesRefused.because(
            "earth.band_unknown", scene=id_, bands="、".join(unknown), names="、".join(BANDS)
        )
    return scene_of(
        id=id_,
        day=_day(entry["day"], scene=id_),
        sensor=sensor,
        bands={name: _layer(folder, entry, told, sensor=sensor) for name, told in entry["bands"].items()},
        mask=_layer(folder, entry, entry["mask"], sensor=None) if "mask" in entry else None,
        scheme=_scheme(_told_scheme(entry, sensor), scene=id_),
    )


def _layer(folder: Path, entry: Entry, told: Any, *, sensor: Sensor | None) -> Layer:
    """A band told as a number of the scene's file, as a file's name, or as a table; masks have no scale."""
    if isinstance(told, int):
        told = {"band": told}
    elif isinstance(told, str):
        told = {"file": told}
    name = told.get("file", entry.get("file"))
    if name is None:
        raise ScenesRefused.because("earth.scene_incomplete", scene=str(entry["id"]), names="file")
    scale, offset = (sensor.scale, sensor.offset) if sensor else (1.0, 0.0)
    beside = entry if sensor else {}
    return Layer(
        file=folder / name,
        number=int(told.get("band", 1)),
        scale=float(told.get("scale", beside.get("scale", scale))),
        offset=float(told.get("offset", beside.get("offset", offset))),
        nodata=told.get("nodata", beside.get("nodata")),
    )


def _told_scheme(entry: Entry, sensor: Sensor) -> str:
    mask = entry.get("mask")
    return str(mask["scheme"]) if isinstance(mask, dict) and "scheme" in mask else str(sensor.mask)


def _scheme(word: str, *, scene: str) -> MaskScheme:
    try:
        return MaskScheme(word)
    except ValueError:
        names = "、".join(MaskScheme)
        raise ScenesRefused.because(
            "earth.mask_unknown", scene=scene, scheme=str(word), names=names
        ) from None


def _day(told: Any, *, scene: str) -> date:
    if isinstance(told, datetime):
        return told.date()
    if isinstance(told, date):
        return told
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        raise ScenesRefused.because("earth.scene_day", scene=scene, day=str(told)) from None


def _from_patterns(folder: Path, patterns: list[Entry]) -> Iterator[Entry]:
    """The entries that files' names tell, as if they had been written one by one."""
    for pattern in patterns:
        shape = _shape(str(pattern.get("files", "")))
        files: dict[str, dict[str, str]] = {}
        for file in sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        ):
            if met := shape.fullmatch(file):
                parts = met.groupdict()
                id_ = parts.get("id") or f"{pattern.get('sensor', '')}-{parts['day']}"
                files.setdefault(id_, {"day": parts.get("day", "")})[parts.get("band", "")] = file
        for id_, found in files.items():
            yield _entry(pattern, id_, found)


def _shape(files: str) -> re.Pattern[str]:
    if not re.search(r"\{id\}|\{day\}", files):
        raise ScenesRefused.because("earth.pattern_incomplete", pattern=files)
    parts = {"id": "(?P<id>.+?)", "day": r"(?P<day>\d{4}-?\d\d-?\d\d)", "band": "(?P<band>[^/_]+)"}
    pieces = re.split(r"\{(id|day|band)\}", files)
    return re.compile("".join(parts[each] if at % 2 else re.escape(each) for at, each in enumerate(pieces)))


def _entry(pattern: Entry, id_: str, found: Mapping[str, str]) -> Entry:
    one_file = {"file": found[""]} if "" in found else {}
    bands = {name: _by_name(told, found, id_) for name, told in pattern.get("bands", {}).items()}
    entry: dict[str, Any] = {**pattern, **one_file, "id": id_, "bands": bands}
    entry["day"] = found["day"] or _first_day(id_)
    if isinstance(mask := pattern.get("mask"), dict) and isinstance(mask.get("band"), str):
        entry["mask"] = {**mask, **_by_name(mask["band"], found, id_)}
    return entry


def _by_name(told: Any, found: Mapping[str, str], id_: str) -> Any:
    """A band's word in the files' names as the file that bears it; one that is not there keeps its name."""
    return {"file": found.get(told, f"{id_}: {told}"), "band": 1} if isinstance(told, str) else told


def _first_day(id_: str) -> str:
    for run in re.findall(r"(?=(\d{8}))", id_):
        try:
            return date.fromisoformat(run).isoformat()
        except ValueError:
            continue
    return ""
