"""Whatever anybody does with land and lists, in whatever order: does every square centimetre stay accounted for?"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from typing import Any

import pytest
import shapely
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qingshan.geo.area import area_m2
from qingshan.office.mines.models import Mine
from qingshan.office.observations.models import Claim
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.checking import astray
from qingshan.office.restoration.claims import Told, claimed_by_lists
from qingshan.office.restoration.listing_moves import Approval, count_restored
from qingshan.office.restoration.models import LandMove, LandParcel, ListedSite, ListMove
from qingshan.office.restoration.tests.factories import (
    World,
    a_list,
    a_project,
    led_to,
    moved_in,
    redone,
    square,
)
from qingshan.office.trail.models import Entry
from qingshan.rules import land
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import QingshanError
from qingshan.rules.land import FourAnswers, LandAct, LandState
from qingshan.rules.verification import STANDING

HAPPENED: Counter[str] = Counter()
"""How often each thing happened, over all examples."""
FREE = FourAnswers(False, False, False, False)
BY = {line.act: "city_reviewer" if line.duty == "review" else "county_clerk" for line in land.LINES}
places = st.integers(min_value=0, max_value=12)


class Walk(RuleBasedStateMachine):
    """Anybody tries any act on any plot or listed site; each example begins on untouched data."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = self.world.now
        self.target_list = a_list(self.world)
        self.entries = Entry.objects.count()
        self.disturbed_cm2 = 0
        self.sites: list[Any] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        self.world.now = self.now

    def _did(self, what: str) -> None:
        HAPPENED[what] += 1
        self.entries += 1

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        self.world.later(days)

    @invariant()
    def every_act_left_one_entry(self) -> None:
        assert Entry.objects.count() == self.entries

    @invariant()
    def the_doctor_finds_nothing(self) -> None:
        assert astray() == []


class LandWalk(Walk):
    """Plots of two mines."""

    def __init__(self) -> None:
        super().__init__()
        other = Mine.objects.create(key="M-9", name="野猪岭石矿", region=self.world.mine.region)
        self.mines = [self.world.mine, other]

    def _held(self) -> dict[LandState, int]:
        held = queries.balances(self.mines)
        return {state: sum(each.by_state.get(state, 0) for each in held.values()) for state in LandState}

    @rule(place=places, drawn=st.booleans(), hectares=st.integers(1, 9))
    def disturb(self, place: int, drawn: bool, hectares: int) -> None:
        given = {"shape": square(122.2 + place * 0.001)} if drawn else {"area_m2": hectares * 10_000.37}
        try:
            parcel = actions.disturb_land(
                self.world.mine,
                name=f"采场{place}",
                occurred_on=self.world.today,
                **given,
                **self.world.by("county_clerk"),
            )
        except QingshanError as refused:
            HAPPENED[f"refused: {refused.reasons[0].code}"] += 1
        else:
            self._did("disturb_land" if not drawn else "disturb_land, drawn")
            self.disturbed_cm2 += parcel.area_cm2

    @precondition(lambda self: self.disturbed_cm2)
    @rule(
        which=st.integers(0, 50),
        ways=st.lists(st.integers(0, 50), min_size=2, max_size=14),
        anything=st.sampled_from([False, False, False, True]),
        part=st.sampled_from([None, None, 1.0, 2_500.4, 10.0**9]),
        brought=st.sampled_from([True, True, True, False]),
    )
    def move(self, which: int, ways: list[int], anything: bool, part: float | None, brought: bool) -> None:
        """Several acts on one plot, mostly such as lead from its state; sometimes any other."""
        rows = list(LandParcel.objects.order_by("-id"))
        parcel = rows[which % len(rows)]
        for way in ways:
            fitting = [line.act for line in land.lines_from(parcel.state_named)]
            possible = [line.act for line in land.LINES if line.from_states] if anything else fitting
            moved = self._move(parcel, possible[way % len(possible)], part, brought)
            if moved is None:
                return
            parcel, part = moved, None

    @precondition(lambda self: self.disturbed_cm2)
    @rule(
        which=st.integers(0, 50),
        hectares=st.sampled_from([None, 0, 1, 3]),
        elsewhere=st.booleans(),
        grounds=st.sampled_from(["面积录错", "面积录错", ""]),
    )
    def correct(self, which: int, hectares: int | None, elsewhere: bool, grounds: str) -> None:
        """A plot has another area, was never there, or belongs to the other mine."""
        rows = list(LandParcel.objects.order_by("-id"))
        parcel = rows[which % len(rows)]
        before = parcel.area_cm2
        try:
            fresh = actions.correct_land(
                parcel,
                area_m2=None if hectares is None else hectares * 10_000.0,
                mine=self.mines[int(elsewhere)],
                grounds=grounds,
                **self.world.by("county_clerk"),
            )
        except QingshanError as refused:
            HAPPENED[f"refused: {refused.reasons[0].code}"] += 1
        else:
            self._did("correct_land")
            self.disturbed_cm2 += fresh.area_cm2 - before

    def _move(self, parcel: LandParcel, act: LandAct, part: float | None, brought: bool) -> LandParcel | None:
        given: dict[str, Any] = {"number": "1号", "answers": FREE} if brought else {}
        try:
            moved = actions.move_land(
                parcel, act, occurred_on=self.world.today, area_m2=part, **given, **self.world.by(BY[act])
            )
        except QingshanError as refused:
            HAPPENED[f"refused: {refused.reasons[0].code}"] += 1
            return None
        self._did(f"{act.value.partition('.')[2]}{', in part' if part else ''}")
        return moved

    @invariant()
    def no_land_appears_or_vanishes(self) -> None:
        assert sum(self._held().values()) == self.disturbed_cm2

    @invariant()
    def the_years_add_up_to_what_is_still_to_be_restored(self) -> None:
        for mine in self.mines:
            years = queries.years_of(queries.land_moves_of(mine))
            assert all(each.disturbed_m2 >= 0 for each in years)
            left = sum(each.disturbed_m2 - each.restored_m2 for each in years)
            balance = queries.balances([mine])[mine.pk]
            assert left == pytest.approx(sum(balance.m2(state) for state in land.TO_RESTORE), abs=0.01)

    @invariant()
    def the_moves_alone_tell_what_stands_where(self) -> None:
        told: dict[str, int] = defaultdict(int)
        for before, after, area in LandMove.objects.values_list("from_state", "to_state", "area_cm2"):
            if after:
                told[after] += area
            if before:
                told[before] -= area
        assert {state: told[state.value] for state in LandState} == self._held()

    @invariant()
    def drawn_land_is_counted_once(self) -> None:
        if LandMove.objects.filter(act=LandAct.CORRECT.value, overlaps__isnull=False).exists():
            return  # what leaned on a plot that was never there is named, and looked at by a person
        roots = LandParcel.objects.filter(came_from=None)
        shapes = [row.geom for row in roots if row.geom is not None]
        counted = LandMove.objects.filter(act=LandAct.DISTURB.value, parcel__geom__isnull=False)
        total = sum(counted.values_list("area_cm2", flat=True)) / 10_000
        assert total == pytest.approx(area_m2(shapely.union_all(shapes)) if shapes else 0, abs=1)


class ListWalk(Walk):
    """Sites of one list, lying over each other."""

    @rule(place=places, far=st.booleans())
    def a_site_comes(self, place: int, far: bool) -> None:
        county = "990102" if far else "990101"
        site = self.world.site(square(122.3 + place * 0.001, side=0.0025), county=county)
        self.sites.append(site)
        moved_in(self.world, self.target_list, site)
        self._did("move_in")

    @precondition(lambda self: self.sites)
    @rule(which=st.integers(0, 50), gone=st.booleans())
    def a_site_comes_back(self, which: int, gone: bool) -> None:
        left = [row.site for row in ListedSite.objects.filter(is_on_list=False).order_by("pk")]
        among = left if gone and left else self.sites
        try:
            moved_in(self.world, self.target_list, among[which % len(among)])
        except QingshanError as refused:
            HAPPENED[f"refused: {refused.reasons[0].code}"] += 1
        else:
            self._did("move_in, once more")

    @precondition(lambda self: self.sites)
    @rule(which=st.integers(0, 50))
    def a_site_leaves(self, which: int) -> None:
        row = ListedSite.objects.get(site=self.sites[which % len(self.sites)])
        try:
            actions.move_out(
                row, number="2号", occurred_on=self.world.today, note="核减",
                **self.world.by("provincial_reviewer"),
            )  # fmt: skip
        except QingshanError as refused:
            HAPPENED[f"refused: {refused.reasons[0].code}"] += 1
        else:
            self._did("move_out")

    @precondition(lambda self: self.sites)
    @rule(which=st.integers(0, 50), again=st.booleans())
    def a_site_is_restored(self, which: int, again: bool) -> None:
        site = self.sites[which % len(self.sites)]
        before = Entry.objects.count()
        matter = led_to(self.world, a_project(self.world, site), "aftercare")
        HAPPENED["restored by a project"] += 1
        if again:
            redone(self.world, matter)
            HAPPENED["redone"] += 1
        self.entries += Entry.objects.count() - before

    @precondition(lambda self: self.sites)
    @rule(which=st.integers(0, 50), part=st.sampled_from([0.3, 1.0]))
    def a_list_tells_of_an_acceptance(self, which: int, part: float) -> None:
        """As a file does that is imported: counted, and claimed where the whole is done."""
        row = ListedSite.objects.get(site=self.sites[which % len(self.sites)])
        if not row.is_on_list or row.done_cm2:
            return
        approval = Approval("验1号", self.world.today, self.world.now)
        count_restored(row, (row.target_m2 or 0) * part, is_whole=part == 1.0, approval=approval)
        if part == 1.0:
            claimed_by_lists([Told(row, self.world.today, None, None, None)], now=self.world.now)
        HAPPENED["accepted before"] += 1

    @precondition(lambda self: self.sites)
    @rule(which=st.integers(0, 50))
    def an_acceptance_is_taken_back(self, which: int) -> None:
        row = ListedSite.objects.get(site=self.sites[which % len(self.sites)])
        told = {"number": "核1号", "occurred_on": self.world.today, "note": "现场未修复"}
        try:
            actions.take_back(row, **told, **self.world.by("provincial_reviewer"))
        except QingshanError as refused:
            HAPPENED[f"refused: {refused.reasons[0].code}"] += 1
        else:
            self._did("take_back")

    @invariant()
    def a_list_claims_only_what_nobody_else_does(self) -> None:
        by_site = defaultdict(list)
        for site_id, kind in Claim.objects.filter(state__in=STANDING).values_list("site_id", "subject_kind"):
            by_site[site_id].append(kind)
        assert all(len(kinds) == 1 for kinds in by_site.values() if "restoration.listed" in kinds)

    @invariant()
    def what_a_list_claims_counts_on_it(self) -> None:
        told = Claim.objects.filter(state__in=STANDING, subject_kind="restoration.listed")
        for pk in told.values_list("subject_id", flat=True):
            assert ListedSite.objects.get(pk=pk).restored_on is not None

    @invariant()
    def a_list_asks_for_the_land_of_its_sites_laid_together(self) -> None:
        rows = ListedSite.objects.filter(is_on_list=True).select_related("site")
        shapes = [row.site.geom for row in rows]
        on = shanghai_date(self.world.now)
        found = queries.reached(actor=self.world.actor("provincial_dispatcher"), on=on)
        assert found.sites == len(shapes)
        assert float(found.area_m2) == pytest.approx(
            area_m2(shapely.union_all(shapes)) if shapes else 0, abs=1
        )
        assert found.area_done_m2 <= found.area_m2
        assert found.sites_done == rows.filter(restored_on__isnull=False).count()

    @invariant()
    def every_site_counts_for_the_sum_of_its_moves(self) -> None:
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for pk, target, done in ListMove.objects.values_list("listed_id", "target_cm2", "done_cm2"):
            sums[pk][0] += target
            sums[pk][1] += done
        for row in ListedSite.objects.all():
            assert sums[row.pk] == [row.target_cm2 or 0, row.done_cm2]


OF_LISTS = [
    *("move_in", "move_in, once more", "move_out", "restored by a project", "redone"),
    *("accepted before", "take_back"),
]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("walk", "examples", "wanted"),
    [
        (LandWalk, 80, [act.value.partition(".")[2] for act in LandAct]),
        (ListWalk, 15, OF_LISTS),
    ],
)
def test_areas_add_up_whatever_happens(
    world: World, capsys: pytest.CaptureFixture[str], walk: type[Walk], examples: int, wanted: list[str]
) -> None:
    # what CI's half hour leaves room for; whole by `make.py test postgres`
    is_short = connection.vendor == "postgresql" and os.environ.get("CI") == "true"
    walk.world = world
    HAPPENED.clear()
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=examples // 4 if is_short else examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    with capsys.disabled():
        print("", *(f"{times:5} {what}" for what, times in sorted(HAPPENED.items())), sep="\n")
    for what in () if is_short else wanted:
        assert any(name.startswith(what) for name in HAPPENED), what
