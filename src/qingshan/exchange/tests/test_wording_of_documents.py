"""Is the text of a document read as it stands, with its numbers, and is what cannot be read said in words?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from docx import Document

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.readers.hygiene import Upload
from qingshan.exchange.readers.wording import wording

TEXT = "一、主要问题\n（一）采坑未回填。\n（二）越界开采。"


def text_of(path: Path) -> str:
    return wording(Upload(path, path.name))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "来文.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert text_of(path) == TEXT


def test_the_lines_of_a_pdf_go_on_where_the_paper_ended(tmp_path: Path) -> None:
    path = tmp_path / "来文.pdf"
    long = (
        "（一）老虎沟铁矿采坑长期没有回填，弃渣占用耕地，雨季泥水流入下游农田，群众多次反映，至今没有解决。"
    )
    page = f"#set page(width: 12cm)\n{long}\n\n（二）越界开采。"
    path.write_bytes(typst.compile(page.encode()))
    lines = text_of(path).splitlines()
    assert ["".join(line.split()) for line in lines if line] == ["".join(long.split()), "（二）越界开采。"]


def test_tables_and_numbered_lists_of_word_are_read(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("一、主要问题")
    word.add_paragraph("采坑未回填", style="List Number")
    word.add_paragraph("越界开采", style="List Number")
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "1", "扬尘"
    path = tmp_path / "来文.docx"
    word.save(str(path))
    assert text_of(path) == "一、主要问题\n1.采坑未回填\n2.越界开采\n1\t扬尘"


def test_a_picture_of_a_text_a_broken_file_and_another_kind_are_refused(tmp_path: Path) -> None:
    blank = tmp_path / "扫描.pdf"
    blank.write_bytes(typst.compile(b"#set page(width: 5cm, height: 5cm)\n#rect()"))
    with pytest.raises(FileRefused, match="picture_of_text"):
        text_of(blank)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    with pytest.raises(FileRefused, match="unreadable_document"):
        text_of(broken)
    empty = io.BytesIO()
    Document().save(empty)
    other = tmp_path / "来文.docx"
    other.write_bytes(empty.getvalue())
    with pytest.raises(FileRefused, match="picture_of_text"):
        text_of(other)
