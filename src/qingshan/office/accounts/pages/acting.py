"""How does a page fill in a form, do one act, and say what came of it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from qingshan.office.accounts.forms import Pick
from qingshan.office.errors import NotAllowed, NotFound, OfficeError
from qingshan.rules.errors import QingshanError, RuleError
from qingshan.rules.reasons import CHINESE, Reason, say


@dataclass(frozen=True)
class ActPage:
    """The words of a page that does one act, and where it leads."""

    title: str
    act: str
    back: str
    crumbs: Sequence[tuple[str, str]] = ()
    sub: str = ""
    done: str = ""
    """said on the next page; empty: the name of the act"""


def act_page(
    request: HttpRequest,
    page: ActPage,
    form: forms.Form,
    do: Callable[[dict[str, Any]], HttpResponse | object],
    *,
    template: str = "accounts/act.html",
    more: Mapping[str, Any] | None = None,
    elsewhere: tuple[type[Exception], ...] = (NotAllowed, NotFound),
    words: Callable[[Reason], str] | None = None,
) -> HttpResponse:
    """Show the form; when it is sent, do the act and go back. A refusal stands above the form, in words.

    `do` may answer with a page of its own instead of going back. What is `elsewhere` gets a page of its own, with
    its own status. `words`: what this reader is told of a reason, where not everybody may know all of it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            result = do(form.cleaned_data)
        except elsewhere:
            raise
        except (OfficeError, RuleError) as refusal:
            refuse(form, refusal, words)
        else:
            return _after(request, page, result)
    status = 422 if form.errors else 200
    return render(request, template, _context(page, form) | dict(more or {}), status=status)


def refuse(form: forms.Form, refusal: QingshanError, words: Callable[[Reason], str] | None = None) -> None:
    """Each reason of a refusal above the form; what reads the same stands there once."""
    language = get_language() or CHINESE
    told = [words(reason) if words else say(reason, language) for reason in refusal.reasons]
    for sentence in dict.fromkeys(told):
        form.add_error(None, sentence)


def sent(request: HttpRequest) -> Any:
    """What was sent, even when that is nothing; None while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def files_of(request: HttpRequest) -> Any:
    """The files that were sent; None while the form is only looked at."""
    return request.FILES if request.method == "POST" else None


def _after(request: HttpRequest, page: ActPage, result: object) -> HttpResponse:
    if isinstance(result, HttpResponse):
        return result
    messages.success(request, page.done or page.title)
    return HttpResponseRedirect(page.back)


def _context(page: ActPage, form: forms.Form) -> dict[str, Any]:
    picks = {name: field for name, field in form.fields.items() if isinstance(field, Pick)}
    suggested = [(field.widget.attrs.get("list"), field.suggestions) for field in picks.values()]
    return {"page": page, "form": form, "suggested": suggested}
