"""What do the needs of the two flow tables ask for? Facts are gathered here; `rules` judges them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qingshan.office.batches.claims import against_accepting
from qingshan.office.batches.facts import (
    as_member,
    batch_of,
    counts_of,
    decision_on,
    listed_rows,
    notice_days,
    numbers_of,
    open_objections,
    panel_of,
    rows_of,
    running_notice,
    sampling_book,
    unfinished_rows,
    work_on,
)
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.panel_experts import ties_against
from qingshan.office.matters import needs
from qingshan.office.matters.kinds import Asked, Need
from qingshan.office.places.queries.calendar import calendar
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.queries import meant
from qingshan.rules.acceptance import PANEL_RULEBOOK, Acceptance, Verdict, check_panel
from qingshan.rules.batches import Standing, reconcile
from qingshan.rules.common_needs import INDEPENDENT
from qingshan.rules.flows import batch, single_site
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.matters import Phase
from qingshan.rules.reasons import Reason, say
from qingshan.rules.rulebook import in_force
from qingshan.rules.sampling import Check, Next

MOST_NAMED = 5


def _named(code: str, rows: Sequence[BatchSite]) -> Iterable[Reason]:
    if rows:
        names = "、".join(str(row.site) for row in rows[:MOST_NAMED])
        yield Reason(code, {"count": len(rows), "names": names + ("……" if len(rows) > MOST_NAMED else "")})


def _independent(asked: Asked) -> Iterable[Reason]:
    return needs.independent_of(work_on(asked.matter), asked)


def _not_empty(asked: Asked) -> Iterable[Reason]:
    if not listed_rows(batch_of(asked.matter)):
        yield Reason(batch.EMPTY)


def _finished(asked: Asked) -> Iterable[Reason]:
    """Of every site it is said since when it is done; where a project works there, the project says so too."""
    return _named(batch.UNFINISHED, list(_open_works(asked)))


def _open_works(asked: Asked) -> Iterable[BatchSite]:
    said = asked.values.get("finished", ())
    rows = batch_of(asked.matter)
    left = {row.pk for row in unfinished_rows(rows)}
    listed = listed_rows(rows)
    behind = {row.project_site_id for row in listed if row.project_site_id is not None}
    at_work = set(
        meant(ProjectSite.objects.filter(pk__in=behind, claimed_cm2=None)).values_list("pk", flat=True)
    )
    for row in listed:
        if row.project_site_id in at_work or (row.pk in left and row.pk not in said):
            yield row


def _works_done(asked: Asked) -> Iterable[Reason]:
    return _named(single_site.WORKS_OPEN, list(_open_works(asked)))


def _evidence(asked: Asked) -> Iterable[Reason]:
    """Something shows it; what was handed in before it was last sent back shows it no more."""
    rows = asked.matter.evidence.filter(withdrawn_on=None).exclude(phase=Phase.BEFORE.value)
    seen_until = batch_of(asked.matter).seen_until
    if not (rows.filter(pk__gt=seen_until) if seen_until else rows).exists():
        yield Reason(batch.NO_EVIDENCE)


def _sealed(asked: Asked) -> Iterable[Reason]:
    if not numbers_of(batch_of(asked.matter)):
        yield Reason(batch.NO_SEAL)


def _all_open(asked: Asked) -> Iterable[Reason]:
    if shut := sum(not each.secret for each in numbers_of(batch_of(asked.matter))):
        yield Reason(batch.NOT_OPEN, {"count": shut})


def _checked(asked: Asked) -> Iterable[Reason]:
    rows = [row for row in rows_of(batch_of(asked.matter)) if row.check_named is Check.OPEN]
    if rows:
        yield Reason(batch.CHECKS_OPEN, {"count": len(rows)})


def _asked_for(code: str, step: Next) -> Need:
    """Only what the results ask for comes next."""

    def need(asked: Asked) -> Iterable[Reason]:
        decision = decision_on(batch_of(asked.matter), on=asked.on)
        if decision is not None and decision.next not in (step, Next.FINISH_CHECKS):
            book = sampling_book(asked.matter, asked.on)
            values = {"failed": len(decision.returned), "allowed": book.whole("failures_allowed")}
            yield Reason(code, values)

    return need


def _enough_seen(asked: Asked) -> Iterable[Reason]:
    decision = decision_on(batch_of(asked.matter), on=asked.on)
    if decision is not None and decision.next in (Next.DRAW_DOUBLE, Next.CHECK_WHOLE):
        yield Reason(batch.MORE_ROUNDS, {"next": decision.next.zh, "next_en": decision.next.en})


def _something_passed(asked: Asked) -> Iterable[Reason]:
    rows = rows_of(batch_of(asked.matter))
    if not any(
        row.standing_named is Standing.WAITING and row.check_named is not Check.FAILED for row in rows
    ):
        yield Reason(batch.NOTHING_PASSED)


def _failures_back(asked: Asked) -> Iterable[Reason]:
    rows = rows_of(batch_of(asked.matter))
    left = [r for r in rows if r.check_named is Check.FAILED and r.standing_named is not Standing.RETURNED]
    return _named(batch.NOT_BACK, left)


def _panel(asked: Asked) -> Iterable[Reason]:
    book = in_force(PANEL_RULEBOOK, on=asked.on, region=region_of_id(asked.matter.region_id))
    panel = panel_of(batch_of(asked.matter))
    answer = check_panel(map(as_member, panel), work_on(asked.matter), on=asked.on, book=book)
    if faults := [*answer.faults, *ties_against(asked.matter, panel, on=asked.on)]:
        yield Reason(batch.PANEL)
        yield from faults


def _notice_basis(asked: Asked) -> Iterable[Reason]:
    least = notice_days(asked.matter, asked.on)
    days, basis = asked.values.get("working_days"), str(asked.values.get("basis") or "").strip()
    from_on, to_on = asked.values.get("from_on"), asked.values.get("to_on")
    says_why = bool(basis) or least is not None
    fits = bool(days and from_on and to_on) and says_why and int(days or 0) >= (least or 1)
    if not (fits and _runs_long_enough(from_on, to_on, days)):
        yield Reason(batch.NOTICE_BASIS, {"days": days or least})


def _runs_long_enough(from_on: Any, to_on: Any, days: Any) -> bool:
    """Whether so many working days lie in the period; the first day is not counted (民法典第二百零一条)."""
    return bool(to_on >= calendar().add_working_days(from_on, days).day)


def _notice_over(asked: Asked) -> Iterable[Reason]:
    notice = running_notice(asked.matter)
    if notice is None or asked.on <= notice.to_on:
        yield Reason(batch.NOTICE_RUNS, {"day": notice.to_on.isoformat() if notice else None})


def _objections(asked: Asked) -> Iterable[Reason]:
    if left := open_objections(asked.matter):
        yield Reason(batch.OBJECTIONS, {"count": len(left)})


def _counts(asked: Asked) -> Iterable[Reason]:
    found = reconcile(counts_of(rows_of(batch_of(asked.matter))))
    if found:
        details = "".join(say(each, "zh-hans") for each in found)
        yield Reason(batch.COUNTS, {"details": details, "details_en": " ".join(say(e, "en") for e in found)})


def _criteria(asked: Asked) -> Iterable[Reason]:
    judged = asked.values.get("judged")
    if isinstance(judged, Acceptance) and judged.verdict is not Verdict.MET:
        open_ones = [each.criterion.zh for each in judged.criteria if each.verdict is not Verdict.MET]
        names = "、".join(open_ones) or "—"
        yield Reason(single_site.CRITERIA, {"count": len(open_ones), "names": names})
    elif judged is None:
        yield Reason(single_site.CRITERIA, {"count": 1, "names": "—"})


NEEDS: dict[str, Need] = {
    **needs.NEEDS,
    INDEPENDENT: _independent,
    batch.EMPTY: _not_empty,
    batch.UNFINISHED: _finished,
    batch.NO_EVIDENCE: _evidence,
    batch.NO_SEAL: _sealed,
    batch.NOT_OPEN: _all_open,
    batch.CHECKS_OPEN: _checked,
    batch.NOT_DOUBLE: _asked_for(batch.NOT_DOUBLE, Next.DRAW_DOUBLE),
    batch.NOT_WHOLE: _asked_for(batch.NOT_WHOLE, Next.CHECK_WHOLE),
    batch.MORE_ROUNDS: _enough_seen,
    batch.NOTHING_PASSED: _something_passed,
    batch.NOT_BACK: _failures_back,
    batch.UNANSWERED: against_accepting,
    batch.PANEL: _panel,
    batch.NOTICE_BASIS: _notice_basis,
    batch.NOTICE_RUNS: _notice_over,
    batch.OBJECTIONS: _objections,
    batch.COUNTS: _counts,
    single_site.WORKS_OPEN: _works_done,
    single_site.CRITERIA: _criteria,
}
BROUGHT = needs.BROUGHT | {
    batch.UNFINISHED,
    batch.NOTICE_BASIS,
    single_site.WORKS_OPEN,
    single_site.CRITERIA,
}
"""What an act's own form asks for."""
DECIDING = frozenset({batch.MORE_ROUNDS, batch.NOTHING_PASSED, batch.NOT_DOUBLE, batch.NOT_WHOLE})
"""Which of several ways out of a state is the next one."""
