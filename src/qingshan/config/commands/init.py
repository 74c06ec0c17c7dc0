"""Creates the folder of state and the database, or brings both up to date: tables, triggers, the register of
regions, the key that signs checkpoints. With --demo also the fictitious province 青山省. Safe to repeat."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from qingshan.config.commands.output import Output
from qingshan.demo.load import founded_at, load
from qingshan.demo.observing import Sky, observe_claims, sky
from qingshan.office.accounts.actors import system
from qingshan.office.regions.actions import load_register
from qingshan.office.trail.actions.keys import usable_signer
from qingshan.office.trail.models import Entry

FOLDERS = ("VAULT_ROOT", "KEYS_ROOT", "FILE_UPLOAD_TEMP_DIR", "STATIC_ROOT")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="载入演示数据 · load the demonstration province")


def run(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.demo:
        with sky(timezone.now()) as made:
            return _create(arguments, output, made)
    return _create(arguments, output, None)


def _create(arguments: argparse.Namespace, output: Output, made: Sky | None) -> int:
    home = Path(settings.HOME)
    for folder in (home, *(getattr(settings, name) for name in FOLDERS)):
        Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    output.say(zh="建立数据库……", en="Creating the database …")
    call_command("migrate", verbosity=0, interactive=False)
    now = _beginning() if arguments.demo else timezone.now()
    output.say(zh="载入行政区划……", en="Loading the register of regions …")
    regions = load_register(actor=system(), now=now)
    signer = usable_signer(now=now)
    output.add(home=str(home), regions_written=regions, key_algorithm=signer.algorithm)
    if made is not None:
        _load_demo(output, made)
    output.say(zh=f"完成：{home}", en=f"Done: {home}")
    return 0


def _beginning() -> datetime:
    """The trail of a demonstration begins when its province was founded; one that has begun goes on."""
    now = timezone.now()
    return now if Entry.objects.exists() else founded_at(now)


def _load_demo(output: Output, made: Sky) -> None:
    output.say(
        zh="载入演示省份青山省（数据均为模拟）……", en="Loading the demonstration province (all simulated) …"
    )

    def tell(zh: str, en: str) -> None:
        output.say(zh=f"  {zh}", en=f"  {en}")

    loaded = load(now=timezone.now(), tell=tell)
    output.add(demo=asdict(loaded))
    output.say(
        zh="用模拟卫星影像核查申报的治理……", en="Testing what is claimed by (simulated) satellite images …"
    )
    observe_claims(made, tell=tell)
