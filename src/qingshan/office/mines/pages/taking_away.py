"""How is a dossier taken away? As one page for a leader, or as a whole with its proof."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines.dossier.brief import brief as brief_of
from qingshan.office.mines.models import Mine
from qingshan.office.mines.pages.dossier import dossier_of


@open_to_signed_in
@require_GET
def brief(request: Request, pk: int) -> HttpResponse:
    """调研一页纸 as PDF."""
    dossier = dossier_of(request, Mine, pk)
    name = _("%(name)s调研一页纸.pdf") % {"name": dossier.about.name}
    told = content_disposition_header(as_attachment=False, filename=name) or "inline"
    return HttpResponse(
        brief_of(dossier), content_type="application/pdf", headers={"Content-Disposition": told}
    )


@open_to_signed_in
@require_GET
def dossier_zip(request: Request, pk: int) -> FileResponse:
    raise NotImplementedError
