"""Images can test a claim only if it says what the land is to become: whoever reports is asked, or its plan tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from qingshan.office.cases import actions
from qingshan.office.cases.actions.working import Progress
from qingshan.office.cases.claims import Restored
from qingshan.office.cases.tests.factories import World, a_world, brought_to, evidence
from qingshan.office.cases.tests.ledgers import imported, ledger, row
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter, Measure, Step
from qingshan.office.mines.models import Site
from qingshan.office.observations import intended
from qingshan.office.observations.actions.completing import Elements, complete_claim
from qingshan.office.observations.intended import Intended
from qingshan.office.observations.models import Claim
from qingshan.office.observations.tests.factories import as_recorded
from qingshan.rules.reasons import Reason
from qingshan.rules.verification import TargetUse

pytestmark = pytest.mark.django_db
PLANNED = Reason(
    "observations.target_planned",
    {"number": "XF-1", "side": "计划利用方向", "side_en": "planned use", "use": "农", "use_en": "farming",
     "mode": "工程修复（宜田）", "mode_en": "works, to farm"},
)  # fmt: skip


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def site(world: World) -> Site:
    return Site.objects.create(
        key="DW-1", name="东采坑", region=world.people.regions["990101"], mine=world.mine,
        geom=box(122.1, 33.1, 122.102, 33.102),
    )  # fmt: skip


@pytest.fixture
def planned(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Intended]]:
    """What plans say of the site, as an app above would tell it."""
    told = [(site.pk, Intended(TargetUse.CROPLAND, PLANNED))]

    def plans(asked: Collection[int]) -> Iterator[tuple[int, Intended]]:
        return (each for each in told if each[0] in asked)

    monkeypatch.setattr(intended, "_PLANS", [plans])
    return told


def at_work(world: World, site: Site | None) -> tuple[Matter, Measure]:
    matter = brought_to(world, "rectifying", site=site)
    return matter, matter.plans.get(state="approved").measures.get()


def reported(world: World, matter: Matter, measure: Measure, target: TargetUse | None = None) -> Claim:
    manager = world.actor("enterprise_manager")
    done = [Progress(measure, 100)]
    actions.report_progress(world.fresh(matter), done, Brought(), actor=manager, now=world.now, target=target)
    return Claim.objects.latest("pk")


def applied(world: World, matter: Matter, restored: Restored | None = None) -> Claim:
    manager = world.actor("enterprise_manager")
    told: dict[str, Any] = {"actor": manager, "now": world.now}
    actions.add_evidence(world.fresh(matter), evidence(), Brought(), **told)
    actions.self_check(world.fresh(matter), Brought(), **told)
    actions.apply_for_acceptance(world.fresh(matter), Brought(), restored=restored, **told)
    return Claim.objects.latest("pk")


def says(claim: Claim) -> tuple[str, str | None]:
    because = claim.target_because
    return claim.target, because["code"] if because else None


def test_a_measure_is_claimed_for_what_the_plan_of_its_site_says_and_says_so(
    world: World, site: Site, planned: Any
) -> None:
    claim = reported(world, *at_work(world, site))
    assert says(claim) == ("cropland", "observations.target_planned")
    assert as_recorded()


def test_what_whoever_reports_says_goes_before_the_plan(world: World, site: Site, planned: Any) -> None:
    matter, measure = at_work(world, site)
    assert says(reported(world, matter, measure, TargetUse.WATER)) == ("water", None)
    assert Step.objects.filter(facts__target_use="water").exists()


def test_plans_that_disagree_are_no_answer(world: World, site: Site, planned: Any) -> None:
    planned.append((site.pk, Intended(TargetUse.WATER, PLANNED)))
    assert says(reported(world, *at_work(world, site))) == ("", None)


def test_where_nothing_says_it_nothing_is_guessed(world: World, planned: Any) -> None:
    assert says(reported(world, *at_work(world, None))) == ("", None)


def test_what_was_said_of_a_measure_holds_for_the_whole_unless_it_is_said_otherwise(
    world: World, site: Site, planned: Any
) -> None:
    matter, measure = at_work(world, site)
    of_measure = reported(world, matter, measure, TargetUse.WATER)
    claim = applied(world, matter)
    assert says(claim) == ("water", "observations.target_of_parts")
    assert claim.target_because is not None
    assert claim.target_because["values"] == {"number": of_measure.number}


def test_what_is_said_with_the_application_goes_before_all(world: World, site: Site, planned: Any) -> None:
    matter, measure = at_work(world, site)
    reported(world, matter, measure)
    assert says(applied(world, matter, Restored(target=TargetUse.SOLAR))) == ("solar", None)


def test_a_clerk_who_says_otherwise_says_it_instead_of_the_plan(
    world: World, site: Site, planned: Any
) -> None:
    claim = reported(world, *at_work(world, site))
    told: dict[str, Any] = {"actor": world.actor("county_clerk"), "now": world.now}
    same = Elements(TargetUse.CROPLAND, claim.restored_since)
    claim = complete_claim(claim, same, version=claim.version, **told)
    assert says(claim) == ("cropland", "observations.target_planned")
    other = Elements(TargetUse.BUILDING, claim.restored_since)
    assert says(complete_claim(claim, other, version=claim.version, **told)) == ("building", None)
    assert as_recorded()


def test_what_a_ledger_calls_done_is_claimed_for_what_the_plan_says(
    world: World, site: Site, planned: Any, tmp_path: Path
) -> None:
    done = {"状态": "基本完成待验收", "自验日期": "2025-06-30", "矿山编号": site.key}
    imported(world, ledger(tmp_path, row(**done)))
    assert says(Claim.objects.get()) == ("cropland", "observations.target_planned")
    imported(world, ledger(tmp_path, row(**(done | {"自验日期": "2025-07-30"})), name="2.xlsx"))
    assert says(Claim.objects.latest("pk")) == ("cropland", "observations.target_planned")


def test_what_a_clerk_said_of_a_claim_outlives_every_later_edition_of_its_ledger(
    world: World, site: Site, planned: Any, tmp_path: Path
) -> None:
    done = {"状态": "基本完成待验收", "自验日期": "2025-06-30", "矿山编号": site.key}
    imported(world, ledger(tmp_path, row(**done)))
    claim = Claim.objects.get()
    said = Elements(TargetUse.SOLAR, claim.restored_since)
    clerk = world.actor("county_clerk")
    complete_claim(claim, said, version=claim.version, actor=clerk, now=world.now)
    for number, day in enumerate(("2025-07-30", "2025-08-30")):
        imported(world, ledger(tmp_path, row(**(done | {"自验日期": day})), name=f"{number}.xlsx"))
        newest = Claim.objects.latest("pk")
        assert newest != claim
        assert says(newest) == ("solar", "observations.target_of_parts")
        assert newest.target_because is not None
        assert newest.target_because["values"] == {"number": claim.number}
