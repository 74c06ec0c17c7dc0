from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps

from qingshan.office.accounts.access import scoped
from qingshan.office.accounts.tests.people import a_holding, a_post
from qingshan.office.cases import access, actions
from qingshan.office.cases.closing import closing_facts
from qingshan.office.cases.facts import asked_levels
from qingshan.office.cases.models import Complainant, Objection
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.cases.tests.factories import (
    World,
    a_case,
    a_petition,
    a_world,
    brought_to,
    evidence,
    said,
    three_duties,
)
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import stock_flow
from qingshan.office.mines.models import Mine, ResponsibleParty
from qingshan.office.trail.models import Entry
from qingshan.rules import closing
from qingshan.rules.duties import Duty
from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.matters import Channel, Route, SourceKind
from qingshan.rules.register import Circumstance, MineState, RegionLevel
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def accept(world: World, matter: Matter, who: str, level: RegionLevel) -> None:
    actions.accept(
        matter,
        Brought(),
        level=level,
        visitors="韩验",
        visited_on=world.today,
        actor=world.actor(who),
        now=world.now,
    )


def done_by_the_bureau(world: World) -> Matter:
    """A case that the county's own bureau carries out, up to its application."""
    bureau, clerk = world.organisation("county_bureau"), "county_clerk"
    matter = brought_to(world, "verified", a_case(world, mine=None, route=Route.AT_ONCE))
    due = world.today + timedelta(days=60)
    dispatcher = world.actor("county_dispatcher")
    actions.assign(matter, Brought(), answering=bureau, due_on=due, actor=dispatcher, now=world.now)
    for act in (
        lambda m, **who: actions.take_on(m, Brought(), duties=three_duties(world), **who),
        lambda m, **who: actions.begin_at_once(m, Brought(), **who),
        lambda m, **who: actions.add_evidence(m, evidence(), Brought(), **who),
        lambda m, **who: actions.self_check(m, Brought(), **who),
        lambda m, **who: actions.apply_for_acceptance(m, Brought(), **who),
    ):
        act(world.fresh(matter), actor=world.actor(clerk), now=world.now)
    return world.fresh(matter)


def test_what_the_countys_own_bureau_did_is_accepted_one_level_up(world: World) -> None:
    matter = done_by_the_bureau(world)
    assert asked_levels(matter) == (RegionLevel.PREFECTURE,)
    with pytest.raises(RuleBroken) as refused:
        accept(world, matter, "county_reviewer", RegionLevel.COUNTY)
    assert "实施单位与办理单位同为青石县自然资源局，须由上一级组织" in refused.value.say()
    assert matter.awaits_level == RegionLevel.PREFECTURE
    accept(world, world.fresh(matter), "city_reviewer", RegionLevel.PREFECTURE)
    assert world.fresh(matter).state_name == "city_accepted"


def test_a_clerk_who_reported_the_work_cannot_accept_it_at_another_post(world: World) -> None:
    people = world.people
    manager = people["enterprise_manager"]
    post = a_post(people.organisations["county_bureau"], "兼任验收", Duty.REVIEW)
    matter = brought_to(world, "applied")
    people.holdings["moonlighter"] = a_holding(manager, post)
    from qingshan.office.accounts.actors import actor_of

    actor = actor_of(manager, post, on=world.today)
    with pytest.raises(RuleBroken) as refused:
        actions.accept(
            matter,
            Brought(),
            level=RegionLevel.COUNTY,
            visitors="李企",
            visited_on=world.today,
            actor=actor,
            now=world.now,
        )
    assert "李企参与了该项整改" in refused.value.say()


def test_a_plan_with_an_open_question_is_not_approved_and_nothing_is_half_done(world: World) -> None:
    matter = brought_to(world, "planned")
    plan = matter.plans.get()
    plan.measures.update(person_name="")
    before = Entry.objects.count()
    with pytest.raises(RuleBroken) as refused:
        actions.approve_plan(matter, Brought(), actor=world.actor("city_reviewer"), now=world.now)
    assert refused.value.say() == "谁来治：措施“回填采坑”没有写明责任人。"
    assert (world.fresh(matter).state_name, Entry.objects.count()) == ("planned", before)


def test_what_closing_lacks_is_listed_before_anybody_tries(world: World) -> None:
    matter = brought_to(world, "in_notice")
    lacking = {reason.code for reason in closing.missing(closing_facts(matter, on=world.today))}
    assert lacking == {
        "rules.closing.target_not_reached",
        "rules.closing.notice_running",
        "rules.closing.enforcement_unanswered",
        "rules.closing.no_mechanism",
        "rules.closing.effect_not_evaluated",
    }
    with pytest.raises(RuleBroken) as refused:
        actions.close(matter, Brought(), actor=world.actor("county_leader"), now=world.now)
    assert {reason.code for reason in refused.value.reasons} == lacking


def test_the_notice_runs_as_many_working_days_as_the_rulebook_asks(world: World) -> None:
    matter = brought_to(world, "in_notice")
    notice = matter.notices.get()
    assert (notice.from_on, notice.to_on, notice.working_days) == (date(2026, 3, 2), date(2026, 3, 9), 5)
    assert notice.days_by["id"] == "public-notice"


def test_a_shorter_notice_is_refused(world: World) -> None:
    matter = brought_to(world, "county_accepted")
    with pytest.raises(RuleBroken) as refused:
        actions.give_public_notice(
            matter,
            Brought(),
            where="公告栏",
            contact="0000",
            to_on=world.today + timedelta(days=3),
            actor=world.actor("county_clerk"),
            now=world.now,
        )
    assert "短于规定的 5 个工作日" in refused.value.say()


def test_an_objection_is_answered_before_anything_is_closed(world: World) -> None:
    matter, clerk = brought_to(world, "in_notice"), world.actor("county_clerk")
    actions.register_objection(
        matter, Brought(), text="仍有扬尘", channel=Channel.PHONE, actor=clerk, now=world.now
    )
    assert closing_facts(world.fresh(matter), on=world.today).open_objections == 1
    objection = Objection.objects.get()
    actions.answer_objection(
        world.fresh(matter), objection, said("已洒水降尘"), upheld=False, actor=clerk, now=world.now
    )
    assert closing_facts(world.fresh(matter), on=world.today).open_objections == 0
    with pytest.raises(CaseRefused):
        actions.answer_objection(
            world.fresh(matter), objection, said("再答"), upheld=False, actor=clerk, now=world.now
        )


def test_a_notice_that_was_stopped_counts_no_more_nor_does_the_acceptance_before_it(world: World) -> None:
    matter = brought_to(world, "in_notice")
    actions.stop_public_notice(matter, said("异议成立"), actor=world.actor("county_clerk"), now=world.now)
    facts = closing_facts(world.fresh(matter), on=world.today)
    assert (facts.levels_signed, facts.notice_ends_on) == ((), None)
    assert world.fresh(matter).state_name == "rectifying"


def test_closing_the_mine_moves_neither_the_case_nor_the_duty(world: World) -> None:
    matter = brought_to(world, "rectifying")
    parts = set(matter.parties.filter(to_on=None).values_list("role", "organisation"))
    actions.note_mine_state(
        matter, said("企业破产"), state=MineState.CLOSED, actor=world.actor("county_clerk"), now=world.now
    )
    matter = world.fresh(matter)
    assert (matter.state_name, matter.closed_on) == ("rectifying", None)
    assert set(matter.parties.filter(to_on=None).values_list("role", "organisation")) == parts
    assert "rules.closing.mine_closed_instead" in {
        reason.code for reason in closing.missing(closing_facts(matter, on=world.today))
    }


def determine(world: World, circumstance: Circumstance) -> None:
    ResponsibleParty.objects.create(
        region=world.mine.region,
        mine=world.mine,
        circumstance=circumstance.value,
        organisation=world.organisation("county_government"),
        number="青石政函〔2026〕1号",
        decided_on=world.today,
        decided_by="青石县人民政府",
    )


def test_the_duty_passes_to_the_government_only_after_a_determination_and_the_case_stays_open(
    world: World,
) -> None:
    matter, clerk = brought_to(world, "rectifying", a_case(world)), world.actor("county_clerk")
    matter = brought_to(world, "assigned")
    with pytest.raises(RuleBroken) as refused:
        actions.note_extinction(matter, Brought(), actor=clerk, now=world.now)
    assert "《矿产资源法》第四十五条" in refused.value.say()
    determine(world, Circumstance.HOLDER_EXTINCT)
    actions.note_extinction(matter, Brought(), actor=clerk, now=world.now)
    matter = world.fresh(matter)
    executing = matter.parties.get(role=Role.EXECUTING, to_on=None)
    assert executing.organisation == world.organisation("county_government")
    assert (matter.state_name, matter.closed_on) == ("assigned", None)


def test_performance_at_the_holders_cost_needs_a_number_and_a_holder(world: World) -> None:
    matter, leader = brought_to(world, "rectifying"), world.actor("county_leader")
    with pytest.raises(RuleBroken):
        actions.order_performance(matter, said("逾期不整改"), performer="某公司", actor=leader, now=world.now)
    brought = said("逾期不整改", number="青石政决〔2026〕2号")
    actions.order_performance(matter, brought, performer="某公司", actor=leader, now=world.now)
    determine(world, Circumstance.HOLDER_EXTINCT)
    with pytest.raises(RuleBroken) as refused:
        actions.order_performance(
            world.fresh(matter), brought, performer="某公司", actor=leader, now=world.now
        )
    assert "第七十一条" in refused.value.say()


def test_the_same_order_to_stop_for_many_mines_asks_for_a_reason_each(world: World) -> None:
    other = Mine.objects.create(key="M-9", name="石门采石场", region=world.mine.region)
    of = {
        "region": world.mine.region,
        "resume_when": "边坡治理后核查",
        "actor": world.actor("county_dispatcher"),
        "now": world.now,
    }
    same = dict.fromkeys([world.mine, other], "环保督察期间停产")
    with pytest.raises(RuleBroken) as refused:
        actions.draft_stop_order("停产决定", same, **of)
    assert "其中 1 座没有单独理由" in refused.value.say()
    order = actions.draft_stop_order("停产决定", {world.mine: "边坡失稳", other: "无证开采"}, **of)
    assert order.mines.count() == 2


def test_only_the_level_that_approved_the_plan_extends_it(world: World) -> None:
    matter = brought_to(world, "rectifying")
    later = matter.due_on + timedelta(days=30)
    brought = said("雨季停工", number="云自然资〔2026〕8号")
    with pytest.raises(RuleBroken) as refused:
        actions.extend(matter, brought, due_on=later, actor=world.actor("county_reviewer"), now=world.now)
    assert "云岭市自然资源局" in refused.value.say()
    actions.extend(matter, brought, due_on=later, actor=world.actor("city_reviewer"), now=world.now)
    change = world.fresh(matter).due_changes.latest("id")
    assert (change.new_due_on, change.number) == (later, "云自然资〔2026〕8号")


def test_a_target_is_adjusted_in_a_version_beside_the_old_one(world: World) -> None:
    matter = brought_to(world, "rectifying")
    actions.adjust(
        matter,
        said("地形所限", number="云自然资〔2026〕9号"),
        target="复绿 2.8 公顷",
        target_quantity=None,
        target_unit="公顷",
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    versions = list(matter.plans.order_by("number").values_list("number", "state", "target"))
    assert versions == [
        (1, "replaced", "回填采坑并复绿 3.2 公顷"),
        (2, "approved", "复绿 2.8 公顷"),
    ]
    assert matter.plans.get(number=2).measures.count() == 1


def test_a_returned_plan_stays_beside_the_next_version(world: World) -> None:
    matter = brought_to(world, "planned")
    actions.return_plan(matter, said("目标不够具体"), actor=world.actor("city_reviewer"), now=world.now)
    from qingshan.office.cases.tests.factories import _plan

    _plan(world, world.fresh(matter))
    assert list(matter.plans.order_by("number").values_list("number", "state")) == [
        (1, "returned"),
        (2, "submitted"),
    ]


def test_a_case_that_goes_to_another_county_leaves_one_stock_and_enters_the_other(world: World) -> None:
    matter = brought_to(world, "assigned")
    there = world.people.regions["990102"]
    actions.transfer(
        matter, said("矿区跨县"), region=there, actor=world.actor("provincial_dispatcher"), now=world.now
    )
    assert world.fresh(matter).region == there
    dispatcher = world.actor("provincial_dispatcher")
    of = {"actor": dispatcher, "from_on": world.today, "to_on": world.today}
    here = stock_flow("rectification", region_id=world.mine.region_id, **of)
    came = stock_flow("rectification", region_id=there.pk, **of)
    assert (here.closing, came.closing) == (0, 1)
    assert astray() == []


def test_a_split_case_goes_out_and_its_parts_come_in(world: World) -> None:
    matter = brought_to(world, "assigned")
    dispatcher = world.actor("county_dispatcher")
    actions.split(matter, said("两处采坑"), parts=["东采坑", "西采坑"], actor=dispatcher, now=world.now)
    parts = list(matter.children.order_by("number"))
    assert [(part.title, part.state_name, part.number) for part in parts] == [
        ("东采坑", "registered", f"{matter.number}-1"),
        ("西采坑", "registered", f"{matter.number}-2"),
    ]
    flow = stock_flow("rectification", actor=dispatcher, from_on=world.today, to_on=world.today)
    assert flow.counts == {Move.OPENED: 1, Move.SPLIT_OUT: 1, Move.SPLIT_IN: 2}
    assert astray() == []


def test_a_correction_is_a_new_entry_and_the_old_words_stay(world: World) -> None:
    matter = a_case(world)
    actions.correct(
        matter,
        said("笔误"),
        corrected={"title": "采坑未回填复绿", "state_id": "rectification.closed"},
        actor=world.actor("county_clerk"),
        now=world.now,
    )
    matter = world.fresh(matter)
    assert (matter.title, matter.state_name) == ("采坑未回填复绿", "registered")
    assert matter.steps.latest("matter_version").facts["was_title"] == "采坑未回填"


def test_who_complained_stands_apart_and_no_enterprise_reaches_it(world: World) -> None:
    a_petition(world)
    assert Complainant.objects.get().name == "某居民"
    manager = world.actor("enterprise_manager")
    assert list(access.visible_to(Complainant.objects.all(), manager)) == []
    assert list(access.visible_to(Complainant.objects.all(), world.actor("expert"))) == []
    assert list(access.visible_to(Complainant.objects.all(), world.actor("county_clerk"))) != []
    leading = [
        relation.get_accessor_name()
        for model in apps.get_models()
        for relation in model._meta.related_objects
        if relation.related_model is Complainant and relation.get_accessor_name()
    ]
    assert [name for name in leading if not name.endswith("+")] == []
    assert scoped(Complainant.objects.all(), manager).count() == 0


def test_no_name_of_a_complainant_enters_the_trail(world: World) -> None:
    a_petition(world)
    texts = [f"{entry.new_json}{entry.old_json}" for entry in Entry.objects.all()]
    assert not any("某居民" in text or "13900000000" in text for text in texts)


@pytest.mark.parametrize("number", ["D2SX202104170024", "X140000201812030028"])
def test_an_official_number_of_a_petition_is_kept(world: World, number: str) -> None:
    assert a_petition(world, number=number).number == number


@pytest.mark.parametrize("number", ["D2SX20210417", "A140000201812030028", "D2SX2021041700241"])
def test_what_is_no_official_number_is_refused(world: World, number: str) -> None:
    with pytest.raises(RuleError):
        a_petition(world, number=number)


def test_a_petition_without_a_number_gets_one_of_our_own(world: World) -> None:
    assert "990101" in a_petition(world).number


def test_a_number_that_an_old_ledger_has_used_is_passed_over(world: World) -> None:
    a_case(world, number="整改-990101-2026-0001")
    assert a_case(world).number == "整改-990101-2026-0002"


def test_another_county_can_do_nothing_with_it(world: World) -> None:
    matter = a_case(world)
    with pytest.raises(NotAllowed):
        actions.verify(matter, said(), actor=world.actor("other_county_clerk"), now=world.now)


def test_the_levels_are_fixed_with_their_rulebook_when_it_is_assigned(world: World) -> None:
    matter = brought_to(world, "assigned", a_case(world, source=SourceKind.CENTRAL_INSPECTION))
    assert matter.case.levels == ["county", "prefecture", "province"]
    assert matter.case.levels_by["id"] == "rectification"


def test_a_determination_is_found_when_the_mine_was_merged_into_another_entry(world: World) -> None:
    matter = brought_to(world, "assigned")
    kept = Mine.objects.create(key="M-8", name="老虎沟铁矿", region=world.mine.region)
    Mine.objects.filter(pk=world.mine.pk).update(merged_into=kept)
    determine(world, Circumstance.HOLDER_EXTINCT)
    ResponsibleParty.objects.update(mine=kept)
    actions.note_extinction(world.fresh(matter), Brought(), actor=world.actor("county_clerk"), now=world.now)
    assert (
        world.fresh(matter).parties.get(role=Role.EXECUTING, to_on=None).organisation.name == "青石县人民政府"
    )
