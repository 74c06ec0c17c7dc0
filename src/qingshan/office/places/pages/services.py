"""One tile of a declared map service, read by the server for the page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.places.services import read_tile

AN_HOUR_S = 3600


@open_to_signed_in
@require_GET
def service_tile(request: Request, code: str, z: int, x: int, y: int) -> HttpResponse:
    """Private, because an internal service is not for everybody."""
    found = read_tile(code, actor=request.actor, z=z, x=x, y=y)
    response = HttpResponse(found.body, content_type=found.content_type, status=200 if found.body else 204)
    response.headers["Cache-Control"] = f"private, max-age={AN_HOUR_S}"
    return response
