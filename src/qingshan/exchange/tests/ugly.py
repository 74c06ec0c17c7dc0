"""Files as offices and bad luck make them, each made by script."""

from __future__ import annotations

import json
import random
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
import xlsxwriter
from shapely.geometry import LinearRing, Polygon, mapping
from shapely.geometry.base import BaseGeometry

# the sea off the coast, where the demonstration province lies
LON, LAT = 122.1, 33.1


def square(lon: float = LON, lat: float = LAT, size: float = 0.01) -> Polygon:
    """A square in degrees."""
    return shapely.box(lon, lat, lon + size, lat + size)


def bow_tie(lon: float = LON, lat: float = LAT, size: float = 0.01) -> Polygon:
    """A ring that crosses itself: its area can be read in two ways."""
    return Polygon([(lon, lat), (lon + size, lat + size), (lon + size, lat), (lon, lat + size), (lon, lat)])


def touching_ring(lon: float = LON, lat: float = LAT, size: float = 0.01) -> Polygon:
    """Two squares drawn as one ring that touches itself in a corner: odd, but its area is certain."""
    a, b = square(lon, lat, size), square(lon + size, lat + size, size)
    first = [(lon + size, lat + size), (lon, lat + size), (lon, lat), (lon + size, lat)]
    second = [(lon + size, lat + size), (lon + 2 * size, lat + size), (lon + 2 * size, lat + 2 * size)]
    ring = Polygon([*first, *second, (lon + size, lat + 2 * size), (lon + size, lat + size)])
    assert not ring.is_valid
    assert abs(ring.area - a.area - b.area) < 1e-12
    return ring


# --- sheets --------------------------------------------------------------------------------------


def workbook(path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "Sheet1") -> Path:
    """A plain workbook; texts stay texts."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                page.write(number, place, cell)
    book.close()
    return path


def office_workbook(path: Path) -> Path:
    """A ledger as a county sends it: titles, merged headers in two rows, numbering, totals, notes, a hidden row."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("台账")
    page.merge_range("A1:F1", "青石县历史遗留废弃矿山点位台账")
    page.merge_range("A2:F2", "填报单位：青石县自然资源局        单位：亩")
    page.merge_range("A3:A4", "编号")
    page.merge_range("B3:B4", "名称")
    page.merge_range("C3:D3", "面积")
    page.write_row("C4", ["亩", "备注"])
    page.merge_range("E3:E4", "发现 日期")
    page.merge_range("F3:F4", "开采方式")
    page.write_row("A5", ["1", "2", "3", "4", "5", "6"])
    page.write_row("A6", ["Ａ－００１", "青石沟", "１，２３４．５", "", "2026年3月1日", "露天"])
    page.write_row("A7", ["A-002", "北坡（东）", 3, "", "2026.3.1", "open_pit"])
    page.set_row(6, None, None, {"hidden": True})
    page.merge_range("F8:F9", "地下")
    page.write_row("A8", ["A-003", "南\u200b沟 ", "3亩", "", 46082])
    page.write_row("A9", ["A-004", "西沟", "0.2公顷", "无", "20260301"])
    page.write_row("A10", ["", "合 计", 1243.5])
    page.merge_range("A11:F11", "填表人：张三    审核人：李四    2026年3月2日")
    book.close()
    return path


def formula_workbook(path: Path) -> Path:
    """Formulas with a saved result, without one, and with an error for a result."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("点位")
    page.write_row(0, 0, ["编号", "名称", "面积（公顷）"])
    for number, result in enumerate((1.5, "", "#DIV/0!"), start=1):
        page.write_row(number, 0, [f"A{number}", "青石沟"])
        page.write_formula(number, 2, "=D1*2", None, result)
    book.close()
    return path


def macro_workbook(path: Path) -> Path:
    """A workbook that carries a macro project under an innocent name."""
    workbook(path, [["编号", "名称"], ["A1", "青石沟"]])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    return path


def far_cell_workbook(path: Path) -> Path:
    """One stray cell in the last corner of the sheet: 17 thousand million cells to a careless reader."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, ["编号", "名称"])
    page.write("XFD1048576", "x")
    book.close()
    return path


def entity_bomb_workbook(path: Path) -> Path:
    """A workbook whose sheet list declares entities."""
    workbook(path, [["编号", "名称"], ["A1", "青石沟"]])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return _with_entry(path, "xl/workbook.xml", lambda content: bomb + content.split(b"?>", 1)[1])


def _with_entry(path: Path, name: str, change: Any) -> Path:
    with zipfile.ZipFile(path) as package:
        entries = {entry: package.read(entry) for entry in package.namelist()}
    entries[name] = change(entries[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, content in entries.items():
            package.writestr(entry, content)
    return path


def ods(path: Path, cells: str) -> Path:
    """A hand-written .ods whose only sheet has these cells."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="点位">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return path


def ods_row(*texts: str) -> str:
    """One row of an .ods."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


# --- packages ------------------------------------------------------------------------------------


def climbing_zip(path: Path, entry: str = "../../etc/cron.d/x.shp") -> Path:
    """An entry that would land outside the folder it is unpacked to."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(entry, b"x")
    return path


def damaged_zip(path: Path) -> Path:
    """A package with a flipped byte in the middle of its data: its check sum no longer fits."""
    shapefile_zip(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo("点位.dbf")
    content[entry.header_offset + 60] ^= 0xFF
    path.write_bytes(content)
    return path


def cut_off_zip(path: Path) -> Path:
    """A package whose upload ended half-way."""
    shapefile_zip(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def zip_bomb(path: Path, megabytes: int = 64) -> Path:
    """Zeros, packed a thousand to one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open("点位.shp", "w") as entry:
        for _ in range(megabytes):
            entry.write(bytes(1024 * 1024))
    return path


def oversized(path: Path, megabytes: int = 201) -> Path:
    """A file of holes: large to look at, nothing on the disk."""
    with path.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    return path


# --- vector files --------------------------------------------------------------------------------


def feature(shape: BaseGeometry | None, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature; property names in Chinese by `**{...}`."""
    geometry = None if shape is None else mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(path: Path, features: Sequence[Mapping[str, Any]], **members: Any) -> Path:
    """A collection, with whatever members the file shall have beside the features."""
    root = {"type": "FeatureCollection", **members, "features": list(features)}
    path.write_text(json.dumps(root, ensure_ascii=False), encoding="utf-8")
    return path


def sites(count: int, *, seed: int = 7) -> list[BaseGeometry]:
    """Believable outlines, apart from each other, some in several parts."""
    chance = random.Random(seed)
    return [_site(chance, number) for number in range(count)]


def _site(chance: random.Random, number: int) -> BaseGeometry:
    lon, lat = 121.9 + number % 40 * 0.05, 32.9 + number // 40 * 0.02
    parts = [_blob(chance, lon + part * 0.012, lat) for part in range(2 if number % 40 == 0 else 1)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _blob(chance: random.Random, lon: float, lat: float) -> Polygon:
    turns = np.linspace(0, 2 * np.pi, 9)[:-1]
    radii = [chance.uniform(0.002, 0.005) for _ in turns]
    corners = [
        (round(lon + r * np.cos(t), 6), round(lat + r * np.sin(t), 6))
        for r, t in zip(radii, turns, strict=True)
    ]
    return Polygon(corners)


def vector(
    path: Path,
    shapes: Sequence[BaseGeometry],
    *,
    layer: str = "点位",
    crs: str | None = "EPSG:4490",
    append: bool = False,
    fields: Mapping[str, Sequence[Any]] | None = None,
    **options: Any,
) -> Path:
    """A file in any format that GDAL writes; its extension says which."""
    fields = fields if fields is not None else {"编号": [f"A{n}" for n in range(len(shapes))]}
    fields = {"名称": ["青石沟"] * len(shapes), **fields}
    with warnings.catch_warnings():
        # a file without a reference system is what some tests are about
        warnings.simplefilter("ignore", UserWarning)
        # nor does a Shapefile keep long names
        warnings.simplefilter("ignore", RuntimeWarning)
        _written(path, shapes, fields, layer=layer, crs=crs, append=append, **options)
    return path


def _written(
    path: Path, shapes: Sequence[BaseGeometry], fields: Mapping[str, Sequence[Any]], **options: Any
) -> None:
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.array(values, dtype=object) for values in fields.values()],
        fields=list(fields),
        geometry_type="Unknown" if path.suffix != ".shp" else "Polygon",
        **options,
    )


# as long as 点位 in GBK; Python itself writes names in UTF-8 only
_PLACEHOLDER = "DWDW"


def shapefile_zip(
    path: Path,
    shapes: Sequence[BaseGeometry] | None = None,
    *,
    crs: str | None = "EPSG:4490",
    encoding: str = "GBK",
    leave_out: Sequence[str] = (),
    gbk_names: bool = False,
    fields: Mapping[str, Sequence[Any]] | None = None,
) -> Path:
    """A Shapefile in a zip, with Chinese in its attributes and in its name."""
    folder = path.parent / f"{path.stem}_parts"
    folder.mkdir()
    vector(
        folder / "layer.shp", shapes or [square()], crs=crs, encoding=encoding, layer="layer", fields=fields
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part in sorted(folder.iterdir()):
            if part.suffix not in leave_out:
                name = f"{_PLACEHOLDER if gbk_names else '点位'}{part.suffix}"
                package.writestr(name, part.read_bytes())
    if gbk_names:
        path.write_bytes(path.read_bytes().replace(_PLACEHOLDER.encode(), "点位".encode("gbk")))
    return path


def kml_ring(ring: LinearRing) -> str:
    """A ring as KML writes it."""
    corners = " ".join(f"{x},{y},0" for x, y in ring.coords)
    return f"<LinearRing><coordinates>{corners}</coordinates></LinearRing>"


def kml(path: Path, *, doctype: str = "", encoding: str = "UTF-8", folders: int = 1) -> Path:
    """Placemarks in folders, as drawing programs for phones write them."""
    shape = f"<Polygon><outerBoundaryIs>{kml_ring(square().exterior)}</outerBoundaryIs></Polygon>"
    data = '<ExtendedData><Data name="编号"><value>A{n}</value></Data></ExtendedData>'
    folder = "".join(
        f"<Folder><name>片区{n}</name><Placemark><name>青石沟</name>{data.format(n=n)}{shape}</Placemark></Folder>"
        for n in range(folders)
    )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{doctype}'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folder}</Document></kml>'
    )
    path.write_bytes(text.encode(encoding))
    return path
