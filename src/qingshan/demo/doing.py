"""Which act is meant by each word of a diary, and with what is it called?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qingshan.demo.acting import Doing, Now, bringing, done_by, given, plain
from qingshan.demo.batching import BATCHING
from qingshan.demo.circumstances import head_title, heads_of, managers_of
from qingshan.demo.entering import (
    applied,
    decide_item,
    register,
    register_late,
    register_petition,
    take_in_document,
    turn,
)
from qingshan.demo.planting import PLANTING
from qingshan.demo.regions import NAMES
from qingshan.demo.reporting import (
    answer,
    ask_expert,
    complete_stage,
    draft,
    measure,
    photograph,
    report,
    visit,
)
from qingshan.demo.restoring import RESTORING
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases import actions
from qingshan.office.matters.actions import Named
from qingshan.office.mines.actions import determine_responsible_party
from qingshan.rules.matters import Channel, EnforcementState
from qingshan.rules.register import Circumstance, MineState, RegionLevel
from qingshan.rules.roles import Role

_LEVELS = {"county": RegionLevel.COUNTY, "city": RegionLevel.PREFECTURE, "province": RegionLevel.PROVINCE}


def _assigned(now: Now) -> dict[str, Any]:
    organisation = now.show.cast.organisation
    return {
        "answering": organisation(now.event.value("answering")),
        "joint": [organisation(now.event.value("joint"))],
        "due_on": now.day(now.event.value("due")),
    }


def _passed_on(now: Now) -> dict[str, Any]:
    answering = now.show.cast.organisation(now.event.value("answering"))
    return {"answering": answering, "due_on": now.day(now.event.value("due"))}


def _duties(now: Now) -> dict[str, Any]:
    """三个责任: of the enterprise, or of the government where nobody holds the mine; of sector and territory."""
    cast, county, uscc = now.show.cast, now.event.value("county"), now.event.value("uscc")
    head, secretary, deputy = heads_of(county)
    government = cast.organisation(f"{county}/government")
    chief = cast.holding(f"{county}/natural/局长")
    firm: Organisation = cast.organisation(uscc) if uscc else government
    named = [
        Named(
            Role.ENTERPRISE_DUTY,
            firm,
            post="总经理" if uscc else f"分管副{head_title(county)}",
            person_name=managers_of(uscc)[0] if uscc else deputy,
        ),
        Named(Role.SECTOR_DUTY, cast.organisation(f"{county}/natural"), post="局长", person=chief.person),
        Named(Role.TERRITORIAL_DUTY, government, post=head_title(county), person_name=head),
    ]
    if now.event.value("both"):  # 党政同责
        party = f"中共{NAMES[county]}委员会"
        named.append(Named(Role.TERRITORIAL_DUTY, unit_name=party, post="书记", person_name=secretary))
    return {"duties": named}


def _due(now: Now) -> dict[str, Any]:
    return {"due_on": now.day(now.event.value("due"))}


def _region(now: Now) -> dict[str, Any]:
    return {"region": now.show.cast.regions[now.event.value("region")]}


def _determine(now: Now) -> None:
    """责任主体认定: the holder is extinct, the county's government restores."""
    matter = now.matter
    determine_responsible_party(
        matter.mine if matter.mine else now.show.cast.site(now.of.site_key),
        circumstance=Circumstance.HOLDER_EXTINCT,
        organisation=now.show.cast.organisation(now.event.value("government")),
        grounds=now.event.said,
        **done_by(now),
    )


DOING: dict[str, Doing] = {
    **RESTORING,
    **PLANTING,
    **BATCHING,
    "register": register,
    "register_late": register_late,
    "register_petition": register_petition,
    "turn": turn,
    "take_in_document": take_in_document,
    "decide_item": decide_item,
    "verify": plain(actions.verify),
    "dismiss": plain(actions.dismiss),
    "withdraw": plain(actions.withdraw),
    "assign": bringing(actions.assign, _assigned),
    "take_on": bringing(actions.take_on, _duties),
    "transfer": bringing(actions.transfer, _region),
    "merge": bringing(actions.merge, lambda now: {"into": now.show.matter(now.event.value("into"))}),
    "split": bringing(actions.split, given("parts")),
    "urge": bringing(actions.urge, given("text")),
    "determine": _determine,
    "note_extinction": plain(actions.note_extinction),
    "note_mine_state": bringing(
        actions.note_mine_state,
        lambda now: {"state": MineState(now.event.value("state")), "since_on": now.on},
    ),
    "order_performance": bringing(actions.order_performance, given("performer")),
    "draft_plan": draft,
    "submit_plan": plain(actions.submit_plan),
    "approve_plan": plain(actions.approve_plan),
    "return_plan": plain(actions.return_plan),
    "begin_at_once": plain(actions.begin_at_once),
    "report_progress": report,
    "measure": measure,
    "photograph": photograph,
    "ask_expert": ask_expert,
    "adjust": bringing(
        actions.adjust,
        lambda now: {
            "target": now.event.value("target"),
            "target_quantity": Decimal(now.event.value("quantity")),
            "target_unit": "公顷",
        },
    ),
    "extend": bringing(actions.extend, _due),
    "self_check": plain(actions.self_check),
    "apply_for_acceptance": bringing(actions.apply_for_acceptance, applied),
    "accept": bringing(
        actions.accept, lambda now: {"level": _LEVELS[now.event.value("level")], **visit(now)}
    ),
    "return_acceptance": plain(actions.return_acceptance),
    "give_notice": bringing(
        actions.give_public_notice,
        lambda now: {"contact": "县自然资源局生态修复股（模拟）", **given("where", "summary")(now)},
    ),
    "stop_notice": plain(actions.stop_public_notice),
    "object": bringing(
        actions.register_objection, lambda now: {"text": now.event.value("text"), "channel": Channel.PHONE}
    ),
    "answer": answer,
    "evaluate": bringing(actions.evaluate_effect, lambda now: {"target_reached": True}),
    "note_enforcement": bringing(
        actions.note_enforcement,
        lambda now: {
            "state": EnforcementState(now.event.value("state")),
            "outcome": now.event.value("outcome"),
            "decided_on": now.on if now.event.value("outcome") else None,
        },
    ),
    "note_mechanism": bringing(actions.note_mechanism, given("mechanism")),
    "close": plain(actions.close),
    "reopen": bringing(actions.reopen, _due),
    "pass_on": bringing(actions.pass_on, _passed_on),
    "verify_petition": bringing(actions.verify_petition, given("finding")),
    "handle_petition": plain(actions.handle_petition),
    "reply": plain(actions.reply_to_petition),
    "return_petition": plain(actions.return_petition),
    "finish": plain(actions.finish_petition),
    "finish_for_now": plain(actions.finish_petition_for_now),
    "accountability": plain(actions.note_petition_accountability),
    "complete_stage": complete_stage,
    "apply_yearly": plain(actions.apply_for_yearly_check),
    "pass_yearly": bringing(
        actions.pass_yearly_check,
        lambda now: {**visit(now), "next_due_on": now.day(now.event.value("next_due"))},
    ),
    "fail_yearly": plain(actions.fail_yearly_check),
    "mend": plain(actions.mend_lasting),
}
