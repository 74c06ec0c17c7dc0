"""Do real files of mining polygons come in? The same is asked of a small twin made by script."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import mapping

from qingshan.exchange.models import StagedRow
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import counts, sentences, staged
from qingshan.exchange.tests.quarries import COLUMNS, Quarries, declared
from qingshan.rules.flows.importing import ImportState

pytestmark = pytest.mark.outside_data
DATA = os.environ.get("QINGSHAN_TEST_DATA")
CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


def abroad(shape: Any) -> Any:
    return shapely.transform(shape, lambda x, y: (x - 180, y - 40), interleaved=False)


def twin(path: Path, count: int) -> Path:
    """Two properties, none of them an identifier; several parts here and there; far away."""
    features = [
        {
            "type": "Feature",
            "properties": {"Mined area (ha)": 19.709999084472656, "year": 202502},
            "geometry": mapping(abroad(shape)),
        }
        for shape in ugly.sites(count)
    ]
    return ugly.geojson(path, features, name="mining_202502_simplified", crs=CRS84)


def bare_twin(path: Path) -> Path:
    shape = shapely.MultiPolygon([abroad(ugly.square()), *ugly_parts()])
    crs = {"type": "name", "properties": {"name": "EPSG:4326"}}
    root = {"type": "Feature", "crs": crs, "geometry": mapping(shape), "properties": {}}
    path.write_text(json.dumps(root))
    return path


def ugly_parts() -> list[Any]:
    return [abroad(ugly.touching_ring(122.5))]


def collections(folder: Path) -> list[tuple[Path, int]]:
    if DATA is None:
        return [(twin(folder / "twin.geojson", 120), 120)]
    real = Path(DATA) / "mining_polygons"
    return [(real / "amazon_2025Q2.geojson", 3004), (real / "amazon_2025Q3.geojson", 2780)]


def bare_feature(folder: Path) -> Path:
    if DATA is None:
        return bare_twin(folder / "bare.geojson")
    return Path(DATA) / "mining_polygons" / "new_mining_2019_2020.geojson"


@pytest.fixture
def nameless(db: None) -> Iterator[Quarries]:
    """As sites are: no column is required."""
    with declared(columns=tuple(replace(column, required=False) for column in COLUMNS)) as (_kind, register):
        yield register


def test_collections_come_in_once(tmp_path: Path, nameless: Quarries) -> None:
    total = 0
    for path, count in collections(tmp_path):
        import_ = staged(path, allow_abroad=True)
        assert (counts(import_), sentences(import_)) == ((count, 0, 0, 0), [])
        row = StagedRow.objects.filter(source=import_).order_by("position").first()
        assert row is not None
        assert row.key.startswith("mining_20250")
        assert row.area_m2
        total += nameless.apply(import_)
        again = staged(path, allow_abroad=True)
        assert counts(again) == (0, 0, count, 0)
    assert len(nameless.held) == total


def test_not_allowed_abroad_every_row_is_refused_in_words(tmp_path: Path, nameless: Quarries) -> None:
    path, count = collections(tmp_path)[0]
    import_ = staged(path)
    assert counts(import_) == (0, 0, 0, count)
    assert all("位于中国范围之外" in sentence for sentence in sentences(import_))


def test_the_bare_feature_comes_in(tmp_path: Path, nameless: Quarries) -> None:
    path = bare_feature(tmp_path)
    import_ = staged(path, allow_abroad=True)
    assert import_.state == ImportState.READ
    assert (counts(import_), sentences(import_)) == ((1, 0, 0, 0), [])
    row = StagedRow.objects.get(source=import_)
    assert row.notes[0]["code"] == "exchange.shape_mended"
    assert shapely.from_wkb(bytes(row.geom)).is_valid
    nameless.apply(import_)
    assert counts(staged(path, allow_abroad=True)) == (0, 0, 1, 0)
