"""Is land that a list says was accepted before a claim like any other, and is it taken back when it is not so?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.models import Import, StagedRow
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.models import Site
from qingshan.office.mines.tests.factories import NOW as FILES_COME
from qingshan.office.mines.tests.factories import clerk, geojson, imported, site_row, staged
from qingshan.office.observations.models import Claim
from qingshan.office.observations.tests.factories import a_trace_back
from qingshan.office.regions.models import Region
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.checking import astray
from qingshan.office.restoration.models import ListedSite, TargetList
from qingshan.office.restoration.tests.factories import World, a_list, a_project, led_to, moved_in, square
from qingshan.office.trail.models import Entry
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Reason, say

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("target_list")]

HERE = {"行政区划代码": "990101"}
ACCEPTED: dict[str, Any] = HERE | {
    "验收日期": "2026-04-30",
    "验收文号": "验1号",
    "验收面积": 1.0,
    "利用方向": "林",
}
BOTH = (Duty.REGISTRY, Duty.REVIEW)


@pytest.fixture
def target_list(world: World) -> TargetList:
    """Opened in March, looked at on the day on which files come in."""
    made = a_list(world)
    world.later((shanghai_date(FILES_COME) - world.today).days)
    return made


def code_of(refused: pytest.ExceptionInfo[QingshanError]) -> str:
    return refused.value.reasons[0].code


def brought(folder: Path, *rows: Any, name: str = "a.geojson") -> Import:
    file = geojson(folder, *rows, name=name)
    return imported(file, clerk(_province(), *BOTH), kind="listed_sites")


def _province() -> int:
    return Region.objects.get(code="990000").pk


def faults(folder: Path, row: Any) -> str:
    import_ = staged(geojson(folder, row), clerk(_province(), *BOTH), kind="listed_sites")
    staged_row = StagedRow.objects.get(source=import_)
    return "".join(say(Reason(one["code"], one["values"])) for one in (*staged_row.faults, *staged_row.notes))


def the_listed(key: str = "L-1") -> ListedSite:
    return ListedSite.objects.get(key=key)


def taken_back(world: World, listed: ListedSite, **changed: Any) -> ListedSite:
    told = {"number": "核9号", "occurred_on": world.today, "note": "现场仍为裸露采坑"} | changed
    return actions.take_back(listed, **told, **world.by("city_reviewer"))


# --- what enters ------------------------------------------------------------------------------------------------


def test_a_whole_site_that_was_accepted_before_is_queued_and_watched(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, 种植日期="2026-03-20", 修复完成日期="2026-04-01", **ACCEPTED))
    claim = Claim.objects.get()
    assert (claim.subject_kind, claim.subject_id) == ("restoration.listed", the_listed().pk)
    assert (claim.target, claim.state, claim.matter) == ("vegetation", "queued", None)
    assert (claim.planted_on, claim.restored_since) == (date(2026, 3, 20), date(2026, 4, 1))
    assert claim.accepted_on == claim.claimed_on == date(2026, 4, 30)
    assert claim.watched_until is not None
    assert claim.area_m2 == 10_000.0
    assert the_listed().use == "forest"


def test_the_claims_belong_to_the_entry_of_the_file(world: World, tmp_path: Path) -> None:
    before = Entry.objects.count()
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED), site_row("L-2", 122.2, **HERE))
    entry = Entry.objects.order_by("seq").last()
    assert Entry.objects.count() == before + 1
    assert entry is not None
    assert entry.subject_count == 2 * 3 + 1 + 1, "sites, rows and moves, one acceptance, one claim"


def test_what_is_not_accepted_and_what_is_done_in_part_is_no_claim(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **HERE), site_row("L-2", 122.2, 整处完成="否", **ACCEPTED))
    assert not Claim.objects.exists()


def test_the_whole_after_its_part_is_a_claim(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, 整处完成="否", **ACCEPTED))
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED | {"验收文号": "验2号"}), name="b.geojson")
    assert Claim.objects.get().subject_id == the_listed().pk
    assert not astray()


def test_land_without_a_shape_cannot_be_decided_and_says_so(world: World, tmp_path: Path) -> None:
    site = Site.objects.create(key="L-1", name="老采坑", region=world.mine.region, reported_area_m2=5_000)
    row = site_row("L-1", 122.1, **ACCEPTED)
    row["geometry"] = None
    brought(tmp_path, row)
    claim = Claim.objects.get()
    assert (claim.site, claim.verdict) == (site, "undecidable")
    assert claim.because


def test_land_about_which_a_project_claims_already_is_not_claimed_twice(
    world: World, target_list: TargetList, tmp_path: Path
) -> None:
    site = world.site(square(122.1))
    moved_in(world, target_list, site)
    led_to(world, a_project(world, site), "self_checked")
    row = site_row(site.key, 122.1, **ACCEPTED | {"验收日期": world.today.isoformat()})
    brought(tmp_path, row)
    assert Claim.objects.get().subject_kind == "restoration.project_site"


def test_once_works_are_claimed_anew_the_older_claim_of_the_list_gives_way(
    world: World, tmp_path: Path
) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    led_to(world, a_project(world, Site.objects.get()), "self_checked")
    assert list(Claim.objects.order_by("pk").values_list("subject_kind", "state")) == [
        ("restoration.listed", "superseded"),
        ("restoration.project_site", "queued"),
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"修复完成日期": "2026-05-01"}, "修复完成日期 2026-05-01 晚于验收日期 2026-04-30"),
        ({"种植日期": "2026-05-01"}, "种植日期 2026-05-01 晚于修复完成日期 2026-04-30"),
        ({"整处完成": "否"}, "只完成一部分，图形是整处的，不作为影像核验项"),
    ],
)
def test_days_that_do_not_follow_each_other_and_parts_are_told(
    world: World, tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    assert sentence in faults(tmp_path, site_row("L-1", 122.1, **ACCEPTED | wrong))


# --- what does not hold -----------------------------------------------------------------------------------------


def test_an_acceptance_that_does_not_hold_is_taken_back_with_its_grounds(
    world: World, tmp_path: Path
) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    trace = a_trace_back(Claim.objects.get(), on=world.today)
    held = taken_back(world, the_listed())
    assert (held.restored_on, held.done_cm2, held.is_on_list) == (None, 0, True)
    trace.refresh_from_db()
    claim = Claim.objects.get()
    assert (trace.state, trace.note, claim.state) == ("confirmed", "现场仍为裸露采坑", "withdrawn")
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
    assert (found.sites_done, found.sites) == (0, 1)
    [move, *_] = queries.moves_of(held)
    assert (move.move, move.number, move.done_sites) == ("taken_back", "核9号", -1)
    entry = Entry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.act, entry.subject_count) == ("restoration.take_back", 4)
    assert not astray()


def test_what_was_taken_back_can_be_accepted_again(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    taken_back(world, the_listed())
    later = ACCEPTED | {"验收日期": world.today.isoformat(), "验收文号": "验9号"}
    brought(tmp_path, site_row("L-1", 122.1, **later), name="b.geojson")
    assert [each.state for each in Claim.objects.order_by("pk")] == ["withdrawn", "queued"]
    assert the_listed().restored_on == world.today


def test_what_a_project_accepted_is_taken_back_there(world: World, target_list: TargetList) -> None:
    site = world.site(square(122.1))
    moved_in(world, target_list, site)
    project = led_to(world, a_project(world, site), "aftercare")
    with pytest.raises(QingshanError) as refused:
        taken_back(world, ListedSite.objects.get())
    assert code_of(refused) == "restoration.counted_by_a_matter"
    assert refused.value.reasons[0].values["number"] == project.number


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": " "}, "restoration.no_approval"),
        ({"note": " "}, "rules.rectification.no_grounds"),
        ({"occurred_on": date(2026, 4, 1)}, "restoration.back_before_accepted"),
        ({"occurred_on": date(2099, 1, 1)}, "restoration.day_to_come"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused(
    world: World, tmp_path: Path, changed: dict[str, Any], code: str
) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    with pytest.raises(QingshanError) as refused:
        taken_back(world, the_listed(), **changed)
    assert code_of(refused) == code
    assert the_listed().restored_on is not None


def test_nothing_is_taken_back_twice_or_from_what_somebody_else_changed(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    stale = the_listed()
    taken_back(world, the_listed())
    with pytest.raises(ChangedMeanwhile):
        taken_back(world, stale)
    with pytest.raises(QingshanError) as refused:
        taken_back(world, the_listed())
    assert code_of(refused) == "restoration.nothing_counted"


def test_a_site_that_leaves_its_list_claims_nothing_any_more(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    trace = a_trace_back(Claim.objects.get(), on=world.today)
    told = {"number": "调1号", "occurred_on": world.today, "note": "划入保护地"}
    actions.move_out(the_listed(), **told, **world.by("provincial_reviewer"))
    trace.refresh_from_db()
    assert (trace.state, Claim.objects.get().state) == ("ended", "withdrawn")


# --- where people read it ---------------------------------------------------------------------------------------


def test_the_page_of_the_site_shows_its_use_its_claim_and_the_act(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    listed = the_listed()
    page = world.people.enter("city_reviewer").get(listed.get_absolute_url()).content.decode()
    assert f"/observations/about/restoration.listed/{listed.pk}/card/" in page
    assert "撤销完成认定" in page
    card = world.people.enter("city_reviewer").get(
        f"/observations/about/restoration.listed/{listed.pk}/card/"
    )
    assert Claim.objects.get().number in card.content.decode()


def test_the_page_of_the_claim_leads_back_and_says_what_to_do(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    claim = Claim.objects.get()
    trace = a_trace_back(claim, on=world.today - timedelta(days=40))
    stands = {
        "verdict": "unsupported",
        "state": "observed",
        "newest": trace.finding,
        "found_on": trace.opened_on,
    }
    Claim.objects.update(relapsed=True, doubted=["kept"], **stands)
    page = world.people.enter("city_reviewer").get(claim.get_absolute_url()).content.decode()
    assert f'href="{the_listed().get_absolute_url()}"' in page
    assert "在入账点位页凭文号办理“撤销完成认定”" in page


def test_it_is_taken_back_on_its_page(world: World, tmp_path: Path) -> None:
    brought(tmp_path, site_row("L-1", 122.1, **ACCEPTED))
    listed = the_listed()
    client = world.people.enter("city_reviewer")
    path = f"{listed.get_absolute_url()}back/"
    assert "撤销理由" in client.get(path).content.decode()
    said = {
        "number": "核9号",
        "approved_on": world.today.isoformat(),
        "note": "没有做",
        "version": listed.version,
    }
    done = client.post(path, said)
    assert done.status_code == 302, done.content.decode()
    assert the_listed().restored_on is None


def test_where_a_project_accepted_the_site_its_claim_is_shown_and_the_act_is_not_offered(
    world: World, target_list: TargetList
) -> None:
    site = world.site(square(122.1))
    moved_in(world, target_list, site)
    led_to(world, a_project(world, site), "aftercare")
    listed, client = ListedSite.objects.get(), world.people.enter("city_reviewer")
    assert "撤销完成认定" not in client.get(listed.get_absolute_url()).content.decode()
    card = client.get(f"/observations/about/restoration.listed/{listed.pk}/card/").content.decode()
    assert Claim.objects.get().number in card
