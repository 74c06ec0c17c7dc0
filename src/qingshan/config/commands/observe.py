"""Tests all claims that are due against satellite images, writes the findings into the ledger, and prints the table:
claims, and of them supported, unsupported, undecidable, too early, relapsed, with sites and hectares of each.

The same as a run at the site, in the foreground: there it is seen, and can be called off. Ctrl+C stops it; the same
command goes on where it stopped. Should it be killed, a server at work goes on after half a minute by itself."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils import timezone

from qingshan.config.commands.output import Output
from qingshan.config.commands.persons import actor_for, add_as
from qingshan.config.errors import CommandError
from qingshan.config.migrated import require_up_to_date
from qingshan.jobs.errors import Cancelled, Superseded
from qingshan.office.accounts.actors import Actor
from qingshan.office.observations.access import claims_visible_to, scene_sets_visible_to
from qingshan.office.observations.counting import lines_of_table
from qingshan.office.observations.models import SceneSet
from qingshan.office.observations.observing import observe, scenes_at
from qingshan.office.observations.queries import lines_of
from qingshan.office.observations.recomputing import recomputed
from qingshan.office.regions.models import Region
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import row_id
from qingshan.rules.layers import Openness
from qingshan.rules.reasons import CHINESE, ENGLISH

if TYPE_CHECKING:
    from qingshan.earth import Engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenes", metavar="FOLDER",
        help="影像根目录下的文件夹或 STAC 文件，默认为最近登记的影像目录 · folder or STAC file below the images'"
        " folder; the newest registered set if left out",
    )  # fmt: skip
    parser.add_argument("--region", metavar="CODE", help="核验范围的行政区划代码 · code of the region")
    parser.add_argument(
        "--openness", choices=Openness.values(), default=Openness.INTERNAL.value,
        help="新登记影像的公开程度，默认内部 · of images that are registered now; internal",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="已有结论的也重新核查 · also what has findings")
    parser.add_argument(
        "--again",
        metavar="HY-N",
        help="重算一项申报的结论并比对 · compute the findings on one claim again and compare",
    )
    parser.add_argument(
        "--threads", type=int, default=os.cpu_count() or 1, metavar="N", help="线程数 · threads"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help="Dask 调度器地址 · address of a Dask scheduler")
    add_as(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    actor = actor_for(arguments.person, now=timezone.now())
    if arguments.again:
        return _again(arguments.again, actor, output)
    scene_set = _scene_set(arguments, actor)
    region = _region(arguments.region) if arguments.region else scene_set.region
    with _engine(arguments) as engine, _called_off():
        done = observe(
            scene_set,
            region=region,
            actor=actor,
            now=timezone.now,
            reporter=Told(),
            engine=engine,
            everything=arguments.all,
        )
    on = shanghai_date(timezone.now())
    counts = dict(done.counts or {}) | {"lines": lines_of(done, actor=actor, on=on)}
    output.add(run=done.number, **counts, scenes=done.scenes, parameters=done.parameters)
    for zh, en in zip(lines_of_table(counts, CHINESE), lines_of_table(counts, ENGLISH), strict=True):
        output.say(zh=zh, en=en)
    return 0


def _again(number: str, actor: Actor, output: Output) -> int:
    """0 where the same comes out again."""
    pk = row_id(number.removeprefix("HY-"))
    claim = claims_visible_to(actor).filter(pk=pk).select_related("newest").first() if pk else None
    again = recomputed(claim) if claim is not None else None
    if again is None:
        raise CommandError.because("command.no_claim", number=number[:40])
    output.add(same=again.is_same, differing=again.differing, missing_scenes=again.missing_scenes)
    output.add(run=again.run.number, other_parameters=again.other_parameters)
    if again.is_same:
        output.say(
            zh=f"{number}：与 {again.run.number} 的结论一致。",
            en=f"{number}: the same as {again.run.number}.",
        )
        return 0
    questions = "、".join(again.differing)
    gone = len(again.missing_scenes)
    output.say(
        zh=f"{number}：与 {again.run.number} 的结论不一致（{questions}）；缺影像 {gone} 景"
        f"{'；参数集已更换' if again.other_parameters else ''}。",
        en=f"{number}: not the same as {again.run.number} ({questions}); {gone} images are gone"
        f"{'; other parameters' if again.other_parameters else ''}.",
    )
    return 1


@contextmanager
def _called_off() -> Iterator[None]:
    """What stops a run from outside, as a sentence."""
    try:
        yield
    except Cancelled as stopped:
        raise CommandError.because("command.run_cancelled") from stopped
    except Superseded as taken:
        raise CommandError.because("command.run_taken_over") from taken


class Told:
    """How far it is, on a terminal only."""

    def report(self, done: int, total: int | None = None) -> None:
        if sys.stderr.isatty() and total:
            sys.stderr.write(f"\r{done * 100 // total} %" + ("\n" if done >= total else ""))
            sys.stderr.flush()


def _scene_set(arguments: argparse.Namespace, actor: Actor) -> SceneSet:
    if arguments.scenes is None:
        newest = scene_sets_visible_to(actor).select_related("region").order_by("-pk").first()
        if newest is None:
            raise CommandError.because("command.no_scenes")
        return newest
    region = _region(arguments.region) if arguments.region else _whole()
    now = timezone.now()
    return scenes_at(
        arguments.scenes, region=region, name="", openness=arguments.openness, actor=actor, now=now
    )


def _region(code: str) -> Region:
    found = Region.objects.filter(code=code, valid_to=None).defer("geom").first()
    if found is None:
        raise CommandError.because("command.no_region", code=code[:40])
    return found


def _whole() -> Region:
    """The province of this installation, where it serves one."""
    from qingshan.office.accounts.models import Organisation

    provinces = {pk - pk % 10**10 for pk in Organisation.objects.values_list("region_id", flat=True) if pk}
    if len(provinces) != 1:
        raise CommandError.because("command.region_missing")
    return Region.objects.defer("geom").get(pk=provinces.pop())


@contextmanager
def _engine(arguments: argparse.Namespace) -> Iterator[Engine]:
    from qingshan.earth.terminal import engine_at

    with engine_at(arguments.cluster, threads=arguments.threads) as engine:
        yield engine
