"""What does the page of a superior's table show? What each header is taken for, what goes in, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qingshan.exchange.filling.kinds import SEQUENCE, FillKind, Values, all_fill_kinds, fill_kind
from qingshan.exchange.filling.layouts import Header
from qingshan.exchange.filling.meaning import How, Meaning, fitting
from qingshan.exchange.filling.remembering import is_known, meanings
from qingshan.exchange.filling.studying import Studied, key_headers
from qingshan.exchange.filling.values import Wanted, Why, date_hint, in_words
from qingshan.exchange.models import Filling, FillingState
from qingshan.jobs.models import FINAL, Job
from qingshan.office.accounts.actors import Actor
from qingshan.office.desk.actions import FILL_TABLE
from qingshan.office.desk.importing import Step
from qingshan.office.errors import NotFound
from qingshan.rules.reasons import CHINESE, Reason

LOOKS = {How.SAME: "good", How.REMEMBERED: "good", How.NEAR: "due", How.NONE: "none"}
STATES = {
    FillingState.RECEIVED: "note",
    FillingState.FILLING: "note",
    FillingState.FILLED: "good",
    FillingState.FAILED: "late",
}


def own(actor: Actor) -> QuerySet[Filling]:
    """The tables that this person brought; nobody else's, not even those of the same office."""
    if actor.person_id is None:
        return Filling.objects.none()
    return Filling.objects.filter(owner_id=actor.person_id)


def filling_for(actor: Actor, pk: int) -> Filling:
    """The table; NotFound for what the actor may not see, as for what does not exist."""
    found = own(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=_("上级来表"))
    return found


def job_of(filling: Filling) -> Job | None:
    """The background job that is filling it in right now."""
    jobs = Job.objects.filter(kind=FILL_TABLE, payload__filling_id=filling.pk).exclude(state__in=FINAL)
    return jobs.order_by("-id").first()


def kind_wanted(filling: Filling, code: str) -> FillKind:
    """As the address says it, else as it was proposed or confirmed."""
    declared = {kind.code for kind in all_fill_kinds()}
    return fill_kind(code if code in declared else filling.plan["kind"])


def sheet_wanted(filling: Filling, name: str) -> Studied:
    """As the address says it, else the one that was proposed or confirmed."""
    sheets = {said["sheet"]: said for said in filling.layouts}
    return Studied.from_json(sheets[name if name in sheets else filling.plan["sheet"]])


@dataclass(frozen=True)
class Row:
    """One header with what it is taken for and what would stand below it."""

    header: Header
    meaning: Meaning
    look: str
    sample: str

    @property
    def how(self) -> How:
        return self.meaning.how


@dataclass(frozen=True)
class Reading:
    """A table as it is read for one kind."""

    kind: FillKind
    sheet: Studied
    rows: tuple[Row, ...]
    known: bool
    """Every header was confirmed before: nothing need be asked."""
    keys: tuple[int, ...]
    """Columns by which printed rows can be found, as far as is known."""

    @property
    def other_keys(self) -> tuple[int, ...]:
        """Columns with something printed that somebody may yet say to be numbers or names."""
        sequence = {row.header.place for row in self.rows if row.meaning.column == SEQUENCE.name}
        headed = {row.header.place for row in self.rows}
        return tuple(sorted(self.sheet.printed.keys() & headed - set(self.keys) - sequence))

    @property
    def open_questions(self) -> int:
        return sum(row.how in {How.NEAR, How.NONE} for row in self.rows)


def read(filling: Filling, kind: FillKind, sheet: Studied, *, actor: Actor) -> Reading:
    """What is proposed, with one object of the register as an example."""
    organisation_id = actor.decider.organisation_id
    found = _as_planned(filling, kind, sheet) or meanings(sheet.layout, kind, organisation_id=organisation_id)
    choice = filling.plan.get("choice", {}) if filling.plan["kind"] == kind.code else {}
    example = {SEQUENCE.name: 1, **kind.shown(actor, choice)}
    rows = tuple(
        Row(
            header,
            found[header.place],
            LOOKS[found[header.place].how],
            _sample(kind, header, found[header.place], example),
        )
        for header in sheet.layout.headers
    )
    known = is_known(sheet.layout, kind, organisation_id=organisation_id)
    return Reading(kind, sheet, rows, known, tuple(key_headers(sheet, kind, found)))


def chosen_before(filling: Filling, reading: Reading) -> dict[str, Any]:
    """What goes in, as it was chosen for this file before; nothing while it was not, or was for another kind."""
    plan = filling.plan
    if "matches" not in plan or plan["kind"] != reading.kind.code:
        return {}
    return {**plan["choice"], "by_key": "" if plan["by_key"] is None else str(plan["by_key"])}


def _as_planned(filling: Filling, kind: FillKind, sheet: Studied) -> dict[int, Meaning] | None:
    """What was confirmed for this very file, where it was."""
    plan = filling.plan
    if "matches" not in plan or (plan["kind"], plan["sheet"]) != (kind.code, sheet.layout.sheet):
        return None
    return {place: Meaning(column, How.REMEMBERED, unit) for place, column, unit in plan["matches"]}


def _sample(kind: FillKind, header: Header, meaning: Meaning, example: Values) -> str:
    column = kind.by_name.get(meaning.column)
    if column is None:
        return ""
    wanted = Wanted(column, fitting(meaning.unit, column), date_hint(header.text))
    return in_words(example.get(column.name), wanted)


def faults_of(filling: Filling) -> tuple[Reason, ...]:
    """Why it could not be filled in."""
    return tuple(Reason(one["code"], one["values"]) for one in filling.faults)


def steps(filling: Filling) -> list[Step]:
    """Bring the table, check what its headers mean, take it away."""
    filled = filling.state == FillingState.FILLED
    return [
        Step(_("选择来表"), filling.file_name, "ok"),
        Step(_("核对表头、选择内容"), "", "ok" if filled else "now"),
        Step(_("下载填好的表"), "", "now" if filled else ""),
    ]


@dataclass(frozen=True)
class Outcome:
    """What became of the table, in words."""

    share: str
    said: str
    left: str
    columns: tuple[tuple[str, int, str], ...]


def outcome(summary: Mapping[str, Any]) -> Outcome | None:
    """None while nothing is filled in."""
    if not summary:
        return None
    language = get_language() or CHINESE
    expected, filled = summary["expected"], summary["filled"]
    percent = f"{filled * 100 / expected:.1f}%" if expected else "—"
    return Outcome(
        share=f"{percent} = {filled:,} / {expected:,}",
        said=("" if language == CHINESE else " ").join(_sentences(summary)),
        left=_left(summary["left"], language),
        columns=tuple(
            (each["header"], each["filled"], _left(each["left"], language)) for each in summary["columns"]
        ),
    )


def _left(left: Mapping[str, int], language: str) -> str:
    joint = "; " if language.startswith("en") else "；"
    return joint.join(f"{Why(why).say(language)} {n:,}" for why, n in left.items())


def _sentences(summary: Mapping[str, Any]) -> list[str]:
    said = [ngettext("填写 %(n)s 行。", "填写 %(n)s 行。", summary["rows"]) % {"n": f"{summary['rows']:,}"}]
    if n := summary["inserted"]:
        said.append(
            _("表中空行不够，在合计行或落款之前插入了 %(n)s 行，合计公式已随之延长。") % {"n": f"{n:,}"}
        )
    if n := summary["strangers"]:
        said.append(_("表中有 %(n)s 行写的编号或名称在台账中找不到，或不止一个，已标出。") % {"n": f"{n:,}"})
    if n := summary["unplaced"]:
        said.append(_("台账中另有 %(n)s 项，表中没有对应的行。") % {"n": f"{n:,}"})
    return said
