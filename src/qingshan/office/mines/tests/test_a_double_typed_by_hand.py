from __future__ import annotations

import pytest
from shapely.geometry import Point

from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.mines.models import Likeness, Mine
from qingshan.office.mines.tests.factories import a_mine

pytestmark = pytest.mark.django_db

LICENCE = "C9901012019057120112648"


def registered() -> Mine:
    return a_mine("K-1", name="青石县老虎沟石灰岩矿", licence_no=LICENCE, geom=Point(122.1, 33.1))


def test_a_mine_typed_by_hand_is_asked_about_in_the_same_way() -> None:
    people = nine_people()
    registered()
    client = people.enter("county_clerk")
    typed = {"key": "N-1", "name": "老虎沟采石场", "region": "990101", "licence_no": LICENCE}
    refused = client.post("/register/mines/new/", typed)
    assert refused.status_code == 422
    assert "确实是另一座矿山，不是“青石县老虎沟石灰岩矿”（K-1）" in refused.content.decode()
    assert client.post("/register/mines/new/", {**typed, "another": "K-1"}).status_code == 302
    assert Mine.objects.count() == 2
    assert Likeness.objects.get().state == "different"


def test_a_correction_that_makes_two_mines_alike_puts_them_on_the_list() -> None:
    people = nine_people()
    registered()
    other = a_mine("K-2", name="野猪坪采石场")
    sent = {"key": "K-2", "name": "老虎沟采石场", "region": "990101", "licence_no": LICENCE, "version": "1"}
    assert people.enter("county_clerk").post(f"/register/mines/{other.pk}/correct/", sent).status_code == 302
    assert Likeness.objects.get().state == "open"
