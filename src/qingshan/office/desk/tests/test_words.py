"""Is every word of the screen in the catalogue, and does the catalogue speak English?"""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = Path(__file__).resolve().parents[3]
ROOT = PACKAGE.parents[1]
CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")

TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html") if "tests" not in path.parts)
DOORS = sorted(
    path
    for name in ("pages", "forms", "*_pages", "shell", "workbench", "work")
    for path in PACKAGE.glob(f"office/*/{name}.py")
)
MARKING = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "Sentence",
}


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_english_has_every_word_and_no_word_too_many(messages: ModuleType) -> None:
    assert messages.faults() == []


def test_english_words_hold_no_chinese(messages: ModuleType) -> None:
    translated = [text for word in messages.present_catalogue() if word.id for text in _strings(word.string)]
    assert [text for text in translated if CHINESE.search(text)] == []


def test_a_word_without_english_is_found(messages: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}  {% translate "尚未翻译" %}\n {{ x|default:_("也未翻译") }}', encoding="utf-8"
    )
    assert [msgid for msgid, _context in messages.words_in(page)] == ["尚未翻译", "也未翻译"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_is_marked(path: Path) -> None:
    assert list(_unmarked_words(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", DOORS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_of_a_page_in_python_is_marked(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(_unmarked_strings(tree)) == []


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


def _unmarked_words(template: str) -> Iterator[str]:
    """Text and spoken attributes outside tags; what stands in lang="…" is a language's own name."""
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", template, flags=re.DOTALL)
    text = re.sub(r"\{% blocktrans(late)?.*?\{% endblocktrans(late)? %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(\w+)[^>]*\blang=[^>]*>[^<]*</\1>", "", text)
    text = re.sub(
        r"<kbd>.*?</kbd>|<style.*?</style>|<script.*?</script>|<!doctype[^>]*>", "", text, flags=re.DOTALL
    )
    for attribute in re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', text):
        yield from CHINESE.findall(attribute) or LATIN_WORD.findall(attribute)
    seen = re.sub(r"<[^>]*>", " ", text)
    yield from CHINESE.findall(seen)
    yield from LATIN_WORD.findall(re.sub(r"&\w+;", "", seen))


def _unmarked_strings(tree: ast.AST) -> Iterator[str]:
    marked = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name_of(call.func) in MARKING
        for inner in ast.walk(call)
    }
    prose = {id(inner.value) for inner in ast.walk(tree) if isinstance(inner, ast.Expr)}
    for inner in ast.walk(tree):
        if not isinstance(inner, ast.Constant) or id(inner) in marked | prose:
            continue
        if isinstance(inner.value, str) and CHINESE.search(inner.value):
            yield f"{inner.lineno}: {inner.value}"


def _name_of(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")
