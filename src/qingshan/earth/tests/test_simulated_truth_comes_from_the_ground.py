"""Is what counts as true defined by the ground, and does every scenario tell both sides of it?"""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Point

from qingshan.earth.findings import Question
from qingshan.earth.simulation import Answer, Scenario
from qingshan.earth.simulation.batch import Order, told_claims
from qingshan.earth.simulation.ground import LONG_AGO, Growth, Phase, Piece
from qingshan.earth.simulation.seen import SimulatedSite
from qingshan.earth.simulation.truth import Event, GroundState, disturbed, kept, restored, within
from qingshan.earth.sites import ClimateZone, TargetUse

DEMANDED = 0.4
SEASONS = (1200, 1565)  # last days of two full growing seasons
LAST = 30_000  # after all images


def phase(since: int, use: str, growth: Growth | None = None) -> Phase:
    return Phase(since=since, use=use, ground={"loess": 1.0}, growth=growth)


def grown(*, cover: float = 0.6, sown: int = 900, full_days: float = 100.0, died: int | None = None) -> Piece:
    growth = Growth(kind="grass", cover=cover, sown=sown, full_days=full_days, died=died)
    return Piece(phases=(phase(LONG_AGO, "mined"), phase(sown, "planted", growth)))


BARE = Piece(phases=(phase(LONG_AGO, "natural"), phase(500, "mined")))


def ground(*parts: tuple[Piece, float]) -> GroundState:
    return GroundState(
        pieces=[piece for piece, _ in parts],
        areas=[np.full(10, share / 10) for _, share in parts],
        densities=[np.ones(10) for _ in parts],
    )


def answer(state: GroundState, target: TargetUse = TargetUse.VEGETATION) -> Answer:
    return restored(state, target=target, season_ends=SEASONS, demanded_cover=DEMANDED)


@pytest.mark.parametrize(("share", "expected"), [(0.81, Answer.TRUE), (0.79, Answer.FALSE)])
def test_four_fifths_of_the_area_have_to_be_green(share: float, expected: Answer) -> None:
    assert answer(ground((grown(), share), (BARE, 1 - share))) is expected


def test_plants_that_die_within_a_season_do_not_count_for_it() -> None:
    assert answer(ground((grown(died=1199), 1.0))) is Answer.FALSE
    assert answer(ground((grown(died=1400), 1.0))) is Answer.FALSE
    assert answer(ground((grown(died=1600), 1.0))) is Answer.TRUE


def test_young_plants_may_be_half_as_dense_in_their_first_full_season_only() -> None:
    slow = ground((grown(full_days=1500.0, cover=0.7), 1.0))
    assert DEMANDED / 2 < slow.pieces[0].living(np.array([1200], np.int32))[0] < DEMANDED
    assert answer(slow) is Answer.TRUE
    assert answer(ground((grown(cover=0.3), 1.0))) is Answer.FALSE


def test_what_was_planted_after_the_first_full_season_was_not_restored_as_claimed() -> None:
    assert answer(ground((grown(sown=1250), 1.0))) is Answer.FALSE


def test_netting_is_no_plant_and_water_no_field() -> None:
    netted = ground((Piece(phases=(phase(LONG_AGO, "mined"), phase(900, "netting"))), 1.0))
    lake = ground((Piece(phases=(phase(LONG_AGO, "mined"), phase(900, "water"))), 1.0))
    assert answer(netted) is Answer.FALSE
    assert answer(lake, TargetUse.CROPLAND) is Answer.FALSE
    assert answer(lake, TargetUse.WATER) is Answer.TRUE


def test_nobody_can_know_before_a_full_season_has_passed() -> None:
    state = ground((grown(), 1.0))
    assert (
        restored(state, target=TargetUse.VEGETATION, season_ends=(), demanded_cover=DEMANDED)
        is Answer.NOT_YET
    )


def test_land_that_is_mined_again_was_not_kept() -> None:
    piece = grown()
    again = Piece(phases=(*piece.phases, phase(1450, "mined")))
    asked = {
        "target": TargetUse.VEGETATION, "season_ends": SEASONS, "last": 1700, "demanded_cover": DEMANDED
    }  # fmt: skip
    assert kept(ground((piece, 1.0)), **asked) is Answer.TRUE
    assert kept(ground((again, 0.5), (piece, 0.5)), **asked) is Answer.FALSE


def test_land_was_disturbed_when_it_was_mined_and_not_at_another_time() -> None:
    assert disturbed(ground((BARE, 1.0)), claimed=510) is Answer.TRUE
    assert disturbed(ground((BARE, 1.0)), claimed=900) is Answer.FALSE
    assert disturbed(ground((grown(sown=LONG_AGO), 1.0)), claimed=510) is Answer.FALSE


def test_only_what_was_dug_outside_counts_against_the_boundary() -> None:
    assert within([Event(what="dug_inside", day=1, share=0.3)]) is Answer.TRUE
    assert within([Event(what="dug_outside", day=1, share=0.3)]) is Answer.FALSE


def sites(scenario: Scenario, zone: ClimateZone, *, each: int = 2) -> list[SimulatedSite]:
    return list(Order(scenario=scenario, zone=zone, n_true=each, n_false=each, seed=11).sites())


@pytest.mark.parametrize("zone", list(ClimateZone))
@pytest.mark.parametrize("scenario", [each for each in Scenario if each is not Scenario.TOO_EARLY])
def test_every_scenario_makes_true_claims_and_false_ones(scenario: Scenario, zone: ClimateZone) -> None:
    for site in sites(scenario, zone):
        answers = set(site.truth.answers.values())
        assert answers
        assert Answer.NOT_YET not in answers
        assert (Answer.FALSE not in answers) is site.truth.is_true


@pytest.mark.parametrize("zone", list(ClimateZone))
def test_what_was_planted_this_season_cannot_be_answered_yet(zone: ClimateZone) -> None:
    for site in sites(Scenario.TOO_EARLY, zone):
        assert set(site.truth.answers.values()) == {Answer.NOT_YET}


def test_an_answer_is_given_to_each_claim_that_is_made_and_to_no_other() -> None:
    for scenario in Scenario:
        for site in sites(scenario, ClimateZone.HUMID, each=1):
            claims = told_claims(site, site.tile.permitted)
            asked = {
                Question.RESTORED: claims.restored_since,
                Question.KEPT: claims.accepted_on,
                Question.DISTURBED: claims.disturbed_since,
                Question.WITHIN: claims.permitted,
            }
            claimed = {question for question, day in asked.items() if day is not None}
            if any(event.what == "mined_again" for event in site.truth.events):
                claimed -= {Question.RESTORED}
            assert set(site.truth.answers) == claimed


def test_ids_tell_nothing() -> None:
    told = {site.id for scenario in Scenario for site in sites(scenario, ClimateZone.ARID, each=1)}
    assert len(told) == 2 * len(Scenario)
    assert all(len(each) == 11 and int(each[1:], 16) >= 0 for each in told)


def test_the_permitted_boundary_is_about_half_of_the_site() -> None:
    for site in sites(Scenario.BOUNDARY, ClimateZone.SEMI_HUMID, each=4):
        permitted, outline = site.tile.permitted, site.tile.outline
        assert permitted is not None
        assert 0.3 < permitted.area / outline.area < 0.7
        assert outline.buffer(1e-6).contains(permitted)


def test_new_mining_lies_clearly_on_its_side_of_the_permitted_boundary() -> None:
    """By more than images may be misplaced: otherwise the truth would be nobody's to see."""
    for site in sites(Scenario.BOUNDARY, ClimateZone.ARID, each=4):
        permitted = site.tile.permitted
        assert permitted is not None
        number = next(n for n, piece in enumerate(site.tile.pieces) if piece.use_on(LAST) == "mined")
        dug = [Point(col + 0.5, row + 0.5) for row, col in np.argwhere(site.tile.weights[number] > 0.5)]
        assert len(dug) > 12
        assert {permitted.contains(place) for place in dug} == {site.truth.is_true}
        cut = permitted.boundary.difference(site.tile.outline.boundary.buffer(0.01))
        assert min(cut.distance(place) for place in dug) > 1.25
