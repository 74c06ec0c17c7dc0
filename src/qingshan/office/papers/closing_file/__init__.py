"""归档卷: everything that shows why a matter could be closed, as one PDF with catalogue and page numbers."""

from qingshan.office.papers.closing_file.file import ClosingFile
from qingshan.office.papers.closing_file.parts import (
    Block,
    Part,
    area_in_text,
    in_text,
    note,
    opinions,
    pairs,
    table,
)

__all__ = ["Block", "ClosingFile", "Part", "area_in_text", "in_text", "note", "opinions", "pairs", "table"]
