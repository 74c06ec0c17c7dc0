"""How do files on disk become a screening's outputs on disk? The whole of `screen` at a terminal."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from datetime import date

from qingshan.earth.console import Console
from qingshan.earth.errors import EarthError
from qingshan.earth.parameters import read_parameters, released
from qingshan.earth.screening import LEAST_M2, SCREENED, Screened, screen
from qingshan.earth.screening.outputs import write_screened
from qingshan.earth.sheets.numbers import hectares
from qingshan.earth.sites import SiteSet
from qingshan.earth.terminal import check, engine_at, scenes_at, stoppable, stopping


def screen_files(arguments: argparse.Namespace, console: Console) -> int:
    """`screen` with files: reads, looks, writes. Returns the exit status.

    Raises:
        EarthError: the folder is not free, a file or a day cannot be used, or it was stopped.
    """
    check(arguments, ours=SCREENED)
    since, until = _day(arguments.since), _day(arguments.until) if arguments.until else None
    if until is not None and until < since:
        raise EarthError.because("earth.screened_days_wrong", since=str(since), until=str(until))
    parameters = read_parameters(arguments.parameters) if arguments.parameters else released()
    areas, scenes = SiteSet.from_file(arguments.areas), scenes_at(arguments.scenes)
    with ExitStack() as opened:
        cancel = opened.enter_context(stoppable())
        engine = opened.enter_context(engine_at(arguments.cluster, threads=arguments.threads))
        found = screen(
            areas,
            scenes,
            out=arguments.out,
            since=since,
            until=until,
            least_m2=LEAST_M2 if arguments.least_m2 is None else arguments.least_m2,
            engine=engine,
            parameters=parameters,
            progress=stopping(console.watcher(), cancel),
            cancel=cancel,
        )
    written = write_screened(found, arguments.out, language=console.language)
    console.facts["outputs"] = [str(path) for path in written]
    _tell(console, found, str(written[0]))
    return 0


def _tell(console: Console, found: Screened, file: str) -> None:
    persistent = sum(one.is_persistent for one in found.disturbances)
    console.facts.update(
        disturbances=len(found.disturbances),
        persistent=persistent,
        squares=found.squares,
        land_m2=found.land_m2,
        seen_m2=found.seen_m2,
        barren_m2=found.barren_m2,
        scenes=len(found.scenes),
        scenes_left_out=[{"scene": out.scene, "because": out.because.code} for out in found.left_out],
        parameters=found.parameters,
    )
    if found.left_out:
        console.say("earth.scenes_left_out", count=len(found.left_out))
    console.say(
        "earth.screened",
        hectares=hectares(found.land_m2),
        scenes=len(found.scenes),
        count=len(found.disturbances),
        persistent=persistent,
        file=file,
    )
    if blind := found.land_m2 - found.seen_m2 + found.barren_m2:
        console.say("earth.screened_blind", hectares=hectares(blind))


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise EarthError.because("earth.day_wrong", day=told) from None
