"""Do the tables that offices keep come into the register as they are, to the last value and the last sentence?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, StagedRow
from qingshan.office.mines.models import Mine, Site
from qingshan.office.mines.tests import factories
from qingshan.office.mines.tests.untidy import UNTIDY, Untidy
from qingshan.rules.reasons import Reason, say
from qingshan.rules.register import SiteKind

pytestmark = pytest.mark.django_db
MODELS: dict[str, Any] = {"sites": Site, "mines": Mine}
SITE_KINDS = "、".join(kind.zh for kind in SiteKind)


@pytest.fixture
def staged(request: pytest.FixtureRequest, tmp_path: Path) -> Import:
    factories.regions()
    untidy: Untidy = request.param
    path = untidy.make(tmp_path / f"台账{untidy.ending}")
    return factories.staged(path, factories.clerk(factories.WEST), kind=untidy.kind, good_rows_only=True)


def each() -> Any:
    return pytest.mark.parametrize(
        ("staged", "untidy"),
        [(one, one) for one in UNTIDY],
        indirect=["staged"],
        ids=[one.name for one in UNTIDY],
    )


def sentences(import_: Import) -> list[str]:
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [say(Reason(fault["code"], fault["values"])) for row in rows for fault in row.faults]


def as_kept(value: Any) -> Any:
    """Areas to the square centimetre: a mu is no whole number of square metres."""
    return round(float(value), 4) if isinstance(value, int | float | Decimal) else value


@each()
def test_what_is_refused_is_said_cell_by_cell(staged: Import, untidy: Untidy) -> None:
    assert sentences(staged) == [text.replace("{site_kinds}", SITE_KINDS) for text in untidy.refused]
    assert (staged.created, staged.changed, staged.unchanged) == (len(untidy.rows), 0, 0)


@each()
def test_rows_that_are_no_data_are_named(staged: Import, untidy: Untidy) -> None:
    tables = staged.layout["tables"]
    assert [(row["row"], row["why"]) for table in tables for row in table["left_out"]] == list(
        untidy.left_out
    )
    notes = [say(Reason(note["code"], note["values"])) for table in tables for note in table["notes"]]
    assert [note for note in notes if "坐标系" not in note] == list(untidy.notes)


@each()
def test_the_good_rows_stand_in_the_register(staged: Import, untidy: Untidy) -> None:
    apply = declared_kind(untidy.kind).apply
    assert apply is not None
    apply(staged, actor=factories.clerk(factories.WEST), now=factories.NOW)
    for expected in untidy.rows:
        found = MODELS[untidy.kind].objects.get(key=expected["key"])
        read = {name: as_kept(getattr(found, name)) for name in expected}
        assert read == {name: as_kept(value) for name, value in expected.items()}
    assert MODELS[untidy.kind].objects.count() == len(untidy.rows)


def test_there_are_twelve() -> None:
    assert len({one.make for one in UNTIDY}) == 12
