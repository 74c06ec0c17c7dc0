"""Which version of a rule is in force on a day in a region?

Files `rulebooks/<layer>/<id>/<version>.toml` hold the numbers with their legal basis. A released file never
changes: `rulebooks/released.toml` holds its digest, and a file that differs is not used. An installation may have books
of its province or cities in a folder of its own (`also_from`), kept in the same way.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import RegionCode, region_code
from qingshan.rules.provisions import Content, Layer, Provision, Rulebook, Status, ValueUnit
from qingshan.rules.reasons import CHINESE, Reason, Sentence
from qingshan.rules.sm3 import sm3

SHIPPED = Path(__file__).parent / "rulebooks"
_RELEASED = "released.toml"


@dataclass(frozen=True)
class Library:
    """All rulebooks that can be consulted. Two that are in force together in one place raise RuleError."""

    books: tuple[Rulebook, ...]

    def __post_init__(self) -> None:
        faults = tuple(_conflicts(self._current()))
        if faults:
            raise RuleError(*faults)

    def _current(self) -> list[Rulebook]:
        """Books that no other book corrects."""
        corrected = {(book.id, book.layer, version) for book in self.books for version in book.replaces}
        return [book for book in self.books if (book.id, book.layer, book.version) not in corrected]

    def in_force(self, book_id: str, *, on: date, region: RegionCode | None = None) -> Rulebook:
        """The book that applies on the day of the deciding step: of the lowest layer that has one."""
        fitting = [
            book
            for book in self._current()
            if book.id == book_id and book.is_effective(on) and book.covers(region)
        ]
        if not fitting:
            raise RuleError.because("rules.rulebook.none_in_force", book=book_id, day=on.isoformat())
        return max(fitting, key=_nearness)

    def cited(self, book_id: str, version: str, *, layer: Layer) -> Rulebook:
        """The very version that an earlier result names, whether or not it still applies."""
        for book in self.books:
            if (book.id, book.version, book.layer) == (book_id, version, layer):
                return book
        raise RuleError.because("rules.rulebook.no_such_version", book=book_id, version=version)


def in_force(book_id: str, *, on: date, region: RegionCode | None = None) -> Rulebook:
    """The rulebook in force on a day in a region (without one: the national one)."""
    return consulted().in_force(book_id, on=on, region=region)


@cache
def shipped() -> Library:
    """The rulebooks that come with the program."""
    return read_library(SHIPPED)


_OWN: list[Path] = []


def also_from(folder: Path | None) -> None:
    """From now on the books of this folder are asked too; None: those of the program alone."""
    _OWN[:] = [] if folder is None else [folder]
    consulted.cache_clear()


@cache
def consulted() -> Library:
    """All rulebooks that this installation goes by. A book of its own that cannot be used raises RuleError: going by
    other numbers than the office has entered would be worse than not going on.
    """
    own = tuple(book for folder in _OWN for book in read_library(folder).books)
    if faults := [fault for book in own for fault in _faults_of_own(book)]:
        raise RuleError(*faults)
    return Library((*shipped().books, *own))


def _faults_of_own(book: Rulebook) -> Iterator[Reason]:
    """A book of an office has a region, and every value of the national one, whose place it takes as a whole."""
    if book.layer is Layer.NATION:
        yield Reason("rules.rulebook.own_nation", {"book": book.id, "version": book.version})
    known = [each for each in shipped().books if each.id == book.id]
    wanted = known[-1].provisions if known else {}
    for missing in (each for name, each in wanted.items() if name not in book.provisions):
        values = {
            "book": book.id,
            "name": missing.name,
            "value": missing.title.zh,
            "value_en": missing.title.en,
        }
        yield Reason("rules.rulebook.own_lacks", values)


def read_library(folder: Path) -> Library:
    """All rulebooks of a folder. A file edited after its release, or never released, raises RuleError."""
    released = _released(folder)
    found = {_place(path, folder): digest_of(path) for path in _files(folder)}
    faults = [
        Reason(
            "rules.rulebook.edited" if place in released else "rules.rulebook.not_released", {"file": place}
        )
        for place, digest in found.items()
        if released.get(place) != digest
    ]
    faults += [Reason("rules.rulebook.gone", {"file": place}) for place in released if place not in found]
    if faults:
        raise RuleError(*faults)
    return Library(tuple(read_rulebook(path) for path in _files(folder)))


def release(folder: Path) -> tuple[str, ...]:
    """Add the digests of new files to the released ones and return their names. Never changes an old line."""
    released = _released(folder)
    new = {_place(path, folder): digest_of(path) for path in _files(folder)}
    added = tuple(place for place in new if place not in released)
    lines = [f'"{place}" = "{new[place]}"\n' for place in added]
    with (folder / _RELEASED).open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
    return added


def digest_of(path: Path) -> str:
    """SM3 of a file; line ends count as \\n, so that a checkout on Windows has the same digest."""
    return sm3(path.read_bytes().replace(b"\r\n", b"\n"))


def read_rulebook(path: Path) -> Rulebook:
    """One file. Its place must agree with its content: `<layer>/<id>/<version>.toml`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        book = _book(content, digest_of(path))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise RuleError.because("rules.rulebook.unreadable", file=path.name, fault=str(fault)) from fault
    if (book.layer.value, book.id, book.version) != (path.parts[-3], path.parts[-2], path.stem):
        raise RuleError.because("rules.rulebook.wrong_place", file="/".join(path.parts[-3:]))
    return book


def _book(content: Mapping[str, Any], digest: str) -> Rulebook:
    region = content.get("region")
    basis = content["basis"]
    return Rulebook(
        id=content["id"],
        version=content["version"],
        layer=Layer(content["layer"]),
        region=None if region is None else region_code(region),
        title=_sentence(content["title"]),
        document=basis["document"],
        number=basis["number"],
        effective_from=content.get("effective_from"),
        effective_to=content.get("effective_to"),
        replaces=tuple(content.get("replaces", ())),
        status=Status(content["status"]),
        digest=digest,
        provisions=MappingProxyType({name: _provision(name, one) for name, one in content["values"].items()}),
    )


def _provision(name: str, content: Mapping[str, Any]) -> Provision:
    unit = content.get("unit")
    return Provision(
        name=name,
        title=_sentence(content["title"]),
        content=_frozen(content.get("value")),
        unit=None if unit is None else ValueUnit(unit),
        article=content.get("article", ""),
        source=content["source"],
        status=Status(content["status"]),
    )


def _sentence(both: Mapping[str, str]) -> Sentence:
    return Sentence(zh=both["zh"], en=both["en"])


def _frozen(value: Any) -> Content | None:
    """Lists and tables of a file as values that nobody can change in passing."""
    if isinstance(value, dict):
        return MappingProxyType(value)
    result: Content | None = tuple(value) if isinstance(value, list) else value
    return result


def _conflicts(books: Iterable[Rulebook]) -> Iterator[Reason]:
    for one, other in combinations(books, 2):
        same_place = (one.id, one.layer, one.region) == (other.id, other.layer, other.region)
        later = max(one.first_day, other.first_day)
        if same_place and one.is_effective(later) and other.is_effective(later):
            values = {"book": one.id, "version": one.version, "other": other.version}
            yield Reason("rules.rulebook.two_in_force", values)


def _nearness(book: Rulebook) -> tuple[int, int]:
    """Lower layers first; among books of one layer the one of the smaller region."""
    inside = 0 if book.region is None else book.region.range[0] - book.region.range[1]
    return tuple(Layer).index(book.layer), inside


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*/*.toml"))


def _place(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _released(folder: Path) -> dict[str, str]:
    path = folder / _RELEASED
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main(arguments: list[str]) -> None:
    """`python -m qingshan.rules.rulebook [release] [FOLDER]`: list the rulebooks of the program or of a folder, or
    release new files.
    """
    folders = [Path(each) for each in arguments if each != "release"] or [SHIPPED]
    if "release" in arguments:
        sys.stdout.writelines(f"{place}\n" for folder in folders for place in release(folder))
    for book in (book for folder in folders for book in read_library(folder).books):
        sys.stdout.write(f"{book.id} {book.version} {book.status.say(CHINESE)} {book.digest}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
