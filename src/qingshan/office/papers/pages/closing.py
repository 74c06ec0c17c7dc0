"""How does the closing file of a matter leave? One way for every kind."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qingshan.office.papers.closing_file import ClosingFile


def closing_file_of(made: ClosingFile) -> HttpResponse:
    """归档卷 as PDF; of a matter that is not closed yet it says what is missing."""
    told = content_disposition_header(as_attachment=False, filename=f"{made.title} {made.matter.number}.pdf")
    response = HttpResponse(made.pdf(), content_type="application/pdf")
    response.headers["Content-Disposition"] = told or "inline"
    return response
