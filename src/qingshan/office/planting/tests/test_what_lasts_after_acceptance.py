"""Is it told until when accepted land is looked after, and by when reclaimed farmland is to be evaluated?"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.planting import actions
from qingshan.office.planting import lasting as module
from qingshan.office.planting.actions import Evaluated
from qingshan.office.planting.lasting import Lasting, LastingFilters, lasting, to_evaluate
from qingshan.office.planting.models import Evaluation
from qingshan.office.planting.tests.factories import a_plot, planted
from qingshan.office.planting.tests.test_aftercare_has_dates import planned
from qingshan.office.planting.tests.test_pages import enter, words
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.office.restoration.tests.factories import NOW, World, a_project, led_to, rows_of, square
from qingshan.office.trail.models import Entry
from qingshan.rules.dates import months_later
from qingshan.rules.errors import QingshanError

YEARS = 5


def accepted_as(world: World, use: str, *, on: date | None = None) -> Matter:
    """A project that was accepted, its land used so."""
    matter = led_to(world, a_project(world, world.site(square(122.2 + 0.01 * world.made))), "aftercare")
    ProjectSite.objects.filter(project__matter=matter).update(actual_use=use, planned_use="")
    if on is not None:
        RestorationProject.objects.filter(matter=matter).update(accepted_on=on)
    return matter


def seen_by(world: World, name: str, **filters: Any) -> list[Lasting]:
    return lasting(actor=world.actor(name), filters=LastingFilters(world.today, **filters))


@pytest.mark.parametrize("use", ["farm", "forest", "pasture"])
def test_farmland_is_evaluated_within_five_years_of_its_acceptance(world: World, use: str) -> None:
    matter = accepted_as(world, use)
    [row] = seen_by(world, "county_clerk")
    assert row.evaluated_by == months_later(world.today, 12 * YEARS)
    assert row.until == RestorationProject.objects.get(matter=matter).aftercare_until
    assert [each.by for each in row.accepted] == [matter.number]


def test_of_other_land_no_evaluation_is_asked_and_where_nobody_said_the_use_nothing_is_known(
    world: World,
) -> None:
    accepted_as(world, "solar")
    accepted_as(world, "")
    assert [row.evaluated_by for row in seen_by(world, "county_clerk")] == [None, None]
    [unknown] = seen_by(world, "county_clerk", view="no_use")
    assert unknown.newest is not None
    assert unknown.newest.use is None


def test_plots_keep_a_site_in_care_after_the_aftercare_of_its_acceptance(world: World) -> None:
    matter = accepted_as(world, "forest")
    site = rows_of(matter)[0].site
    plot = a_plot(world, site)
    planted(world, plot)
    planned(world, plot, years=8)
    other = a_plot(world)
    planted(world, other)
    planned(world, other)
    found = {row.site_id: row for row in seen_by(world, "county_clerk", view="in_care")}
    assert found[site.pk].until == plot.care_until_on
    assert found[other.site_id].until == other.care_until_on
    assert found[other.site_id].newest is None
    assert seen_by(world, "other_county_clerk") == []
    world.now += timedelta(days=365 * 9)
    assert seen_by(world, "county_clerk", view="in_care") == []


def test_what_is_due_within_a_year_is_counted_as_it_is_listed(world: World) -> None:
    due = months_later(world.today, 3)
    matter = accepted_as(world, "forest", on=months_later(due, -12 * YEARS))
    accepted_as(world, "forest")
    accepted_as(world, "forest", on=months_later(world.today, -12 * YEARS - 2))
    clerk = world.actor("county_clerk")
    assert to_evaluate(actor=clerk, on=world.today) == (1, due)
    [row] = seen_by(world, "county_clerk", view="evaluate")
    assert row.site_id == rows_of(matter)[0].site_id
    assert len(seen_by(world, "county_clerk", view="past")) == 1
    assert to_evaluate(actor=world.actor("other_county_clerk"), on=world.today) == (0, None)


def test_the_pages_say_it_with_the_article_and_the_list_leaves_as_a_table(world: World) -> None:
    matter = accepted_as(world, "forest")
    site = rows_of(matter)[0].site
    due = months_later(world.today, 12 * YEARS).isoformat()
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        for path in ("/planting/lasting/", f"/sites/{site.pk}/", matter.get_absolute_url()):
            page = words(clerk.get(path))
            assert due in page, path
            assert "土地复垦条例（国务院令第592号）第三十一条" in page, path
            assert "第三十一条（待核）" not in page, path
        english = words(enter(world, "county_clerk", "en").get("/planting/lasting/"))
        assert "Aftercare" in english
        assert due not in words(clerk.get("/planting/lasting/?view=past"))
        leaving = b"".join(clerk.get("/planting/lasting/export.xlsx").streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(leaving)).active
    assert sheet is not None
    flat = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert site.key in flat
    assert matter.number in flat
    assert "第三十一条" in flat


def test_a_long_list_goes_on_page_by_page_and_back(world: World) -> None:
    for _number in range(5):
        accepted_as(world, "forest")
    rows = seen_by(world, "county_clerk")
    branch = module._AtHand(rows)
    key = module.ORDER.key_of(rows[1])
    assert branch.cut(key, backwards=False, rows=2) == rows[2:4]
    assert branch.cut(key, backwards=True, rows=2) == rows[:1]
    first = module.page_of(rows)
    assert [row.site_id for row in first.rows] == [row.site_id for row in rows]


# --- the evaluation itself ---------------------------------------------------------------------------------------


def evaluated(world: World, site: Site, **changed: Any) -> Evaluation:
    told = {"made_on": world.today, "number": "评1号", "result": "土层稳定，亩产接近周边耕地"} | changed
    return actions.note_evaluation(site, Evaluated(**told), **world.by("county_clerk"))


def due_soon(world: World, *, in_months: int = 3) -> Site:
    """Land whose evaluation is due in so many months."""
    due = months_later(world.today, in_months)
    return rows_of(accepted_as(world, "farm", on=months_later(due, -12 * YEARS)))[0].site


def test_what_was_evaluated_is_due_no_more_and_says_how_it_was_found(world: World) -> None:
    site, clerk = due_soon(world), world.actor("county_clerk")
    late = due_soon(world, in_months=-2)
    assert to_evaluate(actor=clerk, on=world.today)[0] == 1
    evaluated(world, site, advice="增施有机肥")
    evaluated(world, late)
    assert to_evaluate(actor=clerk, on=world.today) == (0, None)
    for view, sites in (("evaluate", set()), ("past", set()), ("evaluated", {site.pk, late.pk})):
        assert {row.site_id for row in seen_by(world, "county_clerk", view=view)} == sites, view
    entry = Entry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.act, entry.subject_count) == ("planting.note_evaluation", 2)


def test_an_evaluation_of_what_was_restored_anew_later_does_not_count(world: World) -> None:
    site = due_soon(world)
    evaluated(world, site)
    world.later(30)
    RestorationProject.objects.update(accepted_on=world.today)
    [row] = seen_by(world, "county_clerk")
    assert row.evaluation is None
    assert row.evaluated_by == months_later(world.today, 12 * YEARS)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": " "}, "planting.number_missing"),
        ({"result": " "}, "planting.result_missing"),
        ({"made_on": date(2001, 1, 1)}, "planting.evaluated_before_accepted"),
        ({"made_on": date(2099, 1, 1)}, "planting.day_to_come"),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(world: World, changed: dict[str, Any], code: str) -> None:
    site = due_soon(world)
    with pytest.raises(QingshanError) as refused:
        evaluated(world, site, **changed)
    assert refused.value.reasons[0].code == code
    assert not Evaluation.objects.exists()


def test_nothing_is_evaluated_twice_by_one_document_or_before_anybody_accepted_it(world: World) -> None:
    site = due_soon(world)
    evaluated(world, site)
    with pytest.raises(QingshanError) as again:
        evaluated(world, site)
    assert again.value.reasons[0].code == "planting.evaluated_already"
    with pytest.raises(QingshanError) as never:
        evaluated(world, world.site(square(122.9)))
    assert never.value.reasons[0].code == "planting.nothing_accepted"


def test_an_evaluation_entered_wrongly_is_withdrawn_with_its_reason_and_the_period_runs_as_before(
    world: World,
) -> None:
    site = due_soon(world)
    row = evaluated(world, site)
    with pytest.raises(QingshanError):
        actions.withdraw_evaluation(row, because=" ", **world.by("county_clerk"))
    actions.withdraw_evaluation(row, because="录错点位", **world.by("county_clerk"))
    assert to_evaluate(actor=world.actor("county_clerk"), on=world.today)[0] == 1
    with pytest.raises(QingshanError):
        actions.withdraw_evaluation(row, because="再次", **world.by("county_clerk"))
    evaluated(world, site)


def test_a_clerk_notes_and_withdraws_an_evaluation_on_pages(world: World) -> None:
    site = due_soon(world)
    scan = SimpleUploadedFile("评价报告.pdf", b"%PDF-1.4 report", "application/pdf")
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        path = f"/planting/lasting/sites/{site.pk}/"
        assert path in clerk.get("/planting/lasting/?view=evaluate").content.decode()
        assert "评价的是" in words(clerk.get(path))
        said = {"made_on": world.today.isoformat(), "number": "评2号", "result": "良好", "advice": "轮作"}
        assert clerk.post(path, {**said, "scan": scan}).status_code == 422, "nobody looked through the scan"
        scan.seek(0)
        done = clerk.post(path, {**said, "scan": scan, "nothing_secret": "on"})
        assert done.status_code == 302, words(done)
        row = Evaluation.objects.get()
        assert "评2号" in words(clerk.get("/planting/lasting/?view=evaluated"))
        assert "已评价" in words(clerk.get(f"/sites/{site.pk}/"))
        file = clerk.get(f"/planting/evaluations/{row.pk}/file/")
        assert b"".join(file.streaming_content) == b"%PDF-1.4 report"  # type: ignore[attr-defined]
        back = f"/planting/evaluations/{row.pk}/withdraw/"
        assert "良好" in words(clerk.get(back))
        assert clerk.post(back, {"because": "录错"}).status_code == 302
        assert "评2号" not in words(clerk.get("/planting/lasting/"))
    row.refresh_from_db()
    assert row.withdrawn_because == "录错"
