"""How is a paper drafted, and a draft revised?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from qingshan.office.accounts.models import Organisation
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.papers.access import DRAFT, REVISE, house_of, require_one_of
from qingshan.office.papers.documents.plain import plain, rebuilt
from qingshan.office.papers.kinds import PaperKind, paper_kind
from qingshan.office.papers.models import Paper
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import kind_of
from qingshan.rules.flows.papers import FLOW, PaperAct


@official_act
def draft(
    data: Any,
    *,
    kind: str,
    title: str,
    about: Model | None,
    region_id: int,
    actor: ActorLike,
    now: datetime,
    enterprise_id: int | None = None,
    for_act: str = "",
) -> Paper:
    """拟制文书. `data` is the dataclass of the kind; `about` the object that it speaks of; `for_act` the act on that
    object which it is to be signed for.

    Refused: none of the duties of the kind, a place outside the area, no title, a post without a house, data
    from which no such paper can be made.
    """
    which = paper_kind(kind)
    require_one_of(actor, DRAFT, which.duties, region_id=region_id)
    drafted = Paper(
        kind=which.code,
        title=_given(title),
        data=_checked(which, data),
        subject_kind=kind_of(type(about)) if about else "",
        subject_id=about.pk if about else None,
        for_act=for_act or None,
        region_id=region_id,
        organisation=issuer_of(actor),
        enterprise_id=enterprise_id,
    )
    drafted.save(force_insert=True)
    subjects = [drafted, *([_held(about)] if about else [])]
    new = told(which, drafted) | ({"for_act": drafted.for_act} if drafted.for_act else {})
    record(act=DRAFT.code, actor=actor, now=now, subjects=subjects, new=new, region_id=region_id)
    return drafted


@official_act
def revise(paper: Paper, data: Any, *, title: str, version: int, actor: ActorLike, now: datetime) -> Paper:
    """修改文稿. Refused: none of the duties of the kind, issued already, nothing differs, changed meanwhile."""
    which = paper_kind(paper.kind)
    require_one_of(actor, REVISE, which.duties, region_id=paper.region_id)
    held = locked(paper, version=version)
    held.state = FLOW.after(held.state, PaperAct.REVISE)
    checked = _checked(which, data)
    if (held.title, held.data) == (title.strip(), checked):
        raise PaperRefused.because("papers.nothing_differs", title=held.title)
    held.title, held.data = _given(title), checked
    held.version += 1
    held.save()
    record(
        act=REVISE.code,
        actor=actor,
        now=now,
        subjects=[held],
        new=told(which, held),
        region_id=held.region_id,
    )
    return held


def issuer_of(actor: ActorLike) -> Organisation:
    """In whose name a paper goes out: that of the bureau, never of its division. Raises PaperRefused."""
    house = house_of(actor)
    if house is None:
        raise PaperRefused.because("papers.no_issuer")
    return house


def locked(paper: Paper, *, version: int | None = None) -> Paper:
    """The paper as it stands, held until the act ends; ChangedMeanwhile where it is not the one that was seen."""
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if version is not None and held.version != version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=held.title)
    return held


def told(which: PaperKind, paper: Paper) -> dict[str, Any]:
    """What every entry about a paper says."""
    return {"title": paper.title, "kind": which.title.zh, "kind_en": which.title.en}


def _given(title: str) -> str:
    if not title.strip():
        raise PaperRefused.because("papers.title_missing")
    return title.strip()


def _checked(which: PaperKind, data: Any) -> dict[str, Any]:
    """As it is stored. It must come back the same, or the paper could not be made again from it."""
    if not isinstance(data, which.data):
        raise TypeError(f"{which.code} is made from {which.data.__name__}, not from {type(data).__name__}")
    which.check(data)
    stored: dict[str, Any] = plain(data)
    if rebuilt(which.data, stored) != data:
        raise TypeError(f"{which.data.__name__} does not come back from JSON as it was")
    return stored


def _held(about: Model) -> Model:
    """The object as it stands, held until the act ends: an entry holds the digest of all of it."""
    return type(about)._default_manager.select_for_update().get(pk=about.pk)
