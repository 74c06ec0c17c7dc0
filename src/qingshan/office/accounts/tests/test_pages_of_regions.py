"""Can a system administrator look regions up and give a development zone a local code?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.regions.models import Region


@pytest.fixture
def system(people):
    return people.enter("system_admin")


def test_the_list_takes_few_queries_and_finds_by_name_or_code(system, django_assert_max_num_queries):
    system.get("/regions/")
    with django_assert_max_num_queries(8):
        page = system.get("/regions/")
    assert [region.code for region in page.context["page"].rows][:2] == ["990000", "990100"]
    for text in ("白沙", "990102"):
        assert [r.code for r in system.get("/regions/", {"q": text}).context["page"].rows] == ["990102"]


def test_a_development_zone_gets_a_code_and_later_ends(system):
    assert system.post("/regions/new/", {"code": "990191", "name": "高新区"}).status_code == 302
    zone = Region.objects.get(code="990191")
    assert zone.parent.code == "990100"
    assert system.post(f"/regions/{zone.pk}/close/", {"last_day": "2026-12-31"}).status_code == 302
    zone.refresh_from_db()
    assert zone.valid_to == date(2026, 12, 31)
    assert "高新区" in system.get(f"/regions/{zone.pk}/").content.decode()


@pytest.mark.parametrize(
    ("code", "words"), [("990101", "已是“青石县”"), ("99012", "99012"), ("990021", "990021")]
)
def test_a_code_that_is_taken_or_none_is_refused_in_words(system, code, words):
    page = system.post("/regions/new/", {"code": code, "name": "某区"})
    assert page.status_code == 422
    assert words in page.content.decode()
