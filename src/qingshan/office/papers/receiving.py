"""What became of each photograph that somebody brought: filed, filed before, or to be named by a person?

A photograph is looked at, stored, searched for codes, and filed by an act of its own: what goes wrong with one
touches no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from qingshan.exchange.readers.documents import Paper as FileKind
from qingshan.office.errors import NotFound, OfficeError
from qingshan.office.mines.receiving import examined, stored
from qingshan.office.papers.access import copies_of, visible_to
from qingshan.office.papers.actions import NewCopy, return_signed_copy
from qingshan.office.papers.codes import PageCode, read_code
from qingshan.office.papers.lacking import Lacking, supplier_of
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Reason
from qingshan.typesetting.codes import codes_read
from qingshan.vault import StoredFile, Vault

MOST_FILES = 20
PICTURES = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC})

FILED, BEFORE, UNNAMED, REFUSED = "filed", "before", "unnamed", "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one file. It is kept with the reader's session, so it holds plain values only."""

    file_name: str
    became: str
    digest: str = ""
    size_bytes: int = 0
    paper_id: int | None = None
    pages: list[int] = field(default_factory=list)
    reason: dict[str, Any] | None = None
    copy_id: int | None = None
    supplied: str = ""
    """the paper missing from the file of its object that it was, or was to be"""
    asks: list[str] = field(default_factory=list)
    """the missing papers that it may be: a person says which"""

    @property
    def because(self) -> Reason | None:
        return Reason(self.reason["code"], self.reason["values"]) if self.reason else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def received(brought: Iterable[UploadedFile[Any]], *, actor: ActorLike, now: datetime) -> list[Outcome]:
    """What became of each file, in their order. Raises PaperRefused for more than can be looked at in one go."""
    files = list(brought)
    if len(files) > MOST_FILES:
        raise PaperRefused.because("papers.too_many", most=MOST_FILES, count=len(files))
    return [_received(each, actor=actor, now=now) for each in files]


def assigned(outcome: Outcome, paper: Paper, *, actor: ActorLike, now: datetime) -> Outcome:
    """A file whose paper somebody has named. Raises what the act refuses."""
    if not Vault(settings.VAULT_ROOT).holds(outcome.digest):
        raise PaperRefused.because("papers.gone_meanwhile")
    file = StoredFile(outcome.digest, outcome.size_bytes)
    filed = return_signed_copy(paper, NewCopy(outcome.file_name, file), actor=actor, now=now)
    return _filed(filed, actor=actor, now=now)


def supplied(outcome: Outcome, word: str, *, actor: ActorLike, now: datetime) -> Outcome:
    """A filed copy of which somebody has said which missing paper it is; empty: none. A refusal stands in its words."""
    outcome = replace(outcome, asks=[])
    if not word:
        return outcome
    copy = copies_of(actor).select_related("paper").filter(pk=outcome.copy_id or 0).first()
    if copy is None:
        raise NotFound.because("office.not_found", what=str(SignedCopy._meta.verbose_name))
    return _supplied(outcome, copy, word, actor=actor, now=now)


def _received(brought: UploadedFile[Any], *, actor: ActorLike, now: datetime) -> Outcome:
    name = (brought.name or "")[-255:]
    try:
        if examined(brought) not in PICTURES:
            raise PaperRefused.because("papers.not_a_picture", file=name)
        file = stored(brought)
    except QingshanError as refusal:
        return Outcome(name, REFUSED, reason=refusal.reasons[0].as_json())
    try:
        paper, pages = _paper_on(file, name, actor)
    except PaperRefused as unclear:
        return _about(name, file, UNNAMED, unclear)
    try:
        copy = NewCopy(name, file, pages=pages, by_code=True)
        return _filed(return_signed_copy(paper, copy, actor=actor, now=now), actor=actor, now=now)
    except (OfficeError, QingshanError) as refusal:
        became = BEFORE if refusal.code == "papers.returned_already" else REFUSED
        return _about(name, file, became, refusal, paper_id=paper.pk)


def _paper_on(file: StoredFile, name: str, actor: ActorLike) -> tuple[Paper, tuple[int, ...]]:
    """The one paper whose codes the file shows, and which of its pages. Raises PaperRefused."""
    found = codes_read(Vault(settings.VAULT_ROOT).path(file.digest))
    if not found:
        raise PaperRefused.because("papers.no_code", file=name)
    said = [code for code in map(read_code, (each.text for each in found)) if code]
    papers = visible_to(Paper.objects.filter(pk__in={code.paper_id for code in said}), actor)
    ours = {paper.pk: paper for paper in papers}
    return _the_only_one(ours, said, name)


def _the_only_one(
    ours: Mapping[int, Paper], said: Iterable[PageCode], name: str
) -> tuple[Paper, tuple[int, ...]]:
    if not ours:
        raise PaperRefused.because("papers.foreign_code", file=name)
    if len(ours) > 1:
        raise PaperRefused.because("papers.several_in_one", file=name, count=len(ours))
    ((paper_id, paper),) = ours.items()
    return paper, tuple(sorted({code.page for code in said if code.paper_id == paper_id}))


def _filed(copy: SignedCopy, *, actor: ActorLike, now: datetime) -> Outcome:
    outcome = Outcome(
        copy.file_name,
        FILED,
        digest=copy.file_digest,
        size_bytes=copy.file_size_bytes,
        paper_id=copy.paper_id,
        pages=copy.pages,
        copy_id=copy.pk,
    )
    supplier = supplier_of(copy.paper)
    lacking = supplier.lacking(copy.paper, actor) if supplier else Lacking()
    if lacking.certain:
        return _supplied(outcome, copy, lacking.certain, actor=actor, now=now)
    return replace(outcome, asks=list(lacking.choices))


def _supplied(outcome: Outcome, copy: SignedCopy, word: str, *, actor: ActorLike, now: datetime) -> Outcome:
    """An act of its own: where it is refused, the copy stays filed and the paper stays missing."""
    supplier = supplier_of(copy.paper)
    try:
        if supplier is not None:
            supplier.supply(copy, word, actor, now)
    except (OfficeError, QingshanError) as refusal:
        return replace(outcome, supplied=word, reason=refusal.reasons[0].as_json())
    return replace(outcome, supplied=word)


def _about(
    name: str, file: StoredFile, became: str, why: QingshanError, *, paper_id: int | None = None
) -> Outcome:
    reason = why.reasons[0].as_json()
    return Outcome(name, became, file.digest, file.size_bytes, paper_id=paper_id, reason=reason)
