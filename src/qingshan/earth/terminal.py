"""How do files on disk become a survey's outputs on disk? The whole of `survey` and `simulate` at a terminal."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

from qingshan.earth.console import Console
from qingshan.earth.engines import DaskEngine, Engine, LocalEngine, Progress, Watcher
from qingshan.earth.errors import Cancelled, CubeRefused, EarthError, ScenesRefused
from qingshan.earth.findings import Finding, Verdict
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.parameters import ParameterSet, read_parameters, released
from qingshan.earth.reports import PAGE, Results, UsedScene, write_outputs
from qingshan.earth.sheets import View
from qingshan.earth.sites import Claims, Site, SiteSet
from qingshan.earth.surveys import CUBE, Report, survey

SIMULATED_EVERY_DAYS = 10
"""as a sensor of today comes by; with fewer images most claims could not be decided"""


def survey_files(arguments: argparse.Namespace, console: Console) -> int:
    """`survey` with files: reads, looks, judges, writes. Returns the exit status.

    Raises:
        EarthError: the folder is not free, a file cannot be used, or it was stopped.
    """
    check(arguments)
    parameters = read_parameters(arguments.parameters) if arguments.parameters else released()
    sites = SiteSet.from_file(arguments.sites)
    claims = Claims.from_file(arguments.claims, permitted=arguments.permitted)
    scenes = scenes_at(arguments.scenes)
    with ExitStack() as opened:
        cancel = opened.enter_context(stoppable())
        watcher = stopping(console.watcher(), cancel)
        engine = opened.enter_context(engine_at(arguments.cluster, threads=arguments.threads))
        report = survey(
            sites,
            scenes,
            claims,
            out=arguments.out,
            engine=engine,
            parameters=parameters,
            progress=watcher,
            cancel=cancel,
        )
        results = results_of(report, sites, claims, parameters)
        written = write_outputs(results, arguments.out, language=console.language, progress=watcher)
    _tell(console, results, written)
    return 0


def results_of(report: Report, sites: SiteSet, claims: Sequence[Claims], parameters: ParameterSet) -> Results:
    """What `write_outputs` writes, from what a survey found."""
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.site_id, []).append(finding)
    series = {one.site_id: one for one in report.series}

    def views_of(site: Site, wanted: Sequence[str]) -> Iterator[View]:
        for scene in wanted:
            try:
                yield View.of(report.cube.chip(site.id, scene))
            except CubeRefused:
                continue  # a scene that was dropped since: the sheet goes without its picture

    return Results(
        sites=sites,
        claims={one.site_id: one for one in claims},
        findings={site_id: tuple(found) for site_id, found in findings.items()},
        series_of=lambda site: series[site.id],
        views_of=views_of,
        used=tuple(UsedScene(scene=one.id, day=one.day, sensor=one.sensor.name) for one in report.scenes),
        left_out=report.left_out,
        warnings=report.warnings,
        parameters=parameters,
    )


def check(arguments: argparse.Namespace, *, ours: str = CUBE) -> None:
    """Nothing is touched before this has passed."""
    out: Path = arguments.out
    if arguments.threads < 1:
        raise EarthError.because("earth.threads_wrong", threads=arguments.threads)
    if out.exists() and not out.is_dir():
        raise EarthError.because("earth.out_is_file", folder=str(out))
    is_used = out.exists() and any(out.iterdir())
    if is_used and not arguments.resume:
        raise EarthError.because("earth.out_not_empty", folder=str(out))
    if is_used and not (out / ours).is_dir():
        raise EarthError.because("earth.out_not_ours", folder=str(out))


def scenes_at(path: Path) -> Scenes:
    if not path.exists():
        raise ScenesRefused.because("earth.scenes_path_missing", path=str(path))
    return Scenes.from_folder(path) if path.is_dir() else Scenes.from_stac(path)


@contextmanager
def engine_at(cluster: str | None, *, threads: int) -> Iterator[Engine]:
    """The workers of the cluster at this address; without one, threads of this machine.

    Raises:
        EarthError: the extra for clusters is missing, or nobody answers there.
    """
    if not cluster:
        yield LocalEngine(threads=threads)
        return
    try:
        from distributed import Client
    except ImportError:
        raise EarthError.because("earth.cluster_missing") from None
    try:
        client = Client(cluster, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as fault:
        raise EarthError.because("earth.cluster_unreachable", address=cluster, fault=str(fault)) from fault
    with client:
        yield DaskEngine(client=client)


@contextmanager
def stoppable() -> Iterator[Event]:
    """An event that the first Ctrl+C (or SIGTERM) sets; the second one breaks off at once."""
    cancel = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield cancel
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stopping(watcher: Watcher, cancel: Event) -> Callable[[Progress], None]:
    """Tells how far it is, and stops between two steps once it was asked to."""

    def watch(progress: Progress) -> None:
        watcher(progress)
        if cancel.is_set() and progress.done < progress.total:
            raise Cancelled.because("earth.cancelled")

    return watch


def _tell(console: Console, results: Results, written: Sequence[Path]) -> None:
    counts: dict[str, dict[str, int]] = {}
    for _, finding in results.answered():
        of_question = counts.setdefault(finding.question.value, {})
        of_question[finding.verdict.value] = of_question.get(finding.verdict.value, 0) + 1
    console.facts.update(
        sites=len(results.sites),
        scenes=len(results.used),
        scenes_left_out=[{"scene": out.scene, "because": out.because.code} for out in results.left_out],
        answers=counts,
        outputs=[str(path) for path in written],
    )
    unsupported = sum(of_question.get(Verdict.UNSUPPORTED.value, 0) for of_question in counts.values())
    if results.left_out:
        console.say("earth.scenes_left_out", count=len(results.left_out))
    if results.warnings:
        console.say("earth.warnings", count=len(results.warnings))
    console.say(
        "earth.surveyed",
        sites=len(results.sites),
        scenes=len(results.used),
        answers=sum(map(sum, (of_question.values() for of_question in counts.values()))),
        unsupported=unsupported,
        report=str(next(path for path in written if path.name == PAGE)),
    )


def simulate_files(arguments: argparse.Namespace, console: Console) -> int:
    """`simulate`: a landscape as files, as an office would hand them in; what is true lies apart from them.

    Raises:
        EarthError: the folder is not free.
    """
    from qingshan.earth.simulation.files import CLAIMS, SCENES, SITES, write_simulation

    out: Path = arguments.out
    if out.exists() and not out.is_dir():
        raise EarthError.because("earth.out_is_file", folder=str(out))
    if out.exists() and any(out.iterdir()):
        raise EarthError.because("earth.simulated_not_empty", folder=str(out))
    write_simulation(out, seed=arguments.seed, revisit_days=SIMULATED_EVERY_DAYS)
    sites, scenes = SiteSet.from_file(out / SITES), Scenes.from_folder(out / SCENES)
    console.facts.update(folder=str(out), sites=len(sites), scenes=len(scenes))
    console.say("earth.simulated", folder=str(out), sites=len(sites), scenes=len(scenes))
    console.say(
        "earth.simulated_next", sites=str(out / SITES), scenes=str(out / SCENES), claims=str(out / CLAIMS)
    )
    return 0
