"""What does the import wizard show? The file, how its rows were judged, and what may be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.exchange.kinds import Kind
from qingshan.exchange.kinds import kind as import_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.jobs.models import FINAL, Job
from qingshan.office.desk.actions import READ_FILE
from qingshan.office.errors import NotFound
from qingshan.office.paging import Order, Page, page
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.importing import ImportState
from qingshan.rules.reasons import CHINESE, Reason

LOOKS = {
    Outcome.CREATED: "good",
    Outcome.CHANGED: "note",
    Outcome.UNCHANGED: "none",
    Outcome.REFUSED: "late",
}


def visible_to(actor: ActorLike) -> QuerySet[Import]:
    """Files that the actor or their organisation brought."""
    if actor.person_id is None and not actor.organisation_ids:
        return Import.objects.none()
    own = Import.objects.filter(owner_id=actor.person_id).values("pk")
    of_organisation = Import.objects.filter(organisation_id__in=sorted(actor.organisation_ids)).values("pk")
    return Import.objects.filter(pk__in=own.union(of_organisation))


def import_for(actor: ActorLike, pk: int) -> Import:
    """The import; NotFound for what the actor may not see, as for what does not exist."""
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=_("导入"))
    return found


def reading_of(import_: Import) -> Job | None:
    """The background job that is reading the file right now."""
    jobs = Job.objects.filter(kind=READ_FILE, payload__import_id=import_.pk).exclude(state__in=FINAL)
    return jobs.order_by("-id").first()


@dataclass(frozen=True)
class Shown:
    """One staged row with its faults, remarks and changes as reasons and pairs."""

    row: StagedRow
    title: str
    look: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    remarks: tuple[Reason, ...]
    changes: tuple[tuple[str, str, str], ...]
    double: Double | None = None
    becomes: str = ""
    """in which state it will stand, where the kind knows states"""


@dataclass(frozen=True)
class Double:
    """A row that looks like something registered: what it is called itself, what it is like, what was said."""

    own: str
    like: str
    answer: str
    """same_as, another or empty"""
    held_back: bool
    """It comes in only when somebody has answered."""


SAME_AS, ANOTHER = "same_as", "another"
ANSWER_OF_ROW = "row-"
"""Fields of the answers begin with this, then comes the position of the row."""


def rows_of(import_: Import, *, outcome: str, language: str, after: str = "", before: str = "") -> Page:
    """One page of the rows with this outcome (all, when empty), in the order of the file."""
    rows = StagedRow.objects.filter(source=import_).defer("geom", "cells")
    if outcome:
        rows = rows.filter(outcome=outcome)
    found = page([rows], order=Order(("position",)), after=after, before=before)
    kind = import_kind(import_.kind)
    shown = [_shown(row, kind, language, import_.options) for row in found.rows]
    return Page(rows=shown, next_mark=found.next_mark, previous_mark=found.previous_mark)


def _shown(row: StagedRow, kind: Kind, language: str, import_options: Mapping[str, Any]) -> Shown:
    outcome = Outcome(row.outcome)
    return Shown(
        row=row,
        title=str(row.values.get("name") or row.values.get("key") or row.key or _("未命名")),
        look=LOOKS[outcome],
        outcome=outcome,
        reasons=reasons_of(row.faults),
        remarks=reasons_of(row.notes),
        changes=tuple(_changes(row, kind, language)),
        double=double_of(row, import_options),
        becomes=_becomes(row, kind, language),
    )


def _becomes(row: StagedRow, kind: Kind, language: str) -> str:
    """Of rows that will be written."""
    state = kind.becomes(row.values) if kind.becomes and row.outcome in _WRITTEN else None
    return state.say({}, language) if state else ""


_WRITTEN = frozenset({Outcome.CREATED.value, Outcome.CHANGED.value})


def double_of(row: StagedRow, options: Mapping[str, Any]) -> Double | None:
    """What a row is like, from its reasons: those that name `own` and `like` can be answered."""
    for reason in (*row.faults, *row.notes):
        own, like = reason["values"].get("own"), reason["values"].get("like")
        if own and like:
            answer = next((each for each in (SAME_AS, ANOTHER) if own in (options.get(each) or {})), "")
            return Double(own, like, answer, held_back=reason in row.faults)
    return None


def answers_about_doubles(import_: Import, sent: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The options of an import with what was said of its rows: `row-17` is same_as or another."""
    answers = {each: dict(import_.options.get(each) or {}) for each in (SAME_AS, ANOTHER)}
    said = {name.removeprefix(ANSWER_OF_ROW): str(sent[name]) for name in sent if _is_answer(name)}
    rows = StagedRow.objects.filter(source=import_, position__in=map(int, said)).defer("geom", "cells")
    for row in rows:
        double, answer = double_of(row, import_.options), said[str(row.position)]
        if double is None:
            continue
        for each in answers.values():
            each.pop(double.own, None)
        if answer in answers:
            answers[answer][double.own] = double.like
    return answers


def _is_answer(name: str) -> bool:
    position = name.removeprefix(ANSWER_OF_ROW)
    return name.startswith(ANSWER_OF_ROW) and position.isdecimal() and len(position) < 10


def reasons_of(stored: list[dict[str, Any]]) -> tuple[Reason, ...]:
    """Reasons as they were stored."""
    return tuple(Reason(one["code"], one["values"]) for one in stored)


def _changes(row: StagedRow, kind: Kind, language: str) -> list[tuple[str, str, str]]:
    said = []
    for name, change in row.changes.items():
        if name == "geom":
            said.append((_("图形"), _("原图形"), _("新图形")))
        elif column := kind.by_name.get(name):
            old, new = (column.type.say(column.type.restored(value), language) for value in change)
            said.append((column.title(language), old or "—", new or "—"))
    return said


@dataclass(frozen=True)
class Chip:
    title: str
    count: int
    url: str
    current: bool


def chips(import_: Import, *, outcome: str, language: str) -> list[Chip]:
    """The four outcomes with their counts, and all rows."""
    counts = {each: getattr(import_, each.value) for each in Outcome}
    everything = Chip(_("全部"), sum(counts.values()), "?", not outcome)
    return [everything] + [
        Chip(each.say(language), n, f"?outcome={each.value}", outcome == each) for each, n in counts.items()
    ]


@dataclass(frozen=True)
class Step:
    title: str
    note: str
    state: str


def steps(import_: Import) -> list[Step]:
    """Bring the file, look at the preview, let it in; the state in words stands at the step that is due."""
    applied = import_.state == ImportState.APPLIED
    state = ImportState(import_.state).say(get_language() or CHINESE)
    return [
        Step(_("选择文件"), import_.file_name, "ok"),
        Step(_("核对预览"), "" if applied else state, "ok" if applied else "now"),
        Step(_("导入"), state if applied else "", "ok" if applied else ""),
    ]


@dataclass(frozen=True)
class Possible:
    """Which acts the preview offers. Rows that change nothing need no import."""

    apply_all: bool
    apply_good: bool
    cancel: bool
    effective: int

    @property
    def anything(self) -> bool:
        return self.apply_all or self.apply_good


def what_can_be_done(import_: Import) -> Possible:
    read = import_.state == ImportState.READ
    effective = import_.created + import_.changed > 0
    return Possible(
        apply_all=read and effective and not import_.refused,
        apply_good=read and effective and import_.refused > 0,
        cancel=import_.state in {ImportState.RECEIVED, ImportState.READ},
        effective=import_.created + import_.changed,
    )


def good_rows_sentence(import_: Import) -> str:
    """What "only the good rows" would mean, said before it is done."""
    numbers = {"good": f"{import_.created + import_.changed:,}", "refused": f"{import_.refused:,}"}
    return _("将写入 %(good)s 行；退回的 %(refused)s 行不写入，可下载后改正再导入。") % numbers
