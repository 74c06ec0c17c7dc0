"""Which claims has the demonstration, what is true of them, and does the sky show it to nobody but the bench?"""

from __future__ import annotations

import ast
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import qingshan
from qingshan.demo.province import Province
from qingshan.demo.sky.claims import ClaimedSite, claimed_sites
from qingshan.demo.sky.fates import fate_of
from qingshan.demo.sky.making import claims_of, make_sky
from qingshan.demo.sky.surveyed import survey_sky
from qingshan.demo.sky.table import Outcome, outcome_of, table_of, told
from qingshan.earth.engines import LocalEngine
from qingshan.earth.findings import Question, Verdict
from qingshan.earth.simulation.country import TRUTH, Written
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.sites import TargetUse
from qingshan.earth.surveys import Report

TODAY = date(2026, 11, 25)
FEW = 3
PLAINLY_FALSE = (Scenario.GRASS, Scenario.FOREST, Scenario.PARTLY)


@pytest.fixture(scope="module")
def claims(p: Province) -> tuple[ClaimedSite, ...]:
    return claimed_sites(p, today=TODAY)


class TestClaims:
    def test_there_are_at_least_three_hundred_of_them_one_for_a_site(
        self, claims: tuple[ClaimedSite, ...]
    ) -> None:
        assert len({claim.id for claim in claims}) == len(claims) >= 300

    def test_most_are_true_and_all_kinds_of_falsehood_occur(self, claims: tuple[ClaimedSite, ...]) -> None:
        true = sum(claim.truth.is_true for claim in claims) / len(claims)
        assert 0.6 < true < 0.8
        false = {claim.truth.scenario for claim in claims if not claim.truth.is_true}
        assert false >= {
            Scenario.GRASS, Scenario.PARTLY, Scenario.PLANTED_LATE, Scenario.DIED, Scenario.NETTING, Scenario.RELAPSE,
        }  # fmt: skip
        assert Scenario.CLOUDED in {claim.truth.scenario for claim in claims}

    def test_every_use_of_land_is_claimed_somewhere(self, claims: tuple[ClaimedSite, ...]) -> None:
        assert set(Counter(claim.target for claim in claims)) == set(TargetUse)

    def test_nothing_is_claimed_of_a_day_to_come_or_in_the_wrong_order(
        self, claims: tuple[ClaimedSite, ...]
    ) -> None:
        for claim in claims:
            assert claim.restored_since is not None
            assert claim.restored_since < TODAY
            assert claim.planted_on is None or claim.planted_on < claim.restored_since
            assert claim.accepted_on is None or claim.restored_since <= claim.accepted_on < TODAY

    def test_only_what_was_accepted_falls_back(self, claims: tuple[ClaimedSite, ...]) -> None:
        fallen = [claim for claim in claims if claim.truth.scenario is Scenario.RELAPSE]
        assert fallen
        assert all(claim.accepted_on for claim in fallen)

    def test_the_truth_comes_from_the_name_alone(self) -> None:
        one = fate_of("990101-D0001", TargetUse.VEGETATION, is_accepted=True)
        fate_of("990101-D0002", TargetUse.VEGETATION, is_accepted=True)
        assert fate_of("990101-D0001", TargetUse.VEGETATION, is_accepted=True) == one

    def test_on_another_day_the_same_is_true(self, p: Province, claims: tuple[ClaimedSite, ...]) -> None:
        later = claimed_sites(p, today=TODAY + timedelta(days=7))
        without_days = [replace(claim.truth, lost_on=None) for claim in claims]
        assert [replace(claim.truth, lost_on=None) for claim in later] == without_days


@pytest.fixture(scope="module")
def few_claims(claims: tuple[ClaimedSite, ...]) -> tuple[ClaimedSite, ...]:
    """Claims that could be looked at for more than a growing season: plainly true ones and plainly false ones."""
    first, last = TODAY - timedelta(days=900), TODAY - timedelta(days=300)
    old = [
        claim
        for claim in claims
        if claim.restored_since
        and first < claim.restored_since < last
        and claim.target is TargetUse.VEGETATION
    ]
    true = [claim for claim in old if claim.truth.is_true and claim.truth.scenario is Scenario.GRASS]
    false = [claim for claim in old if not claim.truth.is_true and claim.truth.scenario in PLAINLY_FALSE]
    assert true
    assert false
    return (*true[:FEW], *false[: 2 * FEW])


@pytest.fixture(scope="module")
def sky(
    few_claims: tuple[ClaimedSite, ...], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Written]:
    folder = tmp_path_factory.mktemp("sky")
    return folder, make_sky(folder, few_claims, until=TODAY, engine=LocalEngine(threads=1))


@pytest.fixture(scope="module")
def report(sky: tuple[Path, Written], few_claims: tuple[ClaimedSite, ...]) -> Report:
    return survey_sky(sky[0], few_claims, engine=LocalEngine(threads=1))


class TestTheWholeWay:
    def test_no_true_claim_is_accused(self, sky: tuple[Path, Written], report: Report) -> None:
        truth = json.loads((sky[0] / TRUTH).read_text(encoding="utf-8"))["sites"]
        for finding in report.findings:
            if truth[finding.site_id]["answers"].get(finding.question) == "true":
                assert finding.verdict is not Verdict.UNSUPPORTED, finding.sentence()

    def test_nothing_done_is_found_and_grass_is_seen(self, report: Report) -> None:
        asked = [finding for finding in report.findings if finding.question is Question.RESTORED]
        assert {finding.verdict for finding in asked} >= {Verdict.SUPPORTED, Verdict.UNSUPPORTED}

    def test_every_claim_stands_once_in_the_table(
        self, report: Report, few_claims: tuple[ClaimedSite, ...]
    ) -> None:
        rows = table_of(few_claims, report.findings, today=TODAY)
        assert set(rows) == set(Outcome)
        assert sum(row.sites for row in rows.values()) == len(few_claims)
        assert all(row.stock_sites + row.flow_sites == row.sites for row in rows.values())
        assert "申报合计" in told(rows)
        assert "all claims" in told(rows, in_english=True)

    def test_a_site_of_which_nothing_was_found_counts_as_undecidable(self) -> None:
        assert outcome_of([]) is Outcome.UNDECIDABLE

    def test_a_later_day_adds_scenes_and_changes_none(
        self, few_claims: tuple[ClaimedSite, ...], tmp_path: Path
    ) -> None:
        one = few_claims[:1]
        first = make_sky(tmp_path, one, until=TODAY - timedelta(days=120), known_until=TODAY)
        before = {file.name: file.read_bytes() for file in first.folder.glob("*.tif")}
        second = make_sky(tmp_path, one, until=TODAY, known_until=TODAY)
        assert second.fresh == len(second.scenes) - len(first.scenes) > 0
        assert {name: (second.folder / name).read_bytes() for name in before} == before

    def test_the_same_sites_give_the_same_bytes(
        self, few_claims: tuple[ClaimedSite, ...], sky: tuple[Path, Written], tmp_path: Path
    ) -> None:
        again = make_sky(tmp_path, few_claims, until=TODAY, engine=LocalEngine(threads=2))
        assert again.scenes == sky[1].scenes
        files = sorted(file.name for file in again.folder.iterdir())
        assert all(
            (again.folder / name).read_bytes() == (sky[1].folder / name).read_bytes() for name in files
        )


def test_what_the_judge_is_given_says_nothing_of_the_truth(claims: tuple[ClaimedSite, ...]) -> None:
    claim = claims[0]
    other = replace(claim, truth=replace(claim.truth, is_true=not claim.truth.is_true))
    assert claims_of(claim) == claims_of(other)


def test_no_part_of_the_program_opens_the_truth() -> None:
    source = Path(qingshan.__file__).parent
    readers = [
        file
        for file in source.rglob("*.py")
        if "simulation" not in file.parts and "tests" not in file.parts
        and any(
            isinstance(node, ast.ImportFrom) and any(alias.name == "TRUTH" for alias in node.names)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        )
    ]  # fmt: skip
    assert readers == []
