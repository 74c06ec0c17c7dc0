"""Which files are bound into a closing file, and which only named in it? Never more than fits into memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from pypdfium2 import PdfDocument, PdfiumError

from qingshan.office.matters.models import Evidence
from qingshan.office.papers.models import SignedCopy
from qingshan.rules.dates import shanghai_time
from qingshan.rules.matters import EvidenceKind, Phase
from qingshan.typesetting import for_print
from qingshan.vault import Vault, VaultError

PICTURE_PX = 900
MOST_PICTURES = 60
MOST_BOUND_BYTES = 60_000_000
"""All attachments together: what would go beyond is named with its digest, and lies in the vault."""


@dataclass
class Attached:
    """Pictures and attachments as the template finds them, by their names there."""

    named: dict[str, bytes] = field(default_factory=dict)
    bound_bytes: int = 0
    pictures: int = 0

    def photo_sets(self, evidence: Iterable[Evidence]) -> Iterator[dict[str, Any]]:
        """前/中/后 of one photo point beside each other, place by place; what has no point stands alone."""
        sets: dict[tuple[str, str], dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        for each in evidence:
            if each.kind == EvidenceKind.PHOTOGRAPH and each.file_digest:
                sets[(str(each.site or ""), each.photo_point)][each.phase].append(each)
        for (place, point), phases in sorted(sets.items(), key=_nameless_last):
            shown = [
                {"picture": self._picture(each), "words": _picture_words(each, phase)}
                for phase in (*(each.value for each in Phase), "")
                for each in phases.get(phase, ())
            ]
            named = f"拍摄点：{point}" if point else "未设固定拍摄点"
            yield {"point": " · ".join(filter(None, (place, named))), "pictures": shown}

    def _picture(self, each: Evidence) -> str | None:
        if self.pictures >= MOST_PICTURES:
            return None
        self.pictures += 1
        try:
            with Vault(settings.VAULT_ROOT).open(each.file_digest) as stream:
                return self._add(for_print(stream, longest_px=PICTURE_PX), "jpg")
        except VaultError:
            return None

    def paper(self, title: str, each: Evidence | SignedCopy) -> dict[str, Any]:
        """Bound in where it is a PDF that can be read, else named with its digest."""
        pdf = self._pdf(each)
        pages = _pages_of(pdf) if pdf else 0
        if pdf and pages:
            self.bound_bytes += len(pdf)
        return {
            "title": title,
            "file": each.file_name,
            "sm3": each.file_digest,
            "pages": pages,
            "bound": self._add(pdf, "pdf") if pages else None,
        }

    def _pdf(self, each: Evidence | SignedCopy) -> bytes | None:
        room = MOST_BOUND_BYTES - self.bound_bytes
        if not each.file_name.lower().endswith(".pdf") or (each.file_size_bytes or 0) > room:
            return None
        try:
            with Vault(settings.VAULT_ROOT).open(each.file_digest) as stream:
                content = stream.read(room + 1)
        except VaultError:
            return None
        return content if content.startswith(b"%PDF-") and len(content) <= room else None

    def _add(self, content: bytes | None, ending: str) -> str | None:
        if content is None:
            return None
        name = f"file-{len(self.named)}.{ending}"
        self.named[name] = content
        return name


def _nameless_last(one: tuple[tuple[str, str], Any]) -> tuple[Any, ...]:
    place, point = one[0]
    return (not place, place, not point, point)


def _picture_words(each: Evidence, phase: str) -> str:
    taken = f"{shanghai_time(each.taken_at):%Y-%m-%d %H:%M}" if each.taken_at else "无拍摄时间"
    placed = "有定位" if each.longitude_deg is not None else "无定位"
    return " · ".join([Phase(phase).zh if phase else "未注明时段", each.title, taken, placed])


def _pages_of(pdf: bytes) -> int:
    """0 for what claims to be a PDF and cannot be read: then it is named, not bound in."""
    try:
        return len(PdfDocument(pdf))
    except PdfiumError:
        return 0
