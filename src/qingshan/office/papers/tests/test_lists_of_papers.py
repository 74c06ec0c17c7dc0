"""The list of papers walks its indexes, costs the same however many there are, and shows what may be seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.people import SINCE, People, nine_people
from qingshan.office.paging import PAGE_ROWS
from qingshan.office.papers import queries
from qingshan.office.papers.access import branches_for
from qingshan.office.papers.models import Paper
from qingshan.office.papers.queries import NEWEST_FIRST, Filters
from qingshan.office.papers.tests.factories import NOW

pytestmark = pytest.mark.django_db
PAPERS = 130
ALL = Filters()


@pytest.fixture
def people() -> People:
    found = nine_people()
    rows = [a_paper(found, "990101", n) for n in range(PAPERS)]
    Paper.objects.bulk_create([*rows, *(a_paper(found, "990102", n) for n in range(3))])
    return found


def a_paper(people: People, region: str, n: int) -> Paper:
    state, number = ("issued", f"验收-{region}-2026-{n:04}") if n % 2 else ("drafted", "")
    return Paper(
        kind="acceptance" if n % 3 else "notice",
        title=f"文书 {n}",
        number=number,
        state=state,
        region=people.regions[region],
        organisation=people.organisations["county_bureau"],
        enterprise=people.organisations["enterprise"],
        data={},
        pdf_digest="ab" * 32 if number else "",
        issued_at=NOW if number else None,
    )


def walked(actor: Any, filters: Filters = ALL) -> list[int]:
    ids: list[int] = []
    after = ""
    while True:
        page = queries.listed(actor, filters=filters, after=after)
        ids += [paper.pk for paper in page.rows]
        if page.next_mark is None:
            return ids
        after = page.next_mark


def test_every_paper_is_listed_once_the_newest_first(people: People) -> None:
    ids = walked(people.actor("county_clerk"))
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == PAPERS


def test_filters_narrow_by_state_and_kind(people: People) -> None:
    actor = people.actor("county_clerk")
    assert len(walked(actor, Filters(state="issued"))) == PAPERS // 2
    assert len(walked(actor, Filters(kind="notice"))) == (PAPERS + 2) // 3
    assert len(walked(people.actor("enterprise_manager"))) == PAPERS // 2 + 1


def test_an_expert_sees_the_paper_that_was_assigned(people: People) -> None:
    paper = Paper.objects.filter(state="issued").latest("pk")
    Assignment.objects.create(person=people["expert"], kind="papers.paper", object_id=paper.pk, from_on=SINCE)
    assert walked(people.actor("expert")) == [paper.pk]


def test_a_page_costs_one_query_for_the_rows_and_two_for_their_names(people: People) -> None:
    actor = people.actor("county_clerk")
    with CaptureQueriesContext(connection) as caught:
        page = queries.listed(actor, filters=ALL)
        shown = [(row.region.name, row.organisation.name, row.title) for row in page.rows]
    assert len(shown) == PAGE_ROWS
    assert len(caught) == 3


def test_the_whole_page_costs_no_more_for_more_rows(people: People) -> None:
    browser = people.enter("county_clerk")
    counts = []
    for address in ("/papers/?state=withdrawn", "/papers/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as caught:
            browser.get(address)
        counts.append(len(caught))
    assert counts[1] <= counts[0] + 2


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL reads small tables as a whole")
@pytest.mark.parametrize("name", ["county_clerk", "city_reviewer", "enterprise_manager", "expert", "auditor"])
@pytest.mark.parametrize("filters", [ALL, Filters(state="issued"), Filters(kind="notice")])
def test_every_branch_walks_an_index(people: People, name: str, filters: Filters) -> None:
    for branch in branches_for(queries._narrowed(filters), people.actor(name)):
        plan = branch.order_by(*NEWEST_FIRST.fields)[:50].explain()
        scans = [line for line in plan.splitlines() if "SCAN " in line and "SCAN (" not in line]
        assert not [line for line in scans if " USING " not in line], plan
