"""调研一页纸: one page whatever the data, the same bytes on the same day, and nothing that the reader may not see."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
import shapely
from django.conf import settings as django_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotFound
from qingshan.office.mines.dossier import brief as pages
from qingshan.office.mines.dossier import region as counties
from qingshan.office.mines.dossier import sheets
from qingshan.office.mines.dossier.brief import brief
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.models import Mine, Site, Tally
from qingshan.office.mines.tests.dossiers import (
    COUNTY,
    a_document,
    a_full_dossier,
    a_mine,
    a_right,
    sites_with_patches,
    some_land,
    today,
)
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.rules.register import DocumentKind
from qingshan.typesetting import pages_of as pages_in
from qingshan.vault import Vault

pytestmark = pytest.mark.django_db
NASTY = "#panic() $x$ *b* _i_ \\ `c` // @r <l> [ ] { } ~ \u200b\u202e 很长的名称" * 3


@pytest.fixture
def people() -> People:
    return nine_people()


def dossier(people: People, mine: Mine, *, on: date | None = None) -> Dossier:
    return Dossier(mine, actor=people.actor("county_clerk", on=today()), on=on or today())


def data_of(people: People, mine: Mine) -> dict[str, Any]:
    return pages._data(dossier(people, mine))


def test_a_full_dossier_is_one_page_in_both_languages(people: People) -> None:
    mine = a_full_dossier(people)
    sign_checkpoint(now=timezone.now())
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert pages_in(brief(dossier(people, mine))) == 1


def test_a_bare_mine_is_one_page_too(people: People) -> None:
    assert pages_in(brief(dossier(people, a_mine(people, geom=None, state="")))) == 1


def test_three_hundred_sites_with_long_names_are_one_page_soon(people: People) -> None:
    mine = a_mine(people, name="很长的矿山名称" * 17, note="备注" * 250, former_names=["旧名" * 30] * 20)
    sites_with_patches(mine, sites=300, patches_each=4)
    Site.objects.update(name="很长的点位名称" * 17)
    for n in range(30):
        a_right(mine, key=f"C{'9' * 100}{n}", days=n - 15, holder_name="采矿权人" * 30)
        some_land(mine, key=f"L{'临' * 100}{n}", days=n - 15, name="用地" * 60)
    begun = time.perf_counter()
    pdf = brief(dossier(people, mine))
    assert pages_in(pdf) == 1
    assert time.perf_counter() - begun < 5


def test_the_same_data_on_the_same_day_give_the_same_bytes(people: People) -> None:
    mine = a_full_dossier(people)
    assert brief(dossier(people, mine)) == brief(dossier(people, mine))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=100),
        st.just(NASTY[:120]),
    )
)
def test_whatever_a_mine_is_called_the_page_is_made(people: People, name: str) -> None:
    mine = Mine.objects.filter(key="M-1").first() or a_mine(people)
    mine.name = mine.note = mine.licence_no = name
    assert pages_in(brief(dossier(people, mine))) == 1


def test_what_is_open_says_until_when_and_who(people: People) -> None:
    mine = a_full_dossier(people)
    rows = data_of(people, mine)["open"].rows
    assert [row[0].split("：")[0] for row in rows[:2]] == ["采矿权 C1", "临时用地 L1"]
    assert all(row[1] != "—" and row[2] for row in rows[:2])
    assert any("责任主体" in row[0] for row in rows)


def test_every_figure_has_its_denominator(people: People) -> None:
    mine = a_full_dossier(people)
    data = data_of(people, mine)
    (sites,) = [sheet for sheet in data["sheets"] if sheet.title == "点位"]
    assert sites.rows == [("露天采场", "3 / 3", "0.30 公顷（4.5 亩） / 0.30 公顷（4.5 亩） = 100.0%")]
    assert data["figures"][0] == {"title": "有效采矿权", "number": "1", "of": "/ 2 宗", "more": "余 45 天"}


def test_a_simulated_region_is_marked_and_a_real_one_is_not(people: People) -> None:
    mine = a_mine(people)
    with_mark = brief(dossier(people, mine))
    assert data_of(people, mine)["simulated"] is True
    mine.region.simulated = False
    assert brief(dossier(people, mine)) != with_mark


def test_the_newest_checkpoint_stands_at_the_foot(people: People) -> None:
    mine = a_full_dossier(people)
    checkpoint = sign_checkpoint(now=timezone.now())
    assert checkpoint.root in sheets.checkpoint()
    assert pages_in(brief(dossier(people, mine))) == 1


def test_a_picture_whose_file_is_gone_or_broken_leaves_its_place_empty(people: People) -> None:
    mine = a_mine(people)
    filed = a_document(
        people, mine, kind=DocumentKind.PICTURE, file_name="现状.jpg", content=b"\xff\xd8\xffno"
    )
    assert pages_in(brief(dossier(people, mine))) == 1
    Vault(django_settings.VAULT_ROOT).path(filed.file_digest).unlink()
    assert pages_in(brief(dossier(people, mine))) == 1


def test_another_county_gets_no_page(people: People) -> None:
    path = f"/mines/{a_mine(people).pk}/brief.pdf"
    assert people.enter("other_county_clerk").get(path).status_code == 404
    answer = people.enter("enterprise_manager").get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")


# --- of a county ---


def test_a_county_is_one_page_with_every_count_beside_its_whole(people: People) -> None:
    mine = a_full_dossier(people)
    a_right(mine, key="C2", days=-10)
    Tally.objects.create(what="mine", region_id=COUNTY, category="producing", rows=1)
    Tally.objects.create(what="mine", region_id=COUNTY, category="closed", rows=3)
    Tally.objects.create(what="site", region_id=COUNTY, category="open_pit", rows=3, area_cm2=30_000_000)
    Region.objects.filter(pk=COUNTY).update(geom=shapely.box(122, 33, 122.5, 33.5))
    actor = people.actor("county_clerk", on=today())
    region = counties.region_for(COUNTY, actor=actor)
    assert pages_in(counties.region_brief(region, actor=actor, on=today())) == 1
    data = counties._data(region, actor=actor, on=today())
    assert [(one["number"], one["of"]) for one in data["figures"]] == [
        ("1", "/ 4 座"),
        ("3", "处"),
        ("1", "/ 2 宗"),
        ("1", "/ 1 宗"),
    ]
    assert data["responsible"] == [["已认定矿山", "0 / 4"]]
    assert [row[1] for row in data["sheets"][0].rows] == ["3 / 4", "1 / 4"]
    assert data["sheets"][1].rows[0][2] == "0.30 公顷（4.5 亩） / 0.30 公顷（4.5 亩） = 100.0%"
    assert [row[0].split("：")[0] for row in data["open"].rows] == ["采矿权 C1", "临时用地 L1"]


def test_an_empty_county_is_one_page_and_another_one_is_not_found(people: People) -> None:
    actor = people.actor("county_clerk", on=today())
    region = counties.region_for(COUNTY, actor=actor)
    assert pages_in(counties.region_brief(region, actor=actor, on=today())) == 1
    for pk in (990102000000, 990000000000, 0, 1):
        with pytest.raises(NotFound):
            counties.region_for(pk, actor=actor)
