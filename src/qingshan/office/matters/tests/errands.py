"""A kind of matter that exists only in tests: an errand (差事) is open, under way, done, and may be taken up again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.tests.people import People
from qingshan.office.matters.actions import Brought, Named, Opening, open_matter, take_step
from qingshan.office.matters.kinds import Asked, MatterKind, declare_kind
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.queries import one_matter
from qingshan.office.matters.seeding import seed_states
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.acts import Act, declare_acts
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Flow, Transition
from qingshan.rules.matters import SourceKind
from qingshan.rules.reasons import Reason, Sentence
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move

GROUNDS = "rules.rectification.no_grounds"
NAMES = {
    "open": Sentence("待办", "open"),
    "doing": Sentence("在办", "under way"),
    "done": Sentence("办完", "done"),
    "dropped": Sentence("不办", "dropped"),
}
ACTS = {
    "errands.begin": Sentence("开始办", "begin"),
    "errands.finish": Sentence("办完", "finish"),
    "errands.resume": Sentence("再办", "resume"),
    "errands.drop": Sentence("不办", "drop"),
    "errands.remark": Sentence("备注", "remark"),
    "errands.move": Sentence("移交", "move"),
}
FLOW = Flow(
    kind="errand",
    title=Sentence("差事", "Errands"),
    initial="open",
    final=frozenset({"done", "dropped"}),
    names=NAMES,
    act_names=ACTS,
    transitions=(
        Transition("errands.begin", ("open",), "doing", None, by=(Role.ANSWERING,)),
        Transition(
            "errands.finish",
            ("doing",),
            "done",
            Duty.REVIEW,
            needs=(GROUNDS,),
            level=RegionLevel.PREFECTURE,
            moves=(Move.CLOSED,),
        ),
        Transition("errands.resume", ("done",), "doing", Duty.DISPATCH, moves=(Move.REOPENED,)),
        Transition("errands.drop", ("open", "doing"), "dropped", Duty.LEAD, moves=(Move.WITHDRAWN,)),
        Transition("errands.remark", ("open", "doing"), STAYS, None),
        Transition(
            "errands.move",
            ("open", "doing"),
            STAYS,
            Duty.DISPATCH,
            moves=(Move.TRANSFERRED_OUT, Move.TRANSFERRED_IN),
        ),
    ),
)
REGISTER = Act(
    "errands.register",
    Duty.REGISTRY,
    Sentence("登记差事", "Register"),
    Sentence("登记“{about}”", "“{about}”"),
)


def _grounds(asked: Asked) -> Iterable[Reason]:
    return () if asked.grounds else (Reason(GROUNDS),)


KIND = MatterKind(
    flow=FLOW,
    needs={GROUNDS: _grounds},
    path=lambda matter: f"/errands/{matter.pk}/",
    brought=frozenset({GROUNDS}),
)


def declare() -> None:
    """Make the kind known, and its states to the database of the test."""
    declare_kind(KIND)
    declare_acts(REGISTER)
    seed_states()


@official_act
def register(
    people: People, *, actor: ActorLike, now: datetime, number: str = "E-1", **changes: Any
) -> Matter:
    """A new errand of 青石县, for its bureau to answer."""
    values: dict[str, Any] = {
        "title": "送一份文件",
        "region": people.regions["990101"],
        "source": SourceKind.OTHER,
        "parties": (Named(Role.ANSWERING, people.organisations["county_bureau"]),),
        **changes,
    }
    opening = Opening(kind="errand", number=number, **values)
    matter = open_matter(opening, REGISTER.code, actor=actor, now=now, details=lambda each: [])
    return one_matter(matter.pk, actor=actor)


@official_act
def do(
    matter: Matter,
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
    grounds: str = "",
    occurred_on: date | None = None,
    **changes: Any,
) -> Step:
    """Any act of the table."""
    brought = Brought(grounds=grounds, occurred_on=occurred_on)
    return take_step(matter, act, brought, actor=actor, now=now, changes=changes)
