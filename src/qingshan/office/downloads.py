"""How does a file leave: a table row by row, a paper as it was filed?"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from qingshan.exchange.kinds import Kind
from qingshan.exchange.readers.documents import CONTENT_TYPES, paper_named
from qingshan.exchange.writers import FORMS, Exported, export
from qingshan.vault import Vault


def exported(kind: Kind, rows: Iterable[Exported], *, form: str, name: str) -> StreamingHttpResponse:
    """The rows as a file of this form; 404 for a form that does not exist."""
    if form not in FORMS:
        raise Http404
    response = StreamingHttpResponse(export(kind, rows, form=form), content_type=FORMS[form].content_type)
    told = content_disposition_header(as_attachment=True, filename=f"{name}.{FORMS[form].ending}")
    response.headers["Content-Disposition"] = told or "attachment"
    return response


def filed(digest: str, name: str) -> FileResponse:
    """A paper as it lies in the vault, to be kept under this name; never shown inside a page."""
    paper = paper_named(name)
    return FileResponse(
        Vault(settings.VAULT_ROOT).open(digest),
        as_attachment=True,
        filename=name,
        content_type=CONTENT_TYPES[paper] if paper else "application/octet-stream",
    )
