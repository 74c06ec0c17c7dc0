"""Are idle land and restoring while mining listed over all mines, by region, each with its table?"""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import time_machine
from django.test import Client

from qingshan.office.restoration.idling import IdleSum, idle_sum
from qingshan.office.restoration.models import LandParcel
from qingshan.office.restoration.tests.factories import NOW, World
from qingshan.office.restoration.tests.test_land_moves_by_acts_only import FREE, HECTARE, disturbed, moved
from qingshan.office.restoration.yearly import all_years, years_by_mine
from qingshan.rules.land import LandAct


def available(world: World) -> LandParcel:
    parcel = disturbed(world)
    moved(world, parcel, LandAct.MAKE_AVAILABLE, answers=FREE)
    parcel.refresh_from_db()
    return parcel


def page(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).content.decode()))


def table(client: Client, path: str) -> str:
    leaving = b"".join(client.get(path).streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(leaving)).active
    assert sheet is not None
    return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_idle_land_is_narrowed_by_region_and_leaves_as_a_table(world: World) -> None:
    available(world)
    with time_machine.travel(NOW, tick=False):
        client = world.people.enter("provincial_dispatcher")
        here, elsewhere = (world.people.regions[code].pk for code in ("990101", "990102"))
        assert "一采区" in page(client, f"/restoration/land/idle/?region={here}")
        assert "没有符合条件的内容" in page(client, f"/restoration/land/idle/?region={elsewhere}")
        told = table(client, f"/restoration/land/idle/export.xlsx?region={here}")
        assert "一采区" in told
        assert "未定期限" in told
        assert "一采区" not in table(client, f"/restoration/land/idle/export.xlsx?region={elsewhere}")


def test_idle_land_is_summed_up_for_whoever_sees_it(world: World) -> None:
    parcel = available(world)
    on = world.today + timedelta(days=400)
    assert idle_sum(actor=world.actor("county_clerk"), on=on) == IdleSum(1, 0, False, parcel.since_on)
    assert idle_sum(actor=world.actor("other_county_clerk"), on=on) == IdleSum(0, 0, False, None)


def test_what_was_restored_while_mining_is_listed_mine_by_mine_and_year_by_year(world: World) -> None:
    parcel = available(world)
    restoring = moved(world, parcel, LandAct.BEGIN, by="county_clerk")
    moved(world, restoring, LandAct.RESTORE, area_m2=HECTARE)
    [year] = years_by_mine([world.mine])[world.mine.pk]
    assert (year.year, year.disturbed_m2, year.restored_m2) == (world.today.year, 3 * HECTARE, HECTARE)
    assert years_by_mine([world.mine], year=2020)[world.mine.pk] == []
    rows = list(all_years(actor=world.actor("county_clerk")))
    assert [(mine.pk, each.year) for mine, each in rows] == [(world.mine.pk, world.today.year)]
    assert list(all_years(actor=world.actor("other_county_clerk"))) == []
    with time_machine.travel(NOW, tick=False):
        client = world.people.enter("county_clerk")
        assert "1.00 / 3.00 公顷" in page(client, "/restoration/land/yearly/")
        assert "没有变动" in page(client, "/restoration/land/yearly/?year=2020")
        assert "1.00 / 3.00 公顷" in table(
            client, f"/restoration/land/yearly/export.xlsx?year={world.today.year}"
        )
        assert world.mine.name not in table(client, "/restoration/land/yearly/export.xlsx?year=2020")
