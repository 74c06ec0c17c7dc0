"""How is a run done? Claims become sites, `earth` looks at them, and what it says enters the ledger chunk by chunk.

The same function serves the background job and the command line. Whoever kills it loses the unit at work: pixels are
kept in folders by `earth`, findings by the acts that recorded them; a second call goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from qingshan import __version__
from qingshan.jobs.work import Reporter
from qingshan.office.observations.actions import Found, end_run, fix_scenes, record_findings
from qingshan.office.observations.actions.background import Outcome
from qingshan.office.observations.actions.recording import DAYS, Told, claimed_by, to_record
from qingshan.office.observations.counting import counted
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.models import Claim, Run, RunState
from qingshan.office.observations.sentences import NothingLeft
from qingshan.rules.reasons import CHINESE, ENGLISH
from qingshan.rules.verification import Question, Verdict
from qingshan.vault import Vault

if TYPE_CHECKING:
    from qingshan.earth import Claims, Engine, Progress, Report, Scenes, Site, SiteSet

CHUNK = 50
"""claims whose findings enter in one act"""
WHOLE = 1_000
SHARES = {"images": (0, 600), "judging": (600, 150), "recording": (750, 250)}
"""Where each stage begins, and how much of the whole it is."""
Now = Callable[[], datetime]


@dataclass(frozen=True)
class Group:
    """Claims that were first looked at together: their pixels lie in one folder, whoever is asked about later."""

    cube: str
    members: tuple[Claim, ...]
    asked: frozenset[int]


def look(run: Run, *, reporter: Reporter, now: Now, engine: Engine | None = None) -> dict[str, Any]:
    """Does a run that was started, or goes on with it, and ends it; the counts of its findings.

    Raises:
        EarthError: the images cannot be read at all.
        Interrupted: somebody stopped it.
    """
    scenes = _scenes_for(run, now)
    groups = groups_of(run)
    used: dict[str, None] = {}
    left_out: dict[str, dict[str, Any]] = {}
    parameters = ""
    for place, group in enumerate(groups):
        stage = _Stages(reporter, place, len(groups))
        report, sites = _surveyed(run, group, scenes, stage, engine)
        parameters = report.parameters
        used |= dict.fromkeys(scene.id for scene in report.scenes)
        left_out |= {one.scene: one.because.as_json() for one in report.left_out}
        _record(run, group, report, sites, stage, now)
    counts = counted(run)
    outcome = Outcome(
        counts=counts,
        scenes=list(used),
        left_out=[{"scene": scene, **because} for scene, because in left_out.items()],
        parameters=parameters,
        engine=__version__,
    )
    end_run(run, RunState.DONE, outcome, now=now())
    reporter.report(WHOLE, WHOLE)
    return counts


def _scenes_for(run: Run, now: Now) -> Scenes:
    """The images that lay there when the run began to look: what came since belongs to another run, so that all its
    findings rest on the same.
    """
    from qingshan.earth import Scenes

    there = scenes_of(run.scene_set)
    if run.scenes is None:
        fix_scenes(run, [each.id for each in there], now=now())
        return there
    fixed = set(run.scenes)
    return Scenes.of((each for each in there if each.id in fixed), left_out=there.left_out)


def groups_of(run: Run) -> list[Group]:
    """The claims of a run by the folder in which their pixels lie. New ones get a folder of their own, together."""
    asked = Claim.objects.filter(pk__in=run.asked, geom__isnull=False)
    asked.filter(cube="").update(cube=run.number)
    by_cube: dict[str, set[int]] = {}
    for pk, cube in asked.order_by("pk").values_list("pk", "cube"):
        by_cube.setdefault(cube, set()).add(pk)
    return [
        Group(
            cube,
            tuple(Claim.objects.filter(cube=cube).select_related("site").order_by("pk")),
            frozenset(ids),
        )
        for cube, ids in by_cube.items()
    ]


def folder_of(run: Run, cube: str) -> Path:
    """Where pixels of a group from one set of images are kept."""
    return Path(settings.OBSERVATIONS_ROOT) / f"set-{run.scene_set_id}" / cube


def site_of(claim: Claim, *, zone: str | None = None) -> Site:
    """The land of a claim as the eye sees it, in the zone that is told or else its own; its id is the number."""
    from qingshan.earth import ClimateZone, Site

    told = claim.zone if zone is None else zone
    return Site(id=claim.number, shape=claim.geom, name=claim.about, zone=ClimateZone(told) if told else None)


def asked_of(claim: Claim, claimed: Mapping[str, Any]) -> Claims:
    """The same as the eye is asked."""
    from qingshan.earth import Claims, TargetUse

    target = TargetUse(claimed["target"]) if claimed["target"] else None
    days = {name: date.fromisoformat(claimed[name]) if claimed[name] else None for name in DAYS}
    return Claims(site_id=claim.number, target=target, **days)


def claims_of(claim: Claim) -> Claims:
    """What is claimed today, as the eye is asked."""
    return asked_of(claim, claimed_by(claim))


class _Stages:
    """Tells a reporter how far all groups are, in thousandths."""

    def __init__(self, reporter: Reporter, place: int, groups: int) -> None:
        self.reporter, self.place, self.groups = reporter, place, groups

    def __call__(self, progress: Progress) -> None:
        self.tell(progress.stage, progress.done, progress.total)

    def tell(self, stage: str, done: int, total: int) -> None:
        begins, width = SHARES[stage]
        of_group = begins + (width * done // total if total else width)
        self.reporter.report((self.place * WHOLE + of_group) // self.groups, WHOLE)


def _surveyed(
    run: Run, group: Group, scenes: Scenes, stage: _Stages, engine: Engine | None
) -> tuple[Report, SiteSet]:
    from qingshan.earth import SiteSet, survey

    sites = SiteSet.of(site_of(each) for each in group.members)
    asked = [claims_of(each) for each in group.members if each.pk in group.asked]
    out = folder_of(run, group.cube)
    return survey(sites, scenes, asked, out=out, engine=engine, progress=stage), sites


def _record(run: Run, group: Group, report: Report, sites: SiteSet, stage: _Stages, now: Now) -> None:
    asked = [each for each in group.members if each.pk in group.asked]
    parts = _Parts.of(report, sites)
    for first in range(0, len(asked), CHUNK):
        stage.tell("recording", first, len(asked))
        chunk = asked[first : first + CHUNK]
        wanted = to_record(run, [each.pk for each in chunk])
        found = [parts.found(each) for each in chunk if each.pk in wanted]
        if found:
            with suppress(NothingLeft):  # withdrawn while their sheets were drawn
                record_findings(run, found, now=now())
    stage.tell("recording", 1, 1)


@dataclass(frozen=True)
class _Parts:
    """What came of a survey, by the number of the claim."""

    report: Report
    findings: dict[str, list[Any]]
    series: dict[str, Any]

    @classmethod
    def of(cls, report: Report, sites: Sequence[Any] | SiteSet) -> _Parts:
        findings: dict[str, list[Any]] = {}
        for one in report.findings:
            findings.setdefault(one.site_id, []).append(one)
        return cls(report, findings, {one.site_id: one for one in report.series})

    def found(self, claim: Claim) -> Found:
        """The findings on one claim with its sheets, which are safe in the vault when this returns."""
        from qingshan.earth.judged import as_json

        findings, series = self.findings.get(claim.number, []), self.series[claim.number]
        told = tuple(
            Told(Question(one.question.value), Verdict(one.verdict.value), as_json(one)) for one in findings
        )
        chinese, english = self._sheets(claim, findings, series)
        return Found(
            claim_id=claim.pk,
            told=told,
            claimed=claimed_by(claim),
            until=_last_day(series),
            parameters=self.report.parameters,
            engine=__version__,
            sheet_digest=chinese,
            sheet_en_digest=english,
        )

    def _sheets(self, claim: Claim, findings: Sequence[Any], series: Any) -> tuple[str, str]:
        from qingshan.earth import sheet

        vault = Vault(settings.VAULT_ROOT)
        views = list(self._views(claim, findings))
        made = [
            sheet(site_of(claim), series, findings, claims_of(claim), views, language=language).as_html()
            for language in (CHINESE, ENGLISH)
        ]
        chinese, english = (vault.put(each.encode()).digest for each in made)
        return chinese, english

    def _views(self, claim: Claim, findings: Sequence[Any]) -> Iterator[Any]:
        from qingshan.earth import View, scenes_wanted
        from qingshan.earth.errors import CubeRefused

        for scene in scenes_wanted(findings):
            try:
                yield View.of(self.report.cube.chip(claim.number, scene))
            except CubeRefused:
                continue  # the scene was taken away since: the sheet goes without its picture


def _last_day(series: Any) -> date | None:
    from datetime import timedelta

    return date(1970, 1, 1) + timedelta(days=int(series.days[-1])) if len(series) else None
