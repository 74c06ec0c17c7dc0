"""Imports a workbook, GeoPackage, GeoJSON or shapefile of one KIND (sites, mines, patches, layer_features).

Says first what would be created, changed, left as it is and refused. All rows go in or none, unless
--good-rows-only. The same file twice changes nothing.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from qingshan.config.commands.output import Output
from qingshan.config.commands.persons import actor_for, add_as
from qingshan.config.errors import CommandError
from qingshan.config.migrated import require_up_to_date
from qingshan.exchange import preview
from qingshan.exchange.kinds import Kind
from qingshan.exchange.kinds import kind as import_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.readers.asking import ANSWERS
from qingshan.exchange.rows import said_once
from qingshan.exchange.values import Fault
from qingshan.exchange.writers import refused_workbook
from qingshan.office.accounts.actors import Actor
from qingshan.office.desk import actions
from qingshan.rules.reasons import Reason, say, say_all
from qingshan.vault import Vault

MOST_REFUSED_SHOWN = 20
MOST_REFUSED_IN_JSON = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="sites, mines, patches, layer_features")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="只预览，不导入 · show what would be done")
    parser.add_argument("--allow-abroad", action="store_true", help="接受境外坐标 · accept places abroad")
    parser.add_argument(
        "--good-rows-only",
        action="store_true",
        help="只导入合格的行 · import the good rows, leave the others",
    )
    parser.add_argument(
        "--crs", help="坐标系，有疑问时须指明 · reference system, where the file leaves it open"
    )
    parser.add_argument("--layer", help="图层，有多个时须指明 · layer, where the file has several")
    parser.add_argument(
        "--rows",
        choices=("corners", "points"),
        help="只有序号和坐标的行是拐点还是点 · what rows of numbers and coordinates alone are",
    )
    parser.add_argument(
        "--coordinates",
        help="每个拐点有两组坐标时用哪一组 · which to use where each corner has its coordinates twice",
    )
    parser.add_argument(
        "--say",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="整份文件统一填写的列，如 --say delivery=increment · a column that all rows share",
    )
    parser.add_argument(
        "--refused",
        type=Path,
        metavar="FILE",
        help="退回的行写入工作簿 · write the refused rows to a workbook",
    )
    add_as(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    now = timezone.now()
    actor = actor_for(arguments.person, now=now)
    if arguments.refused is not None and arguments.refused.exists():
        raise CommandError.because("command.file_exists", path=str(arguments.refused))
    import_ = _receive(arguments, actor=actor, now=now)
    try:
        _read(import_, actor=actor, output=output)
        return _decide(import_, arguments, actor=actor, now=now, output=output)
    except BaseException:
        _leave_out(import_)
        raise


def _receive(arguments: argparse.Namespace, *, actor: Actor, now: datetime) -> Import:
    wanted = {name: getattr(arguments, name) for name in ("allow_abroad", *ANSWERS)}
    options = {name: value for name, value in wanted.items() if value}
    if said := _said(import_kind(arguments.kind), arguments.say):
        options["said"] = said
    if not arguments.file.is_file():
        raise CommandError.because("command.no_file", path=str(arguments.file))
    with arguments.file.open("rb") as stream:
        return actions.receive(
            arguments.kind,
            file_name=arguments.file.name,
            stream=stream,
            options=options,
            actor=actor,
            now=now,
        )


def _said(kind: Kind, given: list[str]) -> dict[str, str]:
    """What all rows share; refused where it is no such column, or cannot be read."""
    said = dict(each.partition("=")[::2] for each in given)
    for name in said:
        if name not in kind.said_once:
            raise CommandError.because(
                "command.cannot_be_said", column=name, columns=", ".join(kind.said_once)
            )
    try:
        said_once(kind, said)
    except Fault as fault:
        raise CommandError.because("command.said_unreadable", said=" ".join(given)) from fault
    return said


def _read(import_: Import, *, actor: Actor, output: Output) -> None:
    path = Vault(settings.VAULT_ROOT).path(import_.file_digest)
    preview.stage(import_, path=path, actor=actor, progress=_Meter(output))
    output.add(import_id=import_.pk, file=import_.file_name, sm3=import_.file_digest)


class _Meter:
    """Progress on a terminal; nothing elsewhere."""

    def __init__(self, output: Output) -> None:
        self._shown = not output.as_json and sys.stderr.isatty()

    def report(self, done: int, total: int) -> None:
        if self._shown:
            sys.stderr.write(f"\r{done:,} / {total:,}" + ("\n" if done >= total else ""))
            sys.stderr.flush()


def _decide(
    import_: Import, arguments: argparse.Namespace, *, actor: Actor, now: datetime, output: Output
) -> int:
    if import_.question:
        return _ask(import_, output)
    _tell(import_, output)
    if arguments.refused is not None and import_.refused:
        _write_refused(import_, arguments.refused, output)
    effective = import_.created + import_.changed
    refusing = import_.refused > 0 and not arguments.good_rows_only
    applied = effective > 0 and not refusing and not arguments.dry_run
    if applied:
        entry = actions.apply(import_, good_rows_only=arguments.good_rows_only, actor=actor, now=now)
        output.add(trail_entry=entry.seq)
        output.say(zh=f"已导入，留痕第 {entry.seq} 号。", en=f"Imported; entry {entry.seq} of the trail.")
    else:
        _leave_out(import_)
        _say_why_not(refusing=refusing, effective=effective, output=output)
    output.add(applied=applied)
    return 1 if refusing else 0


def _write_refused(import_: Import, place: Path, output: Output) -> None:
    with place.open("xb") as file:
        file.write(refused_workbook(import_))
    output.add(refused_file=str(place))
    output.say(zh=f"退回的行和原因已写入 {place}", en=f"The refused rows and their reasons are in {place}")


def _say_why_not(*, refusing: bool, effective: int, output: Output) -> None:
    if refusing:
        output.say(
            zh="有退回的行，没有导入。改正后再导入，或用 --good-rows-only 只导入合格的行。",
            en="Rows were refused, so nothing was imported. Correct them, or use --good-rows-only.",
        )
    elif effective:
        output.say(zh="仅预览，没有导入。", en="Only a preview; nothing was imported.")
    else:
        output.say(zh="没有需要写入的内容。", en="There is nothing to write.")


def _leave_out(import_: Import) -> None:
    import_.refresh_from_db()
    if import_.state in {"received", "read"}:
        actions.cancel(import_)


def _ask(import_: Import, output: Output) -> int:
    question: dict[str, Any] = import_.question or {}
    reason = Reason(question["reason"]["code"], question["reason"]["values"])
    output.add(question={**question, "say": say(reason, output.language)}, applied=False)
    output.say(zh=say(reason), en=say(reason, "en"))
    for answer in question["choices"]:
        option = f"  --{question['option']} {answer['value']}"
        output.say(zh=f"{option}   {answer['zh']}", en=f"{option}   {answer['en']}")
    _leave_out(import_)
    return 1


def _tell(import_: Import, output: Output) -> None:
    counts = {each.value: getattr(import_, each.value) for each in Outcome}
    output.add(**counts)
    output.say(
        zh="，".join(f"{each.zh} {counts[each.value]:,}" for each in Outcome) + "。",
        en=", ".join(f"{counts[each.value]:,} {each.en}" for each in Outcome) + ".",
    )
    refused = StagedRow.objects.filter(source=import_, outcome=Outcome.REFUSED).order_by("position")
    rows = [_refused(row, output.language) for row in refused.defer("geom", "cells")[:MOST_REFUSED_IN_JSON]]
    output.add(refused_rows=rows)
    for row in rows[:MOST_REFUSED_SHOWN]:
        output.say(zh=f"  {row['say']}", en=f"  {row['say']}")
    if import_.refused > MOST_REFUSED_SHOWN:
        left = import_.refused - MOST_REFUSED_SHOWN
        output.say(zh=f"  ……另有 {left:,} 行", en=f"  … and {left:,} more rows")


def _refused(row: StagedRow, language: str) -> dict[str, Any]:
    faults = [Reason(fault["code"], fault["values"]) for fault in row.faults]
    said = say_all(faults, language)
    return {"sheet": row.sheet, "row": row.row, "codes": [fault.code for fault in faults], "say": said}
