"""影像目录: which images are there, and how are they registered?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.observations import actions, queries
from qingshan.office.observations.access import READERS, REGISTERS, RUNS
from qingshan.office.observations.actions import NewScenes
from qingshan.office.observations.forms import ScenesForm
from qingshan.office.observations.imagery import root
from qingshan.rules.layers import Openness

LIST = "/observations/scenes/"


@open_to(*READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """Sets of images for the reader's area, the newest first."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.listed_scenes(actor=request.actor, **marks)
    context = {
        "page": found,
        "rows": [(each, Openness(each.openness)) for each in found.rows],
        "may_register": REGISTERS in request.actor.duties,
        "may_run": RUNS in request.actor.duties,
    }
    return render(request, "observations/scenes.html", context)


@open_to(REGISTERS)
def register(request: Request) -> HttpResponse:
    """登记影像目录."""
    form = ScenesForm(sent(request), regions=queries.regions_for(request.actor))
    title = _("登记影像目录")
    sub = _("影像根目录：“%(root)s”") % {"root": root()}
    page = ActPage(title, title, LIST, [(_("影像目录"), LIST)], sub)

    def do(given: dict[str, Any]) -> object:
        return actions.register_scenes(NewScenes(**given), actor=request.actor, now=timezone.now())

    return act_page(request, page, form, do)
