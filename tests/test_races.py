"""Two people do one act on the same objects at the same moment, many times: does one win, and only one?"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.office.accounts.actors import operator_of_this_machine
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.experts.drawing import astray
from qingshan.office.experts.models import DrawnExpert
from qingshan.office.experts.tests.factories import TODAY, a_pool, closed
from qingshan.office.mines.actions import find_likeness
from qingshan.office.mines.models import Likeness, Mine, Site, Tally
from qingshan.office.mines.queries import miscounted
from qingshan.office.mines.tests.factories import NOW, WEST, a_mine, geojson, imported, regions, site_row
from qingshan.office.observations.actions import record_clues
from qingshan.office.observations.models import Clue, Run, SceneSet
from qingshan.office.observations.tests.factories import TODAY as RUN_ON
from qingshan.office.observations.tests.factories import (
    Land,
    a_claim,
    a_screening,
    as_recorded,
    land_of,
    region,
    seen,
)
from qingshan.office.trail.models import Entry
from qingshan.rules.draw import SeedKind

PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}
pytestmark = [pytest.mark.walk, pytest.mark.timeout(900)]
# as many as half an hour for everything leaves room for; the whole number by `make.py test walks`
RACES, MERGERS, CLUES = (300, 60, 40) if os.environ.get("CI") == "true" else (1000, 200, 100)


@pytest.fixture
def site(committed_db: Any, tmp_path: Path) -> Site:
    regions()
    imported(geojson(tmp_path, site_row("R-1")), operator_of_this_machine())
    return Site.objects.get()


Racers = tuple[subprocess.Popen[str], ...]
Start = Callable[[str], Racers]


@pytest.fixture
def two_racers(committed_db: Any) -> Iterator[Start]:
    """Starts two processes that do an act whenever they are told with what."""
    started: list[subprocess.Popen[str]] = []

    def start(act: str) -> Racers:
        both = tuple(committed_db.start("tests/one_racer.py", act, stdin=subprocess.PIPE) for _ in range(2))
        started.extend(both)
        for each in both:
            assert each.stdout.readline() == "ready\n"
        return both

    yield start
    for each in started:
        each.stdin.close()
        each.wait(timeout=20)


def raced(racers: Racers, *lines: str) -> list[str]:
    """What the two say, each about its line."""
    connection.close()
    for racer, line in zip(racers, lines, strict=True):
        racer.stdin.write(f"{line}\n")
        racer.stdin.flush()
    return [racer.stdout.readline().strip() for racer in racers]


def an_update(site: Site, note: str) -> Import:
    """An import that was previewed while the site stood at its present version."""
    import_ = Import.objects.create(
        kind="sites",
        file_name=f"{note}.geojson",
        file_digest="0" * 64,
        state="read",
        changed=1,
        created_at=NOW,
    )
    StagedRow.objects.create(
        source=import_,
        position=0,
        sheet="点位",
        row=1,
        outcome=Outcome.CHANGED,
        key=site.key,
        values={"key": site.key, "note": note},
        changes={"note": [site.note, note]},
        target_id=site.pk,
        target_version=site.version,
    )
    return import_


def test_of_two_acts_on_one_site_one_wins_and_the_other_is_told(site: Site, two_racers: Start) -> None:
    racers, said = two_racers("import_sites"), Counter[str]()
    for race in range(RACES):
        updates = [an_update(site, f"{name}{race}") for name in ("甲", "乙")]
        results = raced(racers, *(str(update.pk) for update in updates))
        assert results.count("won") == 1, f"race {race}: {results}"
        before = site.version
        site.refresh_from_db()
        assert site.version == before + 1
        assert site.note == updates[results.index("won")].file_name.removesuffix(".geojson")
        said.update(f"{name} {result}" for name, result in zip(("first", "second"), results, strict=True))
    print(f"{RACES} races: {dict(said)}")
    assert Entry.objects.filter(act="mines.import_sites").count() == RACES + 1
    assert Import.objects.filter(state="applied").count() == RACES + 1


@pytest.fixture
def pairs(committed_db: Any) -> list[Likeness]:
    """Entries of one mine, two by two, each with a site."""
    regions()
    for n in range(MERGERS):
        for key in ("甲", "乙"):
            mine = a_mine(f"{n} {key}", name=f"地名{n}铁矿", licence_no=f"C{n:022d}1")
            Site.objects.create(key=f"{n} {key}", region_id=WEST, mine=mine)
    for what in ("mine", "site"):
        Tally.objects.create(what=what, region_id=WEST, rows=2 * MERGERS)
    find_likeness(Mine.objects.all(), now=NOW)
    return list(Likeness.objects.order_by("pk"))


def test_of_two_mergers_of_one_pair_each_into_the_other_mine_one_wins(
    pairs: list[Likeness], two_racers: Start
) -> None:
    assert len(pairs) == MERGERS
    racers = two_racers("merge_mines")
    for race, pair in enumerate(pairs):
        ids = (pair.first_id, pair.second_id)
        results = raced(racers, *(f"{pair.pk} {kept_id}" for kept_id in ids))
        assert sorted(results) == ["office.changed_meanwhile", "won"], f"race {race}: {results}"
        assert Site.objects.filter(mine_id=ids[results.index("won")]).count() == 2
    assert Mine.objects.filter(merged_into=None).count() == MERGERS
    assert Entry.objects.filter(act="mines.merge_mines").count() == MERGERS
    assert miscounted() == []


def test_of_two_who_hold_one_draw_one_wins_and_nobody_is_drawn_twice(
    committed_db: Any, two_racers: Start
) -> None:
    people = nine_people()
    a_pool()
    stated = {"seed_kind": SeedKind.STATED, "seed_number": "42", "seed_on": TODAY}
    draws = [closed(people, **stated) for _race in range(MERGERS)]
    racers, said = two_racers("hold_draw"), Counter[str]()
    for race, draw in enumerate(draws):
        results = raced(racers, *[f"{draw.pk} {draw.version}"] * 2)
        said.update(results)
        assert results.count("won") == 1, f"race {race}: {results}"
        assert DrawnExpert.objects.filter(draw=draw).count() == draw.seats
    print(f"{MERGERS} races: {dict(said)}")
    assert set(said) <= {"won", "office.changed_meanwhile", "experts.draw_not_in_state"}
    assert Entry.objects.filter(act="experts.draw").count() == MERGERS
    assert astray() == []


def test_two_screenings_that_see_the_same_land_at_once_make_one_clue(
    committed_db: Any, two_racers: Start
) -> None:
    nine_people()
    racers, both = two_racers("see_or_judge"), (a_screening(), a_screening())
    for race in range(CLUES):
        assert raced(racers, *(f"1 {each.pk} {race}" for each in both)) == ["won", "won"], f"race {race}"
        if race + 1 < CLUES:
            both = (a_screening(), a_screening())
    clues = Clue.objects.order_by("pk")
    assert [(each.sightings, each.seen.count()) for each in clues] == [(2, 2)] * CLUES
    assert as_recorded()


def test_a_clue_that_grows_while_a_person_judges_it_keeps_both(committed_db: Any, two_racers: Start) -> None:
    nine_people()
    racers, said = two_racers("see_or_judge"), Counter[str]()
    for race in range(CLUES):
        record_clues(a_screening(), [seen(land_of(race), key="first")], now=NOW)
        clue, again = Clue.objects.latest("pk"), a_screening()
        grows, judges = f"1 {again.pk} {race}", f"0 {clue.pk} {clue.version}"
        order = (grows, judges) if race % 2 else (judges, grows)
        results = dict(zip(order, raced(racers, *order), strict=True))
        assert results[grows] == "won", f"race {race}: the program gave up"
        assert results[judges] in {"won", "office.changed_meanwhile"}
        clue.refresh_from_db()
        assert (clue.sightings, clue.seen.count()) == (2, 2)
        assert clue.state == ("verified" if results[judges] == "won" else "persistent")
        said[results[judges]] += 1
    print(f"{CLUES} races: {dict(said)}")
    assert as_recorded()


def test_of_the_night_and_a_person_who_begin_a_run_over_one_claim_one_wins(
    committed_db: Any, two_racers: Start
) -> None:
    nine_people()
    land = Land("K-1", land_of(1), PLAIN, is_true=True)
    claim = a_claim(land, region=region(), accepted_on=RUN_ON)
    images = SceneSet.objects.create(
        path="a", region=region(), name="影像", kind="folder", openness="public", scenes=1,
        first_day=RUN_ON, last_day=RUN_ON, registered_on=RUN_ON,
    )  # fmt: skip
    planned = Run.objects.create(
        scene_set=images, region=region(), asked=[claim.pk], estimate={}, planned_at=NOW, planned_by="某局"
    )
    racers, said = two_racers("begin_run"), Counter[str]()
    for race in range(CLUES):
        results = raced(racers, f"1 {images.pk} {claim.pk}", f"0 {planned.pk} {claim.pk}")
        assert results.count("won") == 1, f"race {race}: {results}"
        assert set(results) <= {"won", "observations.done_meanwhile", "observations.another_run"}
        assert Run.objects.filter(state="running").count() == 1
        Run.objects.filter(state="running").update(state="cancelled")
        said.update(f"{who} {result}" for who, result in zip(("night", "person"), results, strict=True))
    print(f"{CLUES} races: {dict(said)}")
