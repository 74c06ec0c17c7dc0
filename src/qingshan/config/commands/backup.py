"""Writes database and stored files into one file while people go on working. Private keys come along only with
--with-keys, under a passphrase (QINGSHAN_PASSPHRASE, or typed)."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from qingshan.config.backup import Backup, back_up, passphrase_from_person
from qingshan.config.commands.output import Output
from qingshan.config.errors import CommandError
from qingshan.config.migrated import require_up_to_date
from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions.checkpoints import sign_checkpoint
from qingshan.office.trail.keys import known_keys
from qingshan.rules.dates import shanghai_time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="写入的文件 · file to write (HOME/backups/…)"
    )
    parser.add_argument(
        "--with-keys", action="store_true", help="连同私钥，须设口令 · include private keys, sealed"
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    now = timezone.now()
    passphrase = passphrase_from_person(twice=True) if arguments.with_keys else None
    if arguments.with_keys and passphrase is None:
        raise CommandError.because("command.no_passphrase")
    checkpoint = sign_checkpoint(now=now)
    key = next(key for key in known_keys() if key.fingerprint == checkpoint.key)
    home = Path(settings.HOME)
    place = arguments.out or home / "backups" / f"qingshan-{shanghai_time(now):%Y%m%d-%H%M%S}.zip"
    made = back_up(
        home,
        place,
        passphrase=passphrase,
        now=now,
        newest_checkpoint=checkpoints.for_saving(checkpoint, key),
    )
    _tell(made, output)
    return 1 if made.damaged else 0


def _tell(made: Backup, output: Output) -> None:
    output.add(file=str(made.place), sm3=made.digest, files=made.files, bytes=made.size_bytes)
    output.add(damaged=list(made.damaged))
    megabytes = f"{made.size_bytes / 1024**2:.1f} MB"
    output.say(
        zh=f"已备份到 {made.place}（{megabytes}，{made.files} 个文件），摘要 {made.digest}",
        en=f"Backed up to {made.place} ({megabytes}, {made.files} files), digest {made.digest}",
    )
    for digest in made.damaged:
        output.say(
            zh=f"文件 {digest} 已损坏，请从以前的备份取回。",
            en=f"The file {digest} is damaged; get it from an earlier backup.",
        )
