"""verify       recomputes the chain, every checkpoint and the digest of every live object, and names what differs
verify --against FILE   refuses a history that does not extend the checkpoint in FILE (saved, or typed from paper)
prove SEQ    writes a bundle by which anybody can check one entry without this program and without the database
checkpoint   signs the history up to now, and writes the checkpoint to keep outside
change-key   starts a new signing key, signed by the old one; --as a security administrator"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from django.utils import timezone

from qingshan.config.commands.output import Output
from qingshan.config.commands.persons import actor_for, add_as
from qingshan.config.errors import CommandError
from qingshan.config.migrated import require_up_to_date
from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions import change_key
from qingshan.office.trail.actions.checkpoints import sign_checkpoint
from qingshan.office.trail.keys import known_keys
from qingshan.office.trail.models import Entry
from qingshan.office.trail.prove import write_bundle
from qingshan.office.trail.signers import fingerprint_of
from qingshan.office.trail.verify import verify_trail


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(
        dest="act", required=True, metavar="verify | prove | checkpoint | change-key"
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="输出一个 JSON 对象 · print one JSON object")
    verify = acts.add_parser("verify", parents=[common], help="核验 · verify everything")
    verify.add_argument(
        "--against", type=Path, metavar="FILE", help="保存的检查点 · a checkpoint kept outside"
    )
    prove = acts.add_parser("prove", parents=[common], help="证明一条 · prove one entry")
    prove.add_argument("seq", metavar="SEQ", type=int, help="留痕序号 · number of the entry")
    prove.add_argument("--out", type=Path, metavar="FILE", help="证明包 · bundle to write (proof-SEQ.zip)")
    checkpoint = acts.add_parser("checkpoint", parents=[common], help="签署检查点 · sign a checkpoint")
    checkpoint.add_argument("--out", type=Path, metavar="FILE", help="检查点文件 · file to write")
    change = acts.add_parser("change-key", parents=[common], help="更换签名密钥 · change the signing key")
    add_as(change)


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    acts = {"verify": _verify, "prove": _prove, "checkpoint": _checkpoint, "change-key": _change_key}
    return acts[arguments.act](arguments, output)


def _verify(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.against is not None and not arguments.against.is_file():
        raise CommandError.because("command.no_file", path=str(arguments.against))
    shown = not output.as_json and sys.stderr.isatty()
    report = verify_trail(arguments.against, progress=_show if shown else None)
    output.add(**report.as_json())
    for zh, en in zip(report.lines(), report.lines("en"), strict=True):
        output.say(zh=zh, en=en)
    return 0 if report.ok else 1


def _show(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done:,} / {total:,}" + ("\n" if done >= total else ""))


def _prove(arguments: argparse.Namespace, output: Output) -> int:
    entry = Entry.objects.filter(seq=arguments.seq).first()
    if entry is None:
        raise CommandError.because("command.no_entry", seq=arguments.seq)
    place = _new_file(arguments.out or Path(f"proof-{arguments.seq}.zip"))
    with place.open("xb") as file:
        write_bundle(entry, file, now=timezone.now())
    output.add(file=str(place), seq=arguments.seq)
    output.say(
        zh=f"证明包已写入 {place}，内有核验程序和说明。",
        en=f"Proof written to {place}, with a script that checks it.",
    )
    return 0


def _checkpoint(arguments: argparse.Namespace, output: Output) -> int:
    checkpoint = sign_checkpoint(now=timezone.now())
    key = next(key for key in known_keys() if key.fingerprint == checkpoint.key)
    saved = checkpoints.for_saving(checkpoint, key)
    place = _new_file(arguments.out or Path(f"checkpoint-{checkpoint.size}.json"))
    place.write_text(json.dumps(saved, indent=1), encoding="utf-8")
    output.add(file=str(place), checkpoint=saved, printed=checkpoints.printed(checkpoint))
    output.say(
        zh=f"检查点 {checkpoints.printed(checkpoint)}\n已写入 {place}，请另行保存。",
        en=f"Checkpoint {checkpoints.printed(checkpoint)}\nwritten to {place}; keep it somewhere else.",
    )
    return 0


def _change_key(arguments: argparse.Namespace, output: Output) -> int:
    now = timezone.now()
    signer = change_key(actor=actor_for(arguments.person, now=now), now=now)
    fingerprint = fingerprint_of(signer.algorithm, signer.public_key)
    output.add(key=fingerprint)
    output.say(
        zh=f"已启用新密钥 {fingerprint}，由原密钥签字交接。请备份时加 --with-keys。",
        en=f"The new key {fingerprint} is in use, handed over by the old one. Back up with --with-keys.",
    )
    return 0


def _new_file(place: Path) -> Path:
    if place.exists():
        raise CommandError.because("command.file_exists", path=str(place))
    return place
