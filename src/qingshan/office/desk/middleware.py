"""How does an error of ours become an answer? Any QingshanError that a view lets through ends here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from qingshan.office.desk.errors import answer, trouble_of
from qingshan.rules.errors import QingshanError


class ErrorsInWords:
    """Turns errors of ours into a page, a fragment or JSON; all others go on to Django's handlers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, QingshanError):
            return None
        return answer(request, trouble_of(exception))
