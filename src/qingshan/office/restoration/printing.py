"""Which papers are usual for which act on a project, and what do they say of it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qingshan.office.matters.queries import evidence_by_site
from qingshan.office.papers.forms import SEPARATOR, one_piece
from qingshan.office.papers.usual import Printing, Told, Usual, accepted_sheet, shown_by
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.rules.areas import area_text
from qingshan.rules.flows.restoration import ProjectAct
from qingshan.rules.reasons import CHINESE


def _acceptance(told: Told) -> dict[str, Any]:
    """An acceptance that was undone since, because the works are to be done again, is none."""
    done = told.newest(ProjectAct.ACCEPT) if project_of(told.matter).accepted_on else None
    sheet = accepted_sheet(told, done, what="")
    return {**sheet, "items": "\n".join(_items(told))}


def _items(told: Told) -> Iterator[str]:
    """Site by site what was planned, and what the unit that did the works measured itself."""
    shown = evidence_by_site(told.matter)
    for row in sites_of(project_of(told.matter)):
        planned, claimed = row.planned_m2, row.claimed_m2
        asked = f"{row.site} 计划修复 {area_text(planned, CHINESE)}" if planned is not None else str(row.site)
        done = f"自验完成 {area_text(claimed, CHINESE)}" if claimed is not None else ""
        found = "，".join(filter(None, (done, shown_by(shown.get(row.site_id, ())))))
        yield SEPARATOR.join(filter(None, (one_piece(asked), one_piece(found))))


PRINTING = Printing((Usual("acceptance", (ProjectAct.ACCEPT,), _acceptance),))
