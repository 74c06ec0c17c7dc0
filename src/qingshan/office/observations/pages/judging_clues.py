"""A person decides about a clue: confirmed on site, dismissed, taken up again; with what was brought from the visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import filed
from qingshan.office.errors import NotFound
from qingshan.office.matters.doubting import examine
from qingshan.office.mines.receiving import stored
from qingshan.office.observations import actions, clue_queries
from qingshan.office.observations.access import READERS, REGISTERS
from qingshan.office.observations.actions import Looked, Shot
from qingshan.office.observations.forms import DecideClueForm
from qingshan.office.observations.pages.clues import LIST
from qingshan.vault import Vault


@open_to(REGISTERS)
def verify(request: Request, pk: int) -> HttpResponse:
    """现场核实属实."""
    return _decision(request, pk, _("图斑现场核实属实"), actions.verify_clue, on_site=True)


@open_to(REGISTERS)
def dismiss(request: Request, pk: int) -> HttpResponse:
    """排除疑似问题图斑."""
    return _decision(request, pk, _("排除疑似问题图斑"), actions.dismiss_clue)


@open_to(REGISTERS)
def restore(request: Request, pk: int) -> HttpResponse:
    """恢复已排除的图斑."""
    return _decision(request, pk, _("恢复已排除的图斑"), actions.restore_clue)


def _decision(
    request: Request, pk: int, title: str, act: Callable[..., Any], *, on_site: bool = False
) -> HttpResponse:
    clue = clue_queries.one(pk, actor=request.actor)
    form = DecideClueForm(
        sent(request), request.FILES or None, initial={"version": clue.version}, on_site=on_site
    )
    back = clue.get_absolute_url()
    page = ActPage(title, title, back, [(_("疑似图斑"), LIST), (clue.number, back)])

    def do(given: dict[str, Any]) -> object:
        shots = tuple(_kept(each) for each in given["shots"])
        looked = Looked(given["note"], given["visited_on"], shots)
        act(clue, looked, version=given["version"], actor=request.actor, now=timezone.now())
        return HttpResponseRedirect(back)

    return act_page(request, page, form, do)


def _kept(brought: UploadedFile[Any]) -> Shot:
    """In the vault; of a photograph a small picture, too."""
    digest = stored(brought).digest
    brought.seek(0)
    seen = examine(brought.read())
    small = Vault(settings.VAULT_ROOT).put(seen.thumbnail).digest if seen else ""
    return Shot(brought.name or "", digest, small)


@open_to(*READERS)
@require_GET
def file(request: Request, pk: int, evidence: int) -> FileResponse:
    """What was brought from a visit, as it was brought; never shown inside a page."""
    found = clue_queries.evidence_of(clue_queries.one(pk, actor=request.actor), evidence)
    return filed(found.file_digest, found.file_name)


@open_to(*READERS)
@require_GET
def small(request: Request, pk: int, evidence: int) -> FileResponse:
    """The small picture of a photograph, made by this program."""
    found = clue_queries.evidence_of(clue_queries.one(pk, actor=request.actor), evidence)
    if not found.thumbnail_digest:
        raise NotFound.because("office.not_found", what=found.file_name)
    return FileResponse(Vault(settings.VAULT_ROOT).open(found.thumbnail_digest), content_type="image/jpeg")
