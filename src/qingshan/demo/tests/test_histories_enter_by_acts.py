"""Do the problems and petitions of the demonstration enter as two years of work would have left them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from qingshan.demo import playing
from qingshan.demo.province import Province
from qingshan.demo.sky.claims import claimed_sites
from qingshan.demo.tests.soundness import TODAY, flows_balance, found, is_sound, silent
from qingshan.office.cases.models import Complainant, FindingsItem, ItemCover
from qingshan.office.matters.models import Doubt, Evidence, Matter
from qingshan.office.observations.models import Claim
from qingshan.office.trail.models import Entry
from qingshan.rules.verification import STANDING

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def _played(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, few: Province) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        found(few)
        playing.play(few.matters, today=TODAY, tell=silent)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _after_playing(_played: None, db: None) -> None:
    """The province with its offices, mines and few matters."""


def _stands(key: str) -> bool:
    """Whether anything is claimed of a site now: what was returned or reopened is claimed no more."""
    whole = Claim.objects.filter(
        subject_kind="matters.matter"
    )  # not of a single measure, which tells no target
    return whole.filter(site__key=key, state__in=STANDING).exists()


@pytest.mark.usefixtures("_after_playing")
class TestAfterPlaying:
    def test_every_event_is_one_entry_at_its_instant(self, few: Province) -> None:
        events = playing.in_order(few.matters.all, today=TODAY)
        turned = sum(each.event.act == "turn" for each in events)
        recorded = list(
            Entry.objects.filter(recorded_at__gte=events[0].at)
            .order_by("seq")
            .values_list("recorded_at", flat=True)
        )
        assert len(recorded) == len(events) + turned
        assert recorded == sorted(recorded)

    def test_everything_is_sound(self) -> None:
        is_sound()

    def test_stock_and_flow_balance_in_every_county_and_month(self) -> None:
        flows_balance()

    def test_a_second_playing_does_nothing(self, few: Province) -> None:
        assert playing.play(few.matters, today=TODAY, tell=silent) == 0

    def test_leaders_decided_on_paper_and_clerks_entered_it(self) -> None:
        closed = Entry.objects.filter(act="cases.close")
        assert closed.exists()
        assert not closed.filter(paper_number="").exists()
        assert all(entry.decider_id != entry.recorder_id for entry in closed)

    def test_the_ledger_claims_of_land_what_the_simulated_images_are_made_for(self, few: Province) -> None:
        def words(claim: Claim) -> tuple[str, str, date, date | None]:
            return claim.site.key, claim.target, claim.restored_since, claim.planted_on

        ledger = {words(each) for each in Claim.objects.filter(state__in=STANDING).select_related("site")}
        ours = [each for each in claimed_sites(few, today=TODAY) if _stands(each.id)]
        assert len(ours) >= 10
        assert {(each.id, each.target.value, each.restored_since, each.planted_on) for each in ours} <= ledger

    def test_who_complained_stands_apart(self) -> None:
        assert 0 < Complainant.objects.count() < Matter.objects.filter(kind="petition").count()

    def test_photographs_lie_in_the_vault_and_two_sorts_of_doubt_were_raised(self) -> None:
        photos = Evidence.objects.exclude(file_digest="")
        assert photos.count() >= 24
        assert not photos.filter(taken_at=None).exists()
        doubts = Counter(Doubt.objects.exclude(evidence=None).values_list("code", flat=True))
        assert doubts == {"used_before": 1, "outside": 1}

    def test_one_item_is_left_over_and_one_needs_no_case(self, few: Province) -> None:
        newest = max(few.matters.documents, key=lambda each: each.day)
        uncovered = FindingsItem.objects.filter(document__title=newest.title, covers=None, no_case="")
        assert uncovered.filter(place=newest.size).exists()
        assert FindingsItem.objects.exclude(no_case="").count() == 1
        assert ItemCover.objects.exists()
