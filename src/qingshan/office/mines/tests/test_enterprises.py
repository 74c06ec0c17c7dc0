"""Whose enterprises does somebody see, and what do they run?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.accounts.models import Assignment, Organisation
from qingshan.office.accounts.tests.people import a_person
from qingshan.office.errors import NotFound
from qingshan.office.mines import enterprises
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.models import Site
from qingshan.office.mines.tests.factories import (
    EAST,
    LONG_AGO,
    PROVINCE,
    WEST,
    a_mine,
    an_enterprise,
    bureau,
    clerk,
    regions,
)
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    regions()
    west, east = an_enterprise(), an_enterprise("白水矿业有限公司", "91110000600037342J")
    Organisation.objects.filter(pk=east.pk).update(region_id=EAST)
    mine = a_mine("K-1", WEST, enterprise=east)
    a_mine("K-2", EAST, enterprise=east)
    a_mine("K-3", EAST, enterprise=east, merged_into=mine)
    Site.objects.create(key="S-1", region_id=WEST, mine=mine, enterprise=east)
    an_enterprise_of_nobody = an_enterprise("外地矿业有限公司", "91110000600037343G")
    Organisation.objects.filter(pk=an_enterprise_of_nobody.pk).update(region_id=EAST, to_on=date(2024, 1, 1))
    assert west.region_id == WEST


def seen(actor: object, text: str = "") -> list[str]:
    page = enterprises.listed(actor=actor, filters=Filters(text=text))
    assert enterprises.total(actor=actor, filters=Filters(text=text)).rows == len(page.rows)
    return [row.name for row in page.rows]


def test_a_county_sees_those_registered_there_and_those_that_run_a_mine_there() -> None:
    assert seen(clerk(WEST)) == ["青石矿业有限公司", "白水矿业有限公司"]
    assert seen(clerk(EAST)) == ["外地矿业有限公司", "白水矿业有限公司"]
    assert len(seen(clerk(PROVINCE))) == 3


def test_authorities_are_no_enterprises() -> None:
    bureau(WEST)
    assert "青石县自然资源局" not in seen(clerk(WEST))


def test_an_enterprise_sees_itself_and_an_expert_those_of_what_was_assigned() -> None:
    east = Organisation.objects.get(name="白水矿业有限公司")
    of_the_firm = replace(
        clerk(WEST, Duty.ENTERPRISE), region_ranges=(), organisation_ids=frozenset({east.pk})
    )
    assert seen(of_the_firm) == ["白水矿业有限公司"]
    person = a_person(bureau(WEST), "周专")
    expert = replace(
        clerk(WEST, Duty.EXPERT), region_ranges=(), person_id=person.pk, organisation_ids=frozenset()
    )
    assert seen(expert) == []
    site = Site.objects.get(key="S-1")
    Assignment.objects.create(person=person, kind="mines.site", object_id=site.pk, from_on=LONG_AGO)
    assert seen(expert) == ["白水矿业有限公司"]


@pytest.mark.parametrize("text", ["白水", "bsky", "9111000060003734", "有限公司 白"])
def test_it_is_found_by_name_pinyin_and_code(text: str) -> None:
    assert "白水矿业有限公司" in seen(clerk(WEST), text)


def test_only_what_the_reader_may_see_is_counted() -> None:
    def runs(region: int) -> tuple[int, int]:
        rows = enterprises.listed(actor=clerk(region), filters=Filters(text="白水")).rows
        return rows[0].runs.mines, rows[0].runs.sites

    assert runs(WEST) == (1, 1)
    assert runs(EAST) == (1, 0)
    assert runs(PROVINCE) == (2, 1)


def test_its_page_shows_what_the_reader_may_see_of_it() -> None:
    east = Organisation.objects.get(name="白水矿业有限公司")
    assert enterprises.one(east.pk, actor=clerk(WEST)) == east
    shown = enterprises.run_by(east, actor=clerk(WEST))
    assert [row.key for row in shown["mines"]] == ["K-1"]
    west = Organisation.objects.get(name="青石矿业有限公司")
    with pytest.raises(NotFound):
        enterprises.one(west.pk, actor=clerk(EAST))
    with pytest.raises(NotFound):
        enterprises.one(bureau(WEST).pk, actor=clerk(WEST))


def test_a_page_costs_the_same_queries_however_many_enterprises_it_has() -> None:
    counts, actor = [], clerk(WEST)
    for more in (0, 40):
        for n in range(more):
            Organisation.objects.create(kind="enterprise", name=f"企业{n}", region_id=WEST, from_on=LONG_AGO)
        with CaptureQueriesContext(connection) as caught:
            enterprises.listed(actor=actor, filters=Filters())
        counts.append(len(caught))
    assert counts[0] == counts[1]
