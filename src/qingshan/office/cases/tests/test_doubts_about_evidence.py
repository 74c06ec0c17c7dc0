from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from qingshan.office.cases import actions
from qingshan.office.cases.actions.working import Progress
from qingshan.office.cases.tests.factories import World, a_world, brought_to, evidence
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.actions.doubts import answer_doubt
from qingshan.office.matters.doubting import examine
from qingshan.office.matters.models import Doubt, Matter
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.trail.models import Entry
from qingshan.rules.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def rock(seed: int) -> Image.Image:
    """Something with points to recognise: soft noise on several scales."""
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(
            Image.fromarray(chance.integers(0, 255, (size, size), dtype=np.uint8)).resize(
                (640, 480), Image.BICUBIC
            )
        ).astype(float)
        for size in (6, 12, 24, 48, 96)
    ]
    grey = sum(layers) / len(layers)
    return Image.fromarray(grey.astype(np.uint8)).convert("RGB")


def jpeg(picture: Image.Image, quality: int = 88) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def hand_in(world: World, matter: Matter, content: bytes) -> list[Doubt]:
    (new,) = evidence()
    before = set(Doubt.objects.values_list("pk", flat=True))
    actions.add_evidence(
        world.fresh(matter),
        [replace(new, examined=examine(content))],
        Brought(),
        actor=world.actor("enterprise_manager"),
        now=world.now,
    )
    return list(Doubt.objects.exclude(pk__in=before))


def test_a_new_photograph_without_place_and_time_raises_no_doubt(world: World) -> None:
    assert hand_in(world, brought_to(world, "rectifying"), jpeg(rock(1))) == []


def test_the_same_photograph_in_another_case_is_doubted_and_names_that_case(world: World) -> None:
    first, second = brought_to(world, "rectifying"), brought_to(world, "rectifying")
    hand_in(world, first, jpeg(rock(1)))
    (doubt,) = hand_in(world, second, jpeg(rock(1).crop((30, 20, 610, 460)), quality=60))
    assert (doubt.code, doubt.state) == ("used_before", "open")
    assert doubt.values["because"][0]["values"]["number"] == first.number


def test_a_different_photograph_is_not(world: World) -> None:
    matter = brought_to(world, "rectifying")
    hand_in(world, matter, jpeg(rock(1)))
    assert hand_in(world, matter, jpeg(rock(2))) == []


def test_what_is_no_photograph_is_taken_in_all_the_same(world: World) -> None:
    assert examine(b"%PDF-1.7") is None


def report(world: World, matter: Matter, percent: int) -> None:
    measure = matter.plans.get(state="approved").measures.get()
    manager, progress = world.actor("enterprise_manager"), [Progress(measure, percent)]
    actions.report_progress(world.fresh(matter), progress, Brought(), actor=manager, now=world.now)


def test_progress_that_jumps_to_its_end_in_the_last_report_is_doubted(world: World) -> None:
    matter = brought_to(world, "rectifying")
    report(world, matter, 10)
    world.later(7)
    report(world, matter, 100)
    assert [doubt.code for doubt in Doubt.objects.all()] == ["jump_to_end"]


def test_steady_progress_is_not(world: World) -> None:
    matter = brought_to(world, "rectifying")
    for percent in (40, 80, 100):
        report(world, matter, percent)
        world.later(7)
    assert list(Doubt.objects.all()) == []


def a_doubt(world: World) -> Doubt:
    matter = brought_to(world, "rectifying")
    report(world, matter, 10)
    report(world, matter, 100)
    return Doubt.objects.get()


def test_a_person_with_the_duty_answers_it_in_words_once(world: World) -> None:
    doubt, reviewer = a_doubt(world), world.actor("city_reviewer")
    before = Entry.objects.count()
    with pytest.raises(RuleBroken):
        answer_doubt(doubt, " ", upheld=False, actor=reviewer, now=world.now)
    with pytest.raises(NotAllowed):
        answer_doubt(doubt, "属实", upheld=False, actor=world.actor("enterprise_manager"), now=world.now)
    answer_doubt(doubt, "现场核实已完工", upheld=False, actor=reviewer, now=world.now)
    assert (doubt.state, doubt.answer, Entry.objects.count()) == ("explained", "现场核实已完工", before + 1)
    with pytest.raises(MatterRefused):
        answer_doubt(doubt, "再答", upheld=True, actor=reviewer, now=world.now)


def test_the_page_shows_the_doubt_and_a_reviewer_answers_it_there(world: World) -> None:
    doubt = a_doubt(world)
    page = world.people.enter("city_reviewer").get(f"/cases/{doubt.matter_id}/")
    assert "存疑待核" in page.content.decode()
    address = f"/cases/{doubt.matter_id}/doubts/{doubt.pk}/"
    assert address in page.content.decode()
    answered = world.people.enter("city_reviewer").post(address, {"upheld": "no", "words": "已到现场核实"})
    assert answered.status_code == 302
    doubt.refresh_from_db()
    assert (doubt.state, doubt.answer) == ("explained", "已到现场核实")
