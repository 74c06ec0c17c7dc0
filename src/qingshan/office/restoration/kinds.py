"""Which kind of matter does restoration bring? One flow table, and how each of its needs is judged."""

from __future__ import annotations

from qingshan.office.matters.kinds import MatterKind
from qingshan.office.restoration.needs import BROUGHT, NEEDS, ground_of, project_of, sites_of
from qingshan.rules.flows import restoration
from qingshan.rules.flows.restoration import ProjectAct

KIND = restoration.FLOW.kind
RESTORATION = MatterKind(
    flow=restoration.FLOW,
    needs=NEEDS,
    path=lambda matter: f"/restoration/{matter.pk}/",
    brought=BROUGHT,
    begins_anew=frozenset({ProjectAct.REOPEN}),
    takes_up_again=(ProjectAct.REDO, ProjectAct.REOPEN),
    ground=ground_of,
    sites=lambda matter: [row.site for row in sites_of(project_of(matter))],
    carries_out=frozenset(
        {
            ProjectAct.SUBMIT_DESIGN,
            ProjectAct.BEGIN,
            ProjectAct.REPORT,
            ProjectAct.COMPLETE,
            ProjectAct.APPLY,
            ProjectAct.NOTE_AFTERCARE,
        }
    ),
)
