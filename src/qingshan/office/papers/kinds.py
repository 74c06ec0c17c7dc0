"""Which kinds of paper are there, what is each made from, and whose work is it?

An app above declares its own kinds in the same way: a frozen dataclass, a .docx from it, a Typst template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence
from qingshan.vault import digests


@dataclass(frozen=True)
class Issue:
    """What a paper says beside its data."""

    number: str
    issuer: str
    on: date
    made_at: datetime


@dataclass(frozen=True)
class PaperKind:
    """文书类型."""

    code: str
    title: Sentence
    series: str
    """whose numbers it takes (`rules.numbering`)"""
    data: type
    """a frozen dataclass (`papers.documents.plain` says of what)"""
    check: Callable[[Any], None]
    """raises PaperRefused for data from which no such paper can be made"""
    docx: Callable[[Any, Issue], bytes]
    printed: Callable[[Any, Issue], Mapping[str, Any]]
    """the words of the PDF, which its template puts in their places"""
    typst: Path
    """the template of the PDF"""
    sources: tuple[Path, ...]
    """files of the program that decide how it looks: their digest stands in each paper"""
    sample: Any
    """data with something in every field: on it an office's own template is tried"""
    duties: tuple[Duty, ...]
    """any of these may draft, issue and withdraw it"""
    comes_back: bool
    """whether it is signed and stamped by hand"""

    @property
    def template(self) -> str:
        return f"house/{self.code}"

    def template_digest(self) -> str:
        """SM3 over everything that decides how the paper looks."""
        state = digests.new()
        for source in (self.typst, *self.sources):
            content = source.read_bytes()
            state.update(f"{source.name}\n{len(content)}\n".encode() + content)
        return state.hexdigest()


_KINDS: dict[str, PaperKind] = {}


def declare_kind(kind: PaperKind) -> None:
    """Add a kind. The same code with another content is a mistake and raises ValueError."""
    if _KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"kind of paper {kind.code!r} is declared twice with different contents")


def paper_kind(code: str) -> PaperKind:
    """The kind with this code; raises KeyError."""
    return _KINDS[code]


def declared_kinds() -> Mapping[str, PaperKind]:
    """All kinds by code."""
    return dict(_KINDS)
