"""What stands in a text file with separated values, in whichever encoding it was saved?"""

from __future__ import annotations

import csv
from pathlib import Path

from qingshan.exchange.cells import Cell, unguarded
from qingshan.exchange.readers.headings import MAX_COLUMNS
from qingshan.exchange.readers.hygiene import Upload
from qingshan.exchange.readers.tables import MAX_CELLS, MAX_ROWS, Sheet

# a multipolygon as WKT is far longer than the 128 kB that the library allows by default
csv.field_size_limit(64 * 1024 * 1024)
_PIECE = 1024 * 1024
_SEPARATORS = ",\t;，"


def encoding_of(path: Path) -> str | None:
    """The encoding of a text file: by its mark, else UTF-8 if all of it is, else GB 18030, else None."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return next((name for name in ("utf-8", "gb18030") if _decodes(path, name)), None)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(_PIECE):
                pass
    except UnicodeError:
        return False
    return True


def csv_sheet(upload: Upload) -> Sheet:
    """The text file as a sheet."""
    encoding = encoding_of(upload.path)
    if encoding is None:
        raise upload.refused("exchange.not_utf8")
    name = Path(upload.name.replace("\\", "/")).stem
    return Sheet(name, _grid(upload, encoding))


def _grid(upload: Upload, encoding: str) -> list[list[Cell]]:
    grid: list[list[Cell]] = []
    cells = 0
    try:
        with upload.path.open(encoding=encoding, newline="") as file:
            separator = _separator(file.read(64 * 1024))
            file.seek(0)
            for row in csv.reader(file, delimiter=separator):
                if len(grid) > MAX_ROWS + 100:
                    raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)
                cells += len(row)
                if cells > MAX_CELLS:
                    raise upload.refused("exchange.too_many_cells", limit=MAX_CELLS)
                grid.append([unguarded(cell) for cell in row[:MAX_COLUMNS]])
    except (csv.Error, UnicodeError) as error:
        raise upload.refused("exchange.damaged") from error
    return grid


def _separator(start: str) -> str:
    """The mark that most often divides the first lines into the same number of cells."""
    lines = [line for line in start.splitlines()[:20] if line.strip()]
    return max(_SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))
