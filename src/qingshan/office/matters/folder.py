"""What does the page of one matter show and lack, whatever kind it is? Each kind adds its own in a class of its own.

Everything is read only when the page asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Person
from qingshan.office.experts.access import READERS as EXPERT_READERS
from qingshan.office.matters.access import ANSWER_DOUBT, matter_parties
from qingshan.office.matters.deciders import may_record
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import Doubt, Evidence, Matter, MatterParty, Step
from qingshan.office.matters.queries import acts_for, asked_about, steps_of
from qingshan.office.matters.showing import standing_of, state_look, whose_turn
from qingshan.office.matters.turns import next_line
from qingshan.office.mines.models import Site
from qingshan.office.places.picture import picture_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.acts import act
from qingshan.rules.common_needs import INDEPENDENT
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.flow import Transition
from qingshan.rules.matters import Phase
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import Role

BUTTONS = 4
PICTURE_PX = (338, 220)


@dataclass(frozen=True)
class Link:
    """Something that the reader may open: an act that can be done now, or a paper."""

    title: str
    path: str
    code: str = ""
    """of the act"""
    filled: bool = False
    hint: str = ""


@dataclass(frozen=True)
class View:
    """A part of what a card shows."""

    title: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Missing:
    """What stands against an act, with the act that helps where the reader may do it."""

    sentence: str
    act: Link | None = None


@dataclass(frozen=True)
class Told:
    """One step in words."""

    step: Step
    title: str
    recorder: str
    """whoever entered what another decided on paper; empty where the decider acted"""
    late: bool
    facts: tuple[tuple[str, Any], ...] = ()
    """what else it decided, in words"""


class Folder:
    """事项的全部."""

    around_deg: ClassVar[float] = 0.01
    """so much is drawn around its place: about a kilometre"""
    sends_back: ClassVar[frozenset[str]] = frozenset()
    """acts that send a matter back: while it stands where one put it, its page says why"""
    next_beside: ClassVar[str] = ""
    """a template of what else the reader must know of the next step; empty: nothing"""

    def __init__(self, matter: Matter, *, actor: Actor, now: datetime, of_site: int | None = None) -> None:
        self.matter, self.actor, self.now = matter, actor, now
        self.of_site = of_site
        self.kind = kind_named(matter.kind)
        self.language = get_language() or CHINESE

    # -- what each kind says of itself -----------------------------------------------------------------------

    @property
    def crumbs(self) -> Sequence[tuple[str, str]]:
        """The list from which one came."""
        return ()

    @property
    def stops(self) -> Sequence[Any]:
        """The step bar: title, note, state of each."""
        return ()

    def helps(self, reason: Reason) -> str:
        """The code of the act that removes this reason; empty where none does."""
        return ""

    def words_of(self, reason: Reason) -> str:
        """What this reader is told of a reason."""
        return say(reason, self.language)

    def begins_here(self, line: Transition) -> bool:
        """Whether an act is begun at the head of the page; others are begun from a row that they are about."""
        return True

    def help_elsewhere(self, reason: Reason) -> Link | None:
        """A page where this reason is removed by something that is no act on the matter."""
        return None

    def facts_of(self, facts: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        """What a step decided, in words; what has no name is kept for programs."""
        return ()

    @property
    def closing_lacks(self) -> list[Missing]:
        """What its end still lacks, listed long before anybody tries to end it."""
        return []

    @property
    def closing_lacks_title(self) -> str:
        """The heading of that list."""
        return ""

    @property
    def downloads(self) -> list[Link]:
        """What can be taken away as one file."""
        return []

    @property
    def related_papers(self) -> list[tuple[str, Link]]:
        """What stands beside the form of an act: a plan in force, with its name."""
        return []

    def papers_for(self, line: Transition) -> Sequence[Any]:
        """What the reader may draft to be signed for this act."""
        return ()

    @property
    def shape(self) -> Any:
        """Where it lies; None where nobody has said so."""
        return self.matter.geom

    # -- how it stands ---------------------------------------------------------------------------------------

    @property
    def on(self) -> date:
        return shanghai_date(self.now)

    @property
    def path(self) -> str:
        return self.matter.get_absolute_url()

    @cached_property
    def standing(self) -> tuple[str, str]:
        return standing_of(self.matter, on=self.on)

    @property
    def state_look(self) -> str:
        return state_look(self.matter)

    @property
    def shows_experts(self) -> bool:
        """Whether the reader may see who was drawn, assigned or asked about it."""
        return bool(self.actor.duties & {*EXPERT_READERS, Duty.EXPERT})

    @property
    def may_answer_doubts(self) -> bool:
        """Whether the reader may decide about a doubt."""
        return ANSWER_DOUBT.duty in self.actor.duties and inside(
            self.matter.region_id, self.actor.region_ranges
        )

    @cached_property
    def sent_back(self) -> Step | None:
        """The step that sent it back, while it stands where that step put it: who works on it must read why."""
        moved = (step for step in reversed(self.steps) if step.from_state_id != step.to_state_id)
        newest = next(moved, None)
        return newest if newest and newest.act in self.sends_back else None

    # -- what comes next -------------------------------------------------------------------------------------

    def _asked(self, line: Transition) -> Asked:
        return replace(self._asked_first, line=line)

    @cached_property
    def _asked_first(self) -> Asked:
        """What every need is judged by; the reader's unit is looked up once."""
        line = self.kind.flow.transitions[0]
        return asked_about(self.matter, line, self.actor, now=self.now, on=self.on)

    @cached_property
    def next_line(self) -> Transition | None:
        """What should happen next."""
        lines = self.kind.flow.acts_from(self.matter.state_name)
        return next_line(self.matter, self._asked(lines[0])) if lines else None

    @property
    def next_title(self) -> str:
        return self.title_of(self.next_line) if self.next_line else ""

    @property
    def whose_turn(self) -> str:
        return whose_turn(self.matter)

    @property
    def is_my_turn(self) -> bool:
        """As the ledger counts it: another unit that may do it too is not asked."""
        asked = self.matter.awaits_organisation_id
        if self.next_line is None or (asked is not None and asked not in self.actor.organisation_ids):
            return False
        return any(line.act == self.next_line.act for line in self._direct)

    @cached_property
    def then(self) -> list[str]:
        """What comes after the next step."""
        titles = [stop.title for stop in self.stops if not stop.state]
        return titles[:2]

    def asked_of(self, line: Transition) -> str:
        """Who may do it, in words: by part, duty and level."""
        parts = [role.say(self.language) for role in line.by]
        level = RegionLevel(str(line.level)).say(self.language) if line.level else ""
        duty = _("“%(duty)s”岗位") % {"duty": Duty(line.duty).say(self.language)} if line.duty else ""
        joint = " / " if self.language.startswith("en") else "或"
        return " ".join(filter(None, (joint.join(parts), level, duty)))

    @cached_property
    def _direct(self) -> list[Transition]:
        return acts_for(self.matter, self.actor)

    @cached_property
    def acts(self) -> list[Link]:
        """What the reader may do now, the next step first and filled."""
        wanted = self._wanted()
        here = filter(self.begins_here, self._direct)
        lines = sorted(here, key=lambda line: (line.act != wanted, line.stays is False))
        buttons = [self._button(line, filled=line.act == wanted) for line in lines]
        return sorted(buttons, key=lambda each: not each.filled)

    @property
    def primary(self) -> Link | None:
        """The one filled button."""
        return next((each for each in self.acts if each.filled), None)

    @property
    def plain_acts(self) -> list[Link]:
        """Three more that stand as buttons."""
        return [each for each in self.acts[:BUTTONS] if not each.filled]

    @property
    def more_acts(self) -> list[Link]:
        """The rest, in a list."""
        return self.acts[BUTTONS:]

    def _wanted(self) -> str:
        """The act that the page offers first: the next one, or what it still lacks."""
        if self.next_line is None:
            return ""
        mine = {line.act for line in self._direct}
        for missing in self.against_next:
            if missing.act and missing.act.code in mine:
                return missing.act.code
        return self.next_line.act if self.next_line.act in mine else ""

    @cached_property
    def acts_for_others(self) -> list[Link]:
        """What the reader may record for others who decided on paper (代录)."""
        if not may_record(self.actor, self.matter):
            return []
        direct = {line.act for line in self._direct}
        lines = filter(self.begins_here, self.kind.flow.acts_from(self.matter.state_name))
        return [self._button(line) for line in lines if line.act not in direct]

    def _button(self, line: Transition, *, filled: bool = False) -> Link:
        return Link(
            self.title_of(line), f"{self.path}{line.act.partition('.')[2]}/", code=line.act, filled=filled
        )

    def title_of(self, line: Transition) -> str:
        """The name of an act, as a title."""
        said = self.kind.flow.act_names[line.act].say({}, self.language)
        return said[:1].upper() + said[1:]

    def against(self, line: Transition) -> list[Missing]:
        """What stands against an act before anybody has brought anything to it.

        Whether somebody is independent is said to whoever may do it, not to everybody who reads the page.
        """
        asked, mine = self._asked(line), {each.act: each for each in self._direct}
        reasons: dict[str, Reason] = {}
        for need in line.needs:
            judged_by_reader = need == INDEPENDENT and line.act not in mine
            if need not in self.kind.brought and not judged_by_reader:
                for reason in self.kind.needs[need](asked):
                    reasons.setdefault(self.words_of(reason), reason)
        return [Missing(sentence, self.help_against(reason)) for sentence, reason in reasons.items()]

    @cached_property
    def against_next(self) -> list[Missing]:
        return self.against(self.next_line) if self.next_line else []

    def help_against(self, reason: Reason) -> Link | None:
        """What the reader can do against a reason."""
        if there := self.help_elsewhere(reason):
            return there
        wanted = self.helps(reason)
        return next((self._button(line) for line in self._direct if line.act == wanted), None)

    # -- who answers -----------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        """The units by their part."""
        held = matter_parties(self.matter)
        roles = (
            Role.ANSWERING, Role.EXECUTING, Role.LEADING, Role.JOINT, Role.SUPERVISING, Role.REGISTERING,
        )  # fmt: skip
        named = [(role, [_holder(each) for each in held if each.role == role]) for role in roles]
        return [(role.say(self.language), "、".join(units)) for role, units in named if units]

    # -- what shows it ---------------------------------------------------------------------------------------

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Photographs by their fixed points, before, during and after; what has no phase comes last."""
        standing = self.matter.evidence.filter(withdrawn_on=None).select_related("site").order_by("id")
        rows = list(standing.prefetch_related("doubts"))
        place = {phase.value: n for n, phase in enumerate(Phase)}
        return sorted(rows, key=lambda each: (not each.phase, each.photo_point, place.get(each.phase, 0)))

    @cached_property
    def _evidence_by_site(self) -> dict[Site | None, list[Evidence]]:
        """Site by site, what shows the matter as a whole last."""
        found: dict[Site | None, list[Evidence]] = {}
        for each in sorted(self.evidence, key=lambda each: (each.site_id is None, each.site_id or 0)):
            found.setdefault(each.site, []).append(each)
        return found

    @property
    def evidence_shown(self) -> list[tuple[Site | None, list[Evidence]]]:
        """By site; only that of one site, where the reader asked for it and there is some."""
        whole = list(self._evidence_by_site.items())
        asked = [each for each in whole if each[0] is not None and each[0].pk == self.of_site]
        return asked or whole

    @property
    def evidence_views(self) -> list[View]:
        """The evidence of each site by itself; nothing where none was said to show a site."""
        sites = {site: len(rows) for site, rows in self._evidence_by_site.items() if site is not None}
        if not sites:
            return []
        chosen = self.of_site if any(site.pk == self.of_site for site in sites) else None
        whole = View(_("全部"), len(self.evidence), f"{self.path}#evidence", chosen is None)
        return [whole, *(
            View(str(site), n, f"{self.path}?site={site.pk}#evidence", chosen == site.pk)
            for site, n in sites.items()
        )]  # fmt: skip

    @cached_property
    def evidence_counts(self) -> list[tuple[str, int]]:
        """How much there is of each phase."""
        counted = Counter(each.phase for each in self.evidence)
        named = [(phase.say(self.language), counted[phase.value]) for phase in Phase]
        return [*named, (_("文件与测量"), counted[""])]

    @cached_property
    def doubts(self) -> list[Doubt]:
        return list(self.matter.doubts.select_related("evidence").order_by("-id"))

    # -- what was decided ------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.matter)

    @cached_property
    def told(self) -> list[Told]:
        """全过程, the newest first."""
        return [self._told(step) for step in reversed(self.steps)]

    def _told(self, step: Step) -> Told:
        name = self.kind.flow.act_names.get(step.act)
        title = name.say({}, self.language) if name else act(step.act).title.say({}, self.language)
        return Told(
            step,
            title[:1].upper() + title[1:],
            self._recorders.get(step.pk, ""),
            step.occurred_on != shanghai_date(step.recorded_at),
            tuple(self.facts_of(step.facts or {})),
        )

    @cached_property
    def _recorders(self) -> dict[int, str]:
        """Who entered what somebody else had decided, by step."""
        steps = [each for each in self.steps if each.recorder_id not in (None, each.decider_id)]
        if not steps:
            return {}
        people = Person.objects.filter(pk__in={each.recorder_id for each in steps})
        names = dict(people.values_list("pk", "full_name"))
        return {each.pk: names.get(each.recorder_id or 0, "—") for each in steps}

    @cached_property
    def due_changes(self) -> list[Any]:
        """Deadlines that were changed: both days stay visible."""
        changes = self.matter.due_changes.select_related("step").order_by("id")
        return [each for each in changes if each.old_due_on is not None]

    @cached_property
    def picture(self) -> Any:
        """Where it lies, drawn on the server; None where nobody has said so."""
        shape = self.shape
        if shape is None or shape.is_empty:
            return None
        return picture_of(
            shape.buffer(self.around_deg),
            actor=self.actor,
            width_px=PICTURE_PX[0],
            height_px=PICTURE_PX[1],
            highlight=shape,
            title=self.matter.title,
            layers=("sites", "mines"),
            with_legend=False,
            on=self.on,
        )


def named_facts(
    facts: dict[str, Any], names: dict[str, Any], value: Any = lambda _name, told: told
) -> Iterator[tuple[str, Any]]:
    """Facts under their names, each value as people read it."""
    for name, told in facts.items():
        if name in names and told not in (None, ""):
            yield str(names[name]), value(name, told)


def _holder(party: MatterParty) -> str:
    """The unit, with the person whom a ledger in use names for it; it may name nobody but the person."""
    return " ".join(filter(None, (party.unit_name or "—", party.person_name)))
