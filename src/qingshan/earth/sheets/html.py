"""How does a sheet or a report become one file of HTML, with nothing from outside and nothing that runs?"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from qingshan.earth.sheets.words import word

if TYPE_CHECKING:
    from qingshan.earth.sheets.content import Sheet

_TOGETHER = re.compile(r"\d{4}-\d\d(?:-\d\d)?|\d[\d.,]*%?(?: [/=] \d[\d.,]*)+")
TEMPLATES = Path(__file__).parent / "templates"


def html_of(sheet: Sheet) -> str:
    """The sheet as a page."""
    return rendered("sheet.html.j2", language=sheet.language, sheet=sheet)


def rendered(template: str, *, language: str, **values: Any) -> str:
    """A page of ours; `w("name")` in it is a word in the reader's language."""

    def said(name: str, **given: Any) -> str:
        return word(name, language, **given)

    html_language = "en" if language.startswith("en") else "zh-Hans"
    page = _environment().get_template(template)
    return page.render(w=said, language=language, html_language=html_language, **values)


def unbroken(said: str) -> Markup:
    """Text whose days and figures are not torn apart at the end of a line."""
    return Markup(_TOGETHER.sub(r'<span class="nowrap">\g<0></span>', str(escape(said))))


@cache
def _environment() -> Environment:
    """Everything is escaped but the SVG that `drawing` has made."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment
