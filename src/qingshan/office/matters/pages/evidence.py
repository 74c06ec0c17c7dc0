"""How do the files that show what was done leave again?"""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse
from django.views.decorators.http import require_GET

from qingshan.office.accounts.access import seen_one
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import filed
from qingshan.office.errors import NotFound
from qingshan.office.matters.access import PATHS
from qingshan.office.matters.models import Evidence
from qingshan.vault import Vault


@open_to_signed_in
@require_GET
def evidence_file(request: Request, pk: int, evidence: int) -> FileResponse:
    """A piece of evidence as it was brought, for whoever may see the matter; never shown inside a page."""
    found = _seen(request, pk, evidence)
    if not found.file_digest:
        raise NotFound.because("office.not_found", what=found.title)
    return filed(found.file_digest, found.file_name)


@open_to_signed_in
@require_GET
def thumbnail(request: Request, pk: int, evidence: int) -> FileResponse:
    """The small picture of a photograph, made by this program."""
    found = _seen(request, pk, evidence)
    if not found.thumbnail_digest:
        raise NotFound.because("office.not_found", what=found.title)
    return FileResponse(Vault(settings.VAULT_ROOT).open(found.thumbnail_digest), content_type="image/jpeg")


def _seen(request: Request, pk: int, evidence: int) -> Evidence:
    return seen_one(Evidence.objects.filter(matter_id=pk), request.actor, pk=evidence, **PATHS[Evidence])
