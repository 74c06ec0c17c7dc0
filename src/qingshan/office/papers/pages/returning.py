"""At which page do signed papers come back, several at a time, and what became of each?

What became of them is kept with the session until the next upload: the page can be loaded again, and a file whose
paper is not known yet waits there for a person to name it. Files that nobody files are swept from the vault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingshan.office.accounts.pages.acting import sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.errors import OfficeError
from qingshan.office.papers import queries, receiving
from qingshan.office.papers.access import BRINGS_BACK, visible_to
from qingshan.office.papers.forms import ACCEPTED, BringForm, MissingForm, NameForm
from qingshan.office.papers.models import Paper
from qingshan.office.papers.pages.reading import PAPERS
from qingshan.office.papers.receiving import UNNAMED, Outcome
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import CHINESE

RETURN = "/papers/return/"
KEPT = "papers.returned"
MOST_CHOICES = 50


@dataclass(frozen=True)
class Shown:
    """One file as the page tells of it."""

    place: int
    outcome: Outcome
    paper: Paper | None
    form: NameForm | None = None
    asking: MissingForm | None = None


@open_to(*BRINGS_BACK)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request) -> HttpResponse:
    """收回签章件: photographs in, a word about each out."""
    form = BringForm(sent(request))
    files = request.FILES.getlist("file")
    if request.method == "POST":
        if not files:
            form.add_error(None, _("没有选择文件。请选择签字盖章后的照片或扫描件。"))
        elif form.is_valid() and (said := _received(request, form, files)):
            request.session[KEPT] = [each.as_json() for each in said]
            return HttpResponseRedirect(RETURN)
    return _page(request, form, status=422 if form.errors else 200)


@open_to(*BRINGS_BACK)
@require_POST
def assign(request: Request, place: int) -> HttpResponse:
    """Say which paper a photograph shows."""
    outcomes = _kept(request)
    if not 1 <= place <= len(outcomes) or outcomes[place - 1].became != UNNAMED:
        raise Http404
    form = _name_form(place, _choices(request), request.POST)
    if not form.is_valid():
        return _page(request, BringForm(), status=422, naming=(place, form))
    try:
        paper = _named(request, form)
        said = receiving.assigned(outcomes[place - 1], paper, actor=request.actor, now=timezone.now())
    except (OfficeError, RuleError) as refusal:
        form.add_error(None, refusal.say(get_language() or CHINESE))
        return _page(request, BringForm(), status=422, naming=(place, form))
    outcomes[place - 1] = said
    request.session[KEPT] = [each.as_json() for each in outcomes]
    return HttpResponseRedirect(RETURN)


@open_to(*BRINGS_BACK)
@require_POST
def tick(request: Request, place: int) -> HttpResponse:
    """Say which missing paper (缺件) a signed copy is, or that it is none."""
    outcomes = _kept(request)
    if not 1 <= place <= len(outcomes) or not outcomes[place - 1].asks:
        raise Http404
    outcome = outcomes[place - 1]
    form = MissingForm(request.POST, words=outcome.asks)
    if form.is_valid():
        word = form.cleaned_data["missing"]
        outcomes[place - 1] = receiving.supplied(outcome, word, actor=request.actor, now=timezone.now())
        request.session[KEPT] = [each.as_json() for each in outcomes]
    return HttpResponseRedirect(RETURN)


def _received(request: Request, form: BringForm, files: list[Any]) -> list[Outcome]:
    try:
        return receiving.received(files, actor=request.actor, now=timezone.now())
    except OfficeError as refusal:
        form.add_error(None, refusal.say(get_language() or CHINESE))
        return []


def _named(request: Request, form: NameForm) -> Paper:
    given = form.cleaned_data
    if given["number"].strip():
        return queries.named(given["number"], actor=request.actor)
    return queries.one(int(given["chosen"]), actor=request.actor)


def _page(
    request: Request, form: BringForm, *, status: int, naming: tuple[int, NameForm] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "accept": ACCEPTED,
        "shown": _shown(request, naming),
        "crumbs": [(_("文书"), PAPERS)],
    }
    return render(request, "papers/return.html", context, status=status)


def _shown(request: Request, naming: tuple[int, NameForm] | None) -> list[Shown]:
    outcomes = _kept(request)
    ids = {each.paper_id for each in outcomes if each.paper_id}
    papers = visible_to(Paper.objects.filter(pk__in=ids), request.actor).in_bulk() if ids else {}
    forms = dict([naming]) if naming else {}
    choices = _choices(request) if any(each.became == UNNAMED for each in outcomes) else []
    return [
        Shown(
            place,
            each,
            papers.get(each.paper_id or 0),
            forms.get(place) or _name_form(place, choices) if each.became == UNNAMED else None,
            MissingForm(words=each.asks, auto_id=f"id_missing_{place}_%s") if each.asks else None,
        )
        for place, each in enumerate(outcomes, start=1)
    ]


def _choices(request: Request) -> list[Paper]:
    return queries.waiting(request.actor, most=MOST_CHOICES)


def _name_form(place: int, choices: list[Paper], data: Any = None) -> NameForm:
    return NameForm(data, papers=choices, auto_id=f"id_{place}_%s")


def _kept(request: Request) -> list[Outcome]:
    return [Outcome(**each) for each in request.session.get(KEPT, [])]
