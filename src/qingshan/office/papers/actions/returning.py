"""How does a signed copy come back to its paper?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingshan.office.papers.access import BRINGS_BACK, RETURN, require_one_of
from qingshan.office.papers.actions.drafting import locked, told
from qingshan.office.papers.actions.issuing import who
from qingshan.office.papers.kinds import paper_kind
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.papers import FLOW, PaperAct
from qingshan.rules.secrecy import check_not_marked_secret
from qingshan.vault import StoredFile


@dataclass(frozen=True)
class NewCopy:
    """A photograph or scan; its file stands in the vault already."""

    file_name: str
    file: StoredFile
    pages: tuple[int, ...] = ()
    """as the codes on it say"""
    by_code: bool = False
    """or by somebody who said which paper it is"""


@official_act
def return_signed_copy(paper: Paper, copy: NewCopy, *, actor: ActorLike, now: datetime) -> SignedCopy:
    """收回签章件. Whoever brings it declares that nothing in it is secret.

    Refused: no duty for it, a paper outside the area or of another enterprise, not issued or withdrawn, the same
    file before, marked as secret.
    """
    require_one_of(actor, RETURN, BRINGS_BACK, region_id=paper.region_id, organisation_id=paper.enterprise_id)
    check_not_marked_secret(copy.file_name)
    held = locked(paper)
    held.state = FLOW.after(held.state, PaperAct.RETURN)
    if held.copies.filter(file_digest=copy.file.digest).exists():
        raise PaperRefused.because("papers.returned_already", title=held.title)
    filed = SignedCopy(
        paper=held,
        file_name=copy.file_name[-255:],
        file_digest=copy.file.digest,
        file_size_bytes=copy.file.size_bytes,
        pages=sorted(set(copy.pages)),
        by_code=copy.by_code,
        returned_at=now,
        returned_by=who(actor),
    )
    filed.save(force_insert=True)
    held.version += 1
    held.save()
    new = told(paper_kind(held.kind), held) | {
        "number": held.number,
        "file": filed.file_name,
        "file_sm3": filed.file_digest,
        "pages": filed.pages,
        "by_code": filed.by_code,
        "nothing_secret": True,
    }
    record(act=RETURN.code, actor=actor, now=now, subjects=[held, filed], new=new, region_id=held.region_id)
    return filed
