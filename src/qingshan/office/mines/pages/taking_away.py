"""How is a dossier taken away? As one page for a leader, or as a whole with its proof."""

from __future__ import annotations

import tempfile

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.jobs.models import Job, JobState
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines.dossier.brief import brief as brief_of
from qingshan.office.mines.dossier.package import file_name, weight_of, write_package
from qingshan.office.mines.dossier.region import region_brief as brief_of_region
from qingshan.office.mines.dossier.region import region_for
from qingshan.office.mines.jobs import PACK_DOSSIER, pack_in_background
from qingshan.office.mines.models import Mine
from qingshan.office.mines.pages.dossier import crumbs, dossier_of
from qingshan.rules.dates import shanghai_date
from qingshan.vault import Vault

MOST_IN_MEMORY_BYTES = 5_000_000


@open_to_signed_in
@require_GET
def brief(request: Request, pk: int) -> HttpResponse:
    """调研一页纸 as PDF."""
    dossier = dossier_of(request, Mine, pk)
    return _pdf(brief_of(dossier), dossier.about.name)


@open_to_signed_in
@require_GET
def region_brief(request: Request, pk: int) -> HttpResponse:
    """The page about a county or city, for whoever sees all of it."""
    region = region_for(pk, actor=request.actor)
    on = shanghai_date(timezone.now())
    return _pdf(brief_of_region(region, actor=request.actor, on=on), region.name)


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_zip(request: Request, pk: int) -> HttpResponseBase:
    """The whole dossier with its proof: at once, or for a heavy one in the background."""
    dossier = dossier_of(request, Mine, pk)
    if request.method == "POST":
        return redirect("desk:job", pack_in_background(dossier, actor=request.actor).pk)
    weight = weight_of(dossier)
    if weight.is_heavy:
        context = {"dossier": dossier, "weight": weight, "crumbs": crumbs(dossier)}
        return render(request, "mines/heavy.html", context)
    stream = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - the response closes it
        max_size=MOST_IN_MEMORY_BYTES, dir=str(settings.FILE_UPLOAD_TEMP_DIR)
    )
    write_package(dossier, stream, now=timezone.now())
    stream.seek(0)
    return FileResponse(
        stream, as_attachment=True, filename=file_name(dossier), content_type="application/zip"
    )


@open_to_signed_in
@require_GET
def package(request: Request, pk: int, job: int) -> FileResponse:
    """A package that was made in the background, for whoever asked for it."""
    own = Job.objects.filter(
        pk=job, kind=PACK_DOSSIER, owner_kind="person", owner_id=request.actor.person_id, payload__mine_id=pk
    )
    found = own.filter(state=JobState.DONE).first()
    if found is None or found.result is None:
        raise Http404
    stream = Vault(settings.VAULT_ROOT).open(found.result["digest"])
    return FileResponse(
        stream, as_attachment=True, filename=found.result["file_name"], content_type="application/zip"
    )


def _pdf(content: bytes, name: str) -> HttpResponse:
    file = _("%(name)s调研一页纸.pdf") % {"name": name}
    told = content_disposition_header(as_attachment=False, filename=file) or "inline"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": told})
