"""Can text that somebody typed become a formula, a link or web page code in a file that we hand out?"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.exchange.cells import unguarded
from qingshan.exchange.kinds import Kind
from qingshan.exchange.readers import opened
from qingshan.exchange.reading import fields_of, read_batch
from qingshan.exchange.rows import columns_of, expected_of
from qingshan.exchange.tests import ugly
from qingshan.exchange.writers import FORMS, Exported, export

DANGEROUS = ["＝1+1", "=1+1", '=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "'=1"]


def content(kind: Kind, rows: list[Exported], form: str) -> bytes:
    return b"".join(export(kind, rows, form=form))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_workbook_holds_texts_as_texts(text: str, kind: Kind) -> None:
    made = content(kind, [Exported({"code": "A1", "note": text})], "xlsx")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(made)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == text} == {"s"}


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_file_puts_an_apostrophe_before_them(text: str, kind: Kind) -> None:
    made = content(kind, [Exported({"code": text, "note": text})], "csv").decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(made))
    assert row[0] == row[-2] == f"'{text}"
    assert unguarded(row[0]) == text


def test_numbers_below_zero_stay_numbers(kind: Kind) -> None:
    made = content(kind, [Exported({"code": "A1", "deposit_fen": -150})], "csv").decode("utf-8-sig")
    assert ",-1.5," in made


def test_the_outline_goes_along(kind: Kind) -> None:
    made = json.loads(
        content(kind, [Exported({"code": "A1", "found_on": date(2026, 3, 1)}, ugly.square())], "geojson")
    )
    (feature,) = made["features"]
    assert feature["properties"]["发现日期"] == "2026-03-01"
    assert shapely.geometry.shape(feature["geometry"]) == ugly.square()


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_rows_make_a_file_with_headers(form: str, kind: Kind) -> None:
    assert content(kind, [], form)


def test_thousands_of_rows_are_streamed(kind: Kind) -> None:
    taken = 0

    def rows() -> object:
        nonlocal taken
        for number in range(20_000):
            taken += 1
            yield Exported({"code": f"A{number}", "name": "青石沟"}, ugly.square())

    pieces = export(kind, rows(), form="csv")  # type: ignore[arg-type]
    next(pieces)
    next(pieces)
    assert taken < 5000


texts = st.text(st.characters(exclude_categories=("C",), exclude_characters="<&"), max_size=30)
values = st.fixed_dictionaries(
    {
        "code": st.integers(0, 10**6).map(lambda n: f"A{n}"),
        "name": texts.filter(lambda text: text.strip(" \u3000\u00a0") and not text.strip().startswith("=")),
        "area_m2": st.none() | st.decimals(0, 10**9, places=4),
        "found_on": st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
        "method": st.sampled_from([None, "open_pit", "underground"]),
        "restored": st.sampled_from([None, True, False]),
        "deposit_fen": st.none() | st.integers(0, 10**12),
        "year": st.none() | st.integers(1949, 2100),
    }
)


@pytest.mark.parametrize("form", sorted(FORMS))
@given(rows=st.lists(values, min_size=1, max_size=4), squares=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_exported_reads_back(
    form: str, rows: list[dict[str, object]], squares: bool, kind: Kind, tmp_path: Path
) -> None:
    shapes = ugly.sites(len(rows)) if squares else [None] * len(rows)
    path = tmp_path / f"导出.{form}"
    path.write_bytes(content(kind, [Exported(r, s) for r, s in zip(rows, shapes, strict=True)], form))
    with opened(path, path.name, expected=expected_of(kind, {}), with_shapes=True) as (table,):
        fields = fields_of(table, columns_of(kind))
        drafts = [draft for batch in table.batches() for draft in read_batch(table, batch, fields)]
    assert [draft.faults for draft in drafts] == [[]] * len(rows)
    for draft, row in zip(drafts, rows, strict=True):
        for name, value in row.items():
            type_ = kind.by_name[name].type
            # blanks at the ends and dashes for "nothing" are not kept, by intent
            expected = type_.reader()(value) if name == "name" else value
            assert type_.same(draft.values[name], expected), name
