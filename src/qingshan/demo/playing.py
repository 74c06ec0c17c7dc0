"""How do the histories of the matters enter? Each event by its act, at its instant, in the order of all of them.

A week of the province is one transaction. What was played before stays: after an interruption it goes on with the
first event later than the last one in the trail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects

from qingshan.demo import doing
from qingshan.demo.acting import Now
from qingshan.demo.batched import BatchFacts
from qingshan.demo.cases import CaseFacts
from qingshan.demo.casting import Cast
from qingshan.demo.diary import Dated, in_order
from qingshan.demo.findings import FindingsFacts
from qingshan.demo.histories import Matters
from qingshan.demo.petitioned import PetitionFacts
from qingshan.demo.plantings import PlantingFacts
from qingshan.demo.restorations import LandFacts, ListFacts, ProjectFacts
from qingshan.office.accounts.actors import Actor
from qingshan.office.cases.models import FindingsDocument
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.queries import one_matter
from qingshan.office.trail.models import Entry
from qingshan.rules.dates import shanghai_date
from qingshan.vault import Vault

Tell = Callable[[str, str], None]
Facts = (
    FindingsFacts
    | CaseFacts
    | PetitionFacts
    | ListFacts
    | ProjectFacts
    | LandFacts
    | PlantingFacts
    | BatchFacts
)
TOLD_EVERY = 2_000


def play(matters: Matters, *, today: date, tell: Tell) -> int:
    """Play what has not been played; how many acts."""
    events = in_order(matters.all, today=today)
    played_until = _played_until(events)
    left = [each for each in events if played_until is None or each.at > played_until]
    show = Show(matters, events, today)
    done = 0
    for _week, of_week in groupby(left, key=lambda each: each.at.isocalendar()[:2]):
        with transaction.atomic():
            for each in of_week:
                show.play(each)
                done += 1
                if done % TOLD_EVERY == 0:
                    tell(
                        f"整改和信访办理过程 {done:,}/{len(left):,}",
                        f"acts on matters: {done:,}/{len(left):,}",
                    )
    return done


def _played_until(events: list[Dated]) -> datetime | None:
    """The newest entry that is not later than the last event: all of them lie before what people do afterwards."""
    if not events:
        return None
    played = Entry.objects.filter(recorded_at__gte=events[0].at, recorded_at__lte=events[-1].at)
    return played.order_by("-recorded_at").values_list("recorded_at", flat=True).first()


class Show:
    """What has been played so far."""

    def __init__(self, matters: Matters, events: list[Dated], today: date) -> None:
        self.today, self.cast, self.vault = today, Cast(), Vault(settings.VAULT_ROOT)
        self.facts: dict[str, Facts] = {each.key: each for each in matters.all}
        self._instants = {each.of.key: each.at for each in events if each.place == 0}
        self._ends = {each.of.key: each.at for each in events}
        self._matters: dict[str, Matter] = {}

    def play(self, dated: Dated) -> None:
        """Do the act of one event."""
        event, on = dated.event, shanghai_date(dated.at)
        if event.recorder:
            number = event.number.format(year=on.year)
            actor = self.cast.on_paper(event.by, event.recorder, number=number, on=on)
        else:
            actor = self.cast.actor(event.by, on=on)
        doing.DOING[event.act](Now(self, dated.of, dated.at, event, actor))

    def keep(self, key: str, matter: Matter) -> None:
        """Remember a matter that was just registered; nobody else acts meanwhile, so it is not read again."""
        prefetch_related_objects([matter], "parties")
        self._matters[key] = matter

    def matter(self, key: str) -> Matter:
        """The matter as it stands; one registered in an earlier load is found by the instant of its first step."""
        if key not in self._matters:
            self.keep(key, one_matter(self._found(key), actor=self.whole))
        return self._matters[key]

    def _found(self, key: str) -> int:
        facts = self.facts[key]
        if isinstance(facts, CaseFacts) and facts.part_of:
            parts = Matter.objects.filter(parent=self.matter(facts.part_of).pk).order_by("number")
            return int(parts.values_list("pk", flat=True)[int(key[-1]) - 1])
        turned = isinstance(facts, CaseFacts) and facts.turned_from
        at = self._ends[turned] if turned else self._instants[key]
        return int(Step.objects.get(recorded_at=at, matter_version=1).matter_id)

    @property
    def whole(self) -> Actor:
        """Who sees the whole province."""
        return self.cast.actor("990000/调度督察处/调度岗", on=self.today)

    def document(self, key: str) -> FindingsDocument:
        """A document by its number."""
        facts = self.facts[key]
        assert isinstance(facts, FindingsFacts)
        return FindingsDocument.objects.get(title=facts.title)
