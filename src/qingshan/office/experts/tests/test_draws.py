"""Is a draw announced, closed and held in this order only, by one entry each, and can anybody compute it again?"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.office.experts import actions, queries
from qingshan.office.experts.about import About
from qingshan.office.experts.drawing import LEAVE, STAYS_AWAY, astray, drawn_of, faults_of
from qingshan.office.experts.models import DrawnExpert, Expert, ExpertDraw
from qingshan.office.experts.record import RECIPE, record_of
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.experts.tests.factories import (
    DAY,
    NOW,
    NUMBER,
    TODAY,
    a_pool,
    a_tie,
    an_expert,
    announced,
    as_recorded,
    closed,
    drawn,
)
from qingshan.office.trail.models import Entry
from qingshan.rules.draw import ANY, Outcome, SeedKind
from qingshan.rules.errors import RuleError

pytestmark = pytest.mark.django_db
TOMORROW = NOW + DAY


def refused(code: str, act: Any) -> None:
    before = (Entry.objects.count(), list(ExpertDraw.objects.values("state", "version", "list_digest")))
    with pytest.raises((ExpertRefused, RuleError)) as refusal:
        act()
    assert refusal.value.code == code
    assert (
        Entry.objects.count(),
        list(ExpertDraw.objects.values("state", "version", "list_digest")),
    ) == before


def chosen(draw: ExpertDraw) -> list[str]:
    return sorted(draw.drawn.filter(excused_on=None).values_list("expert__key", flat=True))


def test_the_whole_way_leaves_one_entry_for_each_act(people: People, reviewer: Actor) -> None:
    a_pool()
    held = drawn(people)
    first = held.drawn.earliest("rank").expert
    actions.excuse(held, first, why=LEAVE, reason="出差", version=held.version, actor=reviewer, now=TOMORROW)
    actions.cancel_draw(held, reason="方案撤回", version=held.version, actor=reviewer, now=TOMORROW)
    acts = list(Entry.objects.order_by("seq").values_list("act", flat=True))
    assert acts == [
        "experts.announce_draw",
        "experts.close_list",
        "experts.draw",
        "experts.excuse",
        "experts.cancel_draw",
    ]
    assert as_recorded()


def test_the_announcement_names_the_seed_before_anything_is_known(people: People) -> None:
    announced(people)
    told = Entry.objects.get().new
    assert (told["seed_source"], told["seed_on"], told["closes_on"]) == (
        "某公开号码第 2026137 期",
        "2026-11-22",
        "2026-11-21",
    )


def test_the_digest_of_the_list_stands_in_the_trail_before_the_number_is_out(people: People) -> None:
    a_pool()
    held = closed(people)
    told = Entry.objects.latest("seq").new
    assert told["list_digest"] == held.list_digest
    assert (told["taking_part"], told["excluded"], held.seed_number) == (6, 0, "")


def test_as_many_are_drawn_as_were_wanted_of_each_field(people: People) -> None:
    a_pool(6, "soil")
    an_expert("ZJ-L", "law")
    held = drawn(people, wanted={"soil": 2, "law": 1, ANY: 1})
    seats = sorted(held.drawn.values_list("seat", flat=True))
    assert seats == ["any", "law", "soil", "soil"]
    assert Entry.objects.latest("seq").new["keys"] == [
        each.expert.key for each in held.drawn.order_by("rank").select_related("expert")
    ]


def test_whoever_must_stay_away_or_pauses_takes_no_part_and_it_is_said_why(
    people: People, keeper: Actor, something: About
) -> None:
    a_pool(4, "soil")
    firm = people.organisations["enterprise"]
    an_expert("ZJ-E", employer=firm.name, organisation=firm)
    an_expert("ZJ-S", state="suspended", suspended_on=TODAY, suspended_because="借调")
    an_expert("ZJ-X", state="left", left_on=TODAY, left_because="退休")
    actions.add_tie(Expert.objects.get(key="ZJ-00"), a_tie(), actor=keeper, now=NOW)
    held = drawn(people, about=something)
    out = {each.id: each.because for each in drawn_of(held).places if each.outcome == Outcome.EXCLUDED}
    assert {one: [why.code for why in because] for one, because in out.items()} == {
        "ZJ-00": ["rules.experts.tie"],
        "ZJ-E": ["rules.experts.employer"],
        "ZJ-S": ["rules.experts.suspended"],
    }
    assert not set(chosen(held)) & set(out)
    assert held.subject_name == str(something.name)


def test_who_comes_into_the_pool_after_the_list_is_closed_changes_nothing(
    people: People, reviewer: Actor
) -> None:
    a_pool()
    held = closed(people)
    for number in range(50):
        an_expert(f"NEW-{number}")
    actions.draw(held, number=NUMBER, version=held.version, actor=reviewer, now=TOMORROW)
    assert not [key for key in chosen(held) if key.startswith("NEW")]
    assert list(faults_of(held)) == []


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("rules.draw.nothing_wanted", {"wanted": {}}),
        ("rules.draw.nothing_wanted", {"wanted": {"soil": 0}}),
        ("experts.no_such_field", {"wanted": {"astrology": 1}}),
        ("experts.basis_missing", {"title": "  "}),
        ("experts.seed_missing", {"seed_source": " "}),
        ("experts.day_is_over", {"closes_on": TODAY - DAY}),
        ("experts.seed_known_too_early", {"seed_on": TODAY}),
        ("experts.seed_needs_number", {"seed_kind": SeedKind.STATED}),
    ],
)
def test_an_announcement_that_proves_nothing_is_refused(
    people: People, code: str, more: dict[str, Any]
) -> None:
    refused(code, lambda: announced(people, **more))


def test_a_list_that_cannot_fill_all_seats_is_not_closed(people: People) -> None:
    a_pool(2, "soil")
    with pytest.raises(ExpertRefused) as refusal:
        closed(people, wanted={"soil": 3, "law": 1})
    assert [(why.values["field"], why.values["lacking"]) for why in refusal.value.reasons] == [
        ("法律", 1),
        ("土壤", 1),
    ]


def test_a_list_is_not_closed_once_the_number_is_out(people: People, reviewer: Actor) -> None:
    a_pool()
    held = announced(people)
    refused(
        "experts.closed_too_late",
        lambda: actions.close_list(held, about=None, version=1, actor=reviewer, now=TOMORROW),
    )


def test_nothing_is_drawn_before_the_list_is_closed_or_the_number_is_out(
    people: People, reviewer: Actor
) -> None:
    a_pool()
    held = announced(people)
    refused(
        "experts.draw_not_in_state",
        lambda: actions.draw(held, number=NUMBER, version=1, actor=reviewer, now=TOMORROW),
    )
    actions.close_list(held, about=None, version=1, actor=reviewer, now=NOW)
    refused(
        "experts.number_not_out",
        lambda: actions.draw(held, number=NUMBER, version=2, actor=reviewer, now=NOW),
    )
    refused(
        "rules.draw.no_number",
        lambda: actions.draw(held, number=" ", version=2, actor=reviewer, now=TOMORROW),
    )


def test_a_number_that_the_announcement_stated_is_drawn_by_and_no_other(
    people: People, reviewer: Actor
) -> None:
    a_pool()
    held = closed(people, seed_kind=SeedKind.STATED, seed_number="４２", seed_on=TODAY)
    assert held.seed_number == "42"
    refused(
        "experts.number_differs", lambda: actions.draw(held, number="43", version=2, actor=reviewer, now=NOW)
    )
    actions.draw(held, number="", version=2, actor=reviewer, now=NOW)
    assert len(chosen(held)) == 2


def test_a_draw_is_held_once(people: People, reviewer: Actor) -> None:
    a_pool()
    held = drawn(people)
    for number in (NUMBER, "another"):
        refused(
            "experts.draw_not_in_state",
            lambda said=number: actions.draw(held, number=said, version=3, actor=reviewer, now=TOMORROW),
        )


def test_what_a_page_showed_too_long_ago_is_refused(people: People, reviewer: Actor) -> None:
    a_pool()
    held = closed(people)
    with pytest.raises(ChangedMeanwhile):
        actions.draw(held, number=NUMBER, version=1, actor=reviewer, now=TOMORROW)
    assert DrawnExpert.objects.count() == 0


def test_one_is_excused_and_the_first_of_the_reserve_steps_in(people: People, reviewer: Actor) -> None:
    a_pool(6, "soil")
    held = drawn(people)
    waiting = [each.id for each in drawn_of(held).places if each.reserve == 1]
    gone = Expert.objects.get(key=chosen(held)[0])
    came = actions.excuse(
        held, gone, why=STAYS_AWAY, reason="亲属任职", version=3, actor=reviewer, now=TOMORROW
    )
    assert came is not None
    assert ([came.expert.key], came.stepped_in) == (waiting, True)
    assert gone.key not in chosen(held)
    assert held.drawn.get(expert=gone).excused_on == TODAY + DAY
    assert Entry.objects.latest("seq").subject_count == 3
    assert list(faults_of(held)) == []
    refused(
        "experts.not_drawn",
        lambda: actions.excuse(held, gone, why=LEAVE, reason="x", version=4, actor=reviewer, now=TOMORROW),
    )


def test_when_the_reserve_is_used_up_the_seat_stays_empty_and_the_page_says_so(
    people: People, reviewer: Actor
) -> None:
    a_pool(2, "soil")
    held = drawn(people)
    gone = Expert.objects.get(key="ZJ-00")
    assert (
        actions.excuse(held, gone, why=LEAVE, reason="病假", version=3, actor=reviewer, now=TOMORROW) is None
    )
    assert drawn_of(held).vacant == {"soil": 1}
    assert Entry.objects.latest("seq").new["stepped_in"] is None


@pytest.mark.parametrize(
    "who", ["county_leader", "registry_officer", "expert", "enterprise_manager", "anonymous"]
)
def test_only_reviewers_draw(people: People, who: str) -> None:
    a_pool()
    held, actor = closed(people), people.actor(who, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.draw(held, number=NUMBER, version=2, actor=actor, now=TOMORROW)


def test_a_pool_that_is_not_seen_is_not_drawn_from(people: People) -> None:
    from qingshan.office.experts.tests.factories import region

    with pytest.raises(NotFound):
        announced(people, pool=region("990200"))


def test_a_cancelled_draw_stays_in_the_list_with_its_reason(people: People, reviewer: Actor) -> None:
    held = announced(people)
    actions.cancel_draw(held, reason="事由变更", version=1, actor=reviewer, now=NOW)
    page = queries.listed_draws(actor=reviewer)
    assert [(each.state, each.cancelled_because) for each in page.rows] == [("cancelled", "事由变更")]
    refused(
        "experts.draw_not_in_state",
        lambda: actions.cancel_draw(held, reason="x", version=2, actor=reviewer, now=NOW),
    )


def test_an_expert_of_the_province_shows_each_reader_only_draws_that_they_see(
    people: People, something: About
) -> None:
    a_pool()
    held = drawn(people, about=something)
    expert = held.drawn.order_by("rank").first().expert
    for who, seen in (("city_reviewer", 1), ("county_clerk", 1), ("other_county_clerk", 0)):
        actor = people.actor(who)
        assert queries.one(expert.pk, actor=actor) == expert
        assert len(queries.drawn_for(expert, actor=actor)) == seen


def test_draws_are_seen_where_they_belong(people: People) -> None:
    held = announced(people)
    for who, sees in (
        ("city_reviewer", 1),
        ("provincial_dispatcher", 1),
        ("auditor", 1),
        ("county_clerk", 0),
        ("expert", 0),
    ):
        assert len(queries.listed_draws(actor=people.actor(who)).rows) == sees
    with pytest.raises(NotFound):
        queries.one_draw(held.pk, actor=people.actor("county_clerk"))


def test_whatever_is_changed_behind_the_program_is_named(people: People) -> None:
    a_pool()
    held = drawn(people)
    assert astray() == []
    one = held.drawn.earliest("rank")
    other = Expert.objects.exclude(pk__in=held.drawn.values("expert")).first()
    DrawnExpert.objects.filter(pk=one.pk).update(expert=other)
    assert len(astray()) == 1
    DrawnExpert.objects.filter(pk=one.pk).update(expert=one.expert)
    ExpertDraw.objects.filter(pk=held.pk).update(listing=(held.listing or [])[1:])
    assert any("摘要" in line for line in astray())


def computed_again(record: dict[str, Any], folder: Path) -> tuple[int, str]:
    """What the stand-alone program says, in a Python that knows nothing of us."""
    (folder / "draw.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(RECIPE), "draw.json"], cwd=folder, capture_output=True, check=False
    )
    return ran.returncode, (ran.stdout + ran.stderr).decode()


def test_anybody_can_compute_it_again_with_python_alone(
    people: People, keeper: Actor, reviewer: Actor, something: About, tmp_path: Path
) -> None:
    a_pool(9)
    an_expert("ZJ-M", "mining")
    actions.add_tie(Expert.objects.get(key="ZJ-03"), a_tie(), actor=keeper, now=NOW)
    held = drawn(people, about=something, wanted={"soil": 2, "law": 1})
    gone = held.drawn.earliest("rank").expert
    actions.excuse(held, gone, why=LEAVE, reason="出差", version=3, actor=reviewer, now=TOMORROW)
    code, said = computed_again(record_of(held), tmp_path)
    assert (code, "the same" in said) == (0, True), said
    outcomes = {row["outcome"] for row in record_of(held)["result"]}
    assert outcomes == {"chosen", "reserve", "excluded", "excused", "other_field"}


@pytest.mark.parametrize("part", ["seed_number", "list", "result"])
def test_a_record_that_was_touched_does_not_come_out(people: People, tmp_path: Path, part: str) -> None:
    a_pool(9)
    record = record_of(drawn(people))
    if part == "seed_number":
        record["seed_number"] = "2026138"
    elif part == "list":
        record["candidates"][0]["fields"] = ["law"]
    else:
        record["result"][0]["seat"] = "law"
    assert computed_again(record, tmp_path)[0] == 1


def test_a_record_says_nothing_of_how_experts_are_reached_or_why_exactly_they_stay_away(
    people: People, keeper: Actor, something: About
) -> None:
    a_pool(4, "soil")
    first = Expert.objects.get(key="ZJ-00")
    actions.add_tie(first, a_tie(note="配偶持有股份"), actor=keeper, now=NOW)
    text = json.dumps(record_of(closed(people, about=something)), ensure_ascii=False)
    assert "持股或受聘取酬" in text
    assert "配偶" not in text


def test_many_candidates_are_drawn_without_many_queries(
    people: People, django_assert_max_num_queries: Any
) -> None:
    a_pool(200, "soil")
    held, later = announced(people), timedelta(days=1)
    actor = people.actor("city_reviewer", on=TODAY)
    with django_assert_max_num_queries(30):
        actions.close_list(held, about=None, version=1, actor=actor, now=NOW)
        actions.draw(held, number=NUMBER, version=2, actor=actor, now=NOW + later)
