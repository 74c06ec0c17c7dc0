from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qingshan.rules.duties import Duty
from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.flow import Deadline, Flow, Transition, diagram, diagrams, main
from qingshan.rules.flows import all_flows
from qingshan.rules.reasons import Sentence, declare, declared

NEED = "test.flow.no_acceptance_document"
declare({NEED: Sentence(zh="缺少验收文件。请先上传。", en="The acceptance document is missing. Upload it.")})

STATES = {
    "open": Sentence(zh="整改中", en="open"),
    "checked": Sentence(zh="已验收", en="accepted"),
    "closed": Sentence(zh="已销号", en="closed"),
}
ACTS = {
    "test.accept": Sentence(zh="验收", en="accept"),
    "test.close": Sentence(zh="销号", en="close"),
    "test.reopen": Sentence(zh="重新挂账", en="reopen"),
}
LINES = (
    Transition("test.accept", ("open",), "checked", Duty.REVIEW, needs=(NEED,)),
    Transition("test.close", ("checked",), "closed", Duty.LEAD),
    Transition(
        "test.reopen", ("checked", "closed"), "open", Duty.DISPATCH, deadline=Deadline("book", "days")
    ),
)
GOOD = Flow(
    kind="test",
    title=Sentence(zh="整改", en="Rectification"),
    initial="open",
    final=frozenset({"closed"}),
    names=STATES,
    transitions=LINES,
    act_names=ACTS,
)


def faults_of(**changed: object) -> list[str]:
    with pytest.raises(RuleError) as refused:
        replace(GOOD, **changed)
    return [reason.code for reason in refused.value.reasons]


def test_an_act_leads_to_the_state_of_its_line() -> None:
    assert GOOD.after("open", "test.accept", met=[NEED]) == "checked"
    assert GOOD.after("checked", "test.close") == "closed"
    assert GOOD.after("closed", "test.reopen") == "open"


def test_a_need_that_is_not_shown_to_be_met_refuses_the_act() -> None:
    with pytest.raises(RuleBroken) as refused:
        GOOD.after("open", "test.accept")
    assert refused.value.say() == "缺少验收文件。请先上传。"


def test_an_act_from_the_wrong_state_says_what_is_possible_instead() -> None:
    with pytest.raises(RuleBroken) as refused:
        GOOD.after("checked", "test.accept", met=[NEED])
    assert refused.value.say() == "当前状态为“已验收”，不能办理“验收”。现在可以办理：销号、重新挂账。"
    assert "Possible now: close, reopen." in refused.value.say("en")


def test_an_act_that_no_flow_knows_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        GOOD.after("open", "test.dance")
    assert refused.value.code == "rules.flow.not_from_here"


def test_a_state_that_the_flow_does_not_have_is_a_mistake_of_the_program() -> None:
    with pytest.raises(RuleError) as refused:
        GOOD.acts_from("lost")
    assert refused.value.code == "rules.flow.unknown_state"


def test_the_buttons_of_a_state_come_in_the_order_of_the_table() -> None:
    assert [line.act for line in GOOD.acts_from("checked")] == ["test.close", "test.reopen"]
    assert GOOD.line("closed", "test.reopen").deadline == Deadline("book", "days")
    assert GOOD.states == ("open", "checked", "closed")
    assert GOOD.acts == ("test.accept", "test.close", "test.reopen")


def test_a_state_that_cannot_be_reached_is_found() -> None:
    lost = {**STATES, "lost": Sentence(zh="丢失", en="lost")}
    lines = (*LINES, Transition("test.accept", ("lost",), "closed", None))
    assert faults_of(names=lost, transitions=lines) == ["rules.flow.unreached"]


def test_a_state_that_is_never_left_is_found() -> None:
    assert "rules.flow.never_left" in faults_of(
        transitions=(LINES[0], *LINES[1:2]), final=frozenset({"open"})
    )


def test_an_act_that_leads_back_to_the_same_state_does_not_leave_it() -> None:
    circling = replace(LINES[1], to_state="checked")
    assert "rules.flow.never_left" in faults_of(transitions=(LINES[0], circling), final=frozenset({"closed"}))


def test_going_in_circles_for_ever_is_found_unless_the_flow_is_lasting() -> None:
    circle = (LINES[0], replace(LINES[2], from_states=("checked",)))
    two = {name: STATES[name] for name in ("open", "checked")}
    nothing_final: frozenset[str] = frozenset()
    assert faults_of(transitions=circle, names=two, final=nothing_final) == [
        "rules.flow.no_end", "rules.flow.never_ends", "rules.flow.never_ends",
    ]  # fmt: skip
    assert replace(GOOD, transitions=circle, names=two, final=nothing_final, lasting=True).states == (
        "open",
        "checked",
    )


def test_the_same_act_twice_from_one_state_is_found() -> None:
    twice = (*LINES, replace(LINES[1], to_state="open"))
    assert faults_of(transitions=twice) == ["rules.flow.act_twice"]


def test_states_and_acts_without_names_are_found_together() -> None:
    lines = (
        *LINES,
        Transition("test.vanish", ("closed",), "gone", None),
        Transition("test.close", (), "open", None),
    )
    assert faults_of(transitions=lines) == [
        "rules.flow.unnamed_act", "rules.flow.from_nowhere", "rules.flow.unknown_state",
    ]  # fmt: skip
    assert faults_of(initial="gone") == ["rules.flow.unknown_state"]


def test_the_diagram_is_made_from_the_table() -> None:
    assert diagram(GOOD).splitlines() == [
        "stateDiagram-v2",
        '    state "整改中" as s0',
        '    state "已验收" as s1',
        '    state "已销号" as s2',
        "    [*] --> s0",
        "    s0 --> s1 : 验收（审核）",
        "    s1 --> s2 : 销号（领导）",
        "    s1 --> s0 : 重新挂账（调度）",
        "    s2 --> s0 : 重新挂账（调度）",
        "    s2 --> [*]",
    ]
    assert "s0 --> s1 : accept (review)" in diagram(GOOD, "en")


def test_marks_that_mermaid_reads_as_its_own_are_replaced() -> None:
    awkward = {**ACTS, "test.close": Sentence(zh='销号: "完";\n了', en="close")}
    assert "销号： ”完”； 了（领导）" in diagram(replace(GOOD, act_names=awkward))


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.kind)
def test_every_need_of_a_real_flow_has_its_sentence(flow: Flow) -> None:
    needs = {need for line in flow.transitions for need in line.needs}
    assert needs <= set(declared())


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.kind)
def test_every_act_of_a_real_flow_is_named_room_dot_verb(flow: Flow) -> None:
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", act) for act in flow.acts)


def test_all_flows_print_as_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    main("en")
    printed = capsys.readouterr().out
    assert printed == diagrams(all_flows(), "en")
    assert printed.count("```mermaid") == len(all_flows()) >= 1
