"""What can be asked of the eye at a terminal: survey sites, simulate images, compile kernels beforehand.

0 all went well · 1 it did not, and the output says why · 2 the arguments make no sense · 130 stopped, --resume goes on
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from qingshan.earth.console import Console, could_not_write, language_of
from qingshan.earth.errors import Cancelled, EarthError
from qingshan.rules.errors import QingshanError

FAILED, STOPPED = 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """`python -m qingshan.earth …`; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m qingshan.earth", description="卫星核查引擎 · the satellite engine"
    )
    add_arguments(parser)
    arguments = parser.parse_args(argv)
    console = Console(language=language_of(arguments.language), as_json=arguments.json)
    return console.close(run(arguments, console))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Does what the arguments ask; every error becomes a sentence."""
    try:
        return int(arguments.act(arguments, console))
    except (KeyboardInterrupt, Cancelled):
        console.facts["stopped"] = True
        console.warn("earth.stopped")
        return STOPPED
    except QingshanError as error:
        console.refuse(error)
    except OSError as fault:
        console.refuse(could_not_write(fault))
    except Exception as fault:
        traceback.print_exc(file=sys.stderr)
        console.refuse(EarthError.because("earth.fault", error=f"{type(fault).__name__}: {fault}"))
    return FAILED


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The acts and their options."""
    acts = parser.add_subparsers(dest="what", metavar="ACT", required=True)
    _add_survey(
        _act(
            acts,
            "survey",
            "核查点位，写出结论和核查单 · survey sites, write answers and sheets",
        )
    )
    _add_screen(_act(acts, "screen", "在一片区域里查找新增扰动 · look for new disturbance all over a region"))
    _add_simulate(_act(acts, "simulate", "生成真值已知的模拟影像 · make images whose truth is known"))
    warm = _act(acts, "warm", "预先编译计算内核 · compile all kernels beforehand")
    warm.set_defaults(act=_warm)


def _act(
    acts: argparse._SubParsersAction[argparse.ArgumentParser], name: str, title: str
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=title, description=title)
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象 · print one JSON object")
    parser.add_argument(
        "--language", choices=("zh-hans", "en"), help="输出的语言，默认中文 · language of all outputs"
    )
    return parser


def _add_survey(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sites", required=True, type=Path, metavar="FILE", help="点位多边形 · polygons of sites"
    )
    parser.add_argument(
        "--scenes", required=True, type=Path, metavar="FOLDER|ITEMS.json",
        help="有 scenes.toml 的影像文件夹，或 STAC 条目集合 · folder with scenes.toml, or STAC items",
    )  # fmt: skip
    parser.add_argument("--claims", required=True, type=Path, metavar="FILE", help="申报表 · what is claimed")
    parser.add_argument("--permitted", type=Path, metavar="FILE", help="许可范围 · permitted boundaries")
    _add_running(parser)
    parser.set_defaults(act=_survey)


def _add_screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--areas", required=True, type=Path, metavar="FILE", help="区域多边形 · polygons of areas"
    )
    parser.add_argument(
        "--scenes", required=True, type=Path, metavar="FOLDER|ITEMS.json",
        help="有 scenes.toml 的影像文件夹，或 STAC 条目集合 · folder with scenes.toml, or STAC items",
    )  # fmt: skip
    parser.add_argument(
        "--since", required=True, metavar="DAY", help="此日以前的扰动不算新增 · what began earlier is not new"
    )
    parser.add_argument("--until", metavar="DAY", help="此日以后的影像不看 · later scenes are not looked at")
    parser.add_argument(
        "--least-m2", type=float, metavar="M2", help="小于此面积的不报 · smaller pieces are not spoken of"
    )
    _add_running(parser)
    parser.set_defaults(act=_screen)


def _add_running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FOLDER", help="输出文件夹 · where outputs go"
    )
    parser.add_argument(
        "--threads", type=int, default=os.cpu_count() or 1, metavar="N", help="线程数 · threads"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help="Dask 调度器地址 · address of a Dask scheduler")
    parser.add_argument("--resume", action="store_true", help="接着上次继续 · go on where it stopped")
    parser.add_argument(
        "--parameters", type=Path, metavar="FILE", help="参数集 · a parameter set of your own"
    )


def _add_simulate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FOLDER", help="输出文件夹 · where images go"
    )
    parser.add_argument("--seed", required=True, type=int, metavar="N", help="随机种子 · seed of chance")
    parser.set_defaults(act=_simulate)


def _survey(arguments: argparse.Namespace, console: Console) -> int:
    from qingshan.earth.terminal import survey_files

    return survey_files(arguments, console)


def _screen(arguments: argparse.Namespace, console: Console) -> int:
    from qingshan.earth.screening.terminal import screen_files

    return screen_files(arguments, console)


def _simulate(arguments: argparse.Namespace, console: Console) -> int:
    from qingshan.earth.terminal import simulate_files

    return simulate_files(arguments, console)


def _warm(arguments: argparse.Namespace, console: Console) -> int:
    from qingshan.earth.warming import warm

    count = warm()
    console.facts["kernels"] = count
    console.say("earth.warmed", count=count)
    return 0
