"""Which claims, findings, images and runs does a page show? Everything starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from qingshan.finding.walk import Found, Range, counted, found_in, whole
from qingshan.finding.words import sought
from qingshan.office.errors import NotFound
from qingshan.office.matters.models import Step
from qingshan.office.observations.access import (
    claim_branches,
    claims_visible_to,
    held_back,
    held_from,
    is_above,
    is_held_from,
    runs_visible_to,
    scene_sets_visible_to,
    visible_to,
    with_verdict,
)
from qingshan.office.observations.actions.runs import in_parts
from qingshan.office.observations.counting import lines_without
from qingshan.office.observations.models import Answer, Claim, Finding, Run, SceneSet, TraceBack
from qingshan.office.observations.signing import steps_of
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import below, put_regions
from qingshan.office.regions.ranges import EVERYWHERE, region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.identifiers import row_id
from qingshan.rules.register import RegionLevel
from qingshan.rules.verification import STANDING, AnswerState, TargetUse, TraceState, Verdict

NEWEST_FIRST = Order(("-id",))
LEDGER = Order(("region_id", "-id"))
COUNTED_TO = 1_000
RUNS_SHOWN = 20
WAITING = "waiting"
"""As a verdict in addresses: nothing is known yet."""
ASKED = "asked"
"""As a verdict in addresses: a written answer is asked for."""
GIVEN = "given"
"""As a verdict in addresses: a written answer waits to be decided about."""
RELAPSED = "relapsed"
TRACED = "traced"
"""As a verdict in addresses: images doubt that accepted land was kept, and nobody has been there yet."""
LOOKS: tuple[str, ...] = (
    ASKED,
    GIVEN,
    TRACED,
    *(each.value for each in Verdict),
    RELAPSED,
    WAITING,
)
"""How the list can be looked at, beside 全部."""


@dataclass(frozen=True)
class ClaimFilters:
    """What the list of claims is narrowed to, as of a day; empty means not narrowed."""

    on: date
    look: str = ""
    region_id: int | None = None
    target: str = ""
    text: str = ""
    run_id: int | None = None
    """those of which one run found something"""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.look or self.region_id or self.target or self.text or self.run_id)

    @property
    def within(self) -> Range:
        return region_range(self.region_id) if self.region_id is not None else EVERYWHERE

    def apply(self, rows: QuerySet[Claim], actor: ActorLike) -> QuerySet[Claim]:
        """Everything but the words."""
        if self.region_id is not None:
            low, high = self.within
            rows = rows.filter(region_id__gte=low, region_id__lte=high)
        if self.target in TargetUse.values():
            rows = rows.filter(target=self.target)
        if self.run_id is not None:
            rows = rows.filter(pk__in=Finding.objects.filter(run=self.run_id).values("claim"))
        return narrowed(rows, self.look, actor, on=self.on)

    def found(self, rows: QuerySet[Claim], actor: ActorLike) -> list[Found]:
        """The rows in branches, in the order of the ledger; a number finds the one that has it."""
        rows = self.apply(rows, actor)
        if (pk := _number_in(self.text)) is not None:
            return list(claim_branches(rows.filter(pk=pk), actor))
        return found_in(claim_branches(rows, actor), sought(self.text), actor.region_ranges, self.within)


def _number_in(text: str) -> int | None:
    """The key behind `HY-12`, or a number alone; None where that is not what was typed."""
    return row_id(text.strip().upper().removeprefix("HY-"))


def narrowed(rows: QuerySet[Claim], look: str, actor: ActorLike, *, on: date) -> QuerySet[Claim]:
    """Standing claims, looked at in one way; the finding that the county may still answer is not known above."""
    rows = rows.filter(state__in=STANDING)
    if look in Verdict.values():
        return with_verdict(rows, look, actor, on=on)
    if look == WAITING:
        return with_verdict(rows, "", actor, on=on)
    if look == TRACED:
        traced = rows.filter(pk__in=_open_traces().values("claim_id"))
        return traced.exclude(held_back("", on=on)) if is_above(actor) else traced
    if look == ASKED:
        doubted = with_verdict(rows, Verdict.UNSUPPORTED, actor, on=on)
        return doubted.filter(answer_state=AnswerState.ASKED.value)
    if look == GIVEN:
        doubted = with_verdict(rows, Verdict.UNSUPPORTED, actor, on=on)
        return doubted.filter(answer_state=AnswerState.GIVEN.value)
    if look == RELAPSED:
        return with_verdict(rows, Verdict.UNSUPPORTED, actor, on=on).filter(relapsed=True)
    return rows


def _open_traces() -> QuerySet[TraceBack]:
    return TraceBack.objects.filter(state=TraceState.OPEN.value)


def put_traces(rows: Sequence[Claim]) -> None:
    """Tells each claim which of its trace-backs wait for somebody to go there."""
    prefetch_related_objects(rows, Prefetch("trace_backs", _open_traces(), to_attr="open_traces"))


def listed(*, actor: ActorLike, filters: ClaimFilters, after: str = "", before: str = "") -> Page:
    """One page of claims in the order of the ledger: by region, the newest of each first."""
    rows = Claim.objects.filter(LEDGER.ahead(after=after, before=before)).defer("geom", "doubted", "because")
    found = page(filters.found(rows, actor), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, "matter")
    put_traces(found.rows)
    return found


def how_many(*, actor: ActorLike, filters: ClaimFilters) -> int:
    """How many there are, counted to COUNTED_TO and one more."""
    return counted(filters.found(Claim.objects.all(), actor), at_most=COUNTED_TO + 1)


def all_listed(*, actor: ActorLike, filters: ClaimFilters) -> Iterator[Claim]:
    """The same without pages, for a table that leaves; with shapes."""
    ids: set[int] = set()
    for part in filters.found(Claim.objects.all(), actor):
        ids.update(whole(part).order_by().values_list("pk", flat=True))
    for keys in in_parts(sorted(ids)):
        rows = list(
            Claim.objects.filter(pk__in=keys)
            .select_related("matter", "newest")
            .prefetch_related("answers")
            .order_by("region_id", "-pk")
        )
        put_regions(rows)
        put_traces(rows)
        yield from rows


def one(pk: int, *, actor: ActorLike) -> Claim:
    """A claim that the actor may see; NotFound else."""
    rows = claims_visible_to(actor).filter(pk=pk)
    found = rows.select_related("region", "site", "matter", "newest__run__scene_set").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(Claim._meta.verbose_name))
    return found


@dataclass(frozen=True)
class History:
    """What was found of one claim, run after run, and what was answered."""

    findings: Sequence[Finding]
    """of the newest run"""
    earlier: Sequence[Finding]
    answers: Sequence[Answer]
    trace_backs: Sequence[TraceBack]
    signed: Sequence[Step]
    """who applied, accepted and closed since it was claimed, for whoever traces back"""


def history_of(claim: Claim) -> History:
    """Everything that was said of a claim; the newest run first."""
    rows = list(claim.findings.select_related("run").order_by("-run_id", "id"))
    newest = claim.newest.run_id if claim.newest else None
    trace_backs = list(claim.trace_backs.select_related("finding").order_by("-id"))
    return History(
        [each for each in rows if each.run_id == newest],
        [each for each in rows if each.run_id != newest],
        list(claim.answers.order_by("-id")),
        trace_backs,
        steps_of(claim) if trace_backs else [],
    )


def claims_about(kind: str, pk: int, *, actor: ActorLike) -> list[Claim]:
    """The claims of one object, the newest first: of one that stands for a site also what others claim of the site.
    NotFound where the actor may not see the object.
    """
    declared = declared_subjects().get(kind)
    if declared is None or declared.visible_to is None:
        raise NotFound.because("office.not_found", what=kind)
    subject = declared.visible_to(actor).filter(pk=pk).first()
    if subject is None:
        raise NotFound.because("office.not_found", what=str(declared.model._meta.verbose_name))
    of_it = Q(subject_kind=kind, subject_id=pk)
    if kind != "matters.matter" and getattr(subject, "site_id", None):
        of_it |= Q(site_id=subject.site_id)
    if kind == "matters.matter":
        of_it |= Q(matter_id=pk)
    rows = visible_to(Claim.objects.filter(of_it), actor).defer("geom").select_related("newest")
    found = list(rows.order_by("-id")[:20])
    put_traces(found)
    return found


def path_of_subject(claim: Claim, *, actor: ActorLike) -> str:
    """Where the actor finds what claims, beside a matter; empty where he may not see it or it has no page."""
    declared = declared_subjects().get(claim.subject_kind)
    if claim.matter_id is not None or declared is None or declared.visible_to is None:
        return ""
    found = declared.visible_to(actor).filter(pk=claim.subject_id).first()
    return str(found.get_absolute_url()) if found and hasattr(found, "get_absolute_url") else ""


def is_shown(claim: Claim, *, actor: ActorLike, on: date) -> bool:
    """Whether this reader may know the newest finding."""
    return bool(claim.verdict) and not is_held_from(claim, actor, on=on)


def open_trace_back(claim: Claim) -> TraceBack:
    """The trace-back of a claim that nobody has decided about; NotFound else."""
    found = claim.trace_backs.filter(state=TraceState.OPEN.value).order_by("id").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(TraceBack._meta.verbose_name))
    return found


def answer_of(claim: Claim, pk: int) -> Answer:
    """One answer of a claim; NotFound else."""
    found = claim.answers.filter(pk=pk).first()
    if found is None or not found.file_digest:
        raise NotFound.because("office.not_found", what=str(Answer._meta.verbose_name))
    return found


# -- images and runs -----------------------------------------------------------------------------------------------


def listed_scenes(*, actor: ActorLike, after: str = "", before: str = "") -> Page:
    """One page of sets of images, the newest first."""
    found = page([scene_sets_visible_to(actor)], order=NEWEST_FIRST, after=after, before=before)
    put_regions(found.rows)
    return found


def scene_sets(actor: ActorLike) -> QuerySet[SceneSet]:
    """Sets that a run of the actor could use."""
    rows = scene_sets_visible_to(actor).filter(retired_on=None)
    return rows.order_by("-id").select_related("region").defer("region__geom")


def one_scene_set(pk: int, *, actor: ActorLike) -> SceneSet:
    """A set that the actor may see; NotFound else."""
    found = scene_sets_visible_to(actor).filter(pk=pk).select_related("region", "registered_by").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(SceneSet._meta.verbose_name))
    return found


def runs_over(scene_set: SceneSet, *, actor: ActorLike) -> list[Run]:
    """The newest runs with these images that the actor may see."""
    rows = runs_visible_to(actor).filter(scene_set=scene_set).defer("scenes", "left_out", "asked")
    found = list(rows.order_by("-id")[:RUNS_SHOWN])
    put_regions(found)
    return found


def listed_runs(*, actor: ActorLike, after: str = "", before: str = "") -> Page:
    """One page of runs, the newest first."""
    rows = runs_visible_to(actor).defer("scenes", "left_out")
    found = page([rows], order=NEWEST_FIRST, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, "scene_set")
    return found


def one_run(pk: int, *, actor: ActorLike) -> Run:
    """A run that the actor may see; NotFound else."""
    found = runs_visible_to(actor).filter(pk=pk).select_related("region", "scene_set").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(Run._meta.verbose_name))
    return found


def lines_of(run: Run, *, actor: ActorLike, on: date) -> dict[str, Any]:
    """What a run found, line by line, as the actor may know it."""
    held = held_from(Claim.objects.filter(findings__run=run), actor, on=on)
    return lines_without(run, held)


def regions_for(actor: ActorLike) -> list[Region]:
    """Regions for which the actor may order a run or register images: province, cities, counties of the area."""
    levels = [RegionLevel.PROVINCE.value, RegionLevel.PREFECTURE.value, RegionLevel.COUNTY.value]
    return list(below(actor.region_ranges).filter(level__in=levels))
