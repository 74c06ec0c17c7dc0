"""One batch or single site, every act on it, and the sample with all that is needed to compute it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import seen_one
from qingshan.office.accounts.requests import Request
from qingshan.office.batches import drawing, queries
from qingshan.office.batches.access import PATHS
from qingshan.office.batches.closing_file import BatchFile
from qingshan.office.batches.facts import batch_of, closed_list, numbers_of, rows_of, shares_of
from qingshan.office.batches.folder import Folder
from qingshan.office.batches.forms.acting import About
from qingshan.office.batches.forms.table import DOINGS, OF_SITES
from qingshan.office.batches.ledgers import LEDGER_OF
from qingshan.office.batches.models import Batch, BatchSite, PanelMember
from qingshan.office.batches.pages.forming import sites_to_tick
from qingshan.office.batches.printing import PRINTING
from qingshan.office.doors import open_to, open_to_anybody, open_to_signed_in
from qingshan.office.downloads import filed
from qingshan.office.errors import NotFound
from qingshan.office.matters.pages.acting import act_on_matter
from qingshan.office.papers.access import OFFICE
from qingshan.office.papers.pages.closing import closing_file_of
from qingshan.office.papers.pages.of_matters import draft_about
from qingshan.rules import recompute_sample
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import CHINESE, Reason
from qingshan.rules.sampling import seed_from

ROOM = "restoration."


@open_to_signed_in
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """Where it stands, whose turn it is, what is missing, its sites, whether its numbers add up."""
    matter = queries.one_batch(pk, actor=request.actor)
    folder = Folder(
        matter, actor=request.actor, now=timezone.now(), of_site=row_id(request.GET.get("site", ""))
    )
    return render(
        request, "batches/batch.html", {"folder": folder, "matter": matter, "crumbs": folder.crumbs}
    )


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """The form of one act on the whole."""
    matter, code = queries.one_batch(pk, actor=request.actor), f"{ROOM}{act}"
    if code in OF_SITES:
        raise Http404
    more = sites_to_tick(request) if code == BatchAct.ADD_SITE else {}
    return act_on_matter(request, matter, code, doings=DOINGS, folder=Folder, about=About, more=more)


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def site_act(request: Request, pk: int, site: int, act: str) -> HttpResponse:
    """The form of one act on one of its sites."""
    matter, code = queries.one_batch(pk, actor=request.actor), f"{ROOM}{act}"
    if code not in OF_SITES:
        raise Http404
    row = queries.one_site(matter, site, actor=request.actor)
    about = partial(About, row=row)
    return act_on_matter(request, matter, code, doings=DOINGS, folder=Folder, about=about, row=str(row.site))


@open_to_signed_in
@require_GET
def closing_file(request: Request, pk: int) -> HttpResponse:
    """归档卷 as PDF; of one that is not closed yet it says what is missing."""
    matter = queries.one_batch(pk, actor=request.actor)
    return closing_file_of(BatchFile(matter, actor=request.actor, made_at=timezone.now()))


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, pk: int, kind: str) -> HttpResponse:
    """拟制文书 about this batch or single site."""
    matter = queries.one_batch(pk, actor=request.actor)
    ledger = LEDGER_OF[matter.kind]
    return draft_about(request, matter, kind, printing=PRINTING, crumbs=[(str(ledger.title), ledger.path)])


# --- the sample ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lot:
    """A site of the closed list: its weight with the reasons, its chance, whether it was drawn."""

    kept: dict[str, Any]
    chance: Fraction | None
    drawn_in: Any

    @property
    def because(self) -> list[Reason]:
        """Why it weighs as it does."""
        return [Reason(each["code"], each["values"]) for each in self.kept["because"]]

    @property
    def strata(self) -> list[str]:
        """The region by its code, the way of restoring in words."""
        region, mode = self.kept["strata"]
        return [region, RestorationMode(mode).say(get_language() or CHINESE)]

    @property
    def percent(self) -> str:
        """The chance that it had before the numbers were opened."""
        return "" if self.chance is None else f"{float(self.chance) * 100:.1f}%"


@open_to_signed_in
@require_GET
def sample(request: Request, pk: int) -> HttpResponse:
    """The closed list, seals and numbers, seed, chances, who was drawn; held against what is computed anew."""
    matter = queries.one_batch(pk, actor=request.actor)
    folder = Folder(matter, actor=request.actor, now=timezone.now())
    batch, rows = folder.batch, rows_of(folder.batch)
    closed, numbers = closed_list(batch), numbers_of(batch)
    is_open = bool(numbers) and all(each.secret for each in numbers)
    context = {
        "folder": folder,
        "matter": matter,
        "batch": batch,
        "crumbs": (*folder.crumbs, (matter.title, folder.path)),
        "closed": closed,
        "numbers": numbers,
        "seed": seed_from(shares_of(numbers), closed) if closed and is_open else "",
        "lots": _lots(batch, rows) if closed else [],
        "faults": list(drawing.faults_of(batch)),
        "rounds": drawing.rounds_drawn(rows),
    }
    return render(request, "batches/sample.html", context)


def _lots(batch: Batch, rows: list[BatchSite]) -> list[Lot]:
    found, drawn = drawing.chances(batch), {row.site.key: row.drawn_named for row in rows}
    return [Lot(kept, found.get(kept["id"]), drawn.get(kept["id"])) for kept in batch.listing or []]


@open_to_signed_in
@require_GET
def sample_record(request: Request, pk: int, number: int = 0) -> HttpResponse:
    """Everything that the draw rests on, as JSON; `number`: an earlier list."""
    batch = batch_of(queries.one_batch(pk, actor=request.actor))
    past = {each["round_no"]: each for each in batch.past or []}
    found = past.get(number) if number and number != batch.round_no else drawing.record(batch)
    if not found:
        raise NotFound.because("office.not_found", what="sample.json")
    content = json.dumps(found, ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="sample.json"'
    return answer


@open_to_anybody
@require_GET
def recipe(_request: Request) -> HttpResponseBase:
    """复算程序: the program alone, without this system."""
    source = Path(recompute_sample.__file__).read_text("utf-8")
    answer = HttpResponse(source, content_type="text/x-python; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="recompute_sample.py"'
    return answer


@open_to_signed_in
@require_GET
def signed_copy(request: Request, pk: int, member: int) -> FileResponse:
    """What a member of the panel signed, for whoever may see the batch."""
    rows = PanelMember.objects.filter(batch__matter_id=pk)
    found = seen_one(rows, request.actor, pk=member, **PATHS[PanelMember])
    if not found.file_digest:
        raise NotFound.because("office.not_found", what=found.paper)
    return filed(found.file_digest, found.file_name)
