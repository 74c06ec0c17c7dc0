"""How do papers enter the dossiers of the demonstration? One act for each, by the clerk of the county.

Who must restore and pay is decided by the head of the county's bureau on paper; the clerk enters it on behalf.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import transaction

from qingshan.demo.arrangements import held_by
from qingshan.demo.mines import MineFacts
from qingshan.demo.papers import DeterminationFacts, DocumentFacts, PlanFacts, ReferenceFacts
from qingshan.demo.printing import printed
from qingshan.demo.province import Province
from qingshan.demo.sites import SiteFacts
from qingshan.office.accounts.actors import Actor, actor_of, on_behalf
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines import actions
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Mine,
    ResponsibleParty,
    Site,
)
from qingshan.office.trail.parties import PaperDecision
from qingshan.rules.dates import shanghai_date
from qingshan.rules.register import OrganisationKind
from qingshan.vault import Vault

CLERK, LEADER = "{county}/生态修复股/整改经办岗", "{county}/natural/局长"


@transaction.atomic
def bring(facts: Province, *, now: datetime) -> int:
    """File what is missing; how many papers."""
    shelf = _Shelf(now)
    filed = [shelf.file(document) for document in facts.papers.documents]
    filed += [shelf.register(plan) for plan in facts.papers.plans]
    filed += [shelf.determine(decided) for decided in facts.papers.determinations]
    filed += [shelf.note(reference) for reference in facts.papers.references]
    return sum(filed)


class _Shelf:
    """The dossiers, and who puts papers into them. Each method says whether it wrote anything."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.vault = Vault(settings.VAULT_ROOT)
        self._people: dict[str, Actor] = {}

    @cached_property
    def _mines(self) -> dict[str, Mine]:
        return {mine.key: mine for mine in Mine.objects.defer("geom")}

    @cached_property
    def _numbers(self) -> set[tuple[str, int, str]]:
        """What is filed already: model, mine or site, number."""
        held: set[tuple[str, int, str]] = set()
        for model in (Document, ApprovedPlan, ResponsibleParty):
            for mine_id, site_id, number in model.objects.values_list("mine_id", "site_id", "number"):
                held.add((model.__name__, site_id or mine_id, number))
        for object_id, system in ExternalReference.objects.values_list("object_id", "system"):
            held.add((ExternalReference.__name__, object_id, system))
        return held

    def _is_new(self, model: type, about: Mine | Site, number: str) -> bool:
        return (model.__name__, about.pk, number) not in self._numbers

    def file(self, document: DocumentFacts) -> bool:
        about = self._about(document.about)
        is_new = self._is_new(Document, about, document.number)
        if is_new:
            stored = self.vault.put(printed(document))
            paper = actions.NewDocument(
                kind=document.kind,
                title=document.title,
                file_name=document.file_name,
                file=stored,
                openness=document.openness,
                number=document.number,
                issued_by=document.issued_by,
                issued_on=document.issued_on,
            )
            actions.file_document(about, paper, actor=self._clerk(document.about.county), now=self.now)
        return is_new

    def register(self, plan: PlanFacts) -> bool:
        mine = self._mines[plan.mine.key]
        is_new = self._is_new(ApprovedPlan, mine, plan.number)
        if is_new:
            new = actions.NewPlan(
                kind=plan.kind,
                title=plan.title,
                number=plan.number,
                approved_by=plan.approved_by,
                approved_on=plan.approved_on,
                from_on=plan.approved_on,
                to_on=plan.to_on,
                figures=dict(plan.figures),
            )
            actions.register_plan(
                mine,
                new,
                actor=self._clerk(plan.mine.county),
                now=self.now,
                document=self._paper(mine, plan.number) if plan.approval else None,
                replaces=ApprovedPlan.objects.get(mine=mine, number=plan.replaces) if plan.replaces else None,
            )
        return is_new

    def determine(self, decided: DeterminationFacts) -> bool:
        about = self._about(decided.about)
        is_new = self._is_new(ResponsibleParty, about, decided.number)
        if is_new:
            if decided.paper:
                self.file(decided.paper)
            paper = self._paper(about, decided.number) if decided.paper else None
            actions.determine_responsible_party(
                about,
                circumstance=decided.circumstance,
                organisation=self._party(decided),
                actor=self._leader(decided, scan_digest=paper.file_digest if paper else ""),
                now=self.now,
                grounds=decided.grounds,
                document=paper,
            )
        return is_new

    def note(self, reference: ReferenceFacts) -> bool:
        mine = self._mines[reference.mine.key]
        is_new = self._is_new(ExternalReference, mine, reference.system)
        if is_new:
            actions.note_reference(
                mine,
                system=reference.system,
                number=reference.number,
                actor=self._clerk(reference.mine.county),
                now=self.now,
                reported=dict(reference.reported),
                reported_on=reference.reported_on,
            )
        return is_new

    def _about(self, facts: MineFacts | SiteFacts) -> Mine | Site:
        if isinstance(facts, MineFacts):
            return self._mines[facts.key]
        return Site.objects.get(key=facts.key)

    @staticmethod
    def _paper(about: Mine | Site, number: str) -> Document:
        own = {"mine": about} if isinstance(about, Mine) else {"site": about}
        return Document.objects.get(**own, number=number)

    @staticmethod
    def _party(decided: DeterminationFacts) -> Organisation:
        if decided.uscc:
            return Organisation.objects.get(uscc=decided.uscc)
        county = decided.about.county
        return Organisation.objects.get(region__code=county, kind=OrganisationKind.GOVERNMENT)

    def _clerk(self, county: str) -> Actor:
        if county not in self._people:
            holding = held_by(CLERK.format(county=county))
            self._people[county] = actor_of(holding.person, holding.post, on=shanghai_date(self.now))
        return self._people[county]

    def _leader(self, decided: DeterminationFacts, *, scan_digest: str) -> Actor:
        county = decided.about.county
        leader = held_by(LEADER.format(county=county))
        paper = PaperDecision(decided.number, decided.decided_on, scan_digest)
        return on_behalf(self._clerk(county), decider=leader.person, paper=paper, post=leader.post)
