"""Do the ledgers that offices keep come in as they are, to the last day and the last sentence?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.models import Import
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.cases.tests.ledgers import applied, counts, refusals, staged
from qingshan.office.cases.tests.untidy_ledgers import UNTIDY, Untidy
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def brought(world: World, untidy: Untidy, folder: Path) -> Import:
    path = untidy.make(folder / f"台账{untidy.ending}")
    return staged(world, path, good_rows_only=True)


def each() -> Any:
    return pytest.mark.parametrize("untidy", UNTIDY, ids=[one.name for one in UNTIDY])


@each()
def test_what_is_refused_says_where_why_and_what_to_do(world: World, untidy: Untidy, tmp_path: Path) -> None:
    import_ = brought(world, untidy, tmp_path)
    said = refusals(import_)
    assert [sentence.endswith(end) for sentence, end in zip(said, untidy.refused, strict=False)] == [
        True for _end in untidy.refused
    ], said
    assert len(said) == len(untidy.refused), said
    assert all(sentence.startswith("第 ") for sentence in said)
    assert counts(import_)[:3] == (len(untidy.rows), 0, 0)


@each()
def test_the_good_rows_stand_as_the_ledger_says(world: World, untidy: Untidy, tmp_path: Path) -> None:
    applied(world, brought(world, untidy, tmp_path))
    assert {matter.title: told(matter, untidy.rows[matter.title]) for matter in Matter.objects.all()} == {
        title: dict(row) for title, row in untidy.rows.items()
    }
    assert astray() == []


@each()
def test_the_same_ledger_twice_changes_nothing(world: World, untidy: Untidy, tmp_path: Path) -> None:
    applied(world, brought(world, untidy, tmp_path))
    assert counts(brought(world, untidy, tmp_path))[:3] == (0, 0, len(untidy.rows))


def told(matter: Matter, row: Any) -> dict[str, Any]:
    """What the test asks about, as it stands."""
    plan = matter.plans.first()
    notice = matter.notices.first()
    known = {
        "number": matter.number,
        "state": matter.state_id,
        "due_on": matter.due_on,
        "opened_on": matter.opened_on,
        "closed_on": matter.closed_on,
        "source": matter.source,
        "measures": [each.name for each in plan.measures.order_by("place")] if plan else [],
        "notice": (notice.from_on, notice.to_on) if notice else None,
        "units": [each.unit_name for each in matter.parties.exclude(role="registering").order_by("id")],
    }
    return {name: known[name] for name in row}


def test_there_are_twelve() -> None:
    assert len({one.make for one in UNTIDY}) == 12
