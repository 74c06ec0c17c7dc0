"""Looks at Python, SQLite, fonts, browser, disk, database, triggers, stored files, imports and jobs, and says what
to do about each. With --state it also reads every stored file and recomputes the whole trail; with --mend it first
writes anew what can be derived from the rows: the words by which they are found."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from qingshan.config.commands.output import Output
from qingshan.config.doctor import Finding, Level
from qingshan.config.doctor.findings import bad
from qingshan.config.doctor.machine import look_at_the_machine
from qingshan.config.serve import home_of_this_machine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--state", action="store_true", help="逐一核对全部数据 · recompute everything that can be recomputed"
    )
    parser.add_argument(
        "--mend",
        action="store_true",
        help="重建不一致的检索索引 · write anew what is searched, where it differs",
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    findings = list(_all(state=arguments.state, mending=arguments.mend))
    for one in findings:
        output.say(zh=one.say(), en=one.say("en"))
    serious = sum(one.level == Level.BAD for one in findings)
    output.add(findings=[one.as_json(output.language) for one in findings], to_do=serious)
    if serious:
        output.say(zh=f"{serious} 项需要处理。", en=f"{serious} of these need action.")
    else:
        output.say(zh="一切正常。", en="All is well.")
    return 1 if serious else 0


def _all(*, state: bool, mending: bool) -> Iterator[Finding]:
    yield from look_at_the_machine(Path(home_of_this_machine()))
    try:
        import django

        django.setup()
        from qingshan.config.doctor.installation import look_at_the_installation
    except Exception as error:  # whatever keeps the application from loading is itself a finding
        yield bad(
            "installation.application",
            zh=f"程序不能加载：{type(error).__name__}: {error}",
            en=f"The application does not load: {type(error).__name__}: {error}",
            do_zh="在源码目录运行 make setup，或重新安装软件包。",
            do_en="Run make setup in the source folder, or install the package again.",
        )
        return
    yield from look_at_the_installation(state=state, mending=mending)
