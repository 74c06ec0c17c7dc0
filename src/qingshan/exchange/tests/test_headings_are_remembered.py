"""What an organisation confirmed for a header is proposed again, to that organisation alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from qingshan.exchange.filling.kinds import FillKind
from qingshan.exchange.filling.layouts import Header, Layout
from qingshan.exchange.filling.meaning import How
from qingshan.exchange.filling.remembering import is_known, meanings, remember
from qingshan.exchange.filling.studying import likely_kind
from qingshan.exchange.filling.writing import LEFT, Match
from qingshan.exchange.models import RememberedHeading
from qingshan.exchange.tests.superiors import fillable

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, tzinfo=UTC)
OURS, THEIRS = 7, 8


@pytest.fixture
def kind() -> Iterator[FillKind]:
    with fillable() as found:
        yield found


def layout(*names: str, sheet: str = "表1") -> Layout:
    return Layout(sheet, 2, 2, tuple(Header(place, (name,)) for place, name in enumerate(names, start=1)))


TABLE = layout("编号", "矿场叫法", "占地", "领导意见")
CONFIRMED = [Match(1, "code"), Match(2, "name"), Match(3, "area_m2", "mu"), Match(4, LEFT)]


def test_the_same_table_is_not_asked_about_again(kind: FillKind) -> None:
    assert not is_known(TABLE, kind, organisation_id=OURS)
    remember(TABLE, kind, CONFIRMED, organisation_id=OURS, now=NOW)
    assert is_known(TABLE, kind, organisation_id=OURS)
    found = meanings(TABLE, kind, organisation_id=OURS)
    assert [(found[place].column, found[place].unit) for place in (1, 2, 3, 4)] == [
        ("code", ""), ("name", ""), ("area_m2", "mu"), (LEFT, ""),
    ]  # fmt: skip
    assert {meaning.how for meaning in found.values()} == {How.REMEMBERED}
    assert likely_kind(TABLE, organisation_id=OURS) is kind


def test_another_organisation_knows_nothing_of_it(kind: FillKind) -> None:
    remember(TABLE, kind, CONFIRMED, organisation_id=OURS, now=NOW)
    assert not is_known(TABLE, kind, organisation_id=THEIRS)
    found = meanings(TABLE, kind, organisation_id=THEIRS)
    assert found[2].how is not How.REMEMBERED
    assert How.REMEMBERED not in {meaning.how for meaning in found.values()}
    assert not is_known(TABLE, kind, organisation_id=None)


def test_another_layout_takes_over_the_header_but_is_asked_about(kind: FillKind) -> None:
    remember(TABLE, kind, CONFIRMED, organisation_id=OURS, now=NOW)
    other = layout("领导意见", "矿场叫法", "新的一列")
    assert other.digest != TABLE.digest
    assert not is_known(other, kind, organisation_id=OURS)
    found = meanings(other, kind, organisation_id=OURS)
    assert (found[2].column, found[2].how) == ("name", How.REMEMBERED)
    assert found[3].how is How.NONE


def test_the_newest_answer_counts_and_that_of_the_same_table_most(kind: FillKind) -> None:
    other = layout("矿场叫法", "编号")
    remember(TABLE, kind, CONFIRMED, organisation_id=OURS, now=NOW)
    remember(
        other,
        kind,
        [Match(1, "county_name"), Match(2, "code")],
        organisation_id=OURS,
        now=NOW + timedelta(days=1),
    )
    assert meanings(TABLE, kind, organisation_id=OURS)[2].column == "name"
    assert meanings(layout("矿场叫法"), kind, organisation_id=OURS)[1].column == "county_name"
    remember(TABLE, kind, [Match(2, "note")], organisation_id=OURS, now=NOW + timedelta(days=2))
    assert meanings(TABLE, kind, organisation_id=OURS)[2].column == "note"
    assert RememberedHeading.objects.count() == 6


def test_the_digest_forgets_the_name_of_the_sheet_and_spaces(kind: FillKind) -> None:
    assert layout("编 号", "名称", sheet="甲").digest == layout("编号", "名称　", sheet="乙").digest
    assert layout("名称", "编号").digest != layout("编号", "名称").digest


def test_another_unit_above_the_table_is_another_layout(kind: FillKind) -> None:
    hectares = Layout("表1", 2, 2, TABLE.headers, ("附件1", "单位：公顷"))
    remember(hectares, kind, [Match(3, "area_m2", "ha")], organisation_id=OURS, now=NOW)
    in_mu = Layout("表1", 2, 2, TABLE.headers, ("附件2", "填报单位：某局  单位：亩"))
    assert not is_known(in_mu, kind, organisation_id=OURS)
    assert meanings(in_mu, kind, organisation_id=OURS)[3].unit == "mu"
    assert meanings(Layout("表1", 3, 3, TABLE.headers), kind, organisation_id=OURS)[3].unit == "ha"
    other_title = Layout("表1", 2, 2, TABLE.headers, ("2026年第3期", "单位：公顷"))
    assert other_title.digest == hectares.digest


def test_a_column_that_is_gone_is_forgotten(kind: FillKind) -> None:
    remember(TABLE, kind, [Match(2, "no_such_column")], organisation_id=OURS, now=NOW)
    assert meanings(TABLE, kind, organisation_id=OURS)[2].how is How.NONE
