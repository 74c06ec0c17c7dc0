"""How do the batches and single sites of the demonstration enter? Each event by its act."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

from qingshan.demo.acting import Doing, Now, bringing, brought, done_by, plain
from qingshan.office.batches import actions
from qingshan.office.batches.actions import Chosen, Finished, Found, NewBatch, Notice, Seat, Visit
from qingshan.office.batches.facts import batch_of, listed_rows, numbers_of, rows_of
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.mines.models import Site
from qingshan.rules.acceptance import Amount, Criterion, PanelPart, Payer
from qingshan.rules.batches import Standing
from qingshan.rules.matters import EvidenceKind, SourceKind
from qingshan.rules.roles import Role
from qingshan.rules.sampling import Check, seal_of

GOOD, POOR = Decimal(92), Decimal(55)
PLAN = "修复实施方案（演示）"
OWN: dict[Criterion, Amount] = {Criterion.COVER_PERCENT: Decimal(60)}


def _new(now: Now) -> NewBatch:
    of, cast = now.of, now.show.cast
    unit = cast.organisation(f"{of.county}/natural")
    found = (
        Site.objects.select_related("mine", "region").defer("mine__geom").in_bulk(of.sites, field_name="key")
    )
    opening = Opening(
        "",
        "",
        of.title,
        region=cast.regions[of.county],
        source=SourceKind.OTHER,
        parties=(Named(Role.ANSWERING, unit), Named(Role.EXECUTING, unit)),
    )
    chosen = [Chosen(found[key], of.mode, of.use) for key in of.sites]
    return NewBatch(opening, chosen, Payer.OBLIGED)


def _form(now: Now) -> None:
    now.show.keep(now.of.key, actions.form_batch(_new(now), **done_by(now)))


def _take_up(now: Now) -> None:
    now.show.keep(now.of.key, actions.take_up_single(_new(now), **done_by(now)))


def _finished(now: Now) -> dict[str, Any]:
    rows = listed_rows(batch_of(now.matter))
    return {"finished": [Finished(row, now.on - timedelta(days=1)) for row in rows]}


def _evidence(now: Now) -> dict[str, Any]:
    rows = listed_rows(batch_of(now.matter))
    hectares = sum(row.area_m2 or 0 for row in rows) / 10_000
    measured = NewEvidence(
        EvidenceKind.MEASUREMENT,
        "竣工面积测量（演示）",
        quantity=Decimal(str(round(hectares, 4))),
        quantity_unit="公顷",
        measured_on=now.on,
    )
    return {"evidence": [measured]}


def _secret(now: Now) -> str:
    """A number of the demonstration; a real one is kept to oneself."""
    return hashlib.sha256(f"{now.of.key} {now.event.value('side')}".encode()).hexdigest()


def _seal(now: Now) -> dict[str, Any]:
    batch, by = batch_of(now.matter), _side(now)
    return {"seal": seal_of(_secret(now), subject=batch.subject, by=by), "by": by}


def _side(now: Now) -> str:
    """The side as it stands beside its seal."""
    return {"city": "市级出号（演示）", "province": "省级出号（演示）"}[now.event.value("side")]


def _open(now: Now) -> None:
    number = next(each for each in numbers_of(batch_of(now.matter)) if each.by == _side(now))
    actions.open_number(now.matter, number, brought(now), secret=_secret(now), **done_by(now))


def _found(now: Now, survival: Decimal) -> Found:
    measured: dict[Criterion, Amount | None] = {
        Criterion.COVER_PERCENT: Decimal(72),
        Criterion.CANOPY_PERCENT: Decimal(36),
        Criterion.SURVIVAL_PERCENT: survival,
        Criterion.SOIL_DEPTH_M: Decimal("0.5"),
        Criterion.AFTERCARE_YEARS: Decimal(3),
        Criterion.IS_STABLE: True,
        Criterion.NO_HAZARD: True,
        Criterion.NO_POLLUTION: True,
    }
    return Found(measured, OWN, PLAN)


def _visit(now: Now) -> Visit:
    return Visit("市、县验收组（模拟）", now.on)


def _check(now: Now) -> None:
    row = next(row for row in rows_of(batch_of(now.matter)) if row.check_named is Check.OPEN)
    found = _found(now, GOOD if now.event.value("good") else POOR)
    actions.record_check(now.matter, row, brought(now), found=found, visit=_visit(now), **done_by(now))


def _send_back(now: Now) -> None:
    row = next(
        row
        for row in rows_of(batch_of(now.matter))
        if row.check_named is Check.FAILED and row.standing_named is Standing.WAITING
    )
    actions.send_back_site(now.matter, row, brought(now), **done_by(now))


def _panel(now: Now) -> dict[str, Any]:
    on, paper = now.on, "验收意见书（演示）"
    city, ecology = (
        now.show.cast.organisation(f"{_city(now)}/{office}") for office in ("natural", "ecology")
    )
    return {
        "seats": [
            Seat(PanelPart.NATURAL_RESOURCES, "市局代表（模拟）", city, signed_on=on, paper=paper),
            Seat(PanelPart.ECOLOGY, "生态环境代表（模拟）", ecology, signed_on=on, paper=paper),
            Seat(PanelPart.EXPERT, "评审专家（模拟）", None, "地质院（模拟）", on, paper),
            Seat(PanelPart.RESIDENTS, "村民代表（模拟）", None, "所在村（模拟）", on, paper),
        ]
    }


def _city(now: Now) -> str:
    return str(now.of.county)[:4] + "00"


def _notice(now: Now) -> dict[str, Any]:
    told = Notice(
        5,
        "市修复验收办法（演示）",
        "市局门户网站（模拟）",
        "县自然资源局生态修复股（模拟）",
        "验收结果（演示）",
    )
    return {"notice": told}


BATCHING: dict[str, Doing] = {
    "form_batch": _form,
    "take_up_single": _take_up,
    "report_single": bringing(actions.report_progress, lambda now: {"percent": now.event.value("percent")}),
    "finish_batch": bringing(actions.finish_batch, _finished),
    "show_batch": bringing(actions.add_evidence, _evidence),
    "apply_batch": plain(actions.apply_for_acceptance),
    "seal_number": bringing(actions.seal_number, _seal),
    "close_sample_list": plain(actions.close_list),
    "open_number": _open,
    "draw_sample": plain(actions.draw_sample),
    "draw_double": plain(actions.draw_double),
    "check_site": _check,
    "send_back_site": _send_back,
    "name_panel": bringing(actions.name_panel, _panel),
    "accept_batch": plain(actions.accept_batch),
    "accept_single": bringing(
        actions.accept_single, lambda now: {"found": _found(now, GOOD), "visit": _visit(now)}
    ),
    "return_batch": plain(actions.return_batch),
    "publish_batch": bringing(actions.give_notice, _notice),
    "conclude_batch": plain(actions.conclude),
    "withdraw_batch": plain(actions.withdraw_batch),
    "reopen_single": bringing(actions.reopen_single, lambda now: {"due_on": now.day(now.event.value("due"))}),
}
