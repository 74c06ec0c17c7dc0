"""A random walk over batches and single sites: anybody tries any act, sometimes rightly, often not.

It counts how often each act was taken and refused; after every step the counts add up, no site and no area has
vanished, and no site stands in two open batches.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from qingshan.office.batches import actions
from qingshan.office.batches.actions import NewBatch, Visit
from qingshan.office.batches.claims import to_answer
from qingshan.office.batches.facts import (
    as_counted,
    batch_of,
    counts_of,
    numbers_of,
    open_objections,
    rows_of,
    unfinished_rows,
)
from qingshan.office.batches.kinds import KINDS
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.tests.factories import (
    FAILS,
    PASSES,
    SECRETS,
    World,
    a_notice,
    chosen,
    opening,
    seats,
    square,
)
from qingshan.office.cases.actions.working import NewEvidence
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.observations.models import Claim
from qingshan.rules.acceptance import Payer
from qingshan.rules.batches import BatchSite as Counted
from qingshan.rules.batches import Standing, lost_between, reconcile
from qingshan.rules.errors import QingshanError
from qingshan.rules.flow import Transition
from qingshan.rules.matters import Channel, EvidenceKind
from qingshan.rules.restoration import CM2_PER_M2
from qingshan.rules.sampling import Check, seal_of

RIGHTLY = 0.85
"""How often whoever may do it tries, with everything it takes."""
PEOPLE = ("county_clerk", "county_reviewer", "county_dispatcher", "city_reviewer", "city_leader", "provincial_reviewer",
          "provincial_dispatcher", "enterprise_manager", "county_leader")  # fmt: skip
BY_DUTY = {
    "registry": "county_clerk",
    "review": "city_reviewer",
    "lead": "city_leader",
    "dispatch": "county_dispatcher",
}
FULL = Brought(grounds="现场核实，须整改", number="云自然资修〔2026〕7号")
EMPTY = Brought()


@dataclass
class Walk:
    """One walk: its world, its dice, and what was taken and refused."""

    world: World
    dice: random.Random
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    sites: list[Site] = field(default_factory=list)
    matters: list[int] = field(default_factory=list)
    known: dict[int, list[Counted]] = field(default_factory=dict)
    touched: list[int] = field(default_factory=list)
    steps: int = 0

    def begin(self, *, batches: int = 3, singles: int = 2) -> None:
        """Pits side by side, some over each other and one without a shape; some batches and single sites."""
        self.sites = [self.world.site(square(122.2 + n * 0.0015)) for n in range(34)]
        self.sites.append(self.world.site(None, reported_area_m2=5_000.0))
        for _ in range(batches):
            self._form()
        for _ in range(singles):
            self._form(single=True)

    def step(self) -> None:
        """Time passes, or somebody tries something."""
        if self.dice.random() < 0.06:
            self.world.later(self.dice.randint(1, 12))
        elif self.dice.random() < 0.08 or not self.matters:
            self._form(single=self.dice.random() < 0.4)
        else:
            self._try()
        self.steps += 1
        self.holds(self.matters if self.steps % 100 == 0 else self.touched)

    # --- acts ----------------------------------------------------------------------------------------------------

    def _form(self, *, single: bool = False) -> None:
        count = 1 if single else self.dice.choice((0, 2, 4, 5, 12, 16))
        picked = self.dice.choices(self.sites, k=count)
        if self.dice.random() < RIGHTLY:
            held = set(BatchSite.objects.filter(is_open=True).values_list("site_id", flat=True))
            free = [site for site in self.sites if site.pk not in held]
            picked = self.dice.sample(free, min(count, len(free)))
        new = NewBatch(opening(self.world), chosen(*picked), self.dice.choice(list(Payer)))
        act = actions.take_up_single if single else actions.form_batch
        made = self._do(act.__name__, lambda: act(new, **self.world.by("county_clerk")))
        if isinstance(made, Matter):
            self.matters.append(made.pk)
            self.touched = [made.pk]

    def _try(self) -> None:
        left = list(Matter.objects.filter(closed_on=None).order_by("pk").values_list("pk", flat=True))
        among = left if left and self.dice.random() < 0.9 else self.matters
        matter = self.world.fresh(Matter.objects.get(pk=self.dice.choice(among)))
        self.touched = [matter.pk]
        flow = kind_named(matter.kind).flow
        fitting = list(flow.acts_from(matter.state_name))
        if not fitting:
            return
        seldom = sorted(fitting, key=lambda line: (self.taken[_short(line.act)], self.dice.random()))
        line = seldom[0] if self.dice.random() < 0.45 else self.dice.choice(fitting)
        steps = flow.steps_from(matter.state_name)
        if steps and self.dice.random() < 0.35:
            line = steps[0]
        rightly = self.dice.random() < RIGHTLY
        if self.dice.random() < 0.05:
            line = self.dice.choice(flow.transitions)
        if self.dice.random() < 0.05:
            self._images_doubt(matter)
        if "withdraw" in line.act and self.dice.random() < 0.8:
            return
        if rightly:
            matter = self._prepared(matter, _plainly(line.act))
        who = self._who(line) if rightly else self.dice.choice(PEOPLE)
        brought = FULL if rightly else self.dice.choice((FULL, EMPTY))
        self._do(_short(line.act), lambda: self._act(matter, line, who, brought))

    def _prepared(self, matter: Matter, name: str) -> Matter:
        """Whoever means it does first what the act asks for, mostly."""
        if name == "conclude":
            self.world.later(14)
        for code, who, times in HELPS.get(name, ()):
            for _ in range(times):
                flow, said = kind_named(matter.kind).flow, _of_kind(code, matter.kind)
                possible = any(line.act == said for line in flow.acts_from(matter.state_name))
                if not possible or self.dice.random() < 0.05:
                    break
                attempt = Attempt(self, matter, FULL, self.world.by(who))
                if self._do(_short(said), getattr(attempt, code)) is None:
                    break
                matter = self.world.fresh(matter)
        return matter

    def _who(self, line: Transition) -> str:
        if line.duty is None:
            return "enterprise_manager"
        return BY_DUTY[str(line.duty)]

    def _images_doubt(self, matter: Matter) -> None:
        """As if images had been looked at: one claim is not supported."""
        claims = Claim.objects.filter(matter=matter, state="queued")
        if (claim := claims.first()) is not None:
            Claim.objects.filter(pk=claim.pk).update(
                state="observed", verdict="unsupported", answer_state="asked"
            )

    def _act(self, matter: Matter, line: Transition, who: str, brought: Brought) -> Any:
        return getattr(Attempt(self, matter, brought, self.world.by(who)), _plainly(line.act))()

    def _do(self, name: str, act: Callable[[], Any]) -> Any:
        """Done, or refused in words; a walk that finds nothing to name counts it as refused too."""
        try:
            made = act()
        except (QingshanError, IndexError):
            self.refused[name] += 1
            return None
        self.taken[name] += 1
        self.entries += 1
        return made

    # --- what always holds ---------------------------------------------------------------------------------------

    def holds(self, among: list[int]) -> None:
        """Of these matters: counts add up, nothing vanished; of all: no site stands in two open ones."""
        for matter in Matter.objects.filter(pk__in=among):
            rows = rows_of(batch_of(matter))
            assert reconcile(counts_of(rows)) == ()
            now = [_own(row) for row in rows]
            before = self.known.get(matter.pk, now)
            added = {each.id for each in now} - {each.id for each in before}
            assert lost_between(before, now, added=added) == ()
            self.known[matter.pk] = now
            assert all(row.area_cm2 is None or 0 <= row.area_cm2 <= (row.own_cm2 or 0) for row in rows)
        held = Counter(BatchSite.objects.filter(is_open=True).values_list("site_id", flat=True))
        assert max(held.values(), default=0) <= 1

    def missing(self) -> list[str]:
        """The acts of the two tables that were never taken."""
        acts = {_short(line.act) for kind in KINDS for line in kind.flow.transitions}
        return sorted(acts - set(self.taken))

    def table(self) -> str:
        """How often each act was taken and refused."""
        names = sorted({*self.taken, *self.refused})
        return "\n".join(f"{self.taken[name]:5} {self.refused[name]:5} {name}" for name in names)


class Attempt:
    """One act on one matter, with what somebody brings to it: a method for each act of the two tables."""

    def __init__(self, walk: Walk, matter: Matter, said: Brought, by: dict[str, Any]) -> None:
        self.walk, self.world, self.dice = walk, walk.world, walk.dice
        self.matter, self.said, self.by = matter, said, by
        self.batch = batch_of(matter)
        self.rows = rows_of(self.batch)

    def _plain(self, action: Callable[..., Any], **more: Any) -> Any:
        return action(self.matter, self.said, **more, **self.by)

    def _finished(self, rows: list[BatchSite]) -> list[actions.Finished]:
        return [actions.Finished(row, self.world.today) for row in rows]

    def finish(self) -> Any:
        left = unfinished_rows(self.batch)
        some = left if self.dice.random() < 0.9 else left[1:]
        return self._plain(actions.finish_batch, finished=self._finished(some))

    def apply_for(self) -> Any:
        finished = self._finished(unfinished_rows(self.batch))
        return self._plain(actions.apply_for_acceptance, finished=finished)

    def add_evidence(self) -> Any:
        new = NewEvidence(EvidenceKind.MEASUREMENT, "测量")
        return self._plain(actions.add_evidence, evidence=[new])

    def seal_number(self) -> Any:
        side = self.dice.choice(list(SECRETS))
        unit = self.world.people.holdings[side].post.organisation.name
        digest = seal_of(SECRETS[side], subject=self.batch.subject, by=unit)
        by = self.world.by(side)
        return actions.seal_number(self.matter, self.said, seal=digest, by=unit, **by)

    def open_number(self) -> Any:
        shut = [each for each in numbers_of(self.batch) if not each.secret] or numbers_of(self.batch)
        number = self.dice.choice(shut)
        units = {side: self.world.people.holdings[side].post.organisation.pk for side in SECRETS}
        side = next(side for side, unit in units.items() if unit == number.organisation_id)
        secret = SECRETS[side] if self.dice.random() < 0.9 else "ab" * 16
        by = self.world.by(side)
        return actions.open_number(self.matter, number, self.said, secret=secret, **by)

    def record_check(self) -> Any:
        waiting = [row for row in self.rows if row.check_named is Check.OPEN]
        if self.dice.random() < 0.1:
            waiting = self.rows
        found = PASSES if self.dice.random() < 0.8 else FAILS
        visit, row = Visit("钱审、周专", self.world.today), self.dice.choice(waiting)
        return actions.record_check(self.matter, row, self.said, found=found, visit=visit, **self.by)

    def send_back_site(self) -> Any:
        failed = [
            row
            for row in self.rows
            if row.check_named is Check.FAILED and row.standing_named is Standing.WAITING
        ]
        return actions.send_back_site(
            self.matter, self.dice.choice(failed or self.rows), self.said, **self.by
        )

    def add_site(self) -> Any:
        return self._plain(actions.add_sites, sites=chosen(self.dice.choice(self.walk.sites)))

    def take_out_site(self) -> Any:
        return actions.take_out_site(self.matter, self.dice.choice(self.rows), self.said, **self.by)

    def accept(self) -> Any:
        if not self.batch.is_single:
            return self._plain(actions.accept_batch)
        found = PASSES if self.dice.random() < 0.8 else FAILS
        return self._plain(actions.accept_single, found=found, visit=Visit("钱审", self.world.today))

    def answer_finding(self) -> Any:
        claims = to_answer(self.matter)
        return actions.answer_finding(self.matter, claims[0], self.said, **self.by)

    def register_objection(self) -> Any:
        return self._plain(actions.register_objection, text="北坡没有覆土", channel=Channel.PHONE)

    object_to = register_objection

    def answer_objection(self) -> Any:
        left = open_objections(self.matter)
        return self._plain(actions.answer_objection, objection=left[0], upheld=False)

    def trace_back(self) -> Any:
        kept = [row for row in self.rows if row.standing_named is Standing.ACCEPTED]
        row = self.dice.choice(kept or self.rows)
        return self._plain(actions.trace_back, row=row, confirmed=self.dice.random() < 0.4)

    def give_notice(self) -> Any:
        return self._plain(actions.give_notice, notice=a_notice())

    def name_panel(self) -> Any:
        return self._plain(actions.name_panel, seats=seats(self.world))

    def correct(self) -> Any:
        return self._plain(actions.correct_batch, title=self.matter.title, payer=Payer.OBLIGED)

    def urge(self) -> Any:
        return self._plain(actions.urge, text="请抓紧办理")

    def report_progress(self) -> Any:
        return self._plain(actions.report_progress, percent=self.dice.randint(0, 120))

    def __getattr__(self, name: str) -> Callable[[], Any]:
        """Acts that bring nothing but words and a number."""
        return lambda: self._plain(getattr(actions, PLAIN[name]))


PLAIN = {
    "close_list": "close_list",
    "draw_sample": "draw_sample",
    "draw_double": "draw_double",
    "check_whole": "check_whole",
    "cancel_list": "cancel_list",
    "return": "return_batch",
    "stop_notice": "stop_notice",
    "conclude": "conclude",
    "withdraw": "withdraw_batch",
    "resume_forming": "resume_forming",
    "reopen": "reopen_single",
}
"""Acts that bring nothing but words and a number, by what their codes are without the kind."""


HELPS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "apply_for": (("add_evidence", "enterprise_manager", 1),),
    "close_list": (("seal_number", "city_reviewer", 2),),
    "draw_sample": (("open_number", "city_reviewer", 4),),
    "draw_double": (("record_check", "city_reviewer", 4),),
    "check_whole": (("record_check", "city_reviewer", 8),),
    "accept": (
        ("record_check", "city_reviewer", 18),
        ("send_back_site", "city_reviewer", 4),
        ("answer_finding", "enterprise_manager", 1),
        ("name_panel", "county_clerk", 1),
    ),
    "conclude": (("answer_objection", "county_clerk", 2), ("answer_finding", "enterprise_manager", 1)),
}
"""What helps towards an act: by whom, and at most how often."""


def _of_kind(code: str, kind: str) -> str:
    """The code of an act of one of the two tables by what both call it."""
    flow = kind_named(kind).flow
    return next((act for act in flow.acts if _plainly(act) == code), "")


def _plainly(act: str) -> str:
    """What both tables call an act."""
    return _short(act).replace("_single", "").replace("_batch", "")


def _short(act: str) -> str:
    return act.partition(".")[2]


def _own(row: BatchSite) -> Counted:
    """The site with its own area, which nothing that happens to others changes."""
    counted = as_counted(row)
    own = None if row.own_cm2 is None else Decimal(row.own_cm2) / CM2_PER_M2
    return Counted(counted.id, counted.standing, own, counted.drawn_in, counted.check)
