"""Do photographs come in through the page, with what they say by themselves, and who answers a doubt about them?"""

from __future__ import annotations

import io
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from qingshan.office.cases.tests.factories import World, a_world, brought_to
from qingshan.office.matters.models import Doubt, Evidence
from qingshan.office.matters.models.evidence import DoubtState
from qingshan.rules.evidence import DoubtKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def opened(world: World, who: str, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter(who)
        return client.get(path) if data is None else client.post(path, data)


def photograph(seed: int = 1, name: str = "采坑.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    picture = Image.effect_noise((640, 480), 60 + seed).convert("RGB")
    picture.save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def bring(world: World, pk: int, *files: SimpleUploadedFile, **more: str) -> HttpResponse:
    sent = {
        "uploads": list(files),
        "phase": "after",
        "photo_point": "3 号点",
        "nothing_secret_in_files": "on",
    }
    return opened(world, "enterprise_manager", f"/cases/{pk}/add_evidence/", {**sent, **more})


def test_several_photographs_come_in_at_once_with_a_small_picture_each(world: World) -> None:
    matter = brought_to(world, "rectifying")
    answer = bring(world, matter.pk, photograph(1, "一.jpg"), photograph(2, "二.jpg"))
    assert answer.status_code == 302
    rows = list(Evidence.objects.order_by("id"))
    assert [(row.title, row.kind, row.phase) for row in rows] == [
        ("一", "photograph", "after"),
        ("二", "photograph", "after"),
    ]
    small = opened(world, "county_clerk", f"/cases/{matter.pk}/evidence/{rows[0].pk}/small")
    assert Image.open(io.BytesIO(b"".join(small.streaming_content))).size[0] <= 360  # type: ignore[attr-defined]
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/").content.decode()
    assert "无定位信息" in page
    assert f"/evidence/{rows[0].pk}/small" in page


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(world: World) -> None:
    matter = brought_to(world, "rectifying")
    answer = bring(world, matter.pk, SimpleUploadedFile("照片.jpg", b"not a picture"))
    assert answer.status_code == 422
    assert Evidence.objects.count() == 0


def test_without_the_word_that_nothing_is_secret_nothing_comes_in(world: World) -> None:
    matter = brought_to(world, "rectifying")
    answer = bring(world, matter.pk, photograph(), nothing_secret_in_files="")
    assert answer.status_code == 422
    assert Evidence.objects.count() == 0


def test_a_photograph_used_twice_raises_a_doubt_that_a_reviewer_answers_in_words(world: World) -> None:
    matter = brought_to(world, "rectifying")
    picture = photograph(1).read()
    for name in ("一.jpg", "二.jpg"):
        assert bring(world, matter.pk, SimpleUploadedFile(name, picture)).status_code == 302
    doubt = Doubt.objects.get(code=DoubtKind.USED_BEFORE)
    page = opened(world, "city_reviewer", f"/cases/{matter.pk}/").content.decode()
    assert "提示供核实，不是结论" in page
    path = f"/cases/{matter.pk}/doubts/{doubt.pk}/"
    assert path in page
    assert path not in opened(world, "enterprise_manager", f"/cases/{matter.pk}/").content.decode()
    silent = opened(world, "city_reviewer", path, {"upheld": "no", "words": ""})
    assert silent.status_code == 422
    answer = opened(world, "city_reviewer", path, {"upheld": "no", "words": "同一照片重复上传，已电话核实"})
    assert answer.status_code == 302
    doubt.refresh_from_db()
    assert (doubt.state, doubt.answer) == (DoubtState.EXPLAINED, "同一照片重复上传，已电话核实")


def test_a_file_of_evidence_leaves_as_it_came_and_for_nobody_elsewhere(world: World) -> None:
    matter = brought_to(world, "rectifying")
    picture = photograph(1).read()
    bring(world, matter.pk, SimpleUploadedFile("一.jpg", picture))
    path = f"/cases/{matter.pk}/evidence/{Evidence.objects.get().pk}/file"
    answer = opened(world, "county_clerk", path)
    assert b"".join(answer.streaming_content) == picture  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert opened(world, "other_county_clerk", path).status_code == 404


def test_the_closing_file_of_an_accepted_case_is_a_pdf(world: World) -> None:
    matter = brought_to(world, "county_accepted")
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/").content.decode()
    assert f"/cases/{matter.pk}/closing-file.pdf" in page
    assert opened(world, "county_clerk", f"/cases/{matter.pk}/closing-file.pdf").content.startswith(b"%PDF-")
