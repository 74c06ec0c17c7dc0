"""At which pages is a paper drafted by hand, issued and withdrawn?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.errors import NotFound
from qingshan.office.mines import queries as register
from qingshan.office.mines.access import visible_to as of_register
from qingshan.office.mines.models import Mine
from qingshan.office.papers import actions, queries
from qingshan.office.papers.access import DRAFT, OFFICE, REVISE, WITHDRAW
from qingshan.office.papers.documents.plain import rebuilt
from qingshan.office.papers.forms import BY_HAND, FORMS, MineForm, WithdrawForm, suggested
from qingshan.office.papers.kinds import paper_kind
from qingshan.office.papers.pages.reading import PAPERS
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import CHINESE


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, kind: str) -> HttpResponse:
    """拟制文书 about the mine that `?mine=` names; without one it is asked for first."""
    if kind not in BY_HAND:
        raise Http404
    if "mine" not in request.GET:
        return _which_mine(request, kind)
    mine, now = _mine(request), timezone.now()
    start = suggested(kind, mine, issuer=actions.issuer_of(request.actor).name)
    form = FORMS[kind](sent(request), initial=start)
    title = paper_kind(kind).title.say({}, get_language() or CHINESE)

    def do(given: dict[str, Any]) -> HttpResponse:
        drafted = actions.draft(
            form.data_of(),
            kind=kind,
            title=given["title"],
            about=mine,
            region_id=mine.region_id,
            enterprise_id=mine.enterprise_id,
            actor=request.actor,
            now=now,
        )
        return HttpResponseRedirect(drafted.get_absolute_url())

    crumbs = [(_("文书"), PAPERS), (mine.name, f"/mines/{mine.pk}/")]
    page = ActPage(_("拟制%(kind)s") % {"kind": title}, _act(DRAFT), f"/mines/{mine.pk}/", crumbs, mine.name)
    return act_page(request, page, form, do, template="papers/act.html")


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: Request, pk: int) -> HttpResponse:
    """修改文稿."""
    found, now = queries.one(pk, actor=request.actor), timezone.now()
    if found.kind not in FORMS:
        raise Http404
    kind = FORMS[found.kind]
    start = kind.initial_of(rebuilt(paper_kind(found.kind).data, found.data))
    form = kind(sent(request), initial=start | {"version": found.version})

    def do(given: dict[str, Any]) -> object:
        seen = given["version"] or 0
        return actions.revise(
            found, form.data_of(), title=given["title"], version=seen, actor=request.actor, now=now
        )

    page = _page(found.title, found.get_absolute_url(), _act(REVISE))
    return act_page(request, page, form, do, template="papers/act.html")


@open_to(*OFFICE)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """制发文书."""
    found = queries.one(pk, actor=request.actor)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 9 else 0
    issued = actions.issue(found, version=seen, actor=request.actor, now=timezone.now())
    messages.success(request, _("已制发，编号 %(number)s。") % {"number": issued.number})
    return HttpResponseRedirect(issued.get_absolute_url())


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """撤回文书."""
    found, now = queries.one(pk, actor=request.actor), timezone.now()
    form = WithdrawForm(sent(request), initial={"version": found.version})

    def do(given: dict[str, Any]) -> object:
        return actions.withdraw(found, **given, actor=request.actor, now=now)

    return act_page(request, _page(found.title, found.get_absolute_url(), _act(WITHDRAW)), form, do)


def _which_mine(request: Request, kind: str) -> HttpResponse:
    title = paper_kind(kind).title.say({}, get_language() or CHINESE)
    form = MineForm(request.GET if "key" in request.GET else None)
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["key"]
        found = of_register(Mine.objects.filter(key=key), request.actor).first()
        if found:
            return HttpResponseRedirect(f"?mine={found.pk}")
        said = _("没有编号为“%(key)s”的矿山，或您无权查看。请对照矿山清单核对。") % {"key": key}
        form.add_error("key", said)
    page = ActPage(_("拟制%(kind)s") % {"kind": title}, _("选定矿山"), PAPERS, [(_("文书"), PAPERS)])
    return render(request, "papers/which_mine.html", {"page": page, "form": form})


def _mine(request: Request) -> Mine:
    pk = row_id(request.GET.get("mine", ""))
    if pk is None:
        raise NotFound.because("office.not_found", what=str(Mine._meta.verbose_name))
    found: Mine = register.one(Mine, pk, actor=request.actor)
    return found


def _page(name: str, back: str, act: str) -> ActPage:
    return ActPage(act, act, back, [(_("文书"), PAPERS), (name, back)], name)


def _act(act: Any) -> str:
    said: str = act.title.say({}, get_language() or CHINESE)
    return said
