"""Fills an empty QINGSHAN_HOME (and an empty database) from a backup and verifies the trail. Without --with-keys,
or where the backup holds none, a new signing key is started, and the trail says so."""

from __future__ import annotations

import argparse
from pathlib import Path

from qingshan.config.backup import passphrase_from_person
from qingshan.config.commands.output import Output
from qingshan.config.errors import CommandError
from qingshan.config.restore import restore
from qingshan.config.serve import home_of_this_machine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--with-keys", action="store_true", help="连同私钥，须输入口令 · take the sealed keys along"
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    passphrase = passphrase_from_person(twice=False) if arguments.with_keys else None
    if arguments.with_keys and passphrase is None:
        raise CommandError.because("command.no_passphrase")
    home = Path(home_of_this_machine())
    done = restore(arguments.file, home, passphrase=passphrase)
    output.add(home=str(home), made_at=done.made_at, files=done.files, with_keys=done.with_keys)
    output.add(verified=done.verified)
    output.say(
        zh=f"已恢复到 {home}（备份于 {done.made_at}，{done.files} 个文件），留痕核验通过。",
        en=f"Restored into {home} (backup of {done.made_at}, {done.files} files); the trail verifies.",
    )
    if not done.with_keys:
        output.say(
            zh="未带私钥：已启用新的签名密钥，留痕中有记录。",
            en="Without the private keys: a new signing key was started, and the trail says so.",
        )
    return 0
