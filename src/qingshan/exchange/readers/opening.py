"""How is a file opened, whatever it is? Hygiene first, then the reader of its format, then open questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qingshan.exchange.columns import Column
from qingshan.exchange.errors import FileRefused
from qingshan.exchange.readers.asking import Answer, Question
from qingshan.exchange.readers.csv_text import csv_sheet
from qingshan.exchange.readers.geojson import read_geojson
from qingshan.exchange.readers.hygiene import Format, Upload, recognised
from qingshan.exchange.readers.kml import read_kml
from qingshan.exchange.readers.packages import read_package
from qingshan.exchange.readers.tables import Expected, Sheet, Table
from qingshan.exchange.readers.vector import copy_of, read_vector
from qingshan.exchange.readers.workbook import sheets_of, tables_in
from qingshan.exchange.scratch import scratch_folder
from qingshan.rules.reasons import Reason, Sentence

ALL_LAYERS = "*"
SHEETS = frozenset({Format.XLSX, Format.XLS, Format.ODS, Format.CSV})


@contextmanager
def opened(path: Path, file_name: str, *, expected: Expected, with_shapes: bool) -> Iterator[list[Table]]:
    """The tables of a file. Raises FileRefused, or Question while it is not clear which layer is meant."""
    upload = Upload(path, file_name)
    format = recognised(upload)
    if format not in SHEETS and not with_shapes:
        raise upload.refused("exchange.shapes_not_wanted")
    with scratch_folder("reading") as folder:
        tables = _tables(upload, format, expected, folder)
        if format not in SHEETS:
            tables = _chosen(upload, tables, expected.options.get("layer"))
        if not tables:
            raise no_headers(upload, expected.columns)
        if not any(table.total for table in tables):
            raise upload.refused("exchange.no_rows")
        yield tables


def _tables(upload: Upload, format: Format, expected: Expected, folder: Path) -> list[Table]:
    if format in SHEETS:
        return tables_in(upload, sheets_in(upload, format), expected)
    if format is Format.GEOJSON:
        return read_geojson(upload)
    if format is Format.KML:
        return read_kml(upload)
    if format is Format.ZIP:
        return read_package(upload, folder)
    place = copy_of(upload, folder)
    source = Path(upload.name.replace("\\", "/")).stem if format is Format.FGB else ""
    return read_vector(upload, place, source=source)


def sheets_in(upload: Upload, format: Format) -> Iterable[Sheet]:
    """The sheets of a workbook, or the only one of a text file."""
    return [csv_sheet(upload)] if format is Format.CSV else sheets_of(upload, format)


def _chosen(upload: Upload, tables: list[Table], layer: str | None) -> list[Table]:
    if len(tables) == 1 or layer == ALL_LAYERS:
        return tables
    chosen = [table for table in tables if table.name == layer]
    if chosen:
        return chosen
    answers = [
        Answer(
            table.name,
            Sentence(
                zh=f"{_safe(table.name)}（{table.total} 个要素）",
                en=f"{_safe(table.name)} ({table.total} features)",
            ),
        )
        for table in tables
    ]
    everything = Answer(ALL_LAYERS, Sentence(zh="全部图层", en="all layers"))
    reason = Reason("exchange.which_layer", {"file": upload.name})
    raise Question(reason, option="layer", answers=[*answers, everything])


def _safe(name: str) -> str:
    """A layer's name inside a sentence: braces would be taken for a value."""
    return name.replace("{", "{{").replace("}", "}}")


def no_headers(upload: Upload, columns: Sequence[Column]) -> FileRefused:
    """No row of the file names the columns that are needed."""
    wanted = [column for column in columns if column.required] or list(columns)[:8]
    return upload.refused(
        "exchange.no_known_headers",
        columns="、".join(column.header() for column in wanted),
        columns_en=", ".join(column.header("en") for column in wanted),
    )
