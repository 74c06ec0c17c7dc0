"""Which problems and petitions stand in the dossier of a mine or site? The open ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from qingshan.office.cases.access import REGISTER
from qingshan.office.matters.access import branches_for, visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_mine
from qingshan.office.matters.showing import standing_of
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.regions.ranges import inside


@dataclass(frozen=True)
class Matters:
    """The card: rows with their clocks, whether there are more, and what may be done from here."""

    rows: list[tuple[Matter, tuple[str, str]]]
    has_more: bool
    open_count: int
    all_path: str
    register_path: str


def matters_of(dossier: Dossier) -> Matters:
    """What the reader may see of it."""
    about, actor = dossier.about, dossier.actor
    here = {"mine_id__in": one_mine(about.pk)} if dossier.is_of_a_mine else {"site_id": about.pk}
    rows = Matter.objects.filter(**here).defer("geom", "cell", "words").select_related("state")
    found: dict[int, Matter] = {}
    for branch in branches_for(rows, actor):
        newest = branch.order_by(
            F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-id"
        )
        found |= {row.pk: row for row in newest[: SHOWN + 1]}
    matters = sorted(found.values(), key=_urgency)
    may = REGISTER.duty in actor.duties and inside(about.region_id, actor.region_ranges)
    return Matters(
        [(row, standing_of(row, on=dossier.on)) for row in matters[:SHOWN]],
        has_more=len(matters) > SHOWN,
        open_count=visible_to(Matter.objects.filter(**here, closed_on=None), actor).count(),
        all_path=f"/cases/?view=all&mine={about.pk}" if dossier.is_of_a_mine else "",
        register_path=f"/cases/new/?mine={about.pk}" if may and dossier.is_of_a_mine else "",
    )


def _urgency(row: Matter) -> tuple[bool, date, int]:
    return row.closed_on is not None, row.due_on or date.max, -row.pk


MATTERS = Card("cases/of_a_dossier.html", matters_of)
