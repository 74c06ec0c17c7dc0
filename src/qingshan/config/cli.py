"""The `qingshan` command: which commands are there, and what does its exit status mean?

0 all went well · 1 it did not, and the output says why · 2 the arguments make no sense
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from qingshan import __version__
from qingshan.config.commands.output import Output
from qingshan.config.errors import CommandError
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence

ARGUMENTS_MAKE_NO_SENSE = 2


@dataclass(frozen=True)
class Command:
    """One word after `qingshan`. `django`: needs the application loaded, which takes about a second."""

    title: Sentence
    django: bool = True
    module: str = ""


COMMANDS: dict[str, Command] = {
    "init": Command(Sentence(zh="建立或更新数据库", en="create or update the database")),
    "serve": Command(
        Sentence(zh="运行网站和后台任务", en="run the site and its background work"), django=False
    ),
    "import": Command(Sentence(zh="导入文件", en="import a file"), module="import_"),
    "export": Command(Sentence(zh="导出表格或图形", en="export a table or shapes")),
    "trail": Command(Sentence(zh="核验和证明留痕", en="verify and prove the trail")),
    "backup": Command(Sentence(zh="备份", en="back everything up")),
    "restore": Command(Sentence(zh="从备份恢复", en="restore from a backup"), django=False),
    "doctor": Command(Sentence(zh="检查本机和数据", en="check this machine and the data"), django=False),
    "observe": Command(
        Sentence(zh="用卫星影像核验申报，写入台账", en="test claims against images, into the ledger")
    ),
    "worker": Command(Sentence(zh="只运行后台任务（serve 已包含）", en="run jobs only (serve includes it)")),
    "timetable": Command(
        Sentence(zh="只运行定时任务（serve 已包含）", en="run the timetable only (serve includes it)")
    ),
    "earth": Command(
        Sentence(zh="卫星核查：核查点位、模拟影像", en="satellite engine: survey sites, simulate"),
        django=False,
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """The console script."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in words if not word.startswith("-")), "")
    if name not in COMMANDS:
        return _overview(words)
    command = COMMANDS[name]
    output = Output(as_json="--json" in words)
    try:
        module = _load(name, command)
        arguments = _parser(name, command, module).parse_args(words[words.index(name) + 1 :])
        return output.close(module.run(arguments, output))
    except QingshanError as error:
        output.refuse(error)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        output.refuse(_explained(error))
        traceback.print_exc()
    return output.close(1)


def _load(name: str, command: Command) -> ModuleType:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    if command.django:
        import django

        django.setup()
    return importlib.import_module(f"qingshan.config.commands.{command.module or name}")


def _parser(name: str, command: Command, module: ModuleType) -> argparse.ArgumentParser:
    title = command.title
    parser = argparse.ArgumentParser(
        prog=f"qingshan {name}",
        description=f"{title.zh} · {title.en}\n\n{module.__doc__ or ''}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象 · print one JSON object")
    module.add_arguments(parser)
    return parser


def _overview(words: Sequence[str]) -> int:
    if "--version" in words:
        sys.stdout.write(f"qingshan {__version__}\n")
        return 0
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {one.title.zh} · {one.title.en}" for name, one in COMMANDS.items()]
    sys.stdout.write("qingshan COMMAND [--help] [--json]\n\n" + "\n".join(lines) + "\n")
    return 0 if not words or {"-h", "--help", "help"} & set(words) else ARGUMENTS_MAKE_NO_SENSE


def _explained(error: Exception) -> QingshanError:
    """A fault of the database or the program, as a sentence."""
    from django.db import OperationalError

    if isinstance(error, OperationalError):
        detail = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if "locked" in detail:
            return CommandError.because("command.busy")
        return CommandError.because("command.database_unreachable", detail=detail)
    return CommandError.because("command.fault", error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    raise SystemExit(main())
