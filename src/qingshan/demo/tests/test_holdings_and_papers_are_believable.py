"""Do rights, temporary land, facilities and papers of the demonstration fit their mines, the law and each other?"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
import shapely

from qingshan.demo.days import day_of, years_after, years_before
from qingshan.demo.holdings import SOON_DAYS, RightFacts
from qingshan.demo.listed_again import ListedFacts
from qingshan.demo.offices import FIRST_COUNTY, FOUNDED_ON
from qingshan.demo.outlines import outline
from qingshan.demo.papers import MARK
from qingshan.demo.printing import printed
from qingshan.demo.province import LABEL, Province
from qingshan.demo.regions import COUNTIES
from qingshan.geo.area import area_m2
from qingshan.rules.identifiers import licence_no
from qingshan.rules.plans import FIGURES_OF, PlanFigure, figure_value
from qingshan.rules.register import (
    Circumstance,
    FacilityKind,
    MineState,
    MiningMethod,
    RightState,
)
from qingshan.rules.rulebook import shipped
from qingshan.rules.scale import mine_scale

TODAY = date(2026, 3, 2)
_IN_THE_BOOK = {"水泥用石灰岩": "limestone", "冶金用白云岩": "dolomite", "铜矿": "copper", "高岭土": "kaolin"}


def days(right: RightFacts, today: date = TODAY) -> tuple[date, date]:
    from_on, to_on = day_of(right.from_on, today=today), day_of(right.to_on, today=today)
    assert from_on is not None
    assert to_on is not None
    return from_on, to_on


def test_every_mine_with_a_licence_has_its_right_and_no_other(p: Province) -> None:
    assert {r.licence_no for r in p.rights} == {mine.licence_no for mine in p.mines if mine.licence_no}
    assert all(r.licence_no == r.mine.licence_no for r in p.rights)


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_some_rights_end_soon_whenever_the_province_is_loaded(p: Province, today: date) -> None:
    ends = [(r.state, days(r, today)[1]) for r in p.rights]
    standing = [to_on for state, to_on in ends if state is RightState.IN_FORCE]
    soon = [to_on for to_on in standing if today <= to_on <= today + timedelta(days=SOON_DAYS)]
    assert 10 < len(soon) < 40
    assert 20 < sum(to_on < today for to_on in standing) < 80
    assert sum(to_on > today for to_on in standing) > 120


def test_terms_begin_before_they_end_and_not_before_the_first_licence(p: Province) -> None:
    for right in p.rights:
        from_on, to_on = days(right)
        assert from_on < to_on
        if not isinstance(right.from_on, int):
            issued = licence_no(right.licence_no).text[7:13]
            assert f"{right.from_on:%Y%m}" >= issued


def test_rights_of_closed_mines_do_not_stand_as_if_nothing_had_happened(p: Province) -> None:
    for right in p.rights:
        if right.mine.state is MineState.CLOSED:
            assert right.state is not RightState.IN_FORCE or days(right)[1] < TODAY
        if right.mine.state is MineState.PRODUCING:
            assert right.state is RightState.IN_FORCE


def test_a_right_has_the_scale_that_its_capacity_has_by_the_rulebook(p: Province) -> None:
    book = next(book for book in shipped().books if book.id == "mine-scale")
    checked = [r for r in p.rights if r.mine.mineral.name in _IN_THE_BOOK]
    assert len(checked) > 30
    for right in checked:
        name = _IN_THE_BOOK[right.mine.mineral.name]
        decided = mine_scale(name, yearly_output=Fraction(right.capacity_t_per_year, 10_000), book=book)
        assert decided.scale is right.mine.scale, right


def test_a_right_measures_what_its_licence_says_and_goes_down(p: Province) -> None:
    for right in p.rights[::10]:
        assert area_m2(right.geometry) == pytest.approx(right.reported_area_km2 * 1_000_000, rel=0.025)
    assert all(right.bottom_level_m < right.top_level_m for right in p.rights)
    open_pits = [r for r in p.rights if r.mine.method is MiningMethod.OPEN_PIT]
    assert max(r.top_level_m - r.bottom_level_m for r in open_pits) <= 160


def test_licences_of_renamed_firms_may_bear_the_former_name(p: Province) -> None:
    renamed = [firm for firm in p.enterprises if firm.former_name]
    assert len(renamed) == 6
    assert not {firm.former_name for firm in renamed} & {firm.name for firm in p.enterprises}
    older = [r for r in p.rights if r.mine.enterprise and r.holder_name != r.mine.enterprise.name]
    assert len(older) > 5
    assert all(r.mine.enterprise and r.holder_name == r.mine.enterprise.former_name for r in older)


def test_land_is_lent_for_two_years_at_most_and_some_of_it_is_overdue(p: Province) -> None:
    for land in p.land_uses:
        assert 0 < land.to_on - land.from_on < 731
        assert land.returned_on is None or land.from_on < land.returned_on < 0
        assert land.mine.state in (MineState.PRODUCING, MineState.STOPPED)
    out = [land for land in p.land_uses if land.returned_on is None]
    assert 20 < sum(land.to_on < 0 for land in out) < 60
    assert 15 < sum(0 <= land.to_on <= SOON_DAYS for land in out) < 50
    assert len(p.land_uses) - len(out) > 40


def test_each_land_use_and_facility_lies_on_one_site_of_its_mine(p: Province) -> None:
    sites = {(site.mine.key, shapely.to_wkb(site.geometry)) for site in p.sites if site.mine}
    for held in (*p.land_uses, *p.facilities):
        assert (held.mine.key, shapely.to_wkb(held.geometry)) in sites
    assert len({land.number for land in p.land_uses}) == len(p.land_uses)
    assert len({facility.key for facility in p.facilities}) == len(p.facilities)


def test_every_kind_of_facility_occurs_where_it_belongs(p: Province) -> None:
    kinds = Counter(facility.kind for facility in p.facilities)
    assert set(kinds) == set(FacilityKind) - {FacilityKind.OTHER}
    for facility in p.facilities:
        if facility.kind is FacilityKind.GANGUE_DUMP:
            assert facility.mine.mineral.name == "煤"
        if facility.capacity_m3 is None:
            assert facility.throughput_t_per_day
        else:
            assert facility.stock_m3 is not None
            assert facility.stock_m3 < facility.capacity_m3


def test_papers_belong_to_mines_of_every_county_most_of_them_to_the_first(p: Province) -> None:
    plans = Counter(plan.mine.county for plan in p.papers.plans)
    assert set(plans) == set(COUNTIES)
    assert plans[FIRST_COUNTY] > 30
    assert {paper.kind for paper in p.papers.plans} == set(FIGURES_OF)


def test_plans_promise_what_such_plans_promise_and_agree_with_the_licence(p: Province) -> None:
    rights = {right.mine.key: right for right in p.rights}
    for plan in p.papers.plans:
        figures = dict(plan.figures)
        assert set(figures) <= set(FIGURES_OF[plan.kind])
        values = {figure: figure_value(figure, text) for figure, text in figures.items()}
        assert None not in values.values()
        if PlanFigure.CAPACITY_T_PER_YEAR in values:
            capacity = rights[plan.mine.key].capacity_t_per_year
            assert values[PlanFigure.CAPACITY_T_PER_YEAR] == capacity


def test_a_revised_plan_replaces_an_older_one_of_the_same_mine(p: Province) -> None:
    numbers = {(plan.mine.key, plan.number): plan for plan in p.papers.plans}
    assert len(numbers) == len(p.papers.plans)
    revised = [plan for plan in p.papers.plans if plan.replaces]
    assert revised
    for plan in revised:
        older = numbers[plan.mine.key, plan.replaces]
        assert older.kind is plan.kind
        assert older.approved_on < plan.approved_on


def test_all_three_circumstances_are_determined_and_the_extinct_fall_to_the_government(p: Province) -> None:
    found = p.papers.determinations
    assert {each.circumstance for each in found} == set(Circumstance)
    for each in found:
        assert (each.uscc is None) == (each.circumstance is Circumstance.HOLDER_EXTINCT)
        assert FOUNDED_ON < each.decided_on < TODAY
    assert len({each.number for each in found}) == len(found)


def test_a_number_belongs_to_one_mine_in_one_system(p: Province) -> None:
    numbers = [(each.system, each.number) for each in p.papers.references]
    assert len(set(numbers)) == len(numbers)
    overtaken = [
        each
        for each in p.papers.references
        if dict(each.reported).get("生产状态") not in (None, each.mine.state.zh)
    ]
    assert overtaken


def test_every_paper_says_on_its_face_that_it_is_made_up(p: Province) -> None:
    assert all(MARK in plan.title for plan in p.papers.plans)
    assert all(MARK in each.system for each in p.papers.references)
    for document in p.papers.documents[:40]:
        assert MARK in document.title
        if not document.as_pdf:
            assert LABEL in printed(document).decode("utf-8-sig")


def test_a_page_is_a_small_pdf_and_the_same_twice(p: Province) -> None:
    page = next(document for document in p.papers.documents if document.as_pdf)
    once = printed(page)
    assert once.startswith(b"%PDF")
    assert len(once) < 60_000
    assert printed(page) == once
    assert 4 <= sum(document.as_pdf for document in p.papers.documents) <= 12


def test_the_citys_list_names_twelve_mines_again_and_two_that_only_look_it(p: Province) -> None:
    again = [listed for listed in p.listed_again if listed.same_as]
    assert (len(again), len(p.listed_again)) == (12, 14)
    assert not {listed.key for listed in p.listed_again} & {mine.key for mine in p.mines}
    for listed in p.listed_again:
        assert listed.county.startswith("9901")
        assert outline(listed.county).contains(listed.geometry)
    assert {_differs(listed) for listed in again} == {(True, True), (False, True)}


def _differs(listed: ListedFacts) -> tuple[bool, bool]:
    """In name, in licence number."""
    assert listed.same_as is not None
    return listed.name != listed.same_as.name, listed.licence_no != listed.same_as.licence_no


def test_facts_know_no_clock() -> None:
    assert day_of(None, today=TODAY) is None
    assert day_of(-2, today=TODAY) == date(2026, 2, 28)
    assert day_of(date(2020, 1, 1), today=TODAY) == date(2020, 1, 1)
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 27)
    assert years_before(date(2025, 9, 30), 3) == date(2022, 10, 1)
    assert years_before(10, 2) == -719
