"""Are the problems and petitions of the demonstration as many and as mixed as announced, and in a possible order?"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from qingshan.demo.chance import Chance
from qingshan.demo.diary import YESTERDAY, Diary, TodayReached, in_order
from qingshan.demo.doing import DOING
from qingshan.demo.findings import DOCUMENTS
from qingshan.demo.histories import FIRST_DAY, LASTING, PETITIONS, RECTIFICATIONS, SPAN_DAYS
from qingshan.demo.offices import seats
from qingshan.demo.photographs import PhotoFacts, drawn
from qingshan.demo.province import Province
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import Phase, Route

TODAY = date(2026, 3, 2)


def photographs(p: Province) -> list[PhotoFacts]:
    return [
        photo
        for case in p.matters.cases
        for event in case.events
        if event.act == "photograph"
        for photo in event.value("photos")
    ]


def test_there_are_as_many_on_each_route_as_announced(p: Province) -> None:
    routes = Counter(case.route for case in p.matters.cases)
    assert routes[Route.LASTING] == LASTING == 50
    assert routes[Route.AT_ONCE] + routes[Route.BY_DATE] == RECTIFICATIONS == 900
    assert min(routes.values()) >= 50
    assert len(p.matters.petitions) == PETITIONS == 250


def test_every_matter_has_a_key_of_its_own_and_has_begun(p: Province) -> None:
    assert len({each.key for each in p.matters.all}) == len(p.matters.all)
    assert all(each.events for each in p.matters.all)


def test_every_act_of_a_diary_is_known_and_every_known_one_is_done(p: Province) -> None:
    assert {event.act for each in p.matters.all for event in each.events} == set(DOING)


def test_whoever_acts_holds_a_seat(p: Province) -> None:
    known = {seat.key for seat in seats()} | {""}
    named = {seat for each in p.matters.all for event in each.events for seat in (event.by, event.recorder)}
    assert named <= known


def test_leaders_decide_on_paper_and_somebody_else_enters_it(p: Province) -> None:
    events = [event for each in p.matters.all for event in each.events]
    by_leaders = [event for event in events if event.by.endswith("局长")]
    assert len(by_leaders) > 300
    assert all(event.recorder and event.number for event in by_leaders)
    assert {event.act for event in by_leaders} >= {"close", "dismiss", "withdraw", "order_performance"}


@pytest.mark.parametrize("today", [TODAY, TODAY + timedelta(days=3), date(2028, 2, 29)])
def test_events_follow_each_other_on_working_days_until_yesterday(p: Province, today: date) -> None:
    events = in_order(p.matters.all, today=today)
    assert len(events) == sum(len(each.events) for each in p.matters.all)
    assert all(one.at < other.at for one, other in pairwise(events))
    days = {shanghai_date(each.at) for each in events}
    assert max(day.weekday() for day in days) == 4
    assert today - timedelta(days=SPAN_DAYS) < min(days) <= max(days) < today


def test_the_events_of_each_matter_stay_in_their_order(p: Province) -> None:
    places: dict[str, int] = {}
    for each in in_order(p.matters.all, today=TODAY):
        assert each.place == places.get(each.of.key, -1) + 1
        places[each.of.key] = each.place


@pytest.mark.parametrize("weekday", range(7))
def test_what_a_matter_hangs_on_was_there_before_it(p: Province, weekday: int) -> None:
    """Parts of a split, cases out of petitions, items of documents, those into which another one was merged."""
    at: dict[str, list[datetime]] = {}
    for each in in_order(p.matters.all, today=TODAY + timedelta(days=weekday)):
        at.setdefault(each.of.key, []).append(each.at)
    for case in p.matters.cases:
        if before := case.part_of or case.turned_from:
            assert at[before][-1] < at[case.key][0]
        if case.item:
            assert at[case.item[0]][0] < at[case.key][0]
    for each in (*p.matters.cases, *p.matters.petitions):
        if each.events[-1].act == "merge":
            into = str(each.events[-1].value("into"))
            assert at[into][0] < at[each.key][-1] < at[into][-1]


def test_one_item_of_the_newest_document_has_no_case_yet(p: Province) -> None:
    covered = {case.item for case in p.matters.cases if case.item}
    for document in p.matters.documents:
        assert len(document.items) == document.size
        places = {place for key, place in covered if key == document.key}
        assert places == set(range(1, document.with_cases + 1))
    newest = max(p.matters.documents, key=lambda each: each.day)
    assert newest.open_items == 1 == sum(each.open_items for each in DOCUMENTS)


def test_two_batches_of_petitions_bear_official_numbers(p: Province) -> None:
    batches = Counter(each.batch for each in p.matters.petitions if each.serial)
    assert len(batches) == 2
    numbers = [each.number for each in p.matters.petitions if each.number]
    assert len(numbers) == len(set(numbers)) == batches.total()


def test_photographs_are_few_small_and_the_same_each_time(p: Province) -> None:
    photos = photographs(p)
    assert 24 <= len(photos) <= 60
    assert {photo.phase for photo in photos} == set(Phase)
    once = drawn(photos[0], today=TODAY)
    assert once.startswith(b"\xff\xd8")
    assert len(once) < 30_000
    assert drawn(photos[0], today=TODAY) == once


def test_one_photograph_is_used_twice(p: Province) -> None:
    used = Counter((photo.scene, photo.phase) for photo in photographs(p))
    assert [count for count in used.values() if count > 1] == [2]


def test_a_diary_stops_today() -> None:
    diary = Diary(Chance("a diary of tests"), begins=YESTERDAY)
    diary.note("verify", "somebody")
    diary.wait(1, 1)
    with pytest.raises(TodayReached):
        diary.note("assign", "somebody")
    assert [event.act for event in diary.events] == ["verify"]


def test_the_first_events_lie_after_the_founding(p: Province) -> None:
    told = p.matters
    supervised = (*told.documents, *told.cases, *told.petitions)
    assert min(event.day for each in supervised for event in each.events) >= FIRST_DAY
    assert min(event.day for each in told.all for event in each.events) > -SPAN_DAYS


def test_stages_are_reported_with_their_measures_on_days_that_can_be(p: Province) -> None:
    late = 0
    for case in p.matters.cases:
        began: dict[int, int] = {}
        for event in case.events:
            if event.act == "draft_plan":
                began, planned = {}, [due for _name, _work, due, _quantity, _unit in event.value("rows")]
            if event.act != "report_progress":
                continue
            assert len(event.value("stages")) == len(event.value("percents")) == len(planned)
            for place, (begun, done) in enumerate(event.value("stages")):
                assert begun == began.setdefault(place, begun)
                assert begun <= (done if done is not None else event.day) <= event.day
                assert (done is not None) == (event.value("percents")[place] == 100)
                late += done is not None and done > planned[place]
    assert late > 100
