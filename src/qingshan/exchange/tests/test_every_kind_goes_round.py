"""Does every declared kind go round: template, filled in, imported, exported, imported again unchanged?"""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from qingshan.exchange.kinds import Kind, all_kinds
from qingshan.exchange.outlines import SHAPE_COLUMNS
from qingshan.exchange.readers import opened
from qingshan.exchange.reading import fields_of, read_batch
from qingshan.exchange.rows import columns_of, expected_of
from qingshan.exchange.tests.conftest import Stage, counts, sentences
from qingshan.exchange.tests.quarries import Quarries
from qingshan.exchange.writers import FORMS, Exported, documentation, export, template
from qingshan.exchange.writers.describing import template_columns_of


def filled_template(kind: Kind, folder: Path) -> Path:
    """The template as a person fills it in: the examples of its own guide, one row."""
    workbook = openpyxl.load_workbook(io.BytesIO(template(kind)))
    sheet = workbook.worksheets[0]
    for place, column in enumerate(template_columns_of(kind), start=1):
        if column not in SHAPE_COLUMNS[1:]:
            sheet.cell(row=2, column=place, value=column.example)
    path = folder / "填好.xlsx"
    workbook.save(path)
    return path


@pytest.mark.parametrize("form", sorted(FORMS))
def test_template_filled_imported_exported_and_imported_again(
    form: str, tmp_path: Path, stage: Stage, quarries: Quarries, kind: Kind
) -> None:
    first = stage(filled_template(kind, tmp_path))
    assert (counts(first), sentences(first)) == ((1, 0, 0, 0), [])
    quarries.apply(first)
    rows = [Exported(known.values, known.geom) for known in quarries.held.values()]
    path = tmp_path / f"导出.{form}"
    path.write_bytes(b"".join(export(kind, rows, form=form)))
    again = stage(path)
    assert (counts(again), sentences(again)) == ((0, 0, 1, 0), [])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", sorted(FORMS))
def test_exports_of_every_declared_kind_name_every_column(form: str, language: str, tmp_path: Path) -> None:
    for kind in all_kinds():
        path = tmp_path / f"{kind.code}.{form}"
        first = kind.columns[0]
        row = Exported({first.name: first.type.read(first.example)})
        path.write_bytes(b"".join(export(kind, [row], form=form, language=language)))
        with opened(path, path.name, expected=expected_of(kind, {}), with_shapes=True) as tables:
            fields = fields_of(tables[0], columns_of(kind))
        assert {column.name for column in kind.columns} <= fields.names
        assert not fields.unknown


def test_the_examples_of_every_declared_kind_can_be_read(tmp_path: Path, kind: Kind) -> None:
    for each in all_kinds():
        path = filled_template(each, tmp_path)
        with opened(path, path.name, expected=expected_of(each, {}), with_shapes=True) as tables:
            fields = fields_of(tables[0], columns_of(each))
            drafts = [
                draft for batch in tables[0].batches() for draft in read_batch(tables[0], batch, fields)
            ]
        assert len(drafts) == 1
        assert drafts[0].faults == []


def test_a_template_without_rows_says_that_there_are_none(tmp_path: Path, kind: Kind, stage: Stage) -> None:
    from qingshan.exchange.errors import FileRefused

    path = tmp_path / "空表.xlsx"
    path.write_bytes(template(kind))
    with pytest.raises(FileRefused) as refusal:
        stage(path)
    assert refusal.value.code == "exchange.no_rows"


def test_the_documentation_has_every_column_in_both_languages(kind: Kind) -> None:
    for language in ("zh-hans", "en"):
        lines = documentation(kind, language)
        assert [line.header for line in lines] == [c.header(language) for c in template_columns_of(kind)]
        assert all(line.content for line in lines)
    assert documentation(kind)[2].header == "面积（公顷）"
    assert documentation(kind, "en")[2].header == "Area (ha)"
