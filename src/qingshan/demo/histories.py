"""Which matters has 青山省, all routes together, and what has happened to them in two years?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from qingshan.demo.cases import CaseFacts, Ground, a_case
from qingshan.demo.chance import Chance
from qingshan.demo.diary import Diary
from qingshan.demo.findings import DOCUMENTS, LEFT_OVER, FindingsFacts, taken_in
from qingshan.demo.offices import FIRST_COUNTY
from qingshan.demo.petitioned import BATCHES, Answered, PetitionFacts, a_petition
from qingshan.demo.photographs import PhotoFacts
from qingshan.demo.problems import UPKEEPS, Problem
from qingshan.demo.rectifications import Way
from qingshan.demo.regions import COUNTIES, NAMES
from qingshan.demo.restorations import NONE_RESTORED, Restorations, restorations
from qingshan.demo.sites import SiteFacts, sites_and_patches
from qingshan.demo.upkeep import KeptUp
from qingshan.rules.matters import Phase, Route, SourceKind

SPAN_DAYS = 740
"""So long ago the province was founded; its first matter is a little younger."""
RECTIFICATIONS, PETITIONS, LASTING = 900, 250, 50
FIRST_DAY, LAST_DAY = -(SPAN_DAYS - 10), -4
_GOINGS = (
    ("dismissed", 34), ("withdrawn", 8), ("split", 7), ("transferred", 14), ("extinct", 14), ("stopped", 18),
    ("performance", 8), ("bankrupt", 6), ("stalled", 66), ("reopened", 34), ("work returned", 36),
    ("plan returned", 44), ("extended", 60), ("adjusted", 14), ("objected", 22), ("notice stopped", 6),
    ("carried over", 110), ("old debt", 12),
)  # fmt: skip
_MERGED, _LASTING_MERGED, _PETITIONS_MERGED = 14, 2, 7
_HELD = {"performance": True, "stopped": True, "bankrupt": True, "extinct": False}
_LONG_AGO = {
    "carried over": (FIRST_DAY, FIRST_DAY + 9),
    "old debt": (FIRST_DAY, FIRST_DAY + 9),
    "reopened": (FIRST_DAY, -330),
    "stalled": (-560, -130),
    "notice stopped": (FIRST_DAY, -220),
}
_PHOTOGRAPHED = 13
_LATELY = 2.2


@dataclass(frozen=True)
class Matters:
    """Everything that the demonstration supervises."""

    documents: tuple[FindingsFacts, ...]
    cases: tuple[CaseFacts, ...]
    petitions: tuple[PetitionFacts, ...]
    restorations: Restorations = NONE_RESTORED

    @property
    def all(self) -> tuple[Any, ...]:
        """Every history, whatever it is of."""
        return (*self.documents, *self.cases, *self.petitions, *self.restorations.all)


@cache
def matters() -> Matters:
    """Petitions first: some of them go on as cases, which count among the nine hundred."""
    grounds = {county: Ground(county) for county in COUNTIES}
    petitions = tuple(_petitions(grounds))
    lasting = tuple(_lasting(grounds))
    writer = _Writer(grounds)
    writer.write_turned(petitions)
    writer.write_handed_down()
    writer.write_the_rest()
    return Matters(writer.documents(), (*writer.cases, *lasting), petitions, restorations())


def _county(chance: Chance) -> str:
    """The first county has the most: its clerk shows the demonstration."""
    return chance.weighted([(county, 16 if county == FIRST_COUNTY else 8) for county in COUNTIES])


# -- rectifications ------------------------------------------------------------------------------------------


class _Writer:
    """The cases that are written so far, each with a number in its county."""

    def __init__(self, grounds: dict[str, Ground]) -> None:
        self.grounds, self.cases = grounds, list[CaseFacts]()
        self._numbers, self._items = dict.fromkeys(COUNTIES, 0), dict[str, list[str]]()
        self._photographed = 0

    def write_turned(self, petitions: Sequence[PetitionFacts]) -> None:
        """What a petition turned into is a case from that moment on."""
        for petition in petitions:
            last = petition.events[-1]
            if last.act == "turn":
                site = _site_named(petition.site_key)
                facts, problem = a_case(
                    self._key(petition.county), petition.county, site, source=SourceKind.PETITION
                )
                facts = replace(facts, turned_from=petition.key, route=Route.BY_DATE)
                self._write(facts, problem, going="", begins=last.day)

    def write_handed_down(self) -> None:
        """A case for each item of a document that has one."""
        for document in DOCUMENTS:
            items = self._items[document.key] = []
            for place in range(1, document.with_cases + 1):
                county = document.counties[(place - 1) % len(document.counties)]
                chance = Chance("item", document.key, place)
                site = self.grounds[county].site()
                facts, problem = a_case(self._key(county), county, site, source=document.source)
                facts = replace(facts, item=(document.key, place), route=Route.BY_DATE)
                items.append(facts.description)
                going = "stalled" if chance.happens(0.06) else ""
                self._write(facts, problem, going, begins=document.day + chance.whole(5, 12))

    def write_the_rest(self) -> None:
        """Particular ways first, plain ones until the number is reached, those that were merged last."""
        deck = [going for going, count in _GOINGS for _ in range(count)]
        for going in Chance("goings").shuffled(deck):
            self._write_new(going)
        while len(self.cases) < RECTIFICATIONS - _MERGED:
            self._write_new("")
        for target in self._targets():
            self._write_merged(target)

    def documents(self) -> tuple[FindingsFacts, ...]:
        """The documents with their items: those with cases, those that need none, those left over."""
        return tuple(taken_in(each, tuple(self._all_items(each))) for each in DOCUMENTS)

    def _all_items(self, document: FindingsFacts) -> Iterator[str]:
        yield from self._items[document.key]
        for place in range(document.with_cases, document.size):
            county = document.counties[place % len(document.counties)]
            yield LEFT_OVER.format(county=NAMES[county], place=("石桥", "松坪", "柳湾")[place % 3])

    def _key(self, county: str) -> str:
        self._numbers[county] += 1
        return f"{county}-Z{self._numbers[county]:04d}"

    def _write_new(self, going: str) -> None:
        chance = Chance("new case", len(self.cases))
        county = _county(chance)
        key = self._key(county)
        facts, problem = a_case(key, county, self.grounds[county].site(held=_HELD.get(going)))
        if going in (
            "plan returned",
            "adjusted",
            "performance",
            "extinct",
            "stalled",
            "extended",
            "old debt",
        ):
            facts = replace(facts, route=Route.BY_DATE)
        if going in _LONG_AGO:
            begins = chance.whole(*_LONG_AGO[going])
        else:  # more of late: what is younger is still open
            begins = LAST_DAY + round((FIRST_DAY - LAST_DAY) * chance.between(0, 1) ** _LATELY)
        self._write(facts, problem, going, begins=begins)

    def _write(self, facts: CaseFacts, problem: Problem, going: str, *, begins: int, into: str = "") -> None:
        way = Way(facts, problem, Diary(Chance("way", facts.key), begins=begins), going)
        way.into, way.photos = into, self._photos(facts, going, begins)
        written = _not_yet_noticed(way.written())
        self.cases.append(written)
        if going == "split" and written.events[-1].act == "split":
            self._write_parts(written, problem)

    def _write_parts(self, whole: CaseFacts, problem: Problem) -> None:
        for place, title in enumerate(whole.events[-1].value("parts"), start=1):
            part = replace(
                whole, key=f"{whole.key}-{place}", part_of=whole.key, title=title, item=None, events=()
            )
            self._write(part, problem, "", begins=whole.events[-1].day)

    def _targets(self) -> list[CaseFacts]:
        """Cases on which work goes on for long: another one may be merged into each."""
        fit = [
            case
            for case in self.cases
            if _days(case) > 45 and case.route is Route.BY_DATE and not case.part_of and not case.turned_from
            and not any(event.act in ("transfer", "split", "merge") for event in case.events)
        ]  # fmt: skip
        return Chance("merge targets").shuffled(fit)[:_MERGED]

    def _write_merged(self, target: CaseFacts) -> None:
        site = _site_named(target.site_key)
        facts, problem = a_case(self._key(target.county), target.county, site)
        facts = replace(facts, route=Route.BY_DATE)
        self._write(facts, problem, "merged", begins=target.events[0].day + 4, into=target.key)

    def _photos(self, facts: CaseFacts, going: str, begins: int) -> tuple[PhotoFacts, ...]:
        """前、中、后 at a fixed point for some cases of the first county; two sets deserve a doubt."""
        fits = (
            facts.county == FIRST_COUNTY and going in ("", "extended") and begins < -200 and not facts.part_of
        )
        if not fits or self._photographed == _PHOTOGRAPHED:
            return ()
        self._photographed += 1
        serial = self._photographed
        point = f"固定拍摄点{serial:02d}"
        middle = _site_named(facts.site_key).geometry.representative_point()
        lon, lat = round(middle.x, 6), round(middle.y, 6)
        photos = [PhotoFacts(point, phase, f"scene {serial}", 0, lon, lat) for phase in Phase]
        if serial == 7:  # somebody hands in the picture of another case
            photos[2] = replace(photos[2], scene="scene 6")
        if serial == 9:  # taken some two kilometres from the site
            photos[2] = replace(photos[2], lon=round(lon + 0.021, 6), lat=round(lat + 0.006, 6))
        return tuple(photos)


def _not_yet_noticed(case: CaseFacts) -> CaseFacts:
    """What the province accepted of late still waits for its public notice."""
    accepted = [place for place, event in enumerate(case.events) if event.value("level") == "province"]
    if accepted and case.events[accepted[-1]].day > -30:
        return replace(case, events=case.events[: accepted[-1] + 1])
    return case


def _days(each: CaseFacts | PetitionFacts) -> int:
    """From the first event to the last."""
    return each.events[-1].day - each.events[0].day


@cache
def _sites_by_key() -> dict[str, SiteFacts]:
    return {site.key: site for site in sites_and_patches()[0]}


def _site_named(key: str) -> SiteFacts:
    return _sites_by_key()[key]


# -- lasting tasks -------------------------------------------------------------------------------------------

_LASTING_GOINGS = ("dismissed", "dismissed", "withdrawn", "failed", "failed", "failed", "failed", "mending")


_YOUNG = {5: (-2, 1), 10: (-9, 2), 15: (-38, 6), 20: (-4, 1), 25: (-16, 2)}
"""Tasks that have just begun, by serial: since when, and how many acts were done."""


def _lasting(grounds: dict[str, Ground]) -> Iterator[CaseFacts]:
    found: list[CaseFacts] = []
    for serial in range(1, LASTING + 1):
        chance = Chance("lasting", serial)
        going = _LASTING_GOINGS[serial - 1] if serial <= len(_LASTING_GOINGS) else ""
        into, county = "", _county(chance)
        if serial > LASTING - _LASTING_MERGED:
            going, county, into = "merged", found[10 + serial % 7].county, found[10 + serial % 7].key
        found.append(_task(grounds, chance, f"{county}-L{serial:03d}", county, going, into))
    yield from found


def _task(
    grounds: dict[str, Ground], chance: Chance, key: str, county: str, going: str, into: str
) -> CaseFacts:
    upkeep = chance.one_of(UPKEEPS)
    facts, _ = a_case(key, county, grounds[county].site())
    facts = replace(
        facts,
        route=Route.LASTING,
        problem=upkeep.kind,
        title=f"{_site_named(facts.site_key).name}{upkeep.title}",
        requirement="明确管护单位，逐年核查，长期坚持。",
    )
    begins, acts = chance.whole(FIRST_DAY, -420), None
    if going == "merged":
        begins = -300
    elif not going:
        begins, acts = _YOUNG.get(int(key[-3:]), (begins, None))
    way = KeptUp(facts, upkeep, Diary(Chance("upkeep", key), begins=begins), going)
    way.into = into
    written = way.written()
    return replace(written, events=written.events[:acts])


# -- petitions -----------------------------------------------------------------------------------------------

_PETITION_GOINGS = (
    ("turned", 17), ("done for now", 24), ("returned", 10), ("extended", 8), ("withdrawn", 4),
    ("unanswered", 3),
)  # fmt: skip


def _petitions(grounds: dict[str, Ground]) -> Iterator[PetitionFacts]:
    deck = [going for going, count in _PETITION_GOINGS if going != "unanswered" for _ in range(count)]
    deck += [""] * (PETITIONS - len(deck) - _PETITIONS_MERGED - 3)
    goings = iter(Chance("petition goings").shuffled(deck))
    found: list[PetitionFacts] = []
    for batch, count, first in BATCHES:
        for serial in range(1, count + 1):
            begins = first + serial // 4
            found.append(_petition(grounds, len(found), next(goings), begins, batch=batch, serial=serial))
    for going in goings:
        chance = Chance("when petitioned", len(found))
        begins = chance.whole(FIRST_DAY, -60)
        if not going and len(found) % 8 == 0:
            begins = chance.whole(-11, -1)
        found.append(_petition(grounds, len(found), going, begins))
    for _ in range(3):
        found.append(_petition(grounds, len(found), "unanswered", -28 + len(found) % 5))
    arrived = _petition(grounds, len(found) - 1, "unanswered", -1, county=found[-1].county)
    found[-1] = replace(arrived, events=arrived.events[:1])  # nobody has passed it on
    yield from found
    fit = [each for each in found if _days(each) >= 10 and each.batch]
    for target in fit[:_PETITIONS_MERGED]:
        yield _petition(
            grounds, len(found), "merged", target.events[0].day + 2, into=target.key, county=target.county
        )
        found.append(target)


def _petition(
    grounds: dict[str, Ground],
    place: int,
    going: str,
    begins: int,
    *,
    batch: str = "",
    serial: int = 0,
    into: str = "",
    county: str = "",
) -> PetitionFacts:
    chance = Chance("petitioner", place)
    county = county or _county(chance)
    key = f"{county}-X{place + 1:03d}"
    facts = a_petition(key, county, grounds[county].site(), batch=batch, serial=serial)
    way = Answered(facts, Diary(Chance("answered", key), begins=begins), going)
    way.into = into
    return way.written()
