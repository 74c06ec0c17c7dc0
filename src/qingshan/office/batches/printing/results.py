"""What does the 验收结果公示 say: numbers with what they are a part of, sites, the sample, period, objections?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from qingshan.office.batches.documents import result
from qingshan.office.batches.drawing import rounds_drawn
from qingshan.office.batches.facts import (
    batch_of,
    closed_list,
    counts_of,
    notice_days,
    numbers_of,
    rows_of,
    running_notice,
    shares_of,
)
from qingshan.office.batches.forms.papers import line_of
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.batches.printing.words import area_of, outcome, site_of, works
from qingshan.office.cases.models import PublicNotice
from qingshan.office.matters.models import Matter
from qingshan.office.papers.usual import Told
from qingshan.office.places.queries.calendar import calendar
from qingshan.office.restoration.models import m2
from qingshan.rules.areas import area_text
from qingshan.rules.batches import Stage, Standing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.reasons import CHINESE
from qingshan.rules.sampling import seed_from


def filled_result(told: Told) -> dict[str, Any]:
    """What is published: numbers with their denominators, every site, what the sample rests on, period, objections."""
    matter, batch = told.matter, batch_of(told.matter)
    done, running = told.newest(BatchAct.ACCEPT, SingleAct.ACCEPT), running_notice(matter)
    rows = rows_of(batch)
    contact = running.contact if running else ""
    by_phone = bool(PHONE.fullmatch(contact.strip()))
    return {
        "title": result.title_about(matter.title),
        "subject": f"{matter.title}（{matter.number}）",
        "accepted_by": (done.unit_name if done else "") or told.issuer,
        "accepted_on": batch.accepted_on,
        "decision": done.number if done else "",
        "figures": "\n".join(_figures(rows)),
        "sites": "\n".join(_site_result(row) for row in rows if row.is_listed),
        "sample": "\n".join(_sample(batch, rows)),
        "sample_published": _published(matter) if batch.list_digest else "",
        **_period(told, running),
        "objection_to": told.issuer,
        "objection_phone": contact if by_phone else "",
        "objection_address": "" if by_phone else contact,
    }


PHONE = re.compile(r"[-\d\s+()（）、/转]{6,60}")
"""Anything else that somebody wrote about where objections go is an address."""


def _published(matter: Matter) -> str:
    """The page at which seals stand from the day of their sealing, numbers from that of their opening."""
    return f"{matter.number} 的“抽查名单与复算”页，并载于本公示"


def _period(told: Told, running: PublicNotice | None) -> dict[str, Any]:
    """As the notice was given; before that, by the calendar of working days where a rule sets a period."""
    if running is not None:
        return {
            "notice_from": running.from_on,
            "notice_to": running.to_on,
            "working_days": running.working_days,
            "period_basis": str((running.days_by or {}).get("basis") or ""),
            "where": running.where,
        }
    days = notice_days(told.matter, told.on)
    return {
        "notice_from": told.on,
        "notice_to": calendar().add_working_days(told.on, days).day if days else None,
        "working_days": days,
    }


def _figures(rows: Sequence[BatchSite]) -> Iterator[str]:
    """Numbers of sites, each with what it is a part of; areas by what they are measured of."""
    counts = counts_of(rows)
    listed = [row for row in rows if row.is_listed]
    finished = [row for row in listed if row.standing_named is not Standing.UNFINISHED]
    accepted = [row for row in listed if row.standing_named is Standing.ACCEPTED]
    returned = [row for row in listed if row.standing_named is Standing.RETURNED]
    yield _figure("列入", listed, "", [row.area_cm2 for row in listed], "图形面积，重叠只计一次")
    yield _figure(
        "申报完成", finished, _of("列入", listed), [row.claimed_cm2 for row in finished], "申报完成面积"
    )
    yield _figure(
        "验收通过", accepted, _of("申报完成", finished), [row.done_cm2 for row in accepted], "验收面积"
    )
    for stage in (Stage.ACCEPTED_SEEN, Stage.ACCEPTED_UNSEEN):
        seen = [row for row in accepted if (row.check_named is None) is (stage is Stage.ACCEPTED_UNSEEN)]
        if seen:
            yield _figure(
                f"其中{stage.zh}", seen, _of("验收通过", accepted), [row.done_cm2 for row in seen], "验收面积"
            )
    if returned:
        yield _figure(
            "退回整改", returned, _of("申报完成", finished), [row.area_cm2 for row in returned], "图形面积"
        )
    drawn, checked = counts[Stage.DRAWN].count, counts[Stage.CHECKED].count
    if drawn:
        passed = f"{counts[Stage.PASSED].count} 处合格（已查 {checked} 处，抽中 {drawn} 处）"
        yield line_of("到场查验", passed, "", "按点位计")


def _of(name: str, rows: Sequence[BatchSite]) -> str:
    return f"（{name} {len(rows)} 处）"


def _figure(name: str, rows: Sequence[BatchSite], of: str, areas: Sequence[int | None], basis: str) -> str:
    """One line. An area that is known of some sites only says of how many."""
    known = [area for area in areas if area is not None]
    said = area_text(m2(sum(known)), CHINESE) if known else ("0" if not rows else "未知")
    how_many = f"{basis}；{len(rows)} 处中 {len(known)} 处已知" if rows else basis
    return line_of(name, f"{len(rows)} 处{of}", said, how_many)


def _site_result(row: BatchSite) -> str:
    return line_of(site_of(row), row.site.region.name, works(row), area_of(row), outcome(row))


def _sample(batch: Batch, rows: Sequence[BatchSite]) -> Iterator[str]:
    """Everything that the sample rests on; nothing where no list was closed."""
    closed, numbers = closed_list(batch), numbers_of(batch)
    if closed is None or batch.closed_at is None:
        return
    day = shanghai_date(batch.closed_at).isoformat()
    yield f"名单：{len(closed.items)} 处，{day} 封存，编号 {batch.subject}，SM3 摘要 {batch.list_digest}。"
    for drawn in rounds_drawn(rows):
        count = sum(row.drawn_named is drawn for row in rows)
        yield f"{drawn.zh}：{len(closed.items)} 处中抽中 {count} 处。"
    for each in numbers:
        sealed = shanghai_date(each.sealed_at).isoformat()
        opened = (
            f"；号码 {each.secret}（{shanghai_date(each.opened_at).isoformat()} 公开）"
            if each.opened_at
            else ""
        )
        yield f"{each.by}：封签 {each.seal}（{sealed} 公布）{opened}。"
    if numbers and all(each.secret for each in numbers):
        yield f"种子：{seed_from(shares_of(numbers), closed)}。任何人按名单、号码和复算程序可以重新算出抽中点位。"
