"""Is an expert asked, does the opinion come in, and is it answered with a reason?"""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.people import People
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.office.experts import actions, queries
from qingshan.office.experts.about import About
from qingshan.office.experts.actions.opinions import Written
from qingshan.office.experts.models import Expert, ExpertOpinion
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.experts.tests.factories import DAY, NOW, TODAY, a_tie, an_expert, as_recorded, entered
from qingshan.office.trail.models import Entry
from qingshan.office.trail.subjects import digest_of
from qingshan.rules.errors import RuleBroken
from qingshan.rules.experts import OpinionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert(people: People) -> Expert:
    return entered(people, person=people["expert"])


def invited(expert: Expert, something: About, reviewer: Actor, **more: Any) -> ExpertOpinion:
    given: dict[str, Any] = {"question": "边坡是否稳定？", **more}
    return actions.invite_opinion(expert, something, **given, actor=reviewer, now=NOW)


def refused(code: str, act: Any) -> None:
    before = (Entry.objects.count(), list(ExpertOpinion.objects.values()))
    with pytest.raises((ExpertRefused, RuleBroken)) as refusal:
        act()
    assert refusal.value.code == code
    assert (Entry.objects.count(), list(ExpertOpinion.objects.values())) == before


def test_asked_written_answered_leaves_one_entry_each(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    opinion = invited(expert, something, reviewer, due_on=TODAY + DAY)
    writer = people.actor("expert", on=TODAY)
    actions.give_opinion(opinion, Written("建议补种灌木。"), version=1, actor=writer, now=NOW)
    actions.answer_opinion(
        opinion, outcome=OpinionState.PARTLY, answer="春季补种", version=2, actor=reviewer, now=NOW
    )
    acts = list(Entry.objects.order_by("seq").values_list("act", flat=True))[1:]
    assert acts == ["experts.invite_opinion", "experts.give_opinion", "experts.answer_opinion"]
    assert Entry.objects.latest("seq").new["outcome"] == "部分采纳"
    assert opinion.answered_by == "云岭市自然资源局"
    assert digest_of(opinion) == digest_of(ExpertOpinion.objects.get())
    assert as_recorded()


def test_an_opinion_on_paper_is_recorded_for_the_expert(
    people: People, something: About, reviewer: Actor
) -> None:
    opinion = invited(an_expert("ZJ-9"), something, reviewer)
    actions.give_opinion(
        opinion, Written("同意。"), version=1, actor=people.actor("county_clerk", on=TODAY), now=NOW
    )
    assert Entry.objects.latest("seq").new["recorded_for_expert"] is True


@pytest.mark.parametrize(
    "who", ["other_county_clerk", "enterprise_manager", "county_leader", "auditor", "anonymous"]
)
def test_nobody_else_writes_it(
    people: People, expert: Expert, something: About, reviewer: Actor, who: str
) -> None:
    opinion = invited(expert, something, reviewer)
    with pytest.raises(NotAllowed):
        actions.give_opinion(opinion, Written("x"), version=1, actor=people.actor(who), now=NOW)


def test_another_expert_does_not_write_it(people: People, something: About, reviewer: Actor) -> None:
    opinion = invited(an_expert("ZJ-9"), something, reviewer)
    actor = people.actor("expert")
    with pytest.raises(NotAllowed):
        actions.give_opinion(opinion, Written("x"), version=1, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        queries.one_opinion(opinion.pk, actor=actor)


@pytest.mark.parametrize("who", ["county_leader", "registry_officer", "expert", "enterprise_manager"])
def test_only_reviewers_invite_and_answer(people: People, expert: Expert, something: About, who: str) -> None:
    with pytest.raises(NotAllowed):
        invited(expert, something, people.actor(who))


def test_what_is_not_asked_or_too_late_is_refused(expert: Expert, something: About, reviewer: Actor) -> None:
    refused("experts.question_missing", lambda: invited(expert, something, reviewer, question="  "))
    refused("experts.day_is_over", lambda: invited(expert, something, reviewer, due_on=TODAY - DAY))


def test_whoever_must_stay_away_is_neither_asked_nor_assigned(
    expert: Expert, something: About, reviewer: Actor, keeper: Actor
) -> None:
    actions.add_tie(expert, a_tie(), actor=keeper, now=NOW)
    refused("experts.must_stay_away", lambda: invited(expert, something, reviewer))
    refused(
        "experts.must_stay_away",
        lambda: actions.assign(expert, something, to_on=TODAY + DAY, actor=reviewer, now=NOW),
    )
    assert Assignment.objects.count() == 0


def test_whoever_pauses_is_not_asked(
    expert: Expert, something: About, reviewer: Actor, keeper: Actor
) -> None:
    actions.suspend(expert, reason="借调", actor=keeper, now=NOW)
    refused("experts.not_in_state", lambda: invited(expert, something, reviewer))


def test_an_expert_is_assigned_by_the_act_of_accounts(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    actions.assign(expert, something, to_on=TODAY + DAY, actor=reviewer, now=NOW, document="函")
    assert Entry.objects.latest("seq").act == "accounts.assign_expert"
    assert Assignment.objects.get().person == people["expert"]
    refused(
        "experts.already_assigned",
        lambda: actions.assign(expert, something, to_on=TODAY + DAY, actor=reviewer, now=NOW),
    )
    found = queries.of_object(something, actor=reviewer, on=TODAY)
    assert [(each.person, entry) for each, entry in found.assigned] == [(people["expert"], expert)]


def test_an_expert_without_a_login_is_not_assigned(something: About, reviewer: Actor) -> None:
    refused(
        "experts.no_login",
        lambda: actions.assign(an_expert("ZJ-9"), something, to_on=TODAY, actor=reviewer, now=NOW),
    )


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("experts.opinion_empty", Written("  ")),
        ("rules.secrecy.marked", Written("机密★10年")),
    ],
)
def test_an_empty_or_secret_opinion_is_refused(
    people: People, expert: Expert, something: About, reviewer: Actor, code: str, written: Written
) -> None:
    opinion = invited(expert, something, reviewer)
    refused(
        code,
        lambda: actions.give_opinion(
            opinion, written, version=1, actor=people.actor("expert", on=TODAY), now=NOW
        ),
    )


def test_only_adoption_needs_no_reason_and_nothing_is_answered_before_it_was_given(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    opinion = invited(expert, something, reviewer)

    def answer(outcome: OpinionState, version: int) -> None:
        actions.answer_opinion(opinion, outcome=outcome, answer="", version=version, actor=reviewer, now=NOW)

    refused("experts.opinion_not_in_state", lambda: answer(OpinionState.ADOPTED, 1))
    actions.give_opinion(opinion, Written("x"), version=1, actor=people.actor("expert", on=TODAY), now=NOW)
    for outcome in (OpinionState.PARTLY, OpinionState.DECLINED):
        refused("experts.answer_needs_reason", lambda said=outcome: answer(said, 2))
    refused("experts.opinion_not_in_state", lambda: answer(OpinionState.INVITED, 2))
    with pytest.raises(ChangedMeanwhile):
        answer(OpinionState.ADOPTED, 1)
    answer(OpinionState.ADOPTED, 2)


def test_opinions_are_seen_by_the_region_and_by_their_expert(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    invited(expert, something, reviewer)
    invited(an_expert("ZJ-9"), something, reviewer)
    for who, sees in (("county_clerk", 2), ("auditor", 2), ("expert", 1), ("other_county_clerk", 0),
                      ("enterprise_manager", 0), ("system_admin", 0), ("anonymous", 0)):  # fmt: skip
        assert len(queries.listed_opinions(actor=people.actor(who)).rows) == sees, who


def test_an_invitation_that_nobody_answered_is_withdrawn_with_a_reason(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    opinion = invited(expert, something, reviewer)
    refused(
        "experts.basis_missing",
        lambda: actions.withdraw_invitation(opinion, reason=" ", version=1, actor=reviewer, now=NOW),
    )
    with pytest.raises(NotAllowed):
        actions.withdraw_invitation(
            opinion, reason="邀错人", version=1, actor=people.actor("county_clerk", on=TODAY), now=NOW
        )
    actions.withdraw_invitation(opinion, reason="邀错人", version=1, actor=reviewer, now=NOW)
    assert (opinion.state, opinion.withdrawn_on) == (OpinionState.WITHDRAWN, TODAY)
    assert Entry.objects.latest("seq").act == "experts.withdraw_invitation"
    writer = people.actor("expert", on=TODAY)
    refused(
        "experts.opinion_not_in_state",
        lambda: actions.give_opinion(opinion, Written("迟到。"), version=2, actor=writer, now=NOW),
    )
    assert queries.invited_oneself(writer) == (0, None)
    assert digest_of(opinion) == digest_of(ExpertOpinion.objects.get())


def test_what_was_given_is_not_withdrawn_by_who_asked(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    opinion = invited(expert, something, reviewer)
    writer = people.actor("expert", on=TODAY)
    actions.give_opinion(opinion, Written("同意。"), version=1, actor=writer, now=NOW)
    refused(
        "experts.opinion_not_in_state",
        lambda: actions.withdraw_invitation(opinion, reason="不要了", version=2, actor=reviewer, now=NOW),
    )


def test_opinions_are_counted_for_who_gives_and_who_answers(
    people: People, expert: Expert, something: About, reviewer: Actor
) -> None:
    writer = people.actor("expert", on=TODAY)
    one = invited(expert, something, reviewer, due_on=TODAY + DAY)
    invited(expert, something, reviewer)
    assert queries.invited_oneself(writer) == (2, TODAY + DAY)
    assert queries.invited_oneself(reviewer) == (0, None)
    actions.give_opinion(one, Written("同意。"), version=1, actor=writer, now=NOW)
    assert queries.invited_oneself(writer) == (1, None)
    assert queries.given_unanswered(reviewer) == (1, TODAY)
    assert queries.given_unanswered(people.actor("county_clerk", on=TODAY)) == (0, None)
