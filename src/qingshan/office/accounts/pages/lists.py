"""How does a person set their lists? Columns chosen, filters saved and forgotten; each leads back to the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.office.accounts import lists
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in

LONGEST_NAME, LONGEST_QUERY, MOST_COLUMNS = 30, 1000, 60
OF_A_PAGE = ("after", "before")


@open_to_signed_in
@require_POST
def choose_columns(request: Request, list_code: str) -> HttpResponse:
    """选择列: in the order in which they were sent; none brings back the usual ones."""
    wanted = [] if "usual" in request.POST else request.POST.getlist("column")[:MOST_COLUMNS]
    lists.choose_columns(list_code, [name[:60] for name in wanted], actor=request.actor)
    return _back(request, list_code)


@open_to_signed_in
@require_POST
def save_filter(request: Request, list_code: str) -> HttpResponse:
    """保存筛选: the address of the list as it stands, under a name."""
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    query = _without_marks(request.POST.get("query", ""))
    if not name or not query:
        messages.warning(request, _("没有保存：请先筛选列表，再为这个筛选起名。"))
    elif lists.save_filter(
        list_code, name=name, query=query, shared="shared" in request.POST, actor=request.actor
    ):
        messages.success(request, _("筛选“%(name)s”已保存。") % {"name": name})
    else:
        messages.warning(
            request,
            _("没有保存：同一列表最多保存 %(most)s 个筛选，请先删除不用的。") % {"most": lists.MOST_SAVED},
        )
    return _back(request, list_code)


@open_to_signed_in
@require_POST
def forget_filter(request: Request, pk: int) -> HttpResponse:
    """删除保存的筛选: one's own."""
    forgotten = lists.forget_filter(pk, actor=request.actor)
    messages.success(request, _("筛选“%(name)s”已删除。") % {"name": forgotten.name})
    return _back(request, forgotten.list_code)


def _without_marks(query: str) -> str:
    """What the filter is, wherever in the list it was saved; nothing where it would be cut."""
    given = QueryDict(query, mutable=True)
    for name in OF_A_PAGE:
        given.pop(name, None)
    kept = given.urlencode()
    return kept if len(kept) <= LONGEST_QUERY else ""


def _back(request: Request, list_code: str) -> HttpResponse:
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else f"/{list_code}/")
