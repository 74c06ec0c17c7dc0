"""Does land go back with area, receiver, day and paper, and never more of it than there is?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.mines.models import LandUse, Site, Tally
from qingshan.office.planting import actions, queries
from qingshan.office.planting.actions import Receipt
from qingshan.office.planting.models import HandBack
from qingshan.office.planting.queries import LentFilters
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.showing import lent_standing
from qingshan.office.planting.standing import hand_backs_of, lent_m2, lent_of, returned_of
from qingshan.office.planting.tests.factories import lent_land
from qingshan.office.restoration.tests.factories import World, square
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.subjects import digest_of, kind_of
from qingshan.rules.errors import RuleError
from qingshan.rules.temporary_land import LentStanding

DAY = date(2026, 2, 1)


def gone_back(world: World, about: LandUse | Site, area_m2: float = 4_000.0, **values: Any) -> HandBack:
    told: dict[str, Any] = {"receiver": "下河村村民委员会", "on": DAY, "paper": "交字1号", **values}
    return actions.hand_back(about, Receipt(area_m2, **told), **world.by("county_clerk"))


def test_lent_land_goes_back_in_parts_and_ends_with_the_last_one(world: World) -> None:
    land = lent_land(world)
    gone_back(world, land, 4_000)
    land.refresh_from_db()
    assert land.returned_on is None
    stands = returned_of(land, hand_backs_of(land), on=world.today)
    assert stands.rate is not None
    assert stands.rate.say() == "40.00% = 0.40 / 1.00 公顷（按面积）"
    gone_back(world, land, 6_000, paper="交字2号", on=DAY + timedelta(days=9))
    land.refresh_from_db()
    assert land.returned_on == DAY + timedelta(days=9)
    entry = Entry.objects.order_by("-seq")[0]
    assert entry.act == "planting.hand_back"
    with pytest.raises(PlantingRefused) as refused:
        gone_back(world, land, 1)
    assert refused.value.code == "planting.all_back"


def test_a_site_goes_back_up_to_its_own_size(world: World) -> None:
    site = world.site(square(122.4))
    whole = float(lent_m2(site) or 0)
    gone_back(world, site, whole)
    with pytest.raises(PlantingRefused) as refused:
        gone_back(world, site, 0.01)
    assert refused.value.code == "planting.more_than_site"


def test_of_a_site_without_area_nothing_can_go_back(world: World) -> None:
    with pytest.raises(PlantingRefused) as refused:
        gone_back(world, world.site())
    assert refused.value.code == "planting.site_area_unknown"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"receiver": " "}, "rules.land_return.no_receiver"),
    ({"paper": ""}, "rules.land_return.no_paper"),
    ({"area_m2": 0.0}, "rules.land_return.no_area"),
    ({"area_m2": -1.0}, "rules.land_return.no_area"),
    ({"area_m2": 10_000.01}, "rules.land_return.more_than_lent"),
    ({"on": date(2026, 3, 3)}, "rules.land_return.day_to_come"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_a_receipt_that_cannot_be_is_refused(world: World, wrong: dict[str, Any], code: str) -> None:
    land = lent_land(world)
    with pytest.raises(RuleError) as refused:
        gone_back(world, land, **wrong)
    assert refused.value.code == code
    assert not HandBack.objects.exists()


def test_only_who_registers_in_the_county_notes_it(world: World) -> None:
    land = lent_land(world)
    told = Receipt(1.0, "村", DAY, "1号")
    for who in ("other_county_clerk", "city_reviewer", "enterprise_manager"):
        with pytest.raises(NotAllowed):
            actions.hand_back(land, told, **world.by(who))


def test_an_extension_needs_a_document_and_a_later_end(world: World) -> None:
    land = lent_land(world)
    told: dict[str, Any] = {
        "until_on": date(2026, 12, 31),
        "number": "市自然资〔2026〕5号",
        "approved_on": DAY,
    }
    for wrong, code in (
        ({"number": " "}, "planting.number_missing"),
        ({"until_on": date(2025, 12, 31)}, "rules.temporary_land.not_longer"),
        ({"approved_on": date(2026, 3, 3)}, "planting.day_to_come"),
    ):
        with pytest.raises((PlantingRefused, RuleError)) as refused:
            actions.extend_land_use(land, **(told | wrong), **world.by("city_reviewer"))
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        actions.extend_land_use(land, **told, **world.by("county_clerk"))
    stale = LandUse.objects.get(pk=land.pk)
    row = actions.extend_land_use(land, **told, **world.by("city_reviewer"))
    assert (row.before_on, row.until_on) == (date(2025, 12, 31), date(2026, 12, 31))
    land.refresh_from_db()
    assert land.to_on == date(2026, 12, 31)
    assert lent_of(land, on=world.today).standing is LentStanding.RUNNING
    assert lent_of(land, on=world.today).doubts  # three years are more than the usual two
    with pytest.raises(ChangedMeanwhile):
        actions.extend_land_use(stale, **told, **world.by("city_reviewer"))


@pytest.mark.parametrize(
    ("to_on", "standing", "view"),
    [
        (date(2026, 12, 31), LentStanding.RUNNING, ""),
        (date(2026, 5, 1), LentStanding.ENDING, "ending"),
        (date(2026, 3, 1), LentStanding.TO_RESTORE, "ended"),
        (date(2025, 1, 1), LentStanding.LATE, "ended"),
        (None, LentStanding.UNKNOWN, ""),
    ],
)
def test_how_lent_land_stands_and_in_which_list(
    world: World, to_on: date | None, standing: LentStanding, view: str
) -> None:
    land = lent_land(world, to_on=to_on)
    assert lent_of(land, on=world.today).standing is standing
    for each in ("ending", "ended"):
        found = queries.lent(actor=world.actor("county_clerk"), filters=LentFilters(world.today, view=each))
        assert (each == view) == bool(found.rows), each


def test_a_term_whose_source_nobody_has_read_puts_nobody_in_the_red(world: World) -> None:
    found = lent_of(lent_land(world, to_on=date(2025, 1, 1)), on=world.today)
    assert lent_standing(found) == ("due", "超过复垦期限（待核）")
    assert lent_standing(replace(found, is_verified=True)) == ("late", "超过复垦期限")


def taken_back(world: World, row: HandBack, because: str = "记错用地", who: str = "county_clerk") -> HandBack:
    return actions.withdraw_hand_back(row, because=because, **world.by(who))


def as_the_last_entry_left_it(row: HandBack | LandUse | Site) -> bool:
    newest = Subject.objects.filter(kind=kind_of(type(row)), object_id=row.pk).order_by("-entry_seq")[0]
    return newest.digest == digest_of(type(row)._default_manager.get(pk=row.pk))


def area_counted() -> int:
    return sum(Tally.objects.filter(what="land_use").values_list("area_cm2", flat=True))


def test_a_record_entered_wrongly_is_taken_back_and_counts_no_more(world: World) -> None:
    land, clerk = lent_land(world), world.actor("county_clerk")
    wrong, right = gone_back(world, land, 4_000), gone_back(world, land, 1_000, paper="交字2号")
    taken_back(world, wrong)
    wrong.refresh_from_db()
    assert (wrong.withdrawn_on, wrong.withdrawn_because) == (world.today, "记错用地")
    assert returned_of(land, hand_backs_of(land), on=world.today).area_m2 == 1_000
    assert queries.sum_of_hand_backs(actor=clerk) == (1, 1_000.0)
    assert list(queries.all_hand_backs(actor=clerk)) == [right]
    assert wrong in queries.hand_backs(actor=clerk).rows  # it stays, with its reason
    assert "还地记录" in (Entry.objects.order_by("-seq")[0].new_json or "")
    assert as_the_last_entry_left_it(wrong)
    assert as_the_last_entry_left_it(land)


def test_land_that_had_ended_by_it_is_out_again_and_can_go_back_anew(world: World) -> None:
    land = lent_land(world, area_m2=10_000.0)
    before = area_counted()
    gone_back(world, land, 6_000)
    last = gone_back(world, land, 4_000, paper="交字2号", on=DAY + timedelta(days=9))
    assert area_counted() != before
    taken_back(world, last)
    land.refresh_from_db()
    assert land.returned_on is None
    assert area_counted() == before
    gone_back(world, land, 4_000, paper="交字3号")
    land.refresh_from_db()
    assert land.returned_on == DAY


def test_a_site_of_which_nothing_is_back_any_more_can_go_back_whole(world: World) -> None:
    site = world.site(square(122.4))
    whole = float(lent_m2(site) or 0)
    taken_back(world, gone_back(world, site, whole))
    gone_back(world, site, whole, paper="交字2号")


def test_it_is_not_taken_back_twice_without_a_reason_or_by_others(world: World) -> None:
    row = gone_back(world, lent_land(world))
    for who in ("other_county_clerk", "city_reviewer", "enterprise_manager"):
        with pytest.raises(NotAllowed):
            taken_back(world, row, who=who)
    with pytest.raises(PlantingRefused, match="reason_missing"):
        taken_back(world, row, because=" ")
    taken_back(world, row)
    with pytest.raises(PlantingRefused, match="withdrawn_already"):
        taken_back(world, row)


@pytest.mark.parametrize("area_m2", [4_000.0, 10_000.0])
def test_where_the_register_tells_another_end_since_it_is_corrected_first(
    world: World, area_m2: float
) -> None:
    land = lent_land(world)
    row = gone_back(world, land, area_m2)
    LandUse.objects.filter(pk=land.pk).update(returned_on=DAY + timedelta(days=3))
    with pytest.raises(PlantingRefused) as refused:
        taken_back(world, row)
    assert refused.value.code == "planting.end_of_the_register"
    assert "请先在台账中更正还地日期" in refused.value.say()
    row.refresh_from_db()
    assert row.withdrawn_on is None


AREAS = st.lists(st.integers(1, 6_000_000), min_size=1, max_size=8)


@settings(max_examples=12, deadline=None)
@given(areas_dm2=AREAS)
def _never_more(world: World, areas_dm2: list[int]) -> None:
    with transaction.atomic():
        land = lent_land(world, key="LS-H")
        back = 0
        for number, area in enumerate(areas_dm2):
            try:
                gone_back(world, land, area / 100, paper=f"{number}号")
            except (RuleError, PlantingRefused):
                continue
            back += area * 100
        rows = hand_backs_of(land)
        land.refresh_from_db()
        assert sum(row.area_cm2 for row in rows) == back <= 100_000_000
        assert (land.returned_on is not None) == (back == 100_000_000)
        counted = Tally.objects.filter(what="land_use", region_id=land.region_id).values_list(
            "rows", flat=True
        )
        assert sum(counted) == 0  # the row itself was made by no act: an end moves its area only
        transaction.set_rollback(True)


@pytest.mark.parametrize("view", ["", "ended"])
def test_words_narrow_the_list_its_count_and_the_table_that_leaves(world: World, view: str) -> None:
    found, _other = lent_land(world), lent_land(world, "LS-2", name="表土堆场")
    told: dict[str, Any] = {
        "actor": world.actor("county_clerk"),
        "filters": LentFilters(world.today, view=view, text="便道"),
    }
    assert queries.lent(**told).rows == [found]
    assert list(queries.all_lent(**told)) == [found]
    assert queries.how_many_lent(**told) == 1


def test_whatever_goes_back_it_is_never_more_than_was_lent(world: World) -> None:
    _never_more(world)
