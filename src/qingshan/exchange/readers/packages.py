"""Which vector files are inside a zip? They are unpacked into the folder of this one reading only."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from pathlib import Path, PurePosixPath

from qingshan.exchange.readers.geojson import read_geojson
from qingshan.exchange.readers.hygiene import Unpacking, Upload, entry_name, open_package
from qingshan.exchange.readers.kml import read_kml
from qingshan.exchange.readers.tables import Table
from qingshan.exchange.readers.vector import read_vector

_NEEDED = (".shp", ".shx", ".dbf")
_SHAPEFILE = (*_NEEDED, ".prj", ".cpg")
_ALONE = frozenset({".geojson", ".json", ".gpkg", ".kml", ".fgb"})


def read_package(upload: Upload, folder: Path) -> list[Table]:
    """Every layer of every Shapefile, GeoJSON, GeoPackage, KML and FlatGeobuf in the package."""
    with open_package(upload) as package:
        unpacking = Unpacking(upload, package)
        members = _members(package)
        tables: list[Table] = []
        for number, (stem, entries) in enumerate(sorted(members.items())):
            tables += _layers(upload, unpacking, stem, entries, folder / str(number))
    if not tables:
        raise upload.refused("exchange.no_data_in_zip")
    return tables


_Entries = dict[str, zipfile.ZipInfo]


def _members(package: zipfile.ZipFile) -> dict[str, _Entries]:
    """Entries by path without extension, then by extension."""
    members: dict[str, _Entries] = defaultdict(dict)
    for entry in package.infolist():
        path = PurePosixPath(entry_name(entry).replace("\\", "/"))
        # macOS adds a shadow of every file
        if not entry.is_dir() and "__MACOSX" not in path.parts and not path.name.startswith("."):
            members[str(path.with_suffix(""))][path.suffix.casefold()] = entry
    return members


def _layers(upload: Upload, unpacking: Unpacking, stem: str, entries: _Entries, folder: Path) -> list[Table]:
    name = PurePosixPath(stem).name
    tables: list[Table] = []
    if ".shp" in entries:
        tables += _shapefile(upload, unpacking, name, entries, folder)
    for extension in sorted(_ALONE & set(entries)):
        tables += _single(upload, unpacking, name, entries[extension], extension, folder)
    return tables


def _shapefile(
    upload: Upload, unpacking: Unpacking, name: str, entries: _Entries, folder: Path
) -> list[Table]:
    missing = [extension for extension in _NEEDED if extension not in entries]
    if missing:
        raise upload.refused("exchange.shapefile_incomplete", layer=name, missing="、".join(missing))
    folder.mkdir(exist_ok=True)
    for extension in _SHAPEFILE:
        if extension in entries:
            unpacking.to_file(entries[extension], folder / f"layer{extension}")
    return read_vector(upload, folder / "layer.shp", source=name)


def _single(
    upload: Upload, unpacking: Unpacking, name: str, entry: zipfile.ZipInfo, extension: str, folder: Path
) -> list[Table]:
    folder.mkdir(exist_ok=True)
    path = unpacking.to_file(entry, folder / f"single{extension}")
    if extension in {".geojson", ".json"}:
        return read_geojson(Upload(path, f"{name}{extension}"))
    if extension == ".kml":
        return read_kml(Upload(path, f"{name}{extension}"))
    return read_vector(upload, path)
