"""Does every page that a person can open stand up: both languages, desk and phone, axe, policy, words?"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from qingshan.exchange.models import Filling, Import
from qingshan.office.accounts.tests.access import World
from qingshan.office.accounts.tests.people import People
from qingshan.office.batches.tests import access_rows as batches
from qingshan.office.desk.shell import Shell
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.observations.actions import record_clues
from qingshan.office.observations.tests import access_rows as observations
from qingshan.office.observations.tests.factories import NOW, a_screening, seen
from qingshan.office.restoration.tests import access_rows as restoration
from qingshan.office.trail.models import Entry
from qingshan.rules.words import Named

ROOT = Path(__file__).resolve().parents[2]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
# formats, programs and standards are called so in Chinese offices too
KNOWN_IN_CHINESE = frozenset(
    {
        *(
            "Excel",
            "Word",
            "PDF",
            "OFD",
            "WPS",
            "ODS",
            "CSV",
            "GeoJSON",
            "GeoPackage",
            "Shapefile",
            "zip",
            "KML",
        ),
        *("xlsx", "csv", "geojson", "gpkg", "CGCS", "EPSG", "WKT", "WGS", "STAC"),
        *("docx", "JPG", "PNG", "TIFF", "HEIC"),
        *("JSON", "SHA", "Python"),
    }
)

OpenPage = Callable[..., Any]
PEOPLE = [
    "county_clerk",
    "provincial_dispatcher",
    "enterprise_manager",
    "auditor",
    "system_admin",
    "security_admin",
]
RESTORED = {
    "/batches/",
    "/singles/",
    "/restoration/",
    "/restoration/listed/",
    "/restoration/land/",
    "/restoration/figures/",
}
SEEN_IN_IMAGES = {
    "/observations/",
    "/observations/runs/",
    "/observations/screenings/",
    "/observations/scenes/",
}
WITH_DATA = {*RESTORED, *SEEN_IN_IMAGES, "/clues/"}
"""Lists that have a test of their own, with something in them; others look at them empty, as the clerk."""
SEEN_AS_CLERK = {"/mines/", "/sites/", "/patches/", "/map/", "/layers/", *WITH_DATA}

# text of the page as people read it, element by element; without codes, data and other languages' names
READ_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement;
    if (!within || within.closest('body [lang], [translate="no"], script, kbd, .mono, .code, datalist')) continue;
    const text = node.textContent.trim();
    if (text) found.push(text);
  }
  for (const one of document.querySelectorAll('body [aria-label], body [placeholder], body [title]'))
    for (const name of ['aria-label', 'placeholder', 'title'])
      if (one.hasAttribute(name)) found.push(one.getAttribute(name).trim());
  return found;
}"""


IN_CI = os.environ.get("CI") == "true"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_of_a_person_stands_up(
    page_for: OpenPage, people: People, axe_findings: Callable[..., list[str]], who: str, language: str
) -> None:
    page = page_for(people[who], language=language)
    page.goto("/")
    faults = []
    paths = _paths(page, people, who)
    if IN_CI and who != "county_clerk":  # the clerk sees the same lists
        of_the_clerk = _shown_to(people, "county_clerk")
        paths = [path for path in paths if path not in of_the_clerk]
    for number, path in enumerate(paths):
        answer = page.goto(path)
        found = _faults_of(page, axe_findings, language, content_only=number > 0)
        faults += [f"{path}: status {answer.status}"] * (answer.status != 200)
        faults += [f"{path}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_restoration_and_of_images_stands_up(
    page_for: OpenPage, rooms: World, axe_findings: Callable[..., list[str]], language: str
) -> None:
    faults = []
    for who, paths in _of_restoration_and_images(rooms).items():
        page = page_for(rooms.people[who], language=language)
        for path in paths:
            answer = page.goto(path)
            found = _faults_of(page, axe_findings, language, content_only=True)
            faults += [f"{path}: status {answer.status}"] * (answer.status != 200)
            faults += [f"{path}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.fixture
def rooms(people: People) -> World:
    """A project, a list and a plot; a set of images, a run, a claim, a screening that saw something."""
    world = World(people, {"mine": Mine._default_manager.earliest("pk")})
    restoration.prepare(world)
    batches.prepare(world)
    observations.prepare(world)
    (world.things["clue"],) = record_clues(a_screening(), [seen()], now=NOW)
    return world


def _of_restoration_and_images(rooms: World) -> dict[str, list[str]]:
    """Every address of the two, by whom it is opened."""
    pk = {name: thing.pk for name, thing in rooms.things.items()}
    project, mine, plot = f"/restoration/{pk['restoration']}/", pk["mine"], pk["parcel"]
    batch = f"/batches/{pk['batch']}/"
    claim, clue = f"/observations/{pk['claim']}/", f"/clues/{pk['clue']}/"
    clerk = [
        *sorted(WITH_DATA),
        *(project, f"{project}correct_project/", "/restoration/new/", "/restoration/lists/new/"),
        *(f"/restoration/listed/{pk['listed']}/", "/imports/new/listed_sites/", "/restoration/land/idle/"),
        *(f"/restoration/land/mines/{mine}/", f"/restoration/land/mines/{mine}/disturb/"),
        *(f"/restoration/land/plots/{plot}/{act}/" for act in ("make_land_available", "correct")),
        *(
            "/restoration/lists/",
            *(f"/restoration/lists/{pk['own_list']}/{at}" for at in ("", "correct/", "moves/")),
        ),
        *(batch, f"{batch}sample/", f"/batches/{pk['single']}/", "/batches/new/", "/singles/new/"),
        *(f"{batch}{act}/" for act in ("finish_batch", "add_site", "seal_number", "add_batch_evidence")),
        f"{batch}sites/{pk['batch_site']}/take_out_site/",
        *(claim, f"{claim}answer/", f"{claim}complete/", "/observations/scenes/new/"),
        f"/observations/{pk['claim_answered']}/",
        *(f"/observations/runs/{pk['run']}/", f"/observations/screenings/{pk['screening']}/"),
        *(clue, *(f"{clue}{act}/" for act in ("verify", "dismiss", "register"))),
        f"/clues/?state=all&screening={pk['screening']}",
    ]
    return {
        "county_clerk": clerk,
        "city_reviewer": [
            *(f"{project}approve_project/", "/restoration/listed/in/"),
            *(f"/restoration/listed/{pk['listed']}/out/", f"/observations/{pk['claim_answered']}/decide/"),
        ],
        "provincial_dispatcher": ["/observations/runs/new/", "/observations/screenings/new/"],
        "enterprise_manager": [claim],
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_login_page_stands_up(
    page_for: OpenPage, axe_findings: Callable[..., list[str]], language: str
) -> None:
    page = page_for(None, language=language)
    page.goto("/login/")
    assert list(_faults_of(page, axe_findings, language)) == []


def _paths(page: Any, people: People, who: str) -> list[str]:
    """The navigation, and the objects behind it."""
    shown = page.eval_on_selector_all("nav.side a", "links => links.map(link => link.getAttribute('href'))")
    actor = people.actor(who)
    paths = [path for path in shown if who == "county_clerk" or path not in SEEN_AS_CLERK]
    if who == "county_clerk":
        paths += ["/account/", "/account/post/", "/account/password/", "/search/?q=老虎沟"]
        paths += [f"/imports/{pk}/" for pk in Import.objects.values_list("pk", flat=True)]
        paths += [f"/filling/{pk}/" for pk in Filling.objects.values_list("pk", flat=True)]
        paths += ["/imports/new/sites/", "/imports/new/mines/", "/imports/new/patches/", "/jobs/1/"]
        site, mine, patch = (model._default_manager.earliest("pk").pk for model in (Site, Mine, Patch))
        paths += [f"/sites/{site}/", f"/mines/{mine}/", f"/map/?object=patches:{patch}"]
        paths += [f"/mines/{mine}/{below}/" for below in ("parts/sites", "whole-process", "documents/new")]
        paths += [f"/mines/{mine}/{below}" for below in ("plans/new/?kind=mining", "responsible/new/")]
        paths += ["/map/?picture=1", "/map/print/?paper=a4", "/layers/new/", f"/overlaps/mines.mine/{mine}/"]
        paths += [f"/overlaps/mines.site/{site}/new/", "/imports/new/layer_features/"]
        paths += ["/register/mines/new/", "/register/rights/new/", f"/register/mines/{mine}/correct/"]
        paths += _of_cases()
        paths += [f"/trail/{seq}/" for seq in Entry.objects.values_list("seq", flat=True)[:2]]
    if who == "provincial_dispatcher":
        paths += ["/stops/new/", f"/stops/new/?mine={Mine._default_manager.earliest('pk').pk}"]
    if who == "security_admin":
        paths += ["/people/new/", "/people/posts/new/", f"/people/{actor.person_id}/"]
    if who == "system_admin":
        paths += ["/organisations/new/", f"/organisations/{actor.decider.organisation_id}/"]
    return paths


def _shown_to(people: People, who: str) -> set[str]:
    """Where the navigation of a person leads."""
    request = RequestFactory().get("/")
    request.user, request.actor = people[who], people.actor(who)  # type: ignore[assignment, attr-defined]
    return {item.path for group in Shell(request).navigation for item in group.items}


def _of_cases() -> list[str]:
    """Problems and petitions, with the pages of their acts."""
    case = Matter.objects.get(title="采坑未回填").pk
    petition = Matter.objects.get(kind="petition").pk
    acts = ("correct", "add_evidence", "assign", "split", "merge", "withdraw")
    return [
        *("/cases/new/", "/petitions/new/", "/stock/items/?what=opened", "/cases/?view=all&q=采坑"),
        *(f"/cases/{matter.pk}/" for matter in Matter.objects.all()),
        *(f"/cases/{case}/{act}/" for act in acts),
        *(f"/cases/{petition}/{below}/" for below in ("pass_on", "papers/assignment", "complainant")),
    ]


def _faults_of(
    page: Any, axe_findings: Callable[..., list[str]], language: str, *, content_only: bool = False
) -> Iterator[str]:
    if language == "zh-hans":  # the same elements stand in both
        yield from axe_findings(page, content_only=content_only)
    yield from _foreign_words(page, language)
    for viewport in (PHONE, DESK):  # a page opens at a desk, and so does the next one
        page.set_viewport_size(viewport)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            yield f"{beyond} px wider than a window of {viewport['width']} px"


def _foreign_words(page: Any, language: str) -> Iterator[str]:
    texts = page.evaluate(READ_TEXT)
    if language == "en":
        # data stay as they were entered; words of the program do not
        yield from (f"Chinese in English: {text}" for text in texts if text in _chinese_words())
        return
    for text in texts:
        # what stands in quotation marks is somebody's data, as is a file's name
        said = re.sub(r"“[^”]*”|\S+\.(?:xlsx|geojson|gpkg|toml)\b", "", text)
        strange = [word for word in LATIN_WORD.findall(said) if word not in KNOWN_IN_CHINESE]
        if strange:
            yield f"Latin in Chinese: {text}"


@cache
def _chinese_words() -> set[str]:
    """Every Chinese word that the program itself says: msgids and fixed terms."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    messages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(messages)
    msgids = {messages.words_of(word) for word in messages.present_catalogue() if word.id}
    terms = {member.zh for kind in Named.__subclasses__() for member in kind}
    return {word for word in msgids | terms if CHINESE.search(word)}
