"""The search over the register: a page of everything that is found, and suggestions while somebody types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingshan.finding.words import LONGEST_TEXT
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines.search import find, suggest


@open_to_signed_in
@require_GET
def search(request: Request) -> HttpResponse:
    """By any part of a name, by number, by pinyin; grouped by kind, the best of each first."""
    text = _typed(request)
    groups = find(text, actor=request.actor)
    return render(request, "desk/search.html", {"text": text, "groups": groups})


@open_to_signed_in
@require_GET
def suggestions(request: Request) -> HttpResponse:
    """The best eight, as a list below the box."""
    text = _typed(request)
    return render(
        request, "desk/suggestions.html", {"text": text, "hits": suggest(text, actor=request.actor)}
    )


def _typed(request: Request) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_TEXT]
