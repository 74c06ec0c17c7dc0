"""Do experts whom the pool knows to be tied stay off a panel, and are those who were drawn at hand?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.office.batches.tests.factories import PASSES, World, a_batch, accept, led_to, look_at
from qingshan.office.experts.models import DrawnExpert, Expert, ExpertDraw, ExpertTie
from qingshan.office.experts.tests.factories import an_expert
from qingshan.office.matters.models import Matter
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened
from qingshan.rules.errors import QingshanError

ON_THE_PANEL = "周专"


def passed(world: World) -> Matter:
    return look_at(world, led_to(world, a_batch(world), "checking"), PASSES)


def known(world: World, **more: Any) -> Expert:
    given = {"name": ON_THE_PANEL, "employer": world.people.organisations["agency"].full_name, **more}
    return an_expert("ZJ-7", **given)


def tied(world: World, expert: Expert) -> None:
    firm = world.people.organisations["enterprise"]
    ExpertTie.objects.create(
        expert=expert, kind="organisation", object_id=firm.pk, name=firm.name, grounds="paid",
        from_on=date(2024, 1, 1),
    )  # fmt: skip


def test_an_expert_who_is_tied_to_whoever_did_the_works_cannot_accept_them(world: World) -> None:
    matter = passed(world)
    tied(world, known(world))
    with pytest.raises(QingshanError) as refused:
        accept(world, matter)
    assert "batches.expert_tied" in {reason.code for reason in refused.value.reasons}
    assert "周专按专家库登记应当回避" in refused.value.say()
    assert "青石矿业有限公司" in refused.value.say()


@pytest.mark.parametrize(
    "of", [{"employer": "另一家单位"}, {"name": "周转"}, {"state": "left", "left_on": date(2025, 1, 1)}]
)
def test_somebody_else_of_the_pool_is_not_taken_for_the_member(world: World, of: dict[str, Any]) -> None:
    matter = passed(world)
    tied(world, known(world, **of))
    accept(world, matter)
    assert world.fresh(matter).state_name == "accepted"


def test_experts_who_were_drawn_stand_in_the_form(world: World) -> None:
    matter = passed(world)
    expert = an_expert("ZJ-9", name="抽中甲", employer="青山农林科学院")
    draw = ExpertDraw.objects.create(
        pool_id=expert.region_id, subject_kind="matters.matter", subject_id=matter.pk, subject_name="批次",
        region=matter.region, title="验收", wanted={"soil": 1}, state="announced", seed_kind="stated",
        seed_source="福彩", seed_on=world.today, closes_on=world.today, announced_at=world.now, announced_by="市局",
    )  # fmt: skip
    DrawnExpert.objects.create(draw=draw, expert=expert, seat="soil", rank=1)
    form = opened(world, "county_clerk", f"/batches/{matter.pk}/name_panel/").content.decode()
    assert 'value="抽中甲"' in form
    assert 'value="青山农林科学院"' in form
