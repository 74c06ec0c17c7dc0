"""影像核验: claims by finding; one claim with its finding, its sheet, what was answered and decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.matters.pages.lists import chips, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.observations import clue_queries, queries
from qingshan.office.observations.access import (
    CLAIM_READERS,
    REGISTERS,
    RUNS,
    may_answer,
    may_decide,
    may_see_images,
)
from qingshan.office.observations.actions import lacks_shape_of_site
from qingshan.office.observations.claims_leaving import CLAIMS_LEAVING, exported_claims
from qingshan.office.observations.forms import NarrowClaims, claim_filters
from qingshan.office.observations.models import Claim, Finding
from qingshan.office.observations.queries import ASKED, GIVEN, LOOKS, RELAPSED, TRACED, WAITING
from qingshan.office.observations.sheet_parts import parts_of, without_pictures
from qingshan.office.observations.showing import (
    code,
    sentence_of,
    sheet_inside,
    sheet_of,
    shown,
    told,
    traced,
)
from qingshan.office.observations.signing import signed
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.verification import STANDING, AnswerState, TraceState, Verdict

LIST = "/observations/"
SHEET_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A sheet is one file with its own style; nothing in it runs or is loaded."""


@open_to(*CLAIM_READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """影像核验: what a person has to look at first stands first among the chips."""
    on = shanghai_date(timezone.now())
    filters = claim_filters(request.GET, on=on)
    found = queries.listed(actor=request.actor, filters=filters, **marks(request))
    given = {"region": filters.region_id or "", "target": filters.target, "q": filters.text}
    around = chips(
        request, _titles(), current=filters.look, keep=("region", "target", "q", "run"), name="verdict",
        count=lambda look: queries.how_many(actor=request.actor, filters=replace(filters, look=look)),
    )  # fmt: skip
    if filters.run_id is not None:
        around["keep"].append(("run", filters.run_id))
    context = {
        "page": found,
        "run_id": filters.run_id,
        "rows": [shown(each, actor=request.actor, on=on) for each in found.rows],
        "form": NarrowClaims(regions=regions_below(request.actor), given=given),
        "narrowed": filters.is_narrowed,
        "may_run": RUNS in request.actor.duties,
        **around,
    }
    return render(request, "observations/claims.html", context)


def _titles() -> dict[str, str]:
    language = get_language() or CHINESE
    titles = {
        ASKED: AnswerState.ASKED.say(language),
        GIVEN: _("回应待核定"),
        RELAPSED: _("验收后未保持（待核实）"),
        WAITING: _("待核查"),
    }
    titles |= {TRACED: _("回头看待核实"), **{each.value: each.say(language) for each in Verdict}}
    return {look: titles.get(look, _("全部")) for look in ("", *LOOKS)}


@open_to(*CLAIM_READERS)
@require_GET
def export(request: Request, form: str) -> StreamingHttpResponse:
    """The claims of the list, as a table or as shapes, as this reader may know them."""
    on = shanghai_date(timezone.now())
    rows = queries.all_listed(actor=request.actor, filters=claim_filters(request.GET, on=on))
    told = exported_claims(shown(each, actor=request.actor, on=on) for each in rows)
    return exported(CLAIMS_LEAVING, told, form=form, name=_("影像核验"))


@open_to(*CLAIM_READERS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One claim: the finding in a sentence, the sheet, what would settle it, answer, decision, the whole trail."""
    claim, on = queries.one(pk, actor=request.actor), shanghai_date(timezone.now())
    history = queries.history_of(claim)
    stands = shown(claim, actor=request.actor, on=on)
    sees = claim.newest is not None and may_see_images(claim.newest.run.scene_set, request.actor)
    sheet = sheet_of(history.findings) if stands.is_known else None
    keeps = REGISTERS in request.actor.duties and inside(claim.region_id, request.actor.region_ranges)
    context = {
        "claim": claim,
        "stands": stands,
        "told": [told(each) for each in _deciding_first(claim, history.findings)] if stands.is_known else [],
        "earlier": [told(each) for each in history.earlier] if stands.is_known else [],
        "because": sentence_of(claim.because),
        "sheet": sheet_inside(sheet, with_pictures=sees) if sheet else None,
        "pair": parts_of(sheet.decode()).pair if sheet and sees else None,
        "images_withheld": stands.is_known and bool(history.findings) and not sees,
        "facts": _facts(claim),
        "basis": _basis(claim) if stands.is_known and claim.newest else [],
        "answers": history.answers,
        "trace_backs": [traced(each, claim) for each in history.trace_backs] if stands.is_known else [],
        "signed": history.signed if stands.is_known else [],
        "may_clear": stands.is_known
        and may_decide(claim, request.actor)
        and any(each.state == TraceState.OPEN for each in history.trace_backs)
        and not signed(claim, request.actor),
        "overlapping": _overlapping(claim),
        # nobody answers a finding that is not shown to them yet
        "may_answer": stands.is_known
        and claim.answer_named is AnswerState.ASKED
        and claim.state in STANDING
        and may_answer(claim, request.actor),
        "may_decide": claim.answer_named is AnswerState.GIVEN and may_decide(claim, request.actor),
        "may_complete": keeps and claim.state in STANDING,
        "may_shape": keeps and lacks_shape_of_site(claim),
        "subject_path": queries.path_of_subject(claim, actor=request.actor),
        "entries": timeline("observations.claim", claim.pk),
        "crumbs": [(_("影像核验"), LIST)],
    }
    return render(request, "observations/claim.html", context)


def _deciding_first(claim: Claim, findings: Sequence[Finding]) -> list[Finding]:
    """The finding by which the claim stands as it does, then the others."""
    return sorted(findings, key=lambda each: each.pk != claim.newest_id)


def _facts(claim: Claim) -> list[tuple[str, Any]]:
    language = get_language() or CHINESE
    target = claim.target_named
    return [
        (_("治理去向"), target.say(language) if target else None),
        *_taken_from(claim),
        (_("损毁起始"), _day(claim.disturbed_since)),
        (_("种植日期"), _day(claim.planted_on)),
        (_("修复完成"), _day(claim.restored_since)),
        (_("申报日期"), _day(claim.claimed_on)),
        (_("验收日期"), _day(claim.accepted_on)),
        *_watch(claim),
    ]


def _taken_from(claim: Claim) -> list[tuple[str, Any]]:
    """From which plan the target was taken, where whoever claims did not say it."""
    told = claim.target_because
    if told is None:
        return []
    return [(_("治理去向依据"), say(Reason(told["code"], told["values"]), get_language() or CHINESE))]


def _watch(claim: Claim) -> list[tuple[str, Any]]:
    """Until when accepted land is looked at, and when the finding of this year is due."""
    if claim.watched_until is None:
        return []
    due = _day(claim.next_look_on) or _("管护期已逐年核验完毕")
    return [(_("管护期观测至"), _day(claim.watched_until)), (_("下次到期核验"), due)]


def _basis(claim: Claim) -> list[tuple[str, Any]]:
    newest = claim.newest
    assert newest is not None
    return [
        (_("核验任务"), newest.run.number),
        (_("影像目录"), newest.run.scene_set.name),
        (_("影像截至"), _day(newest.until)),
        (_("结论日期"), _day(newest.found_on)),
        (_("参数集"), code(newest.parameters)),
        (_("程序版本"), newest.engine),
    ]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _overlapping(claim: Claim) -> list[str]:
    """Numbers of claims that the newest run found on the same ground: their land is counted once."""
    counts = (claim.newest.run.counts if claim.newest else None) or {}
    pairs = [(each["first"], each["second"]) for each in counts.get("overlaps", ())]
    return [other for pair in pairs if claim.number in pair for other in pair if other != claim.number]


@open_to(*CLAIM_READERS)
@require_GET
def sheet(request: Request, pk: int) -> HttpResponse:
    """核查单 as one file, to be printed or taken away."""
    claim, on = queries.one(pk, actor=request.actor), shanghai_date(timezone.now())
    is_known = queries.is_shown(claim, actor=request.actor, on=on)
    content = sheet_of(queries.history_of(claim).findings) if is_known else None
    if content is None or claim.newest is None:
        raise NotFound.because("office.not_found", what=_("核查单"))
    if not may_see_images(claim.newest.run.scene_set, request.actor):
        content = without_pictures(content.decode()).encode()
    return HttpResponse(
        content,
        content_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": SHEET_POLICY},
    )


@open_to(*CLAIM_READERS)
@require_GET
def card(request: Request, kind: str, pk: int) -> HttpResponse:
    """The claims of one object, for the side column of its page."""
    on = shanghai_date(timezone.now())
    rows = queries.claims_about(kind, pk, actor=request.actor)
    clue = clue_queries.clue_of_matter(pk, actor=request.actor) if kind == "matters.matter" else None
    context = {"rows": [shown(each, actor=request.actor, on=on) for each in rows], "clue": clue}
    return render(request, "observations/card.html", context)
