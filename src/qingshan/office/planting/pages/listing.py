"""What every list of planting gives its page: chips, marks, how many, and the query of the table that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from qingshan.office.accounts.requests import Request
from qingshan.office.errors import NotFound
from qingshan.office.planting.queries import COUNTED_TO

FORMS = ("xlsx", "csv")


def marks(request: Request) -> dict[str, str]:
    """Where a page begins."""
    return {name: request.GET.get(name, "") for name in ("after", "before")}


def chips(
    request: Request, views: Mapping[str, str], *, current: str, keep: tuple[str, ...]
) -> dict[str, Any]:
    """The views of a list, with everything else that narrows it; and what the form must keep."""
    kept = {name: request.GET[name] for name in keep if request.GET.get(name)}
    return {
        "views": [
            {
                "title": title,
                "count": None,
                "url": "?" + urlencode(kept | ({"view": view} if view else {})),
                "current": view == current,
            }
            for view, title in views.items()
        ],
        "keep": [("view", current)] if current else [],
        "query": urlencode(kept | ({"view": current} if current else {})),
    }


def how_many(count: int) -> str:
    """`共 12 项`, or that there are more than are counted."""
    if count > COUNTED_TO:
        return _("超过 %(n)s 项") % {"n": f"{COUNTED_TO:,}"}
    return _("共 %(n)s 项") % {"n": f"{count:,}"}


def check_form(form: str) -> None:
    """NotFound for a table that is not made."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
