"""How long does a file take until its rows are in the register?

Ours reads the file, recognises headers, units and reference system, checks and mends shapes, finds the region
and the scope of every row, keeps a preview of each for the clerk (that is *file → preview*), and then writes
rows, spatial index, tallies and one entry of the trail with the digest of every object (*preview → register*; of it
one transaction, of which at most 5 s are wanted: others wait that long). django-import-export reads the same
workbook, converts the cells, keeps the outline as text, and as in its admin runs a dry run for the preview and
then the import, in bulk; it checks no shapes, scope, doubles or lengths and leaves no trail.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
import tablib
import xlsxwriter
from django.utils import timezone
from ground import found_province, middles, shapes
from measuring import SMALL, Findings, agree, hold, timed, timed_call

from qingshan.exchange import preview, staging
from qingshan.exchange.models import Import, StagedRow
from qingshan.office.accounts.actors import operator_of_this_machine
from qingshan.office.mines.actions import import_sites
from qingshan.office.mines.models import Site
from qingshan.office.trail.models import Subject
from qingshan.rules.register import SiteKind

ROWS = 500 if SMALL else 50_000
HEADERS = ("点位编号", "点位名称", "行政区划代码", "点位类型", "面积（公顷）", "发现日期", "来源", "图形")
FOLDER = Path(os.environ["QINGSHAN_HOME"])


def prepare() -> None:
    found_province()


def rows(*, prefix: str) -> list[tuple]:
    """Sites as an office would write them; the shapes stand last."""
    chance = np.random.default_rng(7)
    region_ids, places = middles(chance, ROWS)
    drawn = shapes(chance, places)
    kinds = list(SiteKind)
    return [
        (
            *(f"{prefix}{n:06}", f"测试点位 {n}", str(region)[:6], kinds[n % len(kinds)].zh),
            *(round(0.5 + n % 977 / 100, 2), f"2026-{1 + n % 12:02}-{1 + n % 28:02}", "卫星线索", shape),
        )
        for n, (region, shape) in enumerate(zip(region_ids.tolist(), drawn, strict=True))
    ]


def workbook(path: Path, found: list[tuple]) -> Path:
    """All rows as one sheet, outlines as WKT."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("点位")
    sheet.write_row(0, 0, HEADERS)
    for number, row in enumerate(found, start=1):
        sheet.write_row(number, 0, (*row[:-1], shapely.to_wkt(row[-1], rounding_precision=7)))
    book.close()
    return path


def geojson(path: Path, found: list[tuple]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(HEADERS[:-1], row[:-1], strict=True)),
            "geometry": shapely.geometry.mapping(row[-1]),
        }
        for row in found
    ]
    text = json.dumps({"type": "FeatureCollection", "name": "点位", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def measure(findings: Findings) -> None:
    book = workbook(FOLDER / "sites.xlsx", rows(prefix="A"))
    findings.notes.append(
        f"{ROWS:,} rows; the workbook has {book.stat().st_size / 1e6:.1f} MB, outlines of 8 to 31 corners"
    )
    ours, theirs = _ours(book), _theirs(book)
    _compare(findings, ours, theirs)
    agree("rows in the register", _register(), _peer_register())
    agree("objects in the trail", Subject.objects.filter(kind="mines.site").count(), ROWS)
    findings.add("the same workbook again: nothing would change", "s", _again(book))
    agree("rows after the second time", (Site.objects.count(), _peer_count()), (ROWS, ROWS))
    collection = _ours(geojson(FOLDER / "sites.geojson", rows(prefix="B")))
    findings.add("GeoJSON → preview", "s", collection.reading)
    findings.add("preview → register (GeoJSON)", "s", collection.applying)
    findings.add("of it the transaction, for which others wait (GeoJSON)", "s", collection.transaction)


def _compare(findings: Findings, ours: Ours, theirs: tuple[float, float]) -> None:
    findings.add("workbook → preview", "s", ours.reading, theirs[0], beside="dry run")
    findings.add("preview → register", "s", ours.applying, theirs[1], beside="import")
    findings.add("of it the transaction, for which others wait (at most 5 s)", "s", ours.transaction)
    in_all = ours.reading + ours.applying
    findings.add("workbook → register, in all", "s", in_all, sum(theirs))
    findings.add("rows a second, in all", "/s", ROWS / in_all, ROWS / sum(theirs))


def _received(path: Path) -> Import:
    return Import.objects.create(
        kind="sites", file_name=path.name, file_digest="0" * 64, created_at=timezone.now()
    )


def _staged(path: Path) -> Import:
    actor = operator_of_this_machine()
    import_ = preview.stage(_received(path), path=path, actor=actor)
    refused = StagedRow.objects.filter(source=import_, outcome="refused").values_list("faults", flat=True)
    agree(f"refused of {path.name} ({import_.question} {list(refused[:1])})", import_.refused, 0)
    return import_


class Ours(NamedTuple):
    """Seconds to the preview, from there to the register, and of the transaction in it."""

    reading: float
    applying: float
    transaction: float


def _ours(path: Path) -> Ours:
    import_, reading_s = timed_call(lambda: _staged(path))
    agree("rows to be created", import_.created, ROWS)
    with _when_claimed() as claimed_at:
        _, applying_s = timed_call(
            lambda: import_sites(import_, actor=operator_of_this_machine(), now=timezone.now())
        )
        return Ours(reading_s, applying_s, time.perf_counter() - claimed_at[0])


@contextmanager
def _when_claimed() -> Iterator[list[float]]:
    """When the transaction took the import, which is the first that it does: until then nobody waited."""
    claim, moments = staging.claim, []

    def told(*words: object, **named: object) -> None:
        moments.append(time.perf_counter())
        claim(*words, **named)

    staging.claim = told
    try:
        yield moments
    finally:
        staging.claim = claim


def _again(path: Path) -> float:
    import_, seconds = timed_call(lambda: _staged(path))
    agree("rows that do not change", (import_.unchanged, import_.created, import_.changed), (ROWS, 0, 0))
    return seconds


def _theirs(path: Path) -> tuple[float, float]:
    """Seconds of the dry run with the reading of the file, and of the import with reading it again."""
    return _their_run(path, dry_run=True), _their_run(path, dry_run=False)


def _their_run(path: Path, *, dry_run: bool) -> float:
    from peers.resource import SiteResource

    with timed() as watch:
        table = tablib.Dataset().load(path.read_bytes(), format="xlsx")
        result = SiteResource().import_data(table, dry_run=dry_run, raise_errors=True)
    hold("the peer refused nothing", not (result.has_errors() or result.has_validation_errors()))
    return watch.seconds


def _peer_count() -> int:
    from peers.models import PlainSite

    return PlainSite.objects.count()


FIELDS = ("key", "name", "region_id", "kind", "found_on", "source")


def _register() -> list[tuple]:
    found = Site.objects.order_by("key").values_list(*FIELDS, "reported_area_m2")
    return [_rounded(row) for row in found]


def _peer_register() -> list[tuple]:
    from peers.models import PlainSite

    found = PlainSite.objects.order_by("key").values_list(*FIELDS, "reported_area_m2")
    return [_rounded(row) for row in found]


def _rounded(row: tuple) -> tuple:
    return (*row[:-1], round(row[-1], 3))
