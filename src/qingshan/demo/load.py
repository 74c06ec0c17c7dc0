"""How does 青山省 enter the database? By the acts that real data enter by, in the order of a real founding.

The operator of this machine appoints the administrators; they set up offices and people; the registry officer
brings enterprises, mines and sites. That was two years ago; what has happened to problems and petitions since is
played act by act, and what was found and filed meanwhile comes last. What is there already is left as it is, so a
load that was interrupted goes on, and a second one changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

from django.conf import settings

from qingshan.demo import (
    accounts,
    dossiers,
    experts,
    files,
    founding,
    layers,
    pending,
    planting,
    playing,
    samples,
)
from qingshan.demo.arrangements import arrange
from qingshan.demo.circumstances import KNOWN_BY
from qingshan.demo.histories import SPAN_DAYS
from qingshan.demo.province import Province, province
from qingshan.demo.regions import PROVINCE
from qingshan.exchange.kinds import kind as import_kind
from qingshan.office.trail.models import Entry, Subject
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_code

Tell = Callable[[str, str], None]
"""Told what is going on, in Chinese and in English."""


@dataclass(frozen=True)
class Loaded:
    """What this load wrote; all zeros where everything was there."""

    regions: int
    offices: int
    people: int
    enterprises: int
    mines: int
    sites: int
    patches: int
    rights: int
    land_uses: int
    facilities: int
    layer_features: int
    listed_again: int
    papers: int
    acts_on_matters: int
    seconds: float


def _silent(zh: str, en: str) -> None:
    """Tell nobody."""


def load(*, now: datetime, tell: Tell = _silent, facts: Province | None = None) -> Loaded:
    """Load the demonstration province, all of it or what is missing.

    Refused by the acts themselves: where other administrators have been appointed already, this machine is no
    place for a demonstration.
    """
    started = monotonic()
    facts = facts or province()
    said = _timed(tell, started)
    then = founded_at(now)
    founded = founding.found(facts, now=then, tell=said)
    early = _register(facts, founded=founded, now=then, tell=said)
    pooled = experts.found_pools(registry=founded.registry, now=then)
    said(f"专家 {pooled}", f"experts: {pooled}")
    acts = play_since(facts, then=then, now=now, tell=said)
    layers.register(actor=founded.registry, now=now)
    counts = {
        name.replace("-", "_").replace(" ", "_"): early.get(name, 0)
        + _bring(name, facts, founded=founded, now=now, tell=said, early=early.get(name, 0))
        for name in files.FILES
    }
    papers = dossiers.bring(facts, now=now)
    said(
        f"文件、方案、认定和外部编号 {papers}",
        f"documents, plans, determinations, numbers elsewhere: {papers}",
    )
    planting.bring(now=now)
    arrange(now=now)
    experts.draw_for_a_case(now=now)
    pending.bring(facts, now=now)
    samples.lay_out(facts, today=shanghai_date(now))
    write_accounts(Path(settings.HOME))
    return Loaded(
        regions=founded.regions,
        offices=founded.offices,
        people=founded.people,
        enterprises=founded.enterprises,
        **counts,
        papers=papers,
        acts_on_matters=acts,
        seconds=round(monotonic() - started, 1),
    )


def play_since(facts: Province, *, then: datetime, now: datetime, tell: Tell) -> int:
    """What happened since the founding; nothing where an older program founded the province too late for it."""
    today = shanghai_date(then) + timedelta(days=SPAN_DAYS)
    if today > shanghai_date(now):
        tell(
            "这个省份由旧版程序载入，没有整改和信访历程；需要的话请换一个空的 QINGSHAN_HOME",
            "an older program founded this province, which stays without problems and petitions; an empty"
            " QINGSHAN_HOME would have them",
        )
        return 0
    acts = playing.play(facts.matters, today=today, tell=tell)
    tell(f"整改、信访、长期坚持的办理 {acts:,}", f"acts on problems, petitions and lasting tasks: {acts:,}")
    return acts


def founded_at(now: datetime) -> datetime:
    """When the province was founded: two years before it is loaded, however often the load is taken up again."""
    province_entry = Subject.objects.filter(kind="regions.region", object_id=region_code(PROVINCE).id)
    first = province_entry.order_by("entry_seq").values_list("entry_seq", flat=True).first()
    if first is not None:
        return Entry.objects.get(seq=first).recorded_at
    return now - timedelta(days=SPAN_DAYS)


def _register(facts: Province, *, founded: founding.Founded, now: datetime, tell: Tell) -> dict[str, int]:
    """Mines, and the sites that were known when the province was founded."""
    bring = partial(files.bring, facts=facts, actor=founded.registry, now=now)
    mines = bring("mines")
    sites = bring("sites", only=lambda site: site.found_on <= KNOWN_BY)
    tell(f"最初登记的矿山 {mines:,}、点位 {sites:,}", f"mines and sites known at first: {mines:,}, {sites:,}")
    return {"mines": mines, "sites": sites}


def _bring(
    name: str, facts: Province, *, founded: founding.Founded, now: datetime, tell: Tell, early: int
) -> int:
    written = files.bring(name, facts, actor=founded.registry, now=now)
    title = files.FILES[name].told or import_kind(name).title
    if written or not early:
        tell(f"{title.zh} {written:,}", f"{title.en}: {written:,}")
    return written


def _timed(tell: Tell, started: float) -> Tell:
    def timed(zh: str, en: str) -> None:
        tell(f"{zh}（{monotonic() - started:.1f} 秒）", f"{en} ({monotonic() - started:.1f} s)")

    return timed


def write_accounts(home: Path) -> None:
    """The accounts to enter with, for whoever greets people: the command line and the login page."""
    place = home / accounts.FILE
    told = [account.as_json() for account in accounts.accounts()]
    draft = place.with_suffix(".new")
    draft.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(place)
