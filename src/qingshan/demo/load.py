"""How does 青山省 enter the database? By the acts that real data enter by, in the order of a real founding.

The operator of this machine appoints the administrators; they set up offices and people; the registry officer
brings enterprises, mines, sites and patches. What is there already is left as it is, so a load that was
interrupted goes on, and a second one changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.conf import settings

from qingshan.demo import accounts, dossiers, files, founding, layers, pending, samples
from qingshan.demo.arrangements import arrange
from qingshan.demo.province import Province, province
from qingshan.exchange.kinds import kind as import_kind
from qingshan.rules.dates import shanghai_date

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
    seconds: float


def _silent(zh: str, en: str) -> None:
    """Tell nobody."""


def load(*, now: datetime, tell: Tell = _silent) -> Loaded:
    """Load the demonstration province, all of it or what is missing.

    Refused by the acts themselves: where other administrators have been appointed already, this machine is no
    place for a demonstration.
    """
    started = monotonic()
    facts = province()
    said = _timed(tell, started)
    founded = founding.found(facts, now=now, tell=said)
    layers.register(actor=founded.registry, now=now)
    counts = {
        name.replace("-", "_").replace(" ", "_"): _bring(name, facts, founded=founded, now=now, tell=said)
        for name in files.FILES
    }
    papers = dossiers.bring(facts, now=now)
    said(
        f"文件、方案、认定和外部编号 {papers}",
        f"documents, plans, determinations, numbers elsewhere: {papers}",
    )
    arrange(now=now)
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
        seconds=round(monotonic() - started, 1),
    )


def _bring(name: str, facts: Province, *, founded: founding.Founded, now: datetime, tell: Tell) -> int:
    written = files.bring(name, facts, actor=founded.registry, now=now)
    title = files.FILES[name].told or import_kind(name).title
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
