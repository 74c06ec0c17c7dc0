"""What does every narrowed list give its page: chips, marks, and the query of the table that leaves?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from qingshan.office.accounts.requests import Request
from qingshan.office.errors import NotFound

FORMS = ("xlsx", "csv")


def marks(request: Request) -> dict[str, str]:
    """Where a page begins."""
    return {name: request.GET.get(name, "") for name in ("after", "before")}


def chips(
    request: Request,
    views: Mapping[str, str],
    *,
    current: str,
    keep: tuple[str, ...],
    name: str = "view",
    count: Callable[[str], int | None] = lambda _view: None,
) -> dict[str, Any]:
    """The views of a list, with everything else that narrows it; and what the form must keep. `name`: how a view is
    called in the address; `count`: how many rows it has.
    """
    kept = {name: request.GET[name] for name in keep if request.GET.get(name)}
    return {
        "views": [
            {
                "title": title,
                "count": count(view),
                "url": "?" + urlencode(kept | ({name: view} if view else {})),
                "current": view == current,
            }
            for view, title in views.items()
        ],
        "keep": [(name, current)] if current else [],
        "query": urlencode(kept | ({name: current} if current else {})),
    }


def check_form(form: str) -> None:
    """NotFound for a table that is not made."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
