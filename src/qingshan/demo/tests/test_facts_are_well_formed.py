"""Would a register accept these facts, and are they as many and as mixed as announced?"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from qingshan.demo.accounts import PASSWORD, accounts
from qingshan.demo.enterprises import apportioned
from qingshan.demo.offices import enterprise_of_the_login, offices, seats, stand_in, task_force
from qingshan.demo.province import Province
from qingshan.demo.regions import COUNTIES
from qingshan.demo.sites import LAST_DAY
from qingshan.rules.duties import ADMINISTRATORS
from qingshan.rules.identifiers import licence_no, region_code, uscc
from qingshan.rules.register import MineState, SiteKind


def test_there_are_as_many_as_announced(p: Province) -> None:
    assert [len(p.regions), len(p.enterprises), len(p.mines), len(p.sites)] == [1 + 3 + 12, 150, 400, 2000]
    # README says so
    assert [len(p.rights), len(p.land_uses), len(p.facilities)] == [314, 229, 449]


@pytest.mark.parametrize("what", ["mines", "sites", "patches"])
def test_every_number_is_given_once_and_names_its_county(p: Province, what: str) -> None:
    facts = getattr(p, what)
    assert len({fact.key for fact in facts}) == len(facts)
    assert all(fact.key.startswith(fact.county) and fact.county in COUNTIES for fact in facts)


def test_every_site_has_one_to_three_patches(p: Province) -> None:
    counts = Counter(patch.site_key for patch in p.patches)
    assert set(counts) == {site.key for site in p.sites}
    assert set(counts.values()) == {1, 2, 3}


def test_every_uscc_passes_both_check_characters_and_names_its_county(p: Province) -> None:
    for enterprise in p.enterprises:
        read = uscc(enterprise.uscc)
        assert not read.warnings
        assert read.region_text == enterprise.county
    assert len({enterprise.uscc for enterprise in p.enterprises}) == 150


def test_every_region_code_is_readable_and_lies_in_its_parent(p: Province) -> None:
    for region in p.regions:
        if region.parent:
            assert region_code(region.parent).contains(region_code(region.code))


def test_licence_numbers_raise_no_doubt(p: Province) -> None:
    numbers = [mine.licence_no for mine in p.mines if mine.licence_no]
    assert len(set(numbers)) == len(numbers)
    assert not any(licence_no(number, on=LAST_DAY).warnings for number in numbers)


def test_every_enterprise_runs_a_mine_of_its_own_county(p: Province) -> None:
    held = [mine for mine in p.mines if mine.enterprise]
    assert {mine.enterprise for mine in held} == set(p.enterprises)
    assert all(mine.enterprise.county == mine.county for mine in held)


def test_nobody_holds_what_was_abandoned(p: Province) -> None:
    for mine in p.mines:
        assert (mine.enterprise is None) == (mine.state is MineState.ABANDONED) == (not mine.licence_no)


def test_every_kind_of_mine_and_site_occurs(p: Province) -> None:
    assert {mine.state for mine in p.mines} == set(MineState)
    assert {site.kind for site in p.sites} == set(SiteKind) - {SiteKind.UNCLASSIFIED, SiteKind.OTHER}
    assert len({mine.mineral.name for mine in p.mines}) == 16


def test_patches_begin_before_they_end_and_nothing_lies_in_the_future(p: Province) -> None:
    assert all(patch.to_on is None or patch.from_on < patch.to_on for patch in p.patches)
    days = [site.found_on for site in p.sites] + [patch.from_on for patch in p.patches]
    assert date(2010, 1, 1) < min(days) <= max(days) <= LAST_DAY


def test_divisions_follow_the_office_they_belong_to() -> None:
    seen: set[str] = set()
    for office in offices():
        assert office.parent is None or office.parent in seen
        seen.add(office.key)


def test_every_seat_stands_in_an_office_or_an_enterprise() -> None:
    known = {office.key for office in offices()} | {enterprise_of_the_login().uscc}
    assert all(seat.office in known for seat in seats())
    keys = [seat.key for seat in seats()]
    assert len(set(keys)) == len(keys)
    assert {stand_in().seat, stand_in().acts_for, *(key for key, _ in task_force().members)} <= set(keys)


def test_no_administrator_does_anything_else() -> None:
    for seat in seats():
        assert not set(seat.duties) & ADMINISTRATORS or len(seat.duties) == 1


def test_the_accounts_printed_are_those_who_can_log_in() -> None:
    assert {account.login for account in accounts()} == {seat.login for seat in seats() if seat.login}
    assert all(account.as_json()["password"] == PASSWORD for account in accounts())


def test_shares_add_up_to_the_total() -> None:
    assert apportioned(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(apportioned(2000, [7, 11, 13, 0])) == 2000
