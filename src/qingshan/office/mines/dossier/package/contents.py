"""What stands in the package, in which order, and how is it written without holding it in memory?

Every file of it is listed with its SM3 digest, and every document is held against the act that filed it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db.models import Model, Sum

from qingshan.exchange.cells import guarded
from qingshan.exchange.writers import export, export_together
from qingshan.office.mines.columns import KIND_OF, exported_rows
from qingshan.office.mines.dossier.brief import brief
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.timeline import entries_about
from qingshan.office.mines.models import Document, Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.trail import prove, telling
from qingshan.office.trail.checkpoints import printed
from qingshan.office.trail.models import Entry
from qingshan.office.trail.prove.bundle import script
from qingshan.office.trail.queries import newest_checkpoint
from qingshan.rules.dates import date_words, shanghai_time
from qingshan.rules.reasons import CHINESE
from qingshan.vault import Vault, VaultError, digests

HERE = Path(__file__).parent
EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock in the package: the same dossier is the same file
MODELS: tuple[type[Model], ...] = (Mine, Site, Patch, MiningRight, LandUse, Facility)
MOST_PROVED = 1000
"""Newer acts first: beyond these a proof can be had of each act at its own page."""
PIECE_BYTES = 1024 * 1024
LONGEST_NAME = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
# whatever packs itself already is only put in
_PACKED = frozenset(
    {".pdf", ".jpg", ".jpeg", ".png", ".heic", ".ofd", ".docx", ".xlsx", ".pptx", ".zip", ".gpkg"}
)

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Weight:
    """How much a package holds: what is heavy is made in the background."""

    rows: int
    acts: int
    documents_bytes: int

    @property
    def is_heavy(self) -> bool:
        return self.rows > 3000 or self.acts > 60 or self.documents_bytes > 100_000_000


def weight_of(dossier: Dossier) -> Weight:
    """Counted, not written."""
    held = dossier.rows_of(Document).order_by().aggregate(n=Sum("file_size_bytes"))["n"]
    rows = sum(dossier.rows_of(model).order_by().count() for model in MODELS if model is not Mine)
    return Weight(rows, entries_about(dossier.about, actor=dossier.actor).count(), held or 0)


def file_name(dossier: Dossier) -> str:
    """寒泉湾石灰岩矿（990101-K005）一矿一档_2026-11-26.zip"""
    return f"{_safe(str(dossier.about))}一矿一档_{dossier.on.isoformat()}.zip"


def write_package(dossier: Dossier, stream: IO[bytes], *, now: datetime, tell: Tell | None = None) -> None:
    """Write the whole dossier, as its reader may see it, as a zip file. Proofs need a checkpoint over the newest
    act; it is signed at `now` where there is none yet.
    """
    acts = list(entries_about(dossier.about, actor=dossier.actor)[: MOST_PROVED + 1])
    proved, told = acts[:MOST_PROVED], tell or (lambda done, total: None)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        package = _Package(bundle)
        for number, entry in enumerate(proved):
            told(number, len(proved) + len(MODELS))
            package.add(f"留痕证明/第{entry.seq:08d}条.zip", _proof(entry, now))
        filed = _filed_by(acts)
        package.add("概况.pdf", [brief(dossier)])
        package.add("台账.xlsx", export_together(_tables(dossier), form="xlsx"))
        package.add("图形/档案.gpkg", export_together(_tables(dossier), form="gpkg"))
        for model in MODELS:
            kind = KIND_OF[model]
            package.add(
                f"图形/{kind.title.zh}.geojson", export(kind, _exported(dossier, model), form="geojson")
            )
        missing = list(_documents(dossier, package, filed))
        package.add("全过程.csv", _timeline(dossier))
        package.add("留痕证明/verify.py", [script()])
        package.add("核验全部.py", [(HERE / "verify_all.py").read_bytes()])
        package.add("说明.txt", [_note(dossier, missing=missing, is_cut=len(acts) > MOST_PROVED)])
        bundle.writestr(_info("文件清单.tsv"), package.listing())
        told(len(proved) + len(MODELS), len(proved) + len(MODELS))


@dataclass
class _Package:
    """The files written so far, with their digests."""

    bundle: zipfile.ZipFile
    lines: list[str] = field(default_factory=list)

    def add(self, name: str, pieces: Iterable[bytes], *, filed_by: int | None = None) -> None:
        state, size_bytes = digests.new(), 0
        with self.bundle.open(_info(name), "w") as out:
            for piece in pieces:
                out.write(piece)
                state.update(piece)
                size_bytes += len(piece)
        self.lines.append(f"{state.hexdigest()}\t{size_bytes}\t{filed_by or ''}\t{name}\n")

    def listing(self) -> bytes:
        return "".join(self.lines).encode()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    is_packed = PurePosixPath(name).suffix.casefold() in _PACKED
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    return info


def _tables(dossier: Dossier) -> Iterator[tuple[Any, Any]]:
    for model in MODELS:
        yield KIND_OF[model], _exported(dossier, model)


def _exported(dossier: Dossier, model: type[Model]) -> Iterator[Any]:
    if model is Mine:
        return exported_rows([dossier.about])
    beside = {Patch: ("site",), Site: ("region", "mine")}.get(model, ("region", "mine", "enterprise"))
    rows = dossier.rows_of(model).select_related(*beside).order_by("pk")
    return exported_rows(rows.iterator(chunk_size=2000))


def _documents(dossier: Dossier, package: _Package, filed: dict[str, int]) -> Iterator[str]:
    """Puts in every document; names those whose file is gone."""
    vault = Vault(settings.VAULT_ROOT)
    for number, document in enumerate(dossier.rows_of(Document).order_by("id").iterator(), start=1):
        ending = PurePosixPath(document.file_name).suffix
        name = f"文件/{number:03d}_{_safe(document.title)}.{_safe(ending)}"
        try:
            with vault.open(document.file_digest) as stored:
                pieces = iter(lambda: stored.read(PIECE_BYTES), b"")
                package.add(name, pieces, filed_by=filed.get(document.file_digest))
        except VaultError:
            yield f"{document.title}（{document.file_digest}）"


def _filed_by(acts: Iterable[Entry]) -> dict[str, int]:
    """By the digest of a file the act that filed it."""
    return {
        entry.new["file_sm3"]: entry.seq
        for entry in acts
        if isinstance(entry.new, dict) and "file_sm3" in entry.new
    }


def _proof(entry: Entry, now: datetime) -> Iterator[bytes]:
    stream = io.BytesIO()
    prove.write_bundle(entry, stream, now=now)
    yield stream.getvalue()


def _timeline(dossier: Dossier) -> Iterator[bytes]:
    """Every act as a row, newest first; with a byte order mark, so that spreadsheet programs see that it is UTF-8."""
    yield b"\xef\xbb\xbf"
    yield _csv_line(["留痕序号", "入录时间", "发生日期", "行为", "内容", "经办", "纸质件", "留痕摘要（SM3）"])
    for entry in entries_about(dossier.about, actor=dossier.actor).iterator(chunk_size=500):
        yield _csv_line(
            [
                str(entry.seq),
                shanghai_time(entry.recorded_at).strftime("%Y-%m-%d %H:%M:%S"),
                entry.occurred_on.isoformat(),
                telling.title(entry),
                telling.sentence(entry),
                telling.who(entry),
                telling.paper(entry),
                entry.hash,
            ]
        )


def _csv_line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return buffer.getvalue().encode()


def _note(dossier: Dossier, *, missing: list[str], is_cut: bool) -> bytes:
    checkpoint = newest_checkpoint()
    template = (HERE / "说明.txt").read_text(encoding="utf-8")
    more = [f"文件库中缺少以下文件，未能放入：{'；'.join(missing)}。"] if missing else []
    if is_cut:
        more.append(f"留痕较多，只附最近 {MOST_PROVED} 条的证明；其余可在系统中逐条下载。")
    told = {
        "about": str(dossier.about),
        "day": date_words(dossier.on, CHINESE),
        "reader": " · ".join(filter(None, (dossier.actor.decider.organisation, dossier.actor.decider.name))),
        "checkpoint": printed(checkpoint) if checkpoint else "—",
        "more": "\n".join(more) or "无。",
    }
    for name, said in told.items():
        template = template.replace(f"@{name}@", said)
    return template.encode()


def _safe(text: str) -> str:
    """A part of a file name that every system takes: no separators, no invisible characters, not too long."""
    visible = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] != "C")
    return _UNSAFE.sub("_", visible)[:LONGEST_NAME].strip("._ ")
