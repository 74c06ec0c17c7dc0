"""Is a claim found by county, use, words and number, does the list leave as a table, and does nobody learn from it what
the county may still answer?
"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.search import find, suggest
from qingshan.office.observations import queries
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.observations.queries import TRACED, ClaimFilters
from qingshan.office.observations.tests.factories import (
    NOW,
    TODAY,
    Land,
    a_claim,
    a_clue,
    a_doubt,
    land_of,
    region,
)

pytestmark = pytest.mark.django_db
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}
WET = PLAIN | {"target": "water"}


@pytest.fixture
def people() -> People:
    return nine_people()


def claimed(number: int, about: str, *, county: str = "990101", told: dict[str, str] = PLAIN) -> Claim:
    return a_claim(Land(f"L{number}", land_of(number), told, True), region=region(county), name=about)


def doubted(claim: Claim, *, traced: bool = False) -> Claim:
    """Not supported, and waiting for the county's answer."""
    finding = a_doubt(claim, on=TODAY, question="restored")
    Claim.objects.filter(pk=claim.pk).update(
        verdict="unsupported", newest=finding, found_on=TODAY, state="observed", answer_state="asked",
        answer_until=TODAY + timedelta(days=5), relapsed=traced,
    )  # fmt: skip
    if traced:
        TraceBack.objects.create(claim=claim, finding=finding, opened_on=TODAY)
    return claim


def found(people: People, who: str = "county_clerk", **asked: Any) -> list[str]:
    actor = people.actor(who, on=TODAY)
    filters = ClaimFilters(TODAY, **asked)
    rows = queries.listed(actor=actor, filters=filters).rows
    assert queries.how_many(actor=actor, filters=filters) == len(rows)
    assert {each.pk for each in queries.all_listed(actor=actor, filters=filters)} == {
        each.pk for each in rows
    }
    return [each.about.partition("（")[0] for each in rows]


def test_claims_are_found_by_county_use_words_pinyin_and_number(people: People) -> None:
    east, west = claimed(1, "东采坑"), claimed(2, "西排土场", told=WET)
    claimed(3, "北采坑", county="990102")
    assert found(people, "provincial_dispatcher") == ["西排土场", "东采坑", "北采坑"]
    assert found(people, "provincial_dispatcher", region_id=region("990102").pk) == ["北采坑"]
    assert found(people, target="water") == ["西排土场"]
    assert found(people, text="采坑") == ["东采坑"]
    assert found(people, text="dongcaikeng") == ["东采坑"]
    assert found(people, text=f"hy-{west.pk}") == found(people, text=str(west.pk)) == ["西排土场"]
    assert found(people, text=east.about, target="water") == []
    assert found(people, "other_county_clerk") == ["北采坑"]
    assert found(people, "other_county_clerk", text=east.number) == [], (
        "a number opens nothing that is not seen"
    )


def test_land_that_somebody_has_to_look_at_again_has_a_view_of_its_own(people: People) -> None:
    doubted(claimed(1, "东采坑"))
    traced = doubted(claimed(2, "西采坑"), traced=True)
    assert found(people, look=TRACED) == ["西采坑"]
    assert found(people, "provincial_dispatcher", look=TRACED) == [], "the county answers first"
    Claim.objects.filter(pk=traced.pk).update(verdict="undecidable", answer_state="", answer_until=None)
    assert found(people, look=TRACED) == ["西采坑"], "a later cloudy image does not hide it"
    with time_machine.travel(NOW, tick=False):
        page = people.enter("county_clerk").get("/observations/?verdict=traced").content.decode()
    assert "回头看待核实" in page


@pytest.mark.parametrize(("who", "knows"), [("county_clerk", True), ("provincial_dispatcher", False)])
def test_the_list_leaves_as_a_table_that_tells_no_more_than_the_page(
    people: People, who: str, knows: bool
) -> None:
    claim = doubted(claimed(1, "东采坑"), traced=True)
    with time_machine.travel(NOW, tick=False):
        answer = people.enter(who).get("/observations/export.xlsx?q=东采坑")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    text = " ".join(
        str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    assert claim.number in text
    assert ("影像不支持（待核实）" in text) is knows
    assert ("县级核实中" in text) is not knows


def test_a_page_asks_the_same_of_one_claim_as_of_twenty(people: People) -> None:
    actor = people.actor("county_clerk", on=TODAY)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_asked:
            queries.listed(actor=actor, filters=ClaimFilters(TODAY))
        return len(queries_asked)

    doubted(claimed(1, "坑一"), traced=True)
    one = asked()
    for number in range(2, 21):
        doubted(claimed(number, f"坑{number}"), traced=True)
    assert asked() == one


def test_the_search_knows_the_numbers_of_claims_and_clues_of_ones_own_area(people: People) -> None:
    claim, clue = claimed(1, "老虎沟采坑"), a_clue()
    for each, name in ((claim, claim.about), (clue, "采矿权范围外")):
        (group,) = find(each.number, actor=people.actor("county_clerk"))
        (hit,) = group.hits
        assert hit.address == each.get_absolute_url()
        assert "".join(text for text, _found in hit.name) == name
        (suggested,) = suggest(each.number.lower(), actor=people.actor("county_clerk"))
        assert suggested.address == each.get_absolute_url()
        assert find(each.number, actor=people.actor("other_county_clerk")) == []
    assert people.enter("county_clerk").get("/search/", {"q": claim.number}).status_code == 200
