"""How does a paper become its two files: a .docx that an office goes on with, a PDF that is printed and signed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from qingshan.office.papers.codes import code_of
from qingshan.office.papers.documents.plain import rebuilt, spoken
from qingshan.office.papers.kinds import Issue, PaperKind, paper_kind
from qingshan.office.papers.models import Paper, PaperTemplate
from qingshan.office.trail.checkpoints import printed
from qingshan.office.trail.queries import newest_checkpoint
from qingshan.rules.dates import date_words, shanghai_date
from qingshan.typesetting import pages_of, typeset
from qingshan.typesetting.codes import drawn
from qingshan.typesetting.filling import filled
from qingshan.vault import Vault

USUAL_PAGES = 4
"""So many codes are drawn at once; a longer paper is set again with more."""
DRAFT_NUMBER = "（拟稿，未编号）"


@dataclass(frozen=True)
class Made:
    """The files of a paper under its number, safe in the vault."""

    number: str
    docx_digest: str
    pdf_digest: str
    pages: int
    checkpoint: str
    template: str
    template_digest: str


def made(paper: Paper, *, number: str, now: datetime) -> Made:
    """Both files. The same paper, number, instant and checkpoint give the same bytes. Raises TypesettingError."""
    kind, checkpoint = paper_kind(paper.kind), _checkpoint()
    issue, data = _issue(paper, number=number, now=now), rebuilt(kind.data, paper.data)
    pdf = _pdf(kind, data, issue, paper_id=paper.pk, checkpoint=checkpoint)
    own = PaperTemplate.objects.filter(organisation=paper.organisation, kind=kind.code, in_use=True).first()
    docx = filled_in(own.file_digest, data, issue) if own else kind.docx(data, issue)
    vault = Vault(settings.VAULT_ROOT)
    return Made(
        number=number,
        docx_digest=vault.put(docx).digest,
        pdf_digest=vault.put(pdf).digest,
        pages=pages_of(pdf),
        checkpoint=checkpoint,
        template=f"office/{own.pk}" if own else kind.template,
        template_digest=own.file_digest if own else kind.template_digest(),
    )


def filled_in(template_digest: str, data: Any, issue: Issue) -> bytes:
    """An office's own template with the data in its places. Raises TypesettingError."""
    place = Vault(settings.VAULT_ROOT).path(template_digest)
    return filled(place, words_for_templates(data, issue), made_at=issue.made_at)


def words_for_templates(data: Any, issue: Issue) -> dict[str, Any]:
    """The names that a template may use."""
    return {**spoken(data), "number": issue.number, "issuer": issue.issuer, "day": date_words(issue.on)}


def draft_pdf(paper: Paper, *, now: datetime) -> bytes:
    """How it will look: without number or code, so that nobody takes it for the paper itself."""
    kind = paper_kind(paper.kind)
    issue = _issue(paper, number=DRAFT_NUMBER, now=now)
    return _pdf(kind, rebuilt(kind.data, paper.data), issue, paper_id=None, checkpoint=_checkpoint())


def _issue(paper: Paper, *, number: str, now: datetime) -> Issue:
    return Issue(number=number, issuer=paper.organisation.name, on=shanghai_date(now), made_at=now)


def _pdf(kind: PaperKind, data: Any, issue: Issue, *, paper_id: int | None, checkpoint: str) -> bytes:
    def with_codes(pages: int) -> bytes:
        codes = [] if paper_id is None else [code_of(paper_id, page) for page in range(1, pages + 1)]
        pictures = {f"code-{page}.svg": drawn(text) for page, text in enumerate(codes, start=1)}
        words = {
            **kind.printed(data, issue),
            "number": issue.number,
            "codes": list(pictures),
            "head": f"{issue.issuer}　{issue.number}",
            "under": "签字盖章后请拍照或扫描上传，右上角二维码请勿遮挡。"
            if kind.comes_back and codes
            else "",
            "foot": f"留痕检查点 {checkpoint}" if checkpoint else "还没有留痕检查点",
        }
        return typeset(kind.typst, words, made_at=issue.made_at, pictures=pictures)

    pdf = with_codes(USUAL_PAGES)
    pages = pages_of(pdf)
    return pdf if pages <= USUAL_PAGES or paper_id is None else with_codes(pages)


def _checkpoint() -> str:
    newest = newest_checkpoint()
    return printed(newest) if newest else ""
