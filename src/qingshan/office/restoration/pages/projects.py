"""修复项目: the ledger, one project, and every act on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries as matters
from qingshan.office.matters.access import require_step
from qingshan.office.matters.doing import as_read
from qingshan.office.mines.queries import regions_below
from qingshan.office.restoration import actions, ledgers, queries
from qingshan.office.restoration.access import REGISTER
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.forms.acting import About
from qingshan.office.restoration.forms.narrowing import Narrow
from qingshan.office.restoration.forms.registering import ProjectForm
from qingshan.office.restoration.forms.table import DOINGS
from qingshan.office.restoration.kinds import KIND, RESTORATION
from qingshan.office.restoration.ledgers import Look, look_at
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty

PROJECTS = "/restoration/"
FORMS = ("xlsx", "csv")


@open_to_signed_in
@require_GET
def projects(request: Request) -> HttpResponse:
    """The ledger of projects, by region, the newest of each first."""
    look = look_at(request.GET, on=shanghai_date(timezone.now()))
    page = matters.ledger(
        (KIND,),
        actor=request.actor,
        narrowing=look.narrowing,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        beside=("region", "state", "awaits_organisation"),
    )
    views, states = ledgers.chips(look, request.GET, actor=request.actor)
    given = {"region": look.region_id or "", "q": look.text}
    context = {
        "page": page,
        "rows": ledgers.rows_of(page.rows, on=look.on),
        "total": _counted(look, request),
        "views": views,
        "states": states,
        "form": Narrow(regions=regions_below(request.actor), given=given),
        "keep": [(name, request.GET[name]) for name in ("view", "state") if request.GET.get(name)],
        "narrowed": look.is_narrowed,
        "may_register": REGISTER.duty in request.actor.duties,
    }
    return render(request, "restoration/projects.html", context)


def _counted(look: Look, request: Request) -> str:
    total = ledgers.total_of(look, actor=request.actor)
    said = _("%(n)s 个") % {"n": f"{total.rows:,}"}
    return _("超过 %(rows)s") % {"rows": said} if total.at_least else _("共 %(rows)s") % {"rows": said}


@open_to_signed_in
@require_GET
def export_projects(request: Request, form: str) -> StreamingHttpResponse:
    """The same ledger as a table."""
    look = look_at(request.GET, on=shanghai_date(timezone.now()))
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    beside = ("region", "state", "awaits_organisation")
    rows = matters.all_of_ledger((KIND,), actor=request.actor, narrowing=look.narrowing, beside=beside)
    return exported(ledgers.TABLE, ledgers.exported(rows, on=look.on), form=form, name=_("修复项目"))


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    """登记修复项目."""
    now = timezone.now()
    form = ProjectForm(sent(request), actor=request.actor, on=shanghai_date(now))
    page = ActPage(_("登记修复项目"), _("登记修复项目"), PROJECTS, [(_("修复项目"), PROJECTS)])

    def do(_given: dict[str, Any]) -> HttpResponse:
        matter = actions.register_project(form.new_project(), actor=request.actor, now=now)
        return HttpResponseRedirect(f"{PROJECTS}{matter.pk}/")

    return act_page(request, page, form, do)


@open_to_signed_in
@require_GET
def project(request: Request, pk: int) -> HttpResponse:
    """One project: where it stands, on which sites, how far, what next and by whom."""
    matter = queries.one_project(pk, actor=request.actor)
    folder = Folder(matter, actor=request.actor, now=timezone.now())
    context = {"folder": folder, "matter": matter, "crumbs": folder.crumbs}
    return render(request, "restoration/project.html", context)


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """The form of one act with what it means and what stands against it; sent, the act itself."""
    now, code = timezone.now(), f"restoration.{act}"
    matter = queries.one_project(pk, actor=request.actor)
    doing = DOINGS.get(code)
    if doing is None or code not in RESTORATION.flow.acts:
        raise Http404
    line = RESTORATION.flow.line(matter.state_name, code)
    require_step(request.actor, line, matter)
    folder = Folder(matter, actor=request.actor, now=now)
    form = doing.form(sent(request), about=About(matter, line, request.actor, shanghai_date(now)))
    title = folder.title_of(code)
    page = ActPage(
        title=title,
        act=title,
        back=folder.path,
        crumbs=(*folder.crumbs, (matter.title, folder.path)),
        sub=f"{matter.title}（{matter.number}）",
        done=_("已办理，写入全过程记录：%(act)s。") % {"act": title},
    )

    def do(_given: dict[str, Any]) -> object:
        return doing.do(as_read(matter, form.read_version()), form, request.actor, now)

    more = {"means": doing.means, "against": folder.against(line)}
    return act_page(
        request, page, form, do, template="restoration/act.html", more=more, elsewhere=(NotFound,)
    )
