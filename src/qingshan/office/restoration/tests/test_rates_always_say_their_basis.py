"""545 sites, 468 restored; 1,911.50 ha, 1,707.16 restored: 85.87 % by count, 89.31 % by area, and never one alone."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from django.utils.translation import override

from qingshan.office.mines.models import Site
from qingshan.office.restoration import apps, queries
from qingshan.office.restoration.models import ListMove, TargetList
from qingshan.office.restoration.showing import shown_rates
from qingshan.office.restoration.tests.factories import World, a_list
from qingshan.rules.dates import shanghai_date

DONE, SITES = 468, 545
DONE_CM2, WHOLE_CM2 = 170_716_000_000, 191_150_000_000
TEMPLATES = Path(apps.__file__).parent / "templates"


def hunan(world: World) -> TargetList:
    """The published figures as moves of a list: one site stands for all, the sums are those of the province."""
    from qingshan.office.restoration.models import ListedSite

    target_list = a_list(world)
    site = Site.objects.create(key="HN", region=world.people.regions["990101"])
    listed = ListedSite.objects.create(
        target_list=target_list, site=site, region=site.region, key="HN", place=1,
        target_cm2=WHOLE_CM2, done_cm2=DONE_CM2, since_on=world.today,
    )  # fmt: skip
    now = timezone.now()
    ListMove.objects.create(
        listed=listed, target_list=target_list, region=site.region, move="in", sites=SITES,
        target_cm2=WHOLE_CM2, done_sites=DONE, done_cm2=DONE_CM2, number="湘自然资", occurred_on=world.today,
        recorded_at=now, recorded_on=shanghai_date(now),
    )  # fmt: skip
    return target_list


def test_both_rates_stand_side_by_side_with_their_fractions(world: World) -> None:
    hunan(world)
    on = shanghai_date(timezone.now())
    reached = queries.reached(actor=world.actor("provincial_dispatcher"), on=on)
    said = [each.said for each in shown_rates(reached)]
    assert said[0] == "85.87% = 468 / 545 处（按处）"
    assert said[1] == "89.31% = 1707.16 / 1911.50 公顷（按面积）"
    with override("en"):
        assert shown_rates(reached)[1].said == "89.31% = 1707.16 / 1911.50 ha (by area)"


@pytest.mark.parametrize("path", ["/restoration/figures/", "/restoration/listed/"])
def test_no_page_shows_a_percentage_without_fraction_and_basis(world: World, path: str) -> None:
    hunan(world)
    page = world.people.enter("provincial_dispatcher").get(path).content.decode()
    text = re.sub(r"<[^>]+>", " ", page)
    found = re.findall(r"\d+\.\d\d%[^%<]{0,60}", text)
    assert found
    for each in found:
        assert re.match(r"[\d.]+% = [\d,.]+ / [\d,.]+ \S+（按", each), each


def test_no_export_holds_a_rate_without_fraction_and_basis(world: World) -> None:
    hunan(world)
    answer = world.people.enter("provincial_dispatcher").get("/restoration/figures/export.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "89.31% = 1707.16 / 1911.50 公顷（按面积）" in cells
    for cell in cells:
        assert "%" not in cell or " / " in cell, cell


def test_no_template_of_restoration_prints_a_bare_percentage() -> None:
    for template in TEMPLATES.rglob("*.html"):
        assert "percent_text" not in template.read_text(encoding="utf-8"), template.name
