"""Does somebody come into the pool, change, pause and leave by acts, and who sees them?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.office.experts import actions, queries
from qingshan.office.experts.access import experts_visible_to
from qingshan.office.experts.models import Expert
from qingshan.office.experts.queries import Filters
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.experts.tests.factories import (
    CITY,
    COUNTY,
    DAY,
    NOW,
    PROVINCE,
    TODAY,
    an_expert,
    as_recorded,
    entered,
    facts,
    region,
)
from qingshan.office.trail.models import Entry, PersonalValue, Subject
from qingshan.office.trail.subjects import digest_of

pytestmark = pytest.mark.django_db


def refused(code: str, act: Any) -> None:
    """It is refused, and nothing stays of it."""
    before = (Entry.objects.count(), list(Expert.objects.order_by("pk").values()))
    with pytest.raises(ExpertRefused) as refusal:
        act()
    assert refusal.value.code == code
    assert (Entry.objects.count(), list(Expert.objects.order_by("pk").values())) == before


def test_an_expert_comes_in_by_one_entry(people: People) -> None:
    expert = entered(people)
    entry = Entry.objects.get()
    assert (entry.act, entry.region_id) == ("experts.enter", expert.region_id)
    assert Subject.objects.get().digest == digest_of(expert)
    assert entry.new["specialities"] == ["restoration", "soil"]
    assert (expert.state, expert.entered_on, expert.employer) == ("in_pool", TODAY, "青山农林科学院")


def test_how_an_expert_is_reached_is_only_committed_to_and_can_be_erased(
    people: People, keeper: Actor
) -> None:
    expert = entered(people, contact="13800001234")
    entry = Entry.objects.get()
    assert "13800001234" not in (entry.new_json or "") + entry.personal_json
    assert queries.contact_of(expert, actor=keeper) == "13800001234"
    assert "13800001234" not in str(Expert.objects.values().get())
    value = PersonalValue.objects.get()
    PersonalValue.objects.filter(entry_seq=value.entry_seq).update(
        value="", salt="", erased_by=value.entry_seq
    )
    assert queries.contact_of(expert, actor=keeper) == ""


def test_the_newest_contact_holds_and_a_correction_without_one_leaves_it(
    people: People, keeper: Actor
) -> None:
    expert = entered(people, contact="old")
    actions.correct(expert, facts(contact="new"), actor=keeper, now=NOW)
    actions.correct(expert, facts(title="研究员"), actor=keeper, now=NOW)
    assert queries.contact_of(expert, actor=keeper) == "new"


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("registry_officer", True),
        ("city_reviewer", True),
        ("county_clerk", False),
        ("county_leader", False),
        ("auditor", False),
    ],
)
def test_who_reads_how_an_expert_is_reached(people: People, who: str, sees: bool) -> None:
    expert = entered(people, contact="138")
    assert (queries.contact_of(expert, actor=people.actor(who)) == "138") is sees


def test_the_expert_reads_the_own_contact(people: People) -> None:
    expert = entered(people, contact="138", person=people["expert"])
    assert queries.contact_of(expert, actor=people.actor("expert")) == "138"


def test_an_employer_of_the_register_is_recognised_by_its_name(people: People) -> None:
    house = people.organisations["agency"]
    expert = entered(people, employer=house.name, organisation=queries.house_called(f" {house.name} "))
    assert expert.organisation == house


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("experts.key_missing", {"key": "  "}),
        ("experts.name_missing", {"name": " "}),
        ("experts.name_missing", {"employer": " "}),
        ("experts.field_missing", {"fields": ()}),
        ("experts.no_such_field", {"fields": ("astrology",)}),
    ],
)
def test_an_expert_without_what_is_needed_is_refused(people: People, code: str, more: dict[str, Any]) -> None:
    refused(code, lambda: entered(people, **more))


def test_a_number_is_given_once(people: People) -> None:
    entered(people)
    refused("experts.key_taken", lambda: entered(people))


def test_a_day_to_come_is_refused(people: People, keeper: Actor) -> None:
    def act() -> None:
        actions.enter(
            facts(), key="ZJ-1", pool=region(), entered_by="x", entered_on=TODAY + DAY, actor=keeper, now=NOW
        )

    refused("experts.day_to_come", act)


def test_somebody_with_a_login_stands_in_one_pool_only(people: People) -> None:
    entered(people, person=people["expert"])
    refused("experts.person_in_pool", lambda: entered(people, "ZJ-2", person=people["expert"]))
    refused("experts.person_no_expert", lambda: entered(people, "ZJ-3", person=people["county_clerk"]))


@pytest.mark.parametrize("who", ["county_leader", "city_reviewer", "enterprise_manager", "expert", "auditor"])
def test_only_registry_keeps_a_pool(people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        entered(people, by=who)


def test_a_county_keeps_its_own_pool_and_no_other(people: People) -> None:
    assert entered(people, "ZJ-1", by="county_clerk", pool=COUNTY).region.code == COUNTY
    for pool in (PROVINCE, CITY, "990102"):
        with pytest.raises(NotAllowed):
            entered(people, "ZJ-2", by="county_clerk", pool=pool)


def test_a_correction_tells_old_and_new(people: People, keeper: Actor) -> None:
    expert = entered(people)
    actions.correct(expert, facts(employer="青山理工大学"), actor=keeper, now=NOW)
    entry = Entry.objects.latest("seq")
    assert (entry.old["employer"], entry.new["employer"]) == ("青山农林科学院", "青山理工大学")
    assert Expert.objects.get().version == 2


def test_a_correction_of_what_somebody_else_corrected_is_refused(people: People, keeper: Actor) -> None:
    expert = entered(people)
    other = Expert.objects.get()
    actions.correct(expert, facts(title="工程师"), actor=keeper, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.correct(other, facts(title="教授"), actor=keeper, now=NOW)


def test_an_expert_pauses_goes_on_and_leaves(people: People, keeper: Actor) -> None:
    expert = entered(people)
    actions.suspend(expert, reason="借调", actor=keeper, now=NOW)
    assert expert.state == "suspended"
    refused("experts.not_in_state", lambda: actions.suspend(expert, reason="x", actor=keeper, now=NOW))
    actions.resume(expert, actor=keeper, now=NOW)
    actions.leave(expert, reason="退休", left_on=TODAY, actor=keeper, now=NOW)
    refused("experts.not_in_state", lambda: actions.resume(expert, actor=keeper, now=NOW))
    refused("experts.not_in_state", lambda: actions.correct(expert, facts(), actor=keeper, now=NOW))
    acts = Entry.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["experts.enter", "experts.suspend", "experts.resume", "experts.leave"]
    assert as_recorded()


@pytest.mark.parametrize(
    ("code", "left_on", "reason"),
    [
        ("experts.basis_missing", TODAY, " "),
        ("experts.day_to_come", TODAY + DAY, "退休"),
        ("experts.days_reversed", date(2020, 1, 1), "退休"),
    ],
)
def test_a_leave_that_cannot_be_is_refused(
    people: People, keeper: Actor, code: str, left_on: date, reason: str
) -> None:
    expert = entered(people)
    refused(code, lambda: actions.leave(expert, reason=reason, left_on=left_on, actor=keeper, now=NOW))


@pytest.mark.parametrize(
    ("who", "pools"),
    [
        ("provincial_dispatcher", {PROVINCE, CITY, COUNTY, "990102"}),
        ("auditor", {PROVINCE, CITY, COUNTY, "990102"}),
        ("city_reviewer", {PROVINCE, CITY, COUNTY, "990102"}),
        ("county_clerk", {PROVINCE, CITY, COUNTY}),
        ("other_county_clerk", {PROVINCE, CITY, "990102"}),
        ("enterprise_manager", set()),
        ("expert", set()),
        ("system_admin", set()),
        ("anonymous", set()),
    ],
)
def test_a_pool_is_seen_from_below_and_from_above(people: People, who: str, pools: set[str]) -> None:
    for code in (PROVINCE, CITY, COUNTY, "990102"):
        an_expert(f"ZJ-{code}", pool=code)
    actor = people.actor(who)
    assert {each.region.code for each in experts_visible_to(actor)} == pools
    page = queries.listed(actor=actor, filters=Filters())
    assert {each.region.code for each in page.rows} == pools


def test_an_expert_sees_the_own_entry(people: People) -> None:
    own, other = an_expert("ZJ-1", person=people["expert"]), an_expert("ZJ-2")
    actor = people.actor("expert")
    assert [each.pk for each in queries.listed(actor=actor, filters=Filters()).rows] == [own.pk]
    assert queries.one(own.pk, actor=actor) == own
    with pytest.raises(NotFound):
        queries.one(other.pk, actor=actor)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(text="望舟"), {"ZJ-1"}),
        (Filters(text="swz"), {"ZJ-1"}),
        (Filters(text="shenwang"), {"ZJ-1"}),
        (Filters(text="理工"), {"ZJ-2"}),
        (Filters(text="ZJ-2"), {"ZJ-2"}),
        (Filters(field="soil"), {"ZJ-1", "ZJ-2"}),
        (Filters(field="law"), {"ZJ-2"}),
        (Filters(field="land"), set()),
        (Filters(level="prefecture"), {"ZJ-2"}),
        (Filters(state="suspended"), {"ZJ-1"}),
        (Filters(text="望舟", state="left"), set()),
        (Filters(text='"%_[]\\'), set()),
    ],
)
def test_experts_are_found(people: People, filters: Filters, found: set[str]) -> None:
    an_expert("ZJ-1", "soil", name="沈望舟", state="suspended")
    an_expert("ZJ-2", "law", "soil", name="韩岩", employer="青山理工大学", pool=CITY)
    for who in ("provincial_dispatcher", "city_reviewer"):
        actor = people.actor(who)
        assert {each.key for each in queries.listed(actor=actor, filters=filters).rows} == found
        assert queries.total(actor=actor, filters=filters) == len(found)


def test_a_new_name_is_found_after_a_correction(people: People, keeper: Actor) -> None:
    expert = entered(people)
    actions.correct(expert, facts(name="蒋若溪"), actor=keeper, now=NOW)
    assert queries.total(actor=keeper, filters=Filters(text="jrx")) == 1
    assert queries.total(actor=keeper, filters=Filters(text="望舟")) == 0


def test_long_pools_are_walked_page_by_page(people: People) -> None:
    for number in range(120):
        an_expert(f"ZJ-{number:03}", pool=(PROVINCE, CITY)[number % 2])
    actor, after, seen = people.actor("city_reviewer"), "", []
    while True:
        page = queries.listed(actor=actor, filters=Filters(), after=after)
        seen += [each.key for each in page.rows]
        if page.next_mark is None:
            break
        after = page.next_mark
    assert len(seen) == len(set(seen)) == 120
