"""What does a plan answer to 治什么、何时治、谁来治、治不好谁来管, and what does it leave open?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.cases.facts import plan_answer
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.models import Matter, MatterParty, Measure, Plan
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.four_questions import unanswered
from qingshan.rules.numbers import grouped
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.roles import THREE_DUTIES, Role


@dataclass(frozen=True)
class Question:
    """One of the four, with what the plan says to it and what is still open."""

    word: str
    title: str
    answers: tuple[tuple[str, str], ...]
    """(of what, the answer); an empty answer is none"""
    open: tuple[str, ...] = ()
    """What is missing, in sentences."""

    @property
    def line(self) -> str:
        """All of its answers in one line."""
        colon, joint = (": ", "; ") if (get_language() or CHINESE).startswith("en") else ("：", "；")
        return joint.join(f"{name}{colon}{answer or '—'}" for name, answer in self.answers)


def answered(plan: Plan, matter: Matter, measures: Sequence[Measure]) -> list[Question]:
    """What the plan says to the four questions, in their order; nothing is judged."""
    return [
        Question("what", _("治什么"), tuple(_what(plan, measures))),
        Question("when", _("何时治"), tuple(_when(plan, matter))),
        Question("who", _("谁来治"), tuple(_who(matter, measures))),
        Question("otherwise", _("治不好谁来管"), tuple(_otherwise(matter))),
    ]


def questions(
    plan: Plan, matter: Matter, measures: Sequence[Measure], *, reader: ActorLike
) -> list[Question]:
    """The same with what is still open of each."""
    missing = unanswered(plan_answer(plan, matter, reader=reader))
    return [replace(each, open=_open(missing, each.word)) for each in answered(plan, matter, measures)]


def _open(missing: Iterable[Reason], word: str) -> tuple[str, ...]:
    language = get_language() or CHINESE
    return tuple(say(each, language) for each in missing if each.code.startswith(f"rules.questions.{word}"))


def _what(plan: Plan, measures: Sequence[Measure]) -> Iterable[tuple[str, str]]:
    yield _("整改目标"), plan.target
    yield _("目标数量"), amount(plan.target_quantity, plan.target_unit)
    yield _("整改措施"), str(len(measures) or "")


def _when(plan: Plan, matter: Matter) -> Iterable[tuple[str, str]]:
    if plan.from_on:
        yield _("起始日期"), plan.from_on.isoformat()
    yield _("方案时限"), plan.due_on.isoformat() if plan.due_on else ""
    if matter.due_on and matter.due_on != plan.due_on:
        yield _("现行时限"), matter.due_on.isoformat()
    yield _("阶段节点"), str(plan.stages.count() or "")


def _who(matter: Matter, measures: Sequence[Measure]) -> Iterable[tuple[str, str]]:
    for role in (Role.LEADING, Role.JOINT, Role.EXECUTING):
        names = [each.unit_name for each in matter_parties(matter) if each.role == role]
        if names or role is Role.LEADING:
            yield role.say(get_language() or CHINESE), "、".join(names)
    named = [each for each in measures if each.unit_name and each.post and each.person_name]
    if measures:
        values = {"n": len(named), "all": len(measures)}
        yield _("落实到单位、岗位和人的措施"), _("%(n)s / %(all)s 项") % values
        people = (" ".join((each.unit_name, each.person_name)).strip() for each in measures)
        yield _("措施责任人"), "、".join(dict.fromkeys(filter(None, people)))


def _otherwise(matter: Matter) -> Iterable[tuple[str, str]]:
    for role in THREE_DUTIES:
        held = [each for each in matter_parties(matter) if each.role == role and each.is_on_a_person]
        yield role.say(get_language() or CHINESE), "；".join(_holder(each) for each in held)


def _holder(party: MatterParty) -> str:
    return f"{party.unit_name} {party.post} {party.person_name}"


def amount(quantity: Decimal | None, unit: str) -> str:
    """`3.2 公顷`; nothing for what nobody entered."""
    return "" if quantity is None else f"{grouped(quantity)} {unit}".strip()
