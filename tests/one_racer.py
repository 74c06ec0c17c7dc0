"""One of two clerks who press the same button at the same moment. Used by test_races: `one_racer.py ACT`.

Reads what the act is to be done with from each line, does it, and answers `won` or the code of the refusal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any


def main(act: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    import django

    django.setup()
    from qingshan.rules.errors import QingshanError

    do = ACTS[act]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        try:
            do(*map(int, line.split()))
            said = "won"
        except QingshanError as error:
            said = error.code
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


def import_sites(import_id: int) -> None:
    from qingshan.exchange.models import Import
    from qingshan.office.mines import actions

    actions.import_sites(Import.objects.get(pk=import_id), **at_work())


def merge_mines(pair_id: int, kept_id: int) -> None:
    """Nothing of the pair and its mines has been changed before."""
    from qingshan.office.mines import actions
    from qingshan.office.mines.models import Likeness

    pair = Likeness.objects.select_related("first", "second").get(pk=pair_id)
    seen = {pair.first_id: 1, pair.second_id: 1}
    merger = actions.Merger(kept_id, frozenset(), "同一许可证", version=1, mine_versions=seen)
    actions.merge_mines(pair, merger, **at_work())


def hold_draw(draw_id: int, version: int) -> None:
    """The list is closed, and the number stands in the announcement."""
    from qingshan.office.experts import actions
    from qingshan.office.experts.models import ExpertDraw

    actions.draw(ExpertDraw.objects.get(pk=draw_id), number="", version=version, **at_work())


def see_or_judge(is_seen: int, pk: int, number: int) -> None:
    """A screening sees a piece of land of this number, or a person judges the clue as a page showed it."""
    from django.utils import timezone

    from qingshan.office.observations.actions import Looked, record_clues, verify_clue
    from qingshan.office.observations.models import Clue, Screening
    from qingshan.office.observations.tests.factories import land_of, seen
    from qingshan.rules.dates import shanghai_date

    if is_seen:
        one = seen(land_of(number), key=str(pk))
        record_clues(Screening.objects.get(pk=pk), [one], now=timezone.now())
    else:
        looked = Looked("现场看过", shanghai_date(timezone.now()))
        verify_clue(Clue.objects.get(pk=pk), looked, version=number, **at_work())


def begin_run(by_night: int, pk: int, claim_id: int) -> None:
    """The night begins a run over a claim with a set of images, or a person the run that they planned over it."""
    from django.utils import timezone

    from qingshan.office.observations.actions import start_run
    from qingshan.office.observations.actions.watching import watch_land
    from qingshan.office.observations.models import Run, SceneSet
    from qingshan.office.observations.tests.factories import TODAY, Images

    if by_night:
        watch_land(SceneSet.objects.get(pk=pk), [claim_id], Images(TODAY), now=timezone.now())
    else:
        start_run(Run.objects.get(pk=pk), **at_work())


def at_work() -> dict[str, Any]:
    from django.utils import timezone

    from qingshan.office.accounts.actors import operator_of_this_machine

    return {"actor": operator_of_this_machine(), "now": timezone.now()}


ACTS: dict[str, Callable[..., None]] = {
    "import_sites": import_sites,
    "merge_mines": merge_mines,
    "hold_draw": hold_draw,
    "see_or_judge": see_or_judge,
    "begin_run": begin_run,
}

main(sys.argv[1])
