"""How does a table that somebody brought become the filled one? In the background, by what its owner may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from openpyxl import Workbook

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.filling.kinds import FillKind, Values, fill_kind
from qingshan.exchange.filling.layouts import Layout
from qingshan.exchange.filling.opening import opened
from qingshan.exchange.filling.writing import Match, Summary, fill
from qingshan.exchange.models import Filling, FillingState
from qingshan.exchange.preview import Progress
from qingshan.rules.reasons import Reason

ROWS_AT_MOST = 50_000
_SAVING_FAILS = (ValueError, TypeError, AttributeError, LookupError, OSError)


def filled_workbook(
    filling: Filling, path: Path, target: Path, *, actor: Any, progress: Progress | None = None
) -> Summary:
    """Write the filled table to `target`. Too much or nothing to fill in raises FileRefused."""
    plan = filling.plan
    kind = fill_kind(plan["kind"])
    layout = next(Layout.from_json(each) for each in filling.layouts if each["sheet"] == plan["sheet"])
    objects = chosen(kind, plan["choice"], actor=actor)
    workbook = opened(path, filling.file_name)
    matches = [Match(*match) for match in plan["matches"]]
    summary = fill(workbook, layout, kind, matches, objects, by_key=plan["by_key"], progress=progress)
    _save(workbook, target, filling.file_name)
    return summary


def chosen(kind: FillKind, choice: Mapping[str, str], *, actor: Any) -> list[Values]:
    """The objects of the choice, all of them or none."""
    found = list(islice(kind.rows(actor, choice), ROWS_AT_MOST + 1))
    if not found:
        raise FileRefused.because("exchange.filling_nothing")
    if len(found) > ROWS_AT_MOST:
        raise FileRefused.because("exchange.filling_too_many", limit=ROWS_AT_MOST)
    return found


def _save(workbook: Workbook, target: Path, file_name: str) -> None:
    try:
        workbook.save(target)
    except _SAVING_FAILS as error:
        raise FileRefused.because("exchange.filling_not_saved", file=file_name) from error


@transaction.atomic
def finish(filling: Filling, *, digest: str, summary: Summary) -> None:
    """The table is filled in. Where it was asked for anew meanwhile, that one counts and this is dropped."""
    now = Filling.objects.select_for_update().filter(pk=filling.pk, state=FillingState.FILLING).first()
    if now is None or now.plan != filling.plan:
        return
    now.state, now.filled_digest, now.summary, now.faults = FillingState.FILLED, digest, summary.as_json(), []
    now.save(update_fields=["state", "filled_digest", "summary", "faults"])


def give_up(filling: Filling, because: tuple[Reason, ...]) -> None:
    """Filling was called off, or failed for good with these reasons."""
    state = FillingState.FAILED if because else FillingState.RECEIVED
    faults = [reason.as_json() for reason in because]
    Filling.objects.filter(pk=filling.pk, state=FillingState.FILLING).update(state=state, faults=faults)


def sweep(*, older_than: datetime) -> int:
    """Forget tables brought before an instant; their files go with the next sweep of the vault."""
    with transaction.atomic():
        count, _ = Filling.objects.filter(created_at__lt=older_than).delete()
    return count
