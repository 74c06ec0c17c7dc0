"""Who complained is shown once, to those whose duty it is, with a reason that stays; an enterprise never learns it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from qingshan.office.cases.models import Complainant
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world
from qingshan.office.cases.tests.test_pages import opened, words
from qingshan.office.matters.models import Matter
from qingshan.office.papers import actions as papers
from qingshan.office.papers.documents import DecisionSheet, Fact
from qingshan.office.trail.models import Entry, PersonalValue

pytestmark = pytest.mark.django_db
NAME, CONTACT = "某居民", "13900000000"
WORD = "查看信访人"
OPTION = f'<option value="cases.see_complainant">{WORD}</option>'
"""by which the trail can be narrowed to any act that there is"""


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def petition(world: World) -> Matter:
    return a_petition(world)


def at(matter: Matter) -> str:
    return f"/cases/{matter.pk}/complainant/"


@pytest.mark.parametrize("who", ["county_clerk", "county_dispatcher", "provincial_dispatcher"])
def test_whoever_registers_or_dispatches_there_sees_it_once_with_a_reason(
    world: World, petition: Matter, who: str
) -> None:
    assert WORD in words(opened(world, who, f"/cases/{petition.pk}/"))
    before = opened(world, who, at(petition))
    assert NAME not in words(before)
    assert not Entry.objects.filter(act="cases.see_complainant").exists()
    shown = opened(world, who, at(petition), {"reason": "回复办理情况"})
    assert shown.status_code == 200
    assert NAME in words(shown)
    assert CONTACT in words(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    for path in (f"/cases/{petition.pk}/", at(petition)):
        assert NAME not in words(opened(world, who, path))


def test_the_entry_says_who_saw_it_and_why_but_not_what(world: World, petition: Matter) -> None:
    opened(world, "county_clerk", at(petition), {"reason": "回复办理情况"})
    entry = Entry.objects.get(act="cases.see_complainant")
    assert entry.decider_name == "陈登"
    assert entry.region_id == petition.region_id
    assert "回复办理情况" in (entry.new_json or "")
    assert petition.number in (entry.new_json or "")
    everything = "".join(str(value) for value in vars(entry).values())
    assert NAME not in everything
    assert CONTACT not in everything
    assert not PersonalValue.objects.filter(entry_seq=entry.seq).exists()
    assert WORD in words(opened(world, "auditor", "/trail/"))


def test_each_look_leaves_an_entry_of_its_own(world: World, petition: Matter) -> None:
    for reason in ("回复办理情况", "核对联系方式是否有效"):
        opened(world, "county_clerk", at(petition), {"reason": reason})
    assert Entry.objects.filter(act="cases.see_complainant").count() == 2


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "必填"),
        ("  ", "必填"),
        ("给某居民回电话", "请改写"),
        ("拨打 139 0000 0000", "请改写"),
    ],
)
def test_without_a_reason_or_with_one_that_names_them_nothing_is_shown(
    world: World, petition: Matter, reason: str, said: str
) -> None:
    answer = opened(world, "county_clerk", at(petition), {"reason": reason})
    assert answer.status_code == 422
    assert CONTACT not in words(answer)
    assert not Entry.objects.filter(act="cases.see_complainant").exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("enterprise_manager", 403),
        ("expert", 403),
        ("auditor", 403),
        ("county_leader", 403),
        ("city_reviewer", 403),
        ("system_admin", 403),
        ("other_county_clerk", 404),
        ("anonymous", 302),
    ],
)
def test_nobody_else_sees_it_or_the_button(world: World, petition: Matter, who: str, status: int) -> None:
    for data in (None, {"reason": "想知道"}):
        answer = opened(world, who, at(petition), data)
        assert answer.status_code == status
        assert NAME not in words(answer)
    assert WORD not in words(opened(world, who, f"/cases/{petition.pk}/"))
    assert not Entry.objects.filter(act="cases.see_complainant").exists()


def test_where_nobody_stands_on_record_there_is_nothing_to_ask(world: World, petition: Matter) -> None:
    Complainant.objects.all().delete()
    assert WORD not in words(opened(world, "county_clerk", f"/cases/{petition.pk}/"))
    assert opened(world, "county_clerk", at(petition)).status_code == 404
    assert opened(world, "county_clerk", at(a_case(world))).status_code == 404


# --- what an enterprise can reach ---------------------------------------------------------------------------


def addresses(world: World, petition: Matter) -> Iterator[str]:
    """Every address of the installation, with this petition, its mine and its paper in the places of the ids."""
    ids = [petition.pk, world.mine.pk, *world.things_ids]  # type: ignore[attr-defined]
    for route in _routes(get_resolver().url_patterns, ""):
        for pk in ids if "<int:" in route else [0]:
            path = route
            for name in ("pk", "evidence", "doubt", "item", "number", "version", "place"):
                path = path.replace(f"<int:{name}>", str(pk))
            for form in ("xlsx", "csv", "pdf", "docx") if "<slug:form>" in path else ("",):
                ready = path.replace("<slug:form>", form).replace("<slug:act>", "verify")
                if "<" not in ready:
                    yield f"/{ready}"
    for text in (NAME, CONTACT, "扬尘"):
        yield f"/search/?q={text}"
        yield f"/petitions/?view=all&q={text}"
        yield f"/petitions/export.xlsx?view=all&q={text}"


def _routes(patterns: Any, before: str) -> Iterator[str]:
    for each in patterns:
        route = before + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def said_by(response: HttpResponse) -> str:
    """All the text of an answer; of a workbook or document that of every part of it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if content[:2] != b"PK":
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def test_no_page_export_search_or_trail_of_an_enterprise_holds_it(world: World, petition: Matter) -> None:
    clerk = world.actor("county_clerk")
    sheet = DecisionSheet("关于转办的通知", (Fact("编号", petition.number),), said="请核实")
    paper = papers.draft(
        sheet, kind="assignment", title=sheet.title, about=petition, region_id=petition.region_id,
        enterprise_id=petition.enterprise_id, actor=clerk, now=world.now,
    )  # fmt: skip
    papers.issue(paper, version=1, actor=clerk, now=world.now)
    opened(world, "county_clerk", at(petition), {"reason": "回复办理情况"})
    world.things_ids = [paper.pk]  # type: ignore[attr-defined]
    found = 0
    for path in addresses(world, petition):
        answer = opened(world, "enterprise_manager", path)
        if answer.status_code == 200:
            found += 1
            said = said_by(answer).replace(OPTION, "")
            asked = "?q=" in path or "&q=" in path
            assert asked or NAME not in said, path
            assert asked or CONTACT not in said, path
            assert WORD not in said, path
    assert found > 40


def test_a_search_for_the_complainant_finds_an_enterprise_nothing(world: World, petition: Matter) -> None:
    for text in (NAME, CONTACT):
        for path in (f"/search/?q={text}", f"/petitions/?view=all&q={text}"):
            assert petition.number not in words(opened(world, "enterprise_manager", path))
            assert petition.number not in words(opened(world, "county_clerk", path))
