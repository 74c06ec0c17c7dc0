"""Can a paper be said to show one site of a batch, and is it found again by that site?"""

from __future__ import annotations

from qingshan.office.batches import actions
from qingshan.office.batches.facts import listed_rows
from qingshan.office.batches.tests.factories import a_batch
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.restoration.tests.factories import World
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.rules.matters import EvidenceKind


def test_a_batch_takes_evidence_of_one_of_its_sites(world: World) -> None:
    matter = a_batch(world)
    first = listed_rows(matter.batch)[0].site
    new = NewEvidence(EvidenceKind.DOCUMENT, "竣工测量报告", site=first)
    actions.add_evidence(matter, Brought(), evidence=[new], **world.by("enterprise_manager"))
    page = words(opened(world, "county_clerk", f"/batches/{matter.pk}/?site={first.pk}"))
    assert f"全部 1 {first} 1" in page
    last = world.fresh(matter).steps.order_by("-matter_version").first()
    assert last is not None
    assert last.facts["site"] == str(first)
