"""规则库: which numbers does this installation go by, who set them, and who has read the source?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.doors import open_to_signed_in
from qingshan.office.errors import NotFound
from qingshan.office.regions.models import Region
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import plainly
from qingshan.rules.provisions import Layer, Provision, Rulebook, Status
from qingshan.rules.reasons import CHINESE
from qingshan.rules.rulebook import consulted

LIST = "/rulebooks/"
STATUS_LOOKS = {Status.VERIFIED: "good", Status.UNVERIFIED: "due"}


@dataclass(frozen=True)
class ShownBook:
    """One version of a rulebook as a reader sees it."""

    book: Rulebook
    place: str
    """the province or city whose rule it is; empty: the nation"""
    is_effective: bool
    unread: int
    """values whose source nobody has read"""

    @property
    def look(self) -> str:
        return STATUS_LOOKS[self.book.status]

    @property
    def path(self) -> str:
        return path_of(self.book.layer.value, self.book.id, self.book.version)


def path_of(layer: str, book_id: str, version: str) -> str:
    """Where a version of a rulebook is shown."""
    return f"{LIST}{layer}/{book_id}/{version}/"


@open_to_signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every version, those that apply today first."""
    on, places = shanghai_date(timezone.now()), _places()
    rows = [_shown(book, places, on=on) for book in consulted().books]
    rows.sort(
        key=lambda row: (not row.is_effective, row.book.id, tuple(Layer).index(row.book.layer), row.place)
    )
    return render(request, "desk/rulebooks.html", {"rows": rows})


@open_to_signed_in
@require_GET
def one(request: HttpRequest, layer: str, book_id: str, version: str) -> HttpResponse:
    """One version with all its values: number, unit, article, what was read, whether it was read."""
    try:
        book = consulted().cited(book_id, version, layer=Layer(layer))
    except (RuleError, ValueError):
        raise NotFound.because("office.not_found", what=_("规则库")) from None
    row = _shown(book, _places(), on=shanghai_date(timezone.now()))
    context = {
        "row": row,
        "book": book,
        "facts": list(_facts(row)),
        "values": [
            (each, STATUS_LOOKS[each.status], list(_lines(each))) for each in book.provisions.values()
        ],
        "crumbs": [(_("规则库"), LIST)],
    }
    return render(request, "desk/rulebook.html", context)


def _shown(book: Rulebook, places: Mapping[str, str], *, on: date) -> ShownBook:
    corrected = any(
        book.version in each.replaces
        for each in consulted().books
        if (each.id, each.layer) == (book.id, book.layer)
    )
    unread = sum(each.status is Status.UNVERIFIED for each in book.provisions.values())
    place = places.get(str(book.region), str(book.region)) if book.region else ""
    return ShownBook(book, place, book.is_effective(on) and not corrected, unread)


def _places() -> dict[str, str]:
    codes = {str(book.region) for book in consulted().books if book.region}
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def _facts(row: ShownBook) -> Iterator[tuple[str, Any]]:
    book, language = row.book, get_language() or CHINESE
    yield _("依据文件"), book.document
    yield _("文号"), book.number
    yield _("层级"), f"{book.layer.say(language)} {row.place}".strip()
    yield _("版本"), book.version
    yield _("生效日期"), book.effective_from
    yield _("失效日期"), book.effective_to
    yield _("更正的版本"), "、".join(book.replaces)
    yield _("文件摘要（SM3）"), book.digest


def _lines(value: Provision) -> Iterator[str]:
    """The content of a value, a line for each part of a table; nothing for an empty slot."""
    unit = f" {value.unit.say(get_language() or CHINESE)}" if value.unit else ""
    content = value.content
    if isinstance(content, Mapping):
        yield from (f"{name}: {_text(each)}{unit}" for name, each in content.items())
    elif isinstance(content, tuple):
        yield "、".join(_text(each) for each in content) + unit
    elif content is not None:
        yield _text(content) + unit


def _text(content: Any) -> str:
    if isinstance(content, bool):
        return _("是") if content else _("否")
    return plainly(content) if isinstance(content, Decimal) else str(content)
