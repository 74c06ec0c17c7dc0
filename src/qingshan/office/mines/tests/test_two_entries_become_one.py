from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.mines.access import WHAT
from qingshan.office.mines.actions import Merger, find_likeness, merge_mines, tell_apart, undo_merge
from qingshan.office.mines.actions.merging import FACTS
from qingshan.office.mines.followers import FOLLOWERS, STAYING
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Facility,
    LandUse,
    Likeness,
    Mine,
    MiningRight,
    ResponsibleParty,
    Site,
    Tally,
)
from qingshan.office.mines.queries import miscounted
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.mines.tests.factories import EAST, NOW, WEST, a_mine, an_enterprise, clerk, regions
from qingshan.office.trail.models import Entry
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db

LICENCE = "C9901012019057120112648"
OF_A_MINE = (Site, MiningRight, LandUse, Facility)


@pytest.fixture(autouse=True)
def ground() -> None:
    regions()


@pytest.fixture
def pair() -> Likeness:
    """Two entries of one mine, on the list, with something of every kind on the second."""
    return a_pair()


def a_pair() -> Likeness:
    firm, other_firm = an_enterprise(), an_enterprise("望川矿业有限公司", "91110000600037342K")
    facts = {"mineral": "石灰岩", "licence_no": LICENCE}
    first = a_mine(
        "K-1",
        name="老虎沟石灰岩矿",
        enterprise=firm,
        state="producing",
        geom=box(122.1, 33.1, 122.101, 33.101),
        **facts,
    )
    second = a_mine(
        "K-2",
        name="老虎沟采石场",
        enterprise=other_firm,
        state="stopped",
        former_names=["东风采石场"],
        geom=Point(122.1005, 33.1),
        **facts,
    )
    for model in OF_A_MINE:
        model.objects.create(key=f"{model.__name__}-1", region_id=WEST, mine=first, enterprise=firm)
        model.objects.create(key=f"{model.__name__}-2", region_id=WEST, mine=second, enterprise=other_firm)
    papers(second)
    for mine in (first, second):
        Tally.objects.create(what=WHAT[Mine], region_id=WEST, category=mine.state, rows=1)
    for model in OF_A_MINE:
        Tally.objects.create(what=WHAT[model], region_id=WEST, category="", rows=2)
    assert find_likeness(Mine.objects.all(), now=NOW) == 1
    return Likeness.objects.select_related("first", "second").get()


def papers(mine: Mine) -> None:
    common = {"region_id": mine.region_id, "mine": mine, "enterprise": mine.enterprise}
    file = {"file_name": "证.pdf", "file_digest": "0" * 64, "file_size_bytes": 1, "openness": "internal"}
    Document.objects.create(kind="licence", title="采矿许可证", **file, **common)
    ApprovedPlan.objects.create(kind="mining", title="开采方案", **common)
    ResponsibleParty.objects.create(
        circumstance="working", organisation=mine.enterprise, number="1", decided_on=NOW.date(), **common
    )
    for system in ("省厅平台", "市级平台"):
        ExternalReference.objects.create(
            kind="mines.mine", object_id=mine.pk, region_id=mine.region_id, system=system, number="7"
        )


def merger(pair: Likeness, *, keep: str = "first", take: tuple[str, ...] = (), **other: Any) -> Merger:
    values = {
        "kept_id": getattr(pair, f"{keep}_id"),
        "take": frozenset(take),
        "reason": "许可证号相同",
        "version": pair.version,
        "mine_versions": {mine.pk: mine.version for mine in (pair.first, pair.second)},
    }
    return Merger(**{**values, **other})


def merged(pair: Likeness, **choice: Any) -> Mine:
    return merge_mines(pair, merger(pair, **choice), actor=clerk(WEST), now=NOW)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All facts of the register, without the versions, which never go back."""
    models: list[type[Model]] = [Mine, ExternalReference, *(follower.model for follower in FOLLOWERS)]
    facts = {}
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields if field.attname != "version"]
        facts[model.__name__] = [
            tuple(str(getattr(row, name)) for name in names) for row in model._default_manager.order_by("pk")
        ]
    tallies = Tally.objects.exclude(rows=0).order_by("what", "region_id", "category")
    return {**facts, "Tally": list(tallies.values_list("what", "region_id", "category", "rows", "area_cm2"))}


def test_everything_that_refers_to_a_mine_goes_along() -> None:
    """A model that refers to mines and is not declared would be forgotten by a merger."""
    referring = {
        (relation.related_model, relation.field.attname)
        for relation in Mine._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation and relation.related_model is not Likeness
    }
    assert referring == {(follower.model, follower.path) for follower in FOLLOWERS} | STAYING


def test_what_hangs_on_the_absorbed_mine_moves_to_the_kept_one(pair: Likeness) -> None:
    kept = merged(pair)
    for model in (*OF_A_MINE, Document, ApprovedPlan, ResponsibleParty):
        assert not model.objects.filter(mine_id=pair.second_id).exists()
    assert Site.objects.filter(mine=kept, enterprise=kept.enterprise).count() == 2
    assert Document.objects.get().enterprise_id == kept.enterprise_id
    assert set(ExternalReference.objects.values_list("object_id", flat=True)) == {kept.pk}


def test_the_absorbed_mine_stays_readable_and_the_kept_one_knows_its_names(pair: Likeness) -> None:
    kept = merged(pair, keep="second", take=("geom", "state"))
    absorbed = Mine.objects.get(key="K-1")
    assert absorbed.merged_into_id == kept.pk
    assert absorbed.name == "老虎沟石灰岩矿"
    held = Mine.objects.get(pk=kept.pk)
    assert (held.name, held.state, held.former_names) == (
        "老虎沟采石场",
        "producing",
        ["东风采石场", "老虎沟石灰岩矿"],
    )
    assert held.geom.geom_type == "Polygon"
    assert held.name_token == "老虎沟"


def test_a_merger_is_one_entry_over_everything_that_it_touched(pair: Likeness) -> None:
    before = Entry.objects.count()
    merged(pair, take=("licence_no", "name"))
    entry = Entry.objects.latest("seq")
    assert Entry.objects.count() == before + 1
    assert entry.act == "mines.merge_mines"
    # two mines, the pair, four things and three papers, two numbers elsewhere
    assert entry.subject_count == 12
    assert '"name":"老虎沟石灰岩矿"' in entry.old_json
    assert '"name":"老虎沟采石场"' in entry.new_json


def test_the_tallies_stay_right(pair: Likeness) -> None:
    merged(pair, keep="second")
    assert miscounted() == []
    assert Tally.objects.get(what="mine", category="producing").rows == 0


def test_a_number_in_a_system_that_knows_both_stays_where_it_is(pair: Likeness) -> None:
    ExternalReference.objects.create(
        kind="mines.mine", object_id=pair.first_id, region_id=WEST, system="省厅平台", number="8"
    )
    merged(pair)
    assert ExternalReference.objects.get(system="省厅平台", number="7").object_id == pair.second_id
    assert ExternalReference.objects.get(system="市级平台").object_id == pair.first_id


Refusal = Callable[[Likeness], Any]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda p: merge_mines(p, merger(p), actor=clerk(EAST), now=NOW), NotAllowed),
        (lambda p: merge_mines(p, merger(p), actor=clerk(WEST, Duty.REVIEW), now=NOW), NotAllowed),
        (lambda p: merged(p, reason=" "), RegisterRefused),
        (lambda p: merged(p, version=p.version + 1), ChangedMeanwhile),
        (lambda p: merged(p, mine_versions={p.first_id: 1, p.second_id: 9}), ChangedMeanwhile),
        (lambda p: merged(p, kept_id=999), RegisterRefused),
        (lambda p: tell_apart(p, reason="", version=p.version, actor=clerk(WEST), now=NOW), RegisterRefused),
        (lambda p: tell_apart(p, reason="不是", version=9, actor=clerk(WEST), now=NOW), ChangedMeanwhile),
        (lambda p: tell_apart(p, reason="不是", version=1, actor=clerk(EAST), now=NOW), NotAllowed),
        (lambda p: undo_merge(p, reason="错了", version=1, actor=clerk(WEST), now=NOW), RegisterRefused),
    ],
)
def test_a_refusal_leaves_everything_as_it_was(pair: Likeness, act: Refusal, error: type[Exception]) -> None:
    before, entries = everything(), Entry.objects.count()
    with pytest.raises(error):
        act(pair)
    assert everything() == before
    assert Entry.objects.count() == entries
    assert Likeness.objects.get().state == "open"


def test_a_clerk_may_not_merge_with_a_mine_of_another_county(pair: Likeness) -> None:
    Mine.objects.filter(pk=pair.second_id).update(region_id=EAST)
    with pytest.raises(NotAllowed):
        merged(pair)


def test_undoing_a_merger_restores_everything(pair: Likeness) -> None:
    before = everything()
    merged(pair, keep="second", take=FACTS)
    assert everything() != before
    undone(pair)
    assert everything() == before
    assert miscounted() == []
    assert (pair.state, pair.before) == ("open", None)
    merger_entry, undo_entry = Entry.objects.order_by("seq")[1:]
    assert undo_entry.subject_count == merger_entry.subject_count


def undone(pair: Likeness) -> Likeness:
    pair.refresh_from_db()
    return undo_merge(pair, reason="核实为两座矿山", version=pair.version, actor=clerk(WEST), now=NOW)


@pytest.mark.parametrize(
    "something",
    [
        lambda p: Mine.objects.filter(pk=p.first_id).update(version=99),
        lambda p: Site.objects.filter(key="Site-2").update(version=99),
        lambda p: Site.objects.create(key="new", region_id=WEST, mine_id=p.first_id),
        lambda p: Site.objects.create(key="new", region_id=WEST, mine_id=p.second_id),
        lambda p: LandUse.objects.all().delete(),
        lambda p: ExternalReference.objects.filter(system="市级平台").update(version=99),
    ],
)
def test_nothing_is_undone_once_something_has_happened(pair: Likeness, something: Refusal) -> None:
    merged(pair)
    something(pair)
    before = everything()
    with pytest.raises(RegisterRefused) as refused:
        undone(pair)
    assert refused.value.code == "mines.something_since"
    assert everything() == before


def test_a_pair_that_was_told_apart_stays_away_until_the_facts_change(pair: Likeness) -> None:
    tell_apart(pair, reason="两座矿山", version=pair.version, actor=clerk(WEST), now=NOW)
    assert find_likeness(Mine.objects.all(), now=NOW) == 0
    assert Likeness.objects.get().state == "different"
    Mine.objects.filter(pk=pair.first_id).update(mineral="白云岩")
    assert find_likeness(Mine.objects.all(), now=NOW) == 1
    assert Likeness.objects.get().state == "open"


def test_a_third_entry_that_was_like_both_is_offered_with_the_one_that_was_kept(pair: Likeness) -> None:
    a_mine("K-3", name="老虎沟采石场", licence_no=LICENCE)
    find_likeness(Mine.objects.all(), now=NOW)
    merged(pair)
    third = Mine.objects.get(key="K-3")
    still = Likeness.objects.filter(state="open", first__merged_into=None, second__merged_into=None)
    assert [(row.first_id, row.second_id) for row in still] == [(pair.first_id, third.pk)]


def test_what_was_merged_into_the_absorbed_mine_points_to_the_kept_one(pair: Likeness) -> None:
    earlier = a_mine("K-0", merged_into=pair.second)
    before = everything()
    kept = merged(pair)
    earlier.refresh_from_db()
    assert earlier.merged_into_id == kept.pk
    undone(pair)
    assert everything() == before


Step = tuple[str, str, frozenset[str]]
steps = st.lists(
    st.tuples(
        st.sampled_from(["merge", "undo"]),
        st.sampled_from(["first", "second"]),
        st.frozensets(st.sampled_from(FACTS)),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=steps)
def test_however_often_it_is_merged_and_undone_nothing_is_lost(pair: Likeness, walk: list[Step]) -> None:
    before = everything()
    for act, keep, take in walk:
        pair = Likeness.objects.select_related("first", "second").get(pk=pair.pk)
        if act == "merge" and pair.state == "open":
            merged(pair, keep=keep, take=tuple(take))
        elif act == "undo" and pair.state == "merged":
            undone(pair)
        assert miscounted() == []
    pair.refresh_from_db()
    if pair.state == "merged":
        undone(pair)
    assert everything() == before
