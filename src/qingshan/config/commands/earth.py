"""The satellite engine: `survey` looks at sites and answers claims, `simulate` makes images with known truth, `warm`
compiles its kernels. The same as `python -m qingshan.earth`."""

from __future__ import annotations

import argparse

from qingshan.config.commands.output import Output
from qingshan.earth import command
from qingshan.earth.console import Console, language_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    command.add_arguments(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    console = Console(language=language_of(arguments.language), as_json=output.as_json, facts=output.facts)
    return command.run(arguments, console)
