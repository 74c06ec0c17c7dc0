"""What does the 验收意见表 say: what was asked for, what was found at each site, who signs?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from qingshan.office.batches.criteria import as_stored, asked_of
from qingshan.office.batches.documents import opinion
from qingshan.office.batches.facts import batch_of, counts_of, listed_rows, panel_of, rows_of
from qingshan.office.batches.forms.papers import line_of
from qingshan.office.batches.models import Batch, BatchSite, SiteCheck
from qingshan.office.batches.printing.words import area_of, outcome, site_of, works
from qingshan.office.batches.queries import newest_checks
from qingshan.office.papers.usual import Told
from qingshan.rules.acceptance import PANEL_RULEBOOK, Criterion, Verdict, panel_parts
from qingshan.rules.batches import Stage, Sum
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.roles import Role
from qingshan.rules.rulebook import in_force
from qingshan.rules.sampling import Check


def filled_opinion(told: Told) -> dict[str, Any]:
    """What the panel signs: as far as it is known on the day; the rest is written by hand."""
    batch = batch_of(told.matter)
    rows = listed_rows(batch)
    checks = _of_this_round(batch, newest_checks(rows))
    done = told.newest(BatchAct.ACCEPT, SingleAct.ACCEPT) if batch.accepted_on else None
    return {
        "title": opinion.title_about(told.matter.title),
        "subject": f"{told.matter.title}（{told.matter.number}）",
        "place": told.place,
        "responsible": told.units(Role.ANSWERING),
        "carried_out_by": told.units(Role.EXECUTING),
        "accepted_by": (done.unit_name if done else "") or told.issuer,
        "applied_on": batch.applied_on,
        "accepted_on": batch.accepted_on,
        "criteria": "\n".join(_criteria(rows, checks, on=told.on)),
        "sites": "\n".join(_looked(row, checks.get(row.pk)) for row in rows),
        "totals": "" if batch.is_single else _totals(counts_of(rows_of(batch))),
        "opinion": done.note if done else "",
        "panel": "\n".join(_panel(told, batch)),
    }


def _of_this_round(batch: Batch, checks: Mapping[int, SiteCheck]) -> dict[int, SiteCheck]:
    return {pk: check for pk, check in checks.items() if check.round_no == batch.round_no}


def _criteria(rows: Sequence[BatchSite], checks: Mapping[int, SiteCheck], *, on: date) -> Iterator[str]:
    """Each criterion with every limit that was held against a site; before anybody has measured, what will be asked."""
    limits: dict[Criterion, set[str]] = {}
    found: dict[Criterion, Counter[str]] = {}
    for check in checks.values():
        for each in check.judged:
            criterion = Criterion(each["criterion"])
            limits.setdefault(criterion, set()).add(_limit(criterion, each["limits"]))
            found.setdefault(criterion, Counter())[each["verdict"]] += 1
    if not checks:
        for row in _one_of_each(rows):
            for judged in asked_of(row, on=on):
                said = _limit(judged.criterion, [as_stored(limit) for limit in judged.limits])
                limits.setdefault(judged.criterion, set()).add(said)
    for criterion in Criterion:
        if criterion in limits:
            told = found.get(criterion)
            counted = "，".join(f"{each.zh} {told[each.value]} 处" for each in Verdict) if told else ""
            yield line_of(criterion.zh, "；".join(sorted(limits[criterion])), counted)


def _one_of_each(rows: Iterable[BatchSite]) -> list[BatchSite]:
    """Sites that are asked for the same are asked about once."""
    return list({(row.mode, row.use, row.site.mine_id, row.site.region_id): row for row in rows}.values())[
        :20
    ]


def _limit(criterion: Criterion, limits: Sequence[Any]) -> str:
    if not limits:
        return "按点位方案"
    if criterion.is_yes_or_no:
        return "是"
    return f"{criterion.bound.zh} {' / '.join(map(str, limits))}"


def _looked(row: BatchSite, check: SiteCheck | None) -> str:
    drawn = row.drawn_named
    found = "；".join(_judged(each) for each in check.judged) if check else ""
    noted = f"{found}。{check.note}" if check and check.note and check.result_named is Check.FAILED else found
    return line_of(
        site_of(row), works(row), area_of(row), drawn.zh if drawn else "未抽中", noted, outcome(row)
    )


def _judged(each: Mapping[str, Any]) -> str:
    """`成活率（%） 92 符合`; what was not measured is said to be unknown."""
    value = each["value"]
    if isinstance(value, bool):
        value = "是" if value else "否"
    measured = "未测" if value is None else value
    return f"{Criterion(each['criterion']).zh} {measured} {Verdict(each['verdict']).zh}"


def _totals(counts: Mapping[Stage, Sum]) -> str:
    named = (
        Stage.LISTED, Stage.FINISHED, Stage.DRAWN, Stage.PASSED, Stage.FAILED, Stage.ACCEPTED_SEEN,
        Stage.ACCEPTED_UNSEEN, Stage.RETURNED,
    )  # fmt: skip
    return "，".join(f"{stage.zh} {counts[stage].count} 处" for stage in named) + "。"


def _panel(told: Told, batch: Batch) -> Iterator[str]:
    """A place for everybody who must be there by the book in force, named or not, and for whoever else is named."""
    book = in_force(PANEL_RULEBOOK, on=told.on, region=region_of_id(told.matter.region_id))
    members = panel_of(batch)
    asked = panel_parts(book)
    for part in (*asked, *(each.part_named for each in members if each.part_named not in asked)):
        here = [each for each in members if each.part_named is part]
        for each in here:
            absent = f"未到场：{each.absent_because}" if each.absent_because else ""
            yield line_of(part.zh, each.name, each.unit_name, absent)
        if not here:
            yield line_of(part.zh)
