"""Writes everything of one KIND (sites, mines, patches, layer_features, experts) that the actor may see, in the form
of its import table, so that it can be imported again."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils import timezone

from qingshan.config.commands.output import Output
from qingshan.config.commands.persons import actor_for, add_as
from qingshan.config.errors import CommandError
from qingshan.config.migrated import require_up_to_date
from qingshan.exchange.kinds import Kind
from qingshan.exchange.kinds import kind as export_kind
from qingshan.exchange.writers import FORMS, Exported, export
from qingshan.office.accounts.actors import Actor
from qingshan.office.experts.columns import EXPERTS, exported_experts
from qingshan.office.experts.queries import Filters as ExpertFilters
from qingshan.office.experts.queries import all_of
from qingshan.office.mines import queries
from qingshan.office.mines.columns import KIND_OF, exported_rows
from qingshan.office.mines.filters import Filters
from qingshan.office.places.columns import LAYER_FEATURES, exported_features
from qingshan.office.places.queries import feature_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="sites, mines, patches, layer_features, experts")
    parser.add_argument(
        "--format", choices=sorted(FORMS), help="格式，默认按文件名 · by default from the name"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="写入的文件 · file to write (KIND.xlsx)")
    add_as(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    kind = export_kind(arguments.kind)
    form = arguments.format or (arguments.out.suffix.lstrip(".") if arguments.out else "xlsx")
    place = arguments.out or Path(f"{kind.code}.{form}")
    if form not in FORMS:
        raise CommandError.because("command.unknown_form", form=form, forms=", ".join(sorted(FORMS)))
    if place.exists():
        raise CommandError.because("command.file_exists", path=str(place))
    actor = actor_for(arguments.person, now=timezone.now())
    rows = list(_rows_of(kind, actor))
    _write(place, export(kind, rows, form=form))
    output.add(file=str(place), rows=len(rows))
    output.say(zh=f"已导出 {len(rows):,} 行：{place}", en=f"{len(rows):,} rows written to {place}")
    return 0


def _rows_of(kind: Kind, actor: Actor) -> Iterator[Exported]:
    if kind is LAYER_FEATURES:
        return exported_features(feature_rows(actor))
    if kind is EXPERTS:
        return exported_experts(all_of(actor=actor, filters=ExpertFilters()))
    model = next(model for model, its_kind in KIND_OF.items() if its_kind.code == kind.code)
    return exported_rows(queries.all_listed(model, actor=actor, filters=Filters()))


def _write(place: Path, pieces: Iterable[bytes]) -> None:
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            file.writelines(pieces)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
