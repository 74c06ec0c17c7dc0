"""What does a case claim of its land, so that images are asked? Queued, kept and withdrawn by the case's own acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.matters.kinds import Asked
from qingshan.office.matters.models import Matter
from qingshan.office.observations import claiming
from qingshan.office.observations.claiming import Claimed, open_questions
from qingshan.rules.reasons import Reason
from qingshan.rules.verification import TargetUse, against_signing, need_relapse


@dataclass(frozen=True)
class Restored:
    """What the applicant says of the land. None: nobody has said so."""

    target: TargetUse | None = None
    restored_since: date | None = None
    planted_on: date | None = None
    disturbed_since: date | None = None


def claim_for(matter: Matter, restored: Restored, *, on: date, now: datetime) -> Sequence[Model]:
    """The land of the case is said to be restored: its site, or the area that was registered with it."""
    claimed = Claimed(
        subject=matter,
        matter=matter,
        site=matter.site,
        shape=matter.geom if matter.site is None else None,
        about="" if matter.site else matter.title,
        target=restored.target,
        disturbed_since=restored.disturbed_since,
        planted_on=restored.planted_on,
        restored_since=restored.restored_since,
        claimed_on=on,
    )
    return claiming.claim(claimed, now=now)


def accepted(matter: Matter, *, on: date) -> Sequence[Model]:
    """From this day the land is to stay as it was accepted."""
    return claiming.accepted(matter, on=on)


def claimed_no_more(matter: Matter, *, now: datetime) -> Sequence[Model]:
    """It was returned, or reopened: what was claimed is claimed no more."""
    return claiming.withdraw(matter, now=now)


def relapsed(matter: Matter, *, note: str, by: str, on: date, now: datetime) -> Sequence[Model]:
    """A person confirms that it came back; what was claimed is claimed no more."""
    return claiming.confirm_relapse(matter, note=note, by=by, on=on, now=now)


def relapse_missing(asked: Asked) -> Iterable[Reason]:
    """Only a doubt that images raised, and nobody has cleared, is confirmed as a relapse."""
    return need_relapse(len(claiming.open_trace_backs(asked.matter)))


def against_accepting(asked: Asked) -> Iterable[Reason]:
    """What images do not support has to be answered in writing before anybody accepts."""
    return against_signing(open_questions(asked.matter))
