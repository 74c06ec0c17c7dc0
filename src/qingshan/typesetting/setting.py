"""How does data become a PDF, the same bytes on every machine, whatever people have written into it?

A template is a Typst file of ours. Data reaches it as JSON, never as a part of its text, so nothing that a
person wrote is ever read as markup; pictures reach it as files in a folder of its own. Only our own fonts are used,
and the clock is handed in.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

import qingshan
from qingshan.typesetting.errors import TypesettingError

FONTS = Path(qingshan.__file__).parent / "static" / "lib" / "fonts"
"""Noto Sans SC (OFL), fetched at set-up."""
HOUSE = Path(__file__).with_name("house.typ")
"""What all documents share; a template imports it as "house.typ"."""
_KEPT = {"\n", "\t"}


def typeset(
    template: Path, data: Mapping[str, Any], *, made_at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The document as PDF. The template finds its data by `house.data`, pictures by their names.

    The same template, data, pictures and instant give the same bytes. Raises TypesettingError.
    """
    if not any(FONTS.glob("*.ttf")):
        raise TypesettingError.because("typesetting.no_fonts")
    with tempfile.TemporaryDirectory(prefix="typesetting-") as folder:
        files = {"main.typ": template.read_bytes(), "house.typ": HOUSE.read_bytes(), **(pictures or {})}
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        return _compiled(Path(folder), template.name, json.dumps(_printable(data)), made_at)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has, by the root of its page tree."""
    return max(int(count) for count in re.findall(rb"/Type\s*/Pages\s*/Count (\d+)", pdf))


def _compiled(folder: Path, template: str, data: str, made_at: datetime) -> bytes:
    """Nothing outside the folder can be read: it is the root of all paths."""
    try:
        made = typst.compile(
            str(folder / "main.typ"),
            root=str(folder),
            format="pdf",
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingError.because(
            "typesetting.fault", template=template, error=str(error)[:300]
        ) from error
    return bytes(made)


def _printable(value: Any) -> Any:
    """The same data without what no font can print: control characters and halves of characters."""
    if isinstance(value, str):
        return "".join(map(_character, value))
    if isinstance(value, Mapping):
        return {str(name): _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value


def _character(one: str) -> str:
    category = unicodedata.category(one)
    if one in _KEPT or category not in {"Cc", "Cs", "Cf"}:
        return one
    return "\ufffd" if category == "Cs" else ""
