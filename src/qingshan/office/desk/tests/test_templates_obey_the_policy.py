"""Does any page carry what the content security policy refuses, or what Chromium 90 cannot read?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html") if "tests" not in path.parts)
SCRIPTS = sorted((PACKAGE / "static" / "js").rglob("*.js"))
SHEETS = sorted((PACKAGE / "static" / "css").glob("*.css"))

REFUSED = {
    "style attribute": re.compile(r"<[^>]*\sstyle=", re.IGNORECASE),
    "style element": re.compile(r"<style", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something from outside": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}
TOO_NEW_CSS = re.compile(r":has\(|color-mix\(|@container|@layer|&\s*[.:{]|\bdvh\b|text-wrap:", re.IGNORECASE)
TOO_NEW_JS = re.compile(
    r"\.toSorted\(|\.toReversed\(|\.groupBy\(|withResolvers|\bstatic\s*\{|^await |\.showPopover\(|#\w+ in "
    r"|\.replaceChildren\(\.\.\.$|AbortSignal\.(any|timeout)|Array\.fromAsync",
    re.MULTILINE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_that_the_policy_refuses(path: Path) -> None:
    text = re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", "x", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [name for name, pattern in REFUSED.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_readable_by_chromium_90(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert TOO_NEW_CSS.findall(text) == []
    assert "url(" not in text.replace("url(data:", "")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_readable_by_chromium_90(path: Path) -> None:
    text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
    assert [found.group() for found in TOO_NEW_JS.finditer(text)] == []
    assert not re.search(r"\beval\(|new Function|innerHTML\s*=|https?://", text)
