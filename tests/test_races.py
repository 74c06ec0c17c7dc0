"""Two people act on one site at the same moment, a thousand times: does one win, and only one?"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.office.accounts.actors import operator_of_this_machine
from qingshan.office.mines.models import Site
from qingshan.office.mines.tests.factories import NOW, geojson, imported, regions, site_row
from qingshan.office.trail.models import Entry

pytestmark = [pytest.mark.walk, pytest.mark.timeout(900)]
RACES = 1000 if os.environ.get("CI") == "true" else 100


@pytest.fixture
def site(committed_db: Any, tmp_path: Path) -> Site:
    regions()
    imported(geojson(tmp_path, site_row("R-1")), operator_of_this_machine())
    return Site.objects.get()


@pytest.fixture
def racers(committed_db: Any, site: Site) -> Iterator[tuple[subprocess.Popen[str], ...]]:
    both = tuple(committed_db.start("tests/one_racer.py", stdin=subprocess.PIPE) for _ in range(2))
    for each in both:
        assert each.stdout.readline() == "ready\n"
    yield both
    for each in both:
        each.stdin.close()
        each.wait(timeout=20)


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


def test_of_two_acts_on_one_site_one_wins_and_the_other_is_told(
    site: Site, racers: tuple[subprocess.Popen[str], ...]
) -> None:
    said = Counter[str]()
    for race in range(RACES):
        updates = [an_update(site, f"{name}{race}") for name in ("甲", "乙")]
        connection.close()
        for racer, update in zip(racers, updates, strict=True):
            racer.stdin.write(f"{update.pk}\n")
            racer.stdin.flush()
        results = [racer.stdout.readline().strip() for racer in racers]
        assert results.count("won") == 1, f"race {race}: {results}"
        before = site.version
        site.refresh_from_db()
        assert site.version == before + 1
        assert site.note == updates[results.index("won")].file_name.removesuffix(".geojson")
        said.update(f"{name} {result}" for name, result in zip(("first", "second"), results, strict=True))
    print(f"{RACES} races: {dict(said)}")
    assert Entry.objects.filter(act="mines.import_sites").count() == RACES + 1
    assert Import.objects.filter(state="applied").count() == RACES + 1
