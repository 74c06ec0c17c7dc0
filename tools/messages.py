"""Which words of the screen does English still lack? Keeps the English catalogue, whose msgids are Chinese.

    python tools/messages.py            compile django.mo where django.po is newer (set-up)
    python tools/messages.py --update   read templates and Python, update django.po, list what lacks English
    python tools/messages.py --check    exit 1 when a word is missing, fuzzy, untranslated, unused

Babel does what Django leaves to a system's gettext; templates are read with Django's own `templatize`.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "qingshan"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "_now": None,  # gettext beside gettext_lazy in one module
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# a fixed date keeps the file the same when no word changed
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--update", action="store_true")
    given = parser.parse_args()
    if given.check:
        return report(faults())
    if given.update:
        update()
    compile_catalogue()
    return 0


def words_in_source() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every (file, msgid, context) in templates and Python, tests left out."""
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for msgid, context in words_in(path):
            yield str(path.relative_to(ROOT)), msgid, context


def words_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = python_of(source, path)
    file = io.BytesIO(source.encode("utf-8"))
    for _line, msgid, _comments, context in extract("python", file, KEYWORDS, options={"encoding": "utf-8"}):
        yield msgid, context


def python_of(template: str, path: Path) -> str:
    """Templatize blanks out all but the marked words; brackets around it switch indentation off."""
    from django.utils.translation.template import templatize

    return f"(\n{templatize(template, origin=str(path))}\n)"


def template_catalogue() -> Catalog:
    found = Catalog(locale="en", domain="django", charset="utf-8")
    for file, msgid, context in words_in_source():
        found.add(msgid, locations=[(file, 0)], context=context)
    return found


def present_catalogue() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", domain="django", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def update() -> None:
    """Add new words, drop those that nobody uses, keep the translations."""
    catalogue = present_catalogue()
    catalogue.update(template_catalogue(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version, catalogue.fuzzy = "Qingshan", "1", False
    catalogue.header_comment = "# English words of Qingshan; the msgids are Chinese, by docs/glossary.md."
    catalogue.creation_date = catalogue.revision_date = CREATED
    catalogue.msgid_bugs_address = ""
    catalogue.last_translator = catalogue.language_team = "The Qingshan authors"
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written.getvalue())
    report(faults())


def compile_catalogue() -> None:
    if MO.exists() and MO.stat().st_mtime_ns >= PO.stat().st_mtime_ns:
        return
    written = io.BytesIO()
    write_mo(written, present_catalogue())
    draft = MO.with_suffix(".mo.draft")
    draft.write_bytes(written.getvalue())
    draft.replace(MO)


def faults() -> list[str]:
    """One line for each word that English lacks or no longer needs."""
    present, needed = present_catalogue(), template_catalogue()
    found = [f"missing: {words_of(word)}" for word in needed if word.id and not known(present, word)]
    for word in present:
        if not word.id:
            continue
        if not known(needed, word):
            found.append(f"left over: {words_of(word)}")
        elif not complete(word):
            found.append(f"untranslated: {words_of(word)}")
        elif word.fuzzy:
            found.append(f"fuzzy: {words_of(word)}")
        found.extend(f"{words_of(word)}: {error}" for error in word.check(present))
    return found


def known(catalogue: Catalog, word: Message) -> bool:
    return catalogue.get(word.id, word.context) is not None


def complete(word: Message) -> bool:
    given = word.string if isinstance(word.string, tuple | list) else (word.string,)
    return all(given)


def words_of(word: Message) -> str:
    return word.id if isinstance(word.id, str) else word.id[0]


def report(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    print(f"English catalogue: {len(lines)} faults" if lines else "English catalogue: complete")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
