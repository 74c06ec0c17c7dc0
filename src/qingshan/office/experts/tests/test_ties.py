"""From what does an expert stay away, who records it, and when does it end?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People
from qingshan.office.errors import NotAllowed
from qingshan.office.experts import actions
from qingshan.office.experts.about import About
from qingshan.office.experts.drawing import stays_away
from qingshan.office.experts.models import Expert, ExpertTie
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.experts.tests.factories import CITY, COUNTY, DAY, NOW, TODAY, a_tie, an_expert, entered
from qingshan.office.trail.models import Entry
from qingshan.rules.experts import Concerned, Tie, TieGrounds, TieKind, must_stay_away
from qingshan.rules.reasons import ENGLISH, Sentence, say

pytestmark = pytest.mark.django_db
PART = Sentence(zh="实施单位", en="executing unit")


def why(expert: Expert, something: About, *, on: date = TODAY) -> list[str]:
    return [each.code for each in stays_away(expert, something.concerned, on=on)]


def refused(code: str, act: Any) -> None:
    entries, ties = Entry.objects.count(), ExpertTie.objects.count()
    with pytest.raises(ExpertRefused) as refusal:
        act()
    assert refusal.value.code == code
    assert (Entry.objects.count(), ExpertTie.objects.count()) == (entries, ties)


def test_nobody_without_ties_stays_away(people: People, something: About) -> None:
    assert why(an_expert(), something) == []


def test_an_expert_stays_away_from_the_own_employer(people: People, something: About) -> None:
    firm = people.organisations["enterprise"]
    by_row = an_expert("ZJ-1", employer=firm.name, organisation=firm)
    by_name = an_expert("ZJ-2", employer=" 青石矿业 有限公司")
    assert why(by_row, something) == why(by_name, something) == ["rules.experts.employer"]
    reason = stays_away(by_row, something.concerned, on=TODAY)[0]
    assert say(reason) == "所在单位青石矿业有限公司是矿山企业，应当回避"
    assert "has to stay away" in say(reason, ENGLISH)


def test_a_tie_is_recorded_by_one_entry_and_holds_between_its_days(
    people: People, keeper: Actor, something: About
) -> None:
    expert = entered(people)
    tie = actions.add_tie(expert, a_tie(to_on=TODAY), actor=keeper, now=NOW)
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.subject_count, entry.new["grounds"]) == ("experts.add_tie", 2, "持股或受聘取酬")
    assert tie.object_id == people.organisations["enterprise"].pk
    assert why(expert, something) == ["rules.experts.tie"]
    assert why(expert, something, on=TODAY + DAY) == why(expert, something, on=date(2024, 12, 31)) == []


@pytest.mark.parametrize(
    ("code", "away"), [(COUNTY, True), (CITY, True), ("990102", False), ("990200", False)]
)
def test_a_tie_to_a_region_holds_for_all_below_it(
    people: People, keeper: Actor, something: About, code: str, away: bool
) -> None:
    expert = entered(people)
    actions.add_tie(expert, a_tie(kind=TieKind.REGION, named=code), actor=keeper, now=NOW)
    assert bool(why(expert, something)) is away


def test_an_organisation_that_nobody_knows_is_held_by_name(people: People, keeper: Actor) -> None:
    tie = actions.add_tie(entered(people), a_tie(named="某设计院"), actor=keeper, now=NOW)
    assert (tie.object_id, tie.name) == (None, "某设计院")


def test_an_organisation_is_named_by_its_code_too(people: People, keeper: Actor) -> None:
    firm = people.organisations["enterprise"]
    tie = actions.add_tie(entered(people), a_tie(named=firm.uscc), actor=keeper, now=NOW)
    assert (tie.object_id, tie.name) == (firm.pk, firm.name)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("experts.tie_missing", {"named": "  "}),
        ("experts.no_such_region", {"kind": TieKind.REGION, "named": "123"}),
        ("experts.no_such_mine", {"kind": TieKind.MINE, "named": "没有"}),
        ("experts.days_reversed", {"to_on": date(2024, 1, 1)}),
    ],
)
def test_a_tie_to_nothing_is_refused(people: People, keeper: Actor, code: str, more: dict[str, Any]) -> None:
    expert = entered(people)
    refused(code, lambda: actions.add_tie(expert, a_tie(**more), actor=keeper, now=NOW))


def test_an_expert_records_the_own_ties_but_ends_none(people: People, keeper: Actor) -> None:
    expert, actor = entered(people, person=people["expert"]), people.actor("expert", on=TODAY)
    tie = actions.add_tie(expert, a_tie(), actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.end_tie(tie, last_day=TODAY, reason="x", actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.add_tie(an_expert("ZJ-9"), a_tie(), actor=actor, now=NOW)
    actions.end_tie(tie, last_day=TODAY, reason="已转让", actor=keeper, now=NOW)
    refused(
        "experts.tie_ended", lambda: actions.end_tie(tie, last_day=TODAY, reason="x", actor=keeper, now=NOW)
    )


@pytest.mark.parametrize("who", ["city_reviewer", "county_leader", "enterprise_manager", "county_clerk"])
def test_nobody_else_records_ties(people: People, who: str) -> None:
    expert = entered(people)
    with pytest.raises(NotAllowed):
        actions.add_tie(expert, a_tie(), actor=people.actor(who), now=NOW)


def test_a_tie_ends_with_a_reason_and_a_day(people: People, keeper: Actor) -> None:
    tie = actions.add_tie(entered(people), a_tie(), actor=keeper, now=NOW)
    for code, last_day, reason in (
        ("experts.basis_missing", TODAY, ""),
        ("experts.day_to_come", TODAY + DAY, "x"),
        ("experts.days_reversed", date(2024, 1, 1), "x"),
    ):
        refused(
            code,
            lambda on=last_day, said=reason: actions.end_tie(
                tie, last_day=on, reason=said, actor=keeper, now=NOW
            ),
        )


def test_ids_are_compared_where_both_are_known_and_names_else() -> None:
    def away(tie: Tie, concerned: Concerned) -> bool:
        return bool(must_stay_away([tie], [concerned], on=TODAY))

    kind, grounds = TieKind.ORGANISATION, TieGrounds.KIN
    assert away(Tie(kind, 1, "甲", grounds), Concerned(kind, 1, "乙", PART))
    assert not away(Tie(kind, 1, "甲", grounds), Concerned(kind, 2, "甲", PART))
    assert away(Tie(kind, None, "甲 公司", grounds), Concerned(kind, 2, "甲公司", PART))
    assert not away(Tie(kind, None, "", grounds), Concerned(kind, None, "", PART))
    assert not away(Tie(TieKind.MINE, 1, "甲", grounds), Concerned(kind, 1, "甲", PART))
