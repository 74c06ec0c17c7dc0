"""Is a word of a ledger taken to the state that it surely reaches, and to the papers that it should have?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows import lasting, rectification
from qingshan.rules.late_entries import (
    Dates,
    LedgerStatus,
    Paper,
    levels_left,
    papers_missing,
    source_named,
    state_of,
    status_by,
)
from qingshan.rules.matters import Route, SourceKind
from qingshan.rules.register import RegionLevel

COUNTY, CITY, PROVINCE = RegionLevel.COUNTY, RegionLevel.PREFECTURE, RegionLevel.PROVINCE
DAY = date(2026, 3, 2)


NEVER_CLOSED = {LedgerStatus.ACCEPTED, LedgerStatus.IN_NOTICE, LedgerStatus.CLOSED}


@pytest.mark.parametrize("status", list(LedgerStatus))
@pytest.mark.parametrize("route", [Route.AT_ONCE, Route.BY_DATE, Route.LASTING])
def test_every_word_is_a_state_of_its_flow_or_is_refused_with_a_sentence(
    status: LedgerStatus, route: Route
) -> None:
    is_lasting = route is Route.LASTING
    if status in NEVER_CLOSED if is_lasting else status is LedgerStatus.LASTING:
        with pytest.raises(RuleBroken) as refusal:
            state_of(status, route, has_unit=True, levels=(COUNTY,))
        assert status.zh in refusal.value.say()
        return
    flow = lasting.FLOW if is_lasting else rectification.FLOW
    assert state_of(status, route, has_unit=True, levels=(COUNTY,)) in flow.states


@pytest.mark.parametrize(
    ("state", "asked", "left"),
    [
        ("rectifying", (COUNTY, CITY), (COUNTY, CITY)),
        ("county_accepted", (COUNTY, CITY), (CITY,)),
        ("city_accepted", (COUNTY, CITY, PROVINCE), (PROVINCE,)),
        ("province_accepted", (COUNTY, CITY, PROVINCE), ()),
        ("in_notice", (COUNTY, CITY), ()),
        ("closed", (COUNTY,), ()),
    ],
)
def test_levels_that_have_accepted_are_not_asked_again(
    state: str, asked: tuple[RegionLevel, ...], left: tuple[RegionLevel, ...]
) -> None:
    assert levels_left(state, asked) == left


def test_a_paper_that_is_named_is_not_missing_and_an_early_problem_needs_none() -> None:
    assert papers_missing("assigned", Route.BY_DATE, named=()) == ()
    assert papers_missing("closed", Route.BY_DATE, named=()) == tuple(Paper)
    assert Paper.NOTICE not in papers_missing("closed", Route.BY_DATE, named=(Paper.NOTICE,))
    assert Paper.PLAN_APPROVAL not in papers_missing("closed", Route.AT_ONCE, named=())


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        (Dates(closed_on=DAY, accepted_on=DAY), LedgerStatus.CLOSED),
        (Dates(notice_from_on=DAY), LedgerStatus.IN_NOTICE),
        (Dates(accepted_on=DAY), LedgerStatus.ACCEPTED),
        (Dates(percent=100), LedgerStatus.BASICALLY_DONE),
        (Dates(percent=40), LedgerStatus.UNDER_WAY),
        (Dates(percent=0), LedgerStatus.NOT_STARTED),
        (Dates(), LedgerStatus.UNDER_WAY),
    ],
)
def test_days_show_how_far_a_problem_has_come(dates: Dates, status: LedgerStatus) -> None:
    assert status_by(dates, has_measures=True) is status


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("第二轮中央生态环境保护督察反馈意见", SourceKind.CENTRAL_INSPECTION),
        ("省委生态环境保护督察", SourceKind.PROVINCIAL_INSPECTION),
        ("2025年卫片执法", SourceKind.SATELLITE),
        ("12345热线举报", SourceKind.PETITION),
        ("露天矿山专项整治", SourceKind.CAMPAIGN),
        ("市局交办", SourceKind.NOTICE),
        ("企业自查", SourceKind.SELF_CHECK),
        ("领导批示", None),
    ],
)
def test_a_source_is_known_by_the_words_of_offices(words: str, source: SourceKind | None) -> None:
    assert source_named(words) is source
