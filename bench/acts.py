"""How many official acts does one installation bear, and how fast is the trail verified?

The act is a small real one: an organisation gets another name by a document. It asks whether the actor may,
whether the name is free, compares and sets the version, writes the row and one entry of the hash chain with
the digest of the whole object, and commits durably. Each writer is a process of its own with its own objects.
The peer is django-simple-history: the same row, `save()` in a transaction with a history row that holds a
copy of it; it asks nothing, is not chained, and nothing can be verified, so that beside verification stands
only the reading of as many history rows.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, connections, transaction
from django.utils import timezone
from measuring import SMALL, Findings, agree, hold, p50, p95, timed_call

from qingshan.office.accounts.actions import create_organisation, rename_organisation
from qingshan.office.accounts.actors import system
from qingshan.office.accounts.models import Organisation
from qingshan.office.regions.actions import load_register
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.register import OrganisationKind

SECONDS = 0.5 if SMALL else 6.0
MANY = 4 if SMALL else 16
OWN = 5
"""Objects that a writer takes in turn."""
DOCUMENT = "测〔2026〕1号"


def prepare() -> None:
    """The register of regions, by its act: this trail must verify without a fault."""
    load_register(actor=system(), now=timezone.now())


@dataclass(frozen=True)
class Written:
    """What some writers did: how long each act took, and how many were done within the given time."""

    waits: tuple[float, ...]
    in_time: int

    @property
    def per_second(self) -> float:
        return self.in_time / SECONDS


def measure(findings: Findings) -> None:
    ours, peers = _own_objects(), _peer_objects()
    for writers in (1, MANY):
        own = written(writers, ours, _rename)
        theirs = written(writers, peers, _save_with_history)
        what = f"{writers} writer{'s' if writers > 1 else ''}"
        findings.add(f"acts, {what}", "/s", own.per_second, theirs.per_second)
        findings.add(f"one act, {what}, p50", "ms", 1000 * p50(own.waits), 1000 * p50(theirs.waits))
        findings.add(f"one act, {what}, p95", "ms", 1000 * p95(own.waits), 1000 * p95(theirs.waits))
    _verify(findings)


def _verify(findings: Findings) -> None:
    report, seconds = timed_call(verify_trail)
    agree("entries that were verified", report.counts.entries, Entry.objects.count())
    hold("the trail verifies without a fault", report.ok)
    count, reading_s = timed_call(_read_history)
    per_second = report.counts.entries / seconds
    findings.add("trail entries verified", "/s", per_second, count / reading_s, beside="history rows read")
    findings.notes.append(
        f"{report.counts.entries:,} entries verified in {seconds:.1f} s: hashes, chain, subjects,"
        f" and {report.counts.objects:,} live objects compared"
    )


def _read_history() -> int:
    from peers.models import HistoricOrganisation

    return sum(1 for _ in HistoricOrganisation.history.order_by("history_id").values_list().iterator())


# --- writers ----------------------------------------------------------------------------------------------

Write = Callable[[int, int], None]
"""Given the key of an object and a number that is new each time."""


def _region() -> Region:
    return Region.objects.filter(level="province").order_by("id")[0]


def _own_objects() -> list[int]:
    region = _region()
    made = [
        create_organisation(
            actor=system(), now=timezone.now(), kind=OrganisationKind.AGENCY, name=name, region=region
        )
        for name in _names()
    ]
    return [one.pk for one in made]


def _peer_objects() -> list[int]:
    from peers.models import HistoricOrganisation

    region, today = _region(), timezone.localdate()
    made = [
        HistoricOrganisation.objects.create(
            kind=OrganisationKind.AGENCY.value, name=name, region=region, from_on=today
        )
        for name in _names()
    ]
    return [one.pk for one in made]


def _names() -> list[str]:
    return [f"测试机构{n}" for n in range(MANY * OWN)]


def _rename(key: int, number: int) -> None:
    organisation = Organisation.objects.select_related("region").get(pk=key)
    name = f"测试机构{key}更名{number}"
    rename_organisation(
        actor=system(), now=timezone.now(), organisation=organisation, name=name, document=DOCUMENT
    )


def _save_with_history(key: int, number: int) -> None:
    from peers.models import HistoricOrganisation

    organisation = HistoricOrganisation.objects.select_related("region").get(pk=key)
    organisation.name, organisation.document = f"测试机构{key}更名{number}", DOCUMENT
    with transaction.atomic():
        organisation.save()


def written(writers: int, keys: list[int], write: Write) -> Written:
    """Run the writers side by side for the given time."""
    connections.close_all()  # a connection must not be shared with a child
    context = multiprocessing.get_context("fork")
    ready, told = context.Barrier(writers), context.SimpleQueue()
    children = [
        context.Process(target=_one_writer, args=(keys[n * OWN : (n + 1) * OWN], write, ready, told))
        for n in range(writers)
    ]
    for child in children:
        child.start()
    parts = [told.get() for _ in children]
    for child in children:
        child.join()
    agree("writers that ended well", [child.exitcode for child in children], [0] * writers)
    return Written(tuple(wait for waits, _ in parts for wait in waits), sum(done for _, done in parts))


def _one_writer(keys: list[int], write: Write, ready, told) -> None:
    """Acts until the time is over; the first one, which also opens the connection, does not count."""
    try:
        write(keys[0], 0)
        ready.wait(timeout=60)
        told.put(_acts_in_time(keys, write))
    except BaseException:
        told.put(((), 0))  # whoever waits for the answer must not wait for ever
        raise
    finally:
        connection.close()


def _acts_in_time(keys: list[int], write: Write) -> tuple[list[float], int]:
    waits, number, end = [], 0, time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < end:
        number += 1
        write(keys[number % OWN], time.time_ns())
        waits.append(time.perf_counter() - began)
    return waits, len(waits) - (began + waits[-1] > end)
