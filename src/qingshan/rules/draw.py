"""Whom does a draw choose? The same people on every machine, from a list and a seed that anybody can read.

Each candidate's lot is SHA-256 over the seed, a line feed and the candidate's number, in UTF-8; the smallest lot has
rank 1. In the order of their ranks candidates are chosen as long as all who are chosen can be seated, each at a field
of their own. Nothing depends on a random generator, on the order of the list or on who is left out of it.

The seed is the number that was announced, a vertical bar and the digest of the closed list: whoever closes the list
does not know the number yet, and once it is known the list cannot change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import Reason, Sentence, declare
from qingshan.rules.words import Named, normalised

ANY = "any"
"""A seat for whatever field (不限专业)."""


class DrawState(Named):
    """抽取状态."""

    ANNOUNCED = "announced", "已公告", "announced"
    CLOSED = "closed", "名单已封存", "list closed"
    DRAWN = "drawn", "已抽取", "drawn"
    CANCELLED = "cancelled", "已作废", "cancelled"


class SeedKind(Named):
    """种子来源: what the announcement says of the public number."""

    AWAITED = "awaited", "待公布的公开号码", "a public number that is still to come"
    STATED = "stated", "公告时写明的号码", "a number that the announcement states"


class Outcome(Named):
    """抽取结果."""

    CHOSEN = "chosen", "抽中", "chosen"
    RESERVE = "reserve", "候补", "reserve"
    OTHER_FIELD = "other_field", "专业不在抽取范围", "no field that is wanted"
    EXCUSED = "excused", "抽中后退出", "excused after the draw"
    EXCLUDED = "excluded", "不参加抽取", "excluded"


@dataclass(frozen=True)
class Candidate:
    """Somebody on the closed list, by a number that never changes."""

    id: str
    fields: tuple[str, ...]
    because: tuple[Reason, ...] = ()
    """why they take no part; empty: they take part"""


@dataclass(frozen=True)
class Place:
    """What the draw says of one candidate. Whoever takes no part has no rank."""

    id: str
    lot: str
    rank: int | None
    outcome: Outcome
    seat: str = ""
    """the field for which they were chosen"""
    reserve: int | None = None
    """1 for whoever steps in first"""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """Everybody on the list: by rank, those without one last; and the seats that nobody can take."""

    places: tuple[Place, ...]
    vacant: Mapping[str, int] = field(default_factory=dict)

    @property
    def chosen(self) -> tuple[Place, ...]:
        """In the order of their ranks."""
        return tuple(place for place in self.places if place.outcome == Outcome.CHOSEN)


def seed_of(number: str, digest: str) -> str:
    """The text under which lots are drawn."""
    if not (said := normalised(number)):
        raise RuleError.because("rules.draw.no_number")
    return f"{said}|{digest}"


def lot_of(seed: str, candidate: str) -> str:
    """A candidate's lot: 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{candidate}".encode()).hexdigest()


def text_of_list(candidates: Iterable[Candidate], wanted: Mapping[str, int]) -> str:
    """The closed list as the one text whose digest is published: JSON with sorted names, without spaces."""
    people = [
        {
            "because": [each.as_json() for each in one.because],
            "fields": sorted(one.fields),
            "id": one.id,
        }
        for one in sorted(candidates, key=lambda each: each.id)
    ]
    return compact({"candidates": people, "wanted": sorted(wanted.items())})


def compact(whole: object) -> str:
    """The one way in which a list is written before its digest is taken: JSON with sorted names, without spaces."""
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_list(candidates: Iterable[Candidate], wanted: Mapping[str, int]) -> str:
    """SHA-256 of that text."""
    return hashlib.sha256(text_of_list(candidates, wanted).encode()).hexdigest()


def draw(
    candidates: Iterable[Candidate],
    *,
    wanted: Mapping[str, int],
    seed: str,
    excused: Mapping[str, Sequence[Reason]] | None = None,
) -> Drawn:
    """Who is chosen, who waits in which order, and why everybody else is not.

    Whoever was `excused` after the draw keeps the rank and gives up the seat: exactly one steps in, all others who
    were chosen stay (only their seats may change). Raises RuleError: a number twice, nothing wanted.
    """
    people, out = _by_id(candidates), dict(excused or {})
    _check(wanted)
    lots = {one: lot_of(seed, one) for one in people}
    order = sorted((one for one in people if not people[one].because), key=lambda one: (lots[one], one))
    seats = _seated([people[one] for one in order if one not in out], wanted)
    taken = {one: seat for seat, holders in seats.items() for one in holders}
    places, waiting = [], 0
    for rank, one in enumerate(order, 1):
        if one in out:
            places.append(Place(one, lots[one], rank, Outcome.EXCUSED, because=tuple(out[one])))
        elif one in taken:
            places.append(Place(one, lots[one], rank, Outcome.CHOSEN, seat=taken[one]))
        elif any(_fits(people[one], seat) for seat in wanted):
            waiting += 1
            places.append(Place(one, lots[one], rank, Outcome.RESERVE, reserve=waiting))
        else:
            places.append(Place(one, lots[one], rank, Outcome.OTHER_FIELD))
    places += [
        Place(one, lots[one], None, Outcome.EXCLUDED, because=people[one].because)
        for one in sorted(people)
        if people[one].because
    ]
    vacant = {seat: wanted[seat] - len(holders) for seat, holders in seats.items()}
    return Drawn(tuple(places), {seat: count for seat, count in vacant.items() if count})


def lacking(candidates: Iterable[Candidate], wanted: Mapping[str, int]) -> Mapping[str, int]:
    """The seats that this list cannot fill, whatever the seed: how many are chosen is the same for every order."""
    return draw(candidates, wanted=wanted, seed="").vacant


def _by_id(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    people: dict[str, Candidate] = {}
    for one in candidates:
        if people.setdefault(one.id, one) is not one:
            raise RuleError.because("rules.draw.twice", id=one.id)
    return people


def _check(wanted: Mapping[str, int]) -> None:
    if not wanted or any(count < 1 for count in wanted.values()):
        raise RuleError.because("rules.draw.nothing_wanted")


def _fits(one: Candidate, seat: str) -> bool:
    return seat == ANY or seat in one.fields


def _seated(order: Sequence[Candidate], wanted: Mapping[str, int]) -> dict[str, list[str]]:
    """Each in turn takes a free seat, or one that somebody with a choice gives up (augmenting paths).

    So nobody is passed over for a seat that somebody could give up: as many are seated as can be.
    """
    people = {one.id: one for one in order}
    seats: dict[str, list[str]] = {seat: [] for seat in sorted(wanted, key=lambda seat: (seat == ANY, seat))}

    def sits(one: str, tried: set[str]) -> bool:
        fitting = [seat for seat in seats if seat not in tried and _fits(people[one], seat)]
        tried.update(fitting)
        for seat in fitting:
            if len(seats[seat]) < wanted[seat]:
                seats[seat].append(one)
                return True
        for seat in fitting:
            for place, other in enumerate(seats[seat]):
                if sits(other, tried):
                    seats[seat][place] = one
                    return True
        return False

    for one in order:
        sits(one.id, set())
    return seats


SENTENCES = {
    "rules.draw.no_number": Sentence(
        zh="没有填写公开号码。请按公告的来源填写。",
        en="The public number is missing. Fill in what the announced source says.",
    ),
    "rules.draw.twice": Sentence(
        zh="名单中编号 {id} 出现两次。请先更正专家编号。",
        en="The number {id} stands in the list twice. Correct it first.",
    ),
    "rules.draw.nothing_wanted": Sentence(
        zh="没有写明抽取人数。请至少就一个专业填写 1 人以上。",
        en="It is not said how many are to be drawn. Ask for at least one of some field.",
    ),
}
declare(SENTENCES)
