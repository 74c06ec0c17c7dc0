"""Does an act ask little, and is what it asks and writes the same as if the object layer had asked and written it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

from qingshan.exchange.writing import add, change
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases import actions
from qingshan.office.cases.facts import current_plan
from qingshan.office.cases.tests.factories import World, a_case, a_world, brought_to, said
from qingshan.office.compiled import compiled
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.actions import Named, name_parties
from qingshan.office.matters.models import Matter, MatterParty, Plan, Step
from qingshan.office.matters.needs import executing_units
from qingshan.office.matters.queries import one_matter
from qingshan.office.trail.subjects import digest_of
from qingshan.rules.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


@compiled
def _steps(matter_id: int) -> QuerySet[Step]:
    return (
        Step.objects.select_related("matter__region").filter(matter_id=matter_id).order_by("matter_version")
    )


@compiled
def _days(*step_ids: int) -> QuerySet[Step, tuple[Any, ...]]:
    rows = Step.objects.filter(pk__in=step_ids).order_by("pk")
    return rows.values_list("occurred_on", "recorded_at", "facts")


def test_a_compiled_question_brings_the_same_objects(world: World) -> None:
    matter = brought_to(world, "rectifying")
    asked, usual = _steps(matter.pk), list(matter.steps.order_by("matter_version"))
    assert asked == usual
    assert [digest_of(each) for each in asked] == [digest_of(each) for each in usual]
    assert asked[0].matter.region.name == matter.region.name


def test_values_come_with_their_types_for_any_number_of_arguments(world: World) -> None:
    steps = list(brought_to(world, "rectifying").steps.order_by("pk"))
    for some in (steps, steps[:1], steps[2:]):
        told = [(each.occurred_on, each.recorded_at, each.facts) for each in some]
        assert _days(*(each.pk for each in some)) == told


def test_nothing_is_remembered_of_an_answer(world: World) -> None:
    matter = a_case(world)
    before = len(_steps(matter.pk))
    actions.verify(matter, said(), actor=world.actor("county_clerk"), now=world.now)
    assert len(_steps(matter.pk)) == before + 1


def test_arguments_of_a_question_are_given_by_place(world: World) -> None:
    with pytest.raises(TypeError):
        _steps(matter_id=1)


def test_a_new_row_is_written_as_save_would_write_it(world: World) -> None:
    matter = a_case(world)
    read = Matter.objects.get(pk=matter.pk)
    twin = Matter.objects.get(pk=matter.pk)
    twin.pk, twin.number = None, f"{matter.number}-twin"
    twin._state.adding = True
    saved = Matter.objects.get(pk=matter.pk)
    saved.pk, saved.number = None, f"{matter.number}-saved"
    saved._state.adding = True
    saved.save(force_insert=True)
    add(twin)
    assert digest_of(matter) == digest_of(read)
    written, usual = (dict(Matter.objects.values().get(pk=each.pk)) for each in (twin, saved))
    same = {name for name, value in written.items() if value == usual[name]}
    assert set(written) - same == {"id", "number", "words"}


def test_a_change_is_written_only_while_the_row_holds_what_was_read(world: World) -> None:
    matter = a_case(world)
    matter.title, matter.missing_papers = "改过的摘要", ["验收意见"]
    assert not change(matter, "title", "missing_papers", version=matter.version + 1)
    assert Matter.objects.get(pk=matter.pk).title != matter.title
    assert change(matter, "title", "missing_papers", version=matter.version)
    read = Matter.objects.get(pk=matter.pk)
    assert (read.title, read.missing_papers) == (matter.title, matter.missing_papers)


def test_whoever_comes_second_keeps_the_matter_as_it_was_read(world: World) -> None:
    matter = a_case(world)
    late = Matter.objects.get(pk=matter.pk)
    actions.verify(matter, said(), actor=world.actor("county_clerk"), now=world.now)
    with pytest.raises(ChangedMeanwhile):
        actions.verify(late, said(), actor=world.actor("county_clerk"), now=world.now)
    assert (late.version, late.state_name) == (1, "registered")


def test_parts_read_along_with_a_matter_are_the_new_ones_after_they_were_named(world: World) -> None:
    actor = world.actor("county_clerk")
    matter = one_matter(a_case(world).pk, actor=actor)
    before = list(matter.parties.all())
    unit = Organisation.objects.order_by("pk").first()
    name_parties(matter, [Named(Role.ANSWERING, unit), Named(Role.EXECUTING, unit)], on=world.today)
    name_parties(matter, [Named(Role.ANSWERING, None, "另一单位")], on=world.today)
    read = list(MatterParty.objects.filter(matter=matter).order_by("pk"))
    assert len(read) == len(before) + 3
    assert [digest_of(each) for each in matter.parties.all()] == [digest_of(each) for each in read]
    assert {each.unit_name for each in matter_parties(matter) if each.role == Role.ANSWERING} == {"另一单位"}


def test_the_plan_that_counts_knows_its_matter(world: World) -> None:
    matter = brought_to(world, "rectifying")
    plan = current_plan(matter)
    assert plan is not None
    assert plan.matter is matter
    assert plan == Plan.objects.get(matter=matter, state="approved")
    assert executing_units(matter)


def test_a_step_takes_few_questions(world: World, django_assert_max_num_queries: Callable[..., Any]) -> None:
    """Whoever writes an act of two dozen statements where one of a dozen does makes every office wait."""
    actor = world.actor("county_clerk")
    matter = one_matter(a_case(world).pk, actor=actor)
    with django_assert_max_num_queries(14):
        actions.verify(matter, said(), actor=actor, now=world.now)
