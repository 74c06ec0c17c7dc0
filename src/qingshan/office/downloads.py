"""How is a table sent to a browser as a file, row by row?"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import FORMS, Exported, export


def exported(kind: Kind, rows: Iterable[Exported], *, form: str, name: str) -> StreamingHttpResponse:
    """The rows as a file of this form; 404 for a form that does not exist."""
    if form not in FORMS:
        raise Http404
    response = StreamingHttpResponse(export(kind, rows, form=form), content_type=FORMS[form].content_type)
    told = content_disposition_header(as_attachment=True, filename=f"{name}.{FORMS[form].ending}")
    response.headers["Content-Disposition"] = told or "attachment"
    return response
