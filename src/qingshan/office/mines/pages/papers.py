"""At which pages do papers enter a dossier, and how do they leave the vault again?"""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS, on_behalf
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import filed
from qingshan.office.mines import actions, queries, receiving
from qingshan.office.mines.access import DETERMINE, FILE_DOCUMENT, NOTE_REFERENCE, REGISTER_PLAN
from qingshan.office.mines.dossier import choices
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.forms.papers import DeterminationForm, DocumentForm, PlanForm, ReferenceForm
from qingshan.office.mines.models import Document, ExternalReference, Mine, Site
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import PaperDecision
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE
from qingshan.rules.register import Circumstance, PlanKind

SYSTEMS_SUGGESTED = 30


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def file_document(request: Request, pk: int, model: type[Mine | Site]) -> HttpResponse:
    """归入文件."""
    dossier, now = _dossier(request, model, pk), timezone.now()
    form = DocumentForm(sent(request), _files(request))

    def do(_given: dict[str, Any]) -> object:
        document = form.document()
        return document and actions.file_document(dossier.about, document, actor=request.actor, now=now)

    return act_page(request, _page(dossier, FILE_DOCUMENT), form, do, template="mines/paper.html")


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_plan(request: Request, pk: int, model: type[Mine | Site]) -> HttpResponse:
    """登记方案: its kind first, then its figures."""
    dossier, now = _dossier(request, model, pk), timezone.now()
    page, wanted = _page(dossier, REGISTER_PLAN), request.GET.get("kind", "")
    if wanted not in PlanKind.values():
        return render(request, "mines/plan_kinds.html", {"page": page, "kinds": _kinds()})
    kind = PlanKind(wanted)
    current = [plan for plans in dossier.plans if plans.kind == kind for plan in plans.current]
    documents = {str(each.pk): each for each in dossier.rows_of(Document).order_by("-id")[:200]}
    form = PlanForm(sent(request), _files(request), kind=kind, current=current, documents=documents.values())

    def do(given: dict[str, Any]) -> object:
        replaces = next((plan for plan in current if str(plan.pk) == given["replaces"]), None)
        return receiving.filed_with(
            form.approval(),
            dossier.about,
            lambda filed: actions.register_plan(
                dossier.about,
                form.plan(),
                document=filed or documents.get(given["document"]),
                replaces=replaces,
                actor=request.actor,
                now=now,
            ),
            actor=request.actor,
            now=now,
        )

    page = _page(dossier, REGISTER_PLAN, sub=kind.say(get_language() or CHINESE))
    return act_page(request, page, form, do, template="mines/paper.html")


@open_to(Duty.LEAD, *sorted(RECORDS_FOR_OTHERS))
@require_http_methods(["GET", "HEAD", "POST"])
def determine(request: Request, pk: int, model: type[Mine | Site]) -> HttpResponse:
    """认定责任主体: a leader decides at once, a clerk records what a leader decided on paper (代录)."""
    dossier, now = _dossier(request, model, pk), timezone.now()
    directly = Duty.LEAD in request.actor.duties
    form = DeterminationForm(
        sent(request),
        _files(request),
        parties=choices.parties(dossier, on=dossier.on),
        deciders=None if directly else choices.deciders(dossier),
        may_file=dossier.may.file,
    )

    def do(given: dict[str, Any]) -> object:
        scan = form.scan()
        actor = request.actor
        if not directly:
            holding = form.deciders[given["decider"]]
            digest = scan.file.digest if scan else ""
            paper = PaperDecision(given["number"], given["decided_on"], digest)
            actor = on_behalf(actor, decider=holding.person, post=holding.post, paper=paper)
        return receiving.filed_with(
            scan,
            dossier.about,
            lambda filed: actions.determine_responsible_party(
                dossier.about,
                circumstance=Circumstance(given["circumstance"]),
                organisation=given["organisation"],
                number=given["number"],
                decided_on=given["decided_on"],
                grounds=given["grounds"],
                document=filed,
                actor=actor,
                now=now,
            ),
            actor=request.actor,
            now=now,
        )

    sub = "" if directly else _("代录：由您录入，决定人为所选领导，双方都记入全过程。")
    return act_page(request, _page(dossier, DETERMINE, sub=sub), form, do, template="mines/paper.html")


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def note_reference(request: Request, pk: int, model: type[Mine | Site]) -> HttpResponse:
    """登记外部系统编号; noted again for the same system, the newest holds."""
    dossier, now = _dossier(request, model, pk), timezone.now()
    form = ReferenceForm(sent(request), today=dossier.on)
    systems = ExternalReference.objects.order_by("system").values_list("system", flat=True).distinct()

    def do(given: dict[str, Any]) -> object:
        return actions.note_reference(dossier.about, **given, actor=request.actor, now=now)

    more = {"suggestions": list(systems[:SYSTEMS_SUGGESTED])}
    return act_page(request, _page(dossier, NOTE_REFERENCE), form, do, template="mines/paper.html", more=more)


@open_to_signed_in
@require_GET
def document_file(request: Request, pk: int) -> FileResponse:
    """A document as it was filed, for whoever may see the dossier; never shown inside a page."""
    document = queries.document(pk, actor=request.actor)
    return filed(document.file_digest, document.file_name)


def _dossier(request: Request, model: type[Mine | Site], pk: int) -> Dossier:
    about = queries.one(model, pk, actor=request.actor)
    return Dossier(about, actor=request.actor, on=shanghai_date(timezone.now()))


def _files(request: Request) -> Any:
    return request.FILES if request.method == "POST" else None


def _kinds() -> list[tuple[str, str]]:
    return PlanKind.choices(get_language() or CHINESE)


def _page(dossier: Dossier, act: Act, *, sub: str = "") -> ActPage:
    about, language = dossier.about, get_language() or CHINESE
    title, back = act.title.say({}, language), f"/{about._meta.model_name}s/{about.pk}/"
    name = about.name or about.key
    crumbs = ((_("矿山"), "/mines/") if dossier.is_of_a_mine else (_("点位"), "/sites/"), (name, back))
    return ActPage(
        title=title,
        act=title,
        back=back,
        crumbs=crumbs,
        sub=sub or name,
        done=_("已办理，写入全过程记录：%(act)s。") % {"act": title},
    )
