"""How does a test work in a real browser? A server on loopback, a page that reports every fault of its own.

`page_for(person, …)` opens a page at which that person is signed in; `visitor` is signed in nowhere. A test
fails when the browser asks for anything beyond loopback, when the console shows an error or a script
breaks, and when the content security policy refuses something. Trace and picture of a failed test stay in
test-results/. Nothing sleeps: Playwright waits for what it is told to expect.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOOPBACK = {"127.0.0.1", "localhost"}
WAIT_MS = 20_000

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # maps are drawn by the processor where there is no graphics card
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",  # only maps need the drawing of a graphics card
]

# Playwright keeps an event loop in the test's own thread; Django would then refuse the test's own queries
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium_path() -> str | None:
    """Debian's Chromium, or the one that CHROMIUM names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test; without a browser it is skipped, in CI it fails. CI's half hour does
    not suffice for every page in both languages: there English is read from pages without a browser, and the catalogue
    is checked whole.
    """
    if os.environ.get("CI") == "true":
        again = [each for each in items if _is_again_in_english(each)]
        config.hook.pytest_deselected(items=again)
        items[:] = [each for each in items if each not in again]
    missing = pytest.mark.skip(
        reason="no Chromium: install it (Debian: apt install chromium) or set CHROMIUM"
    )
    for item in items:
        if not item.path.is_relative_to(Path(__file__).parent):
            continue
        item.add_marker("browser")
        if chromium_path() is None and os.environ.get("CI") != "true":
            item.add_marker(missing)


def _is_again_in_english(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    is_here = item.path.is_relative_to(Path(__file__).parent)
    return is_here and given is not None and given.params.get("language") == "en"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """Fixtures read here whether the test itself failed."""
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


# ---- the server ----


@pytest.fixture
def server(committed_db: Any) -> Iterator[str]:
    """The product in a thread of this process, on a database of its own; gives its address."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import QuietWSGIRequestHandler

    from qingshan.config.wsgi import application

    http = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    http.set_app(application)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()
    thread.join()


# ---- the browser ----


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT_MS)
    path = chromium_path()
    if path is None:
        pytest.fail("no Chromium: install it (Debian: apt install chromium) or set CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_without_maps(browser: Any) -> Iterator[Any]:
    """A browser on a machine without a graphics card and without what draws in its place."""
    arguments = ["--disable-gpu", "--disable-3d-apis"]
    chromium = browser.browser_type.launch(executable_path=chromium_path(), args=arguments)
    yield chromium
    chromium.close()


@dataclass
class Watch:
    """What went wrong in a page, beyond what the test expects."""

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """A console message that belongs to the test, e.g. the 404 that it asks for."""
        self.expected.append(pattern)

    def note(self, fault: str) -> None:
        if not any(re.search(pattern, fault) for pattern in self.expected):
            self.faults.append(fault)

    def listen(self, context: Any) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.note(f"script error: {error.error}"))

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname not in LOOPBACK:
            self.note(f"asked for something beyond this machine: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.note(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def watch() -> Watch:
    return Watch()


OpenPage = Callable[..., Any]


@pytest.fixture
def page_for(browser: Any, server: str, watch: Watch, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """`page_for(person, viewport=PHONE, language="en")`: a page of a fresh browser; None is nobody.

    `on`: another browser than the usual one.
    """
    opened: list[Any] = []

    def open_page(
        person: Any = None, *, viewport: dict[str, int] = DESK, language: str = "zh-hans", on: Any = None
    ) -> Any:
        context = (on or browser).new_context(
            base_url=server, viewport=viewport, locale="en-GB" if language == "en" else "zh-CN",
            timezone_id="Asia/Shanghai",
        )  # fmt: skip
        context.set_default_timeout(WAIT_MS)
        context.tracing.start(
            screenshots=False, snapshots=False
        )  # snapshots take as long as the pages themselves
        context.add_cookies(_cookies(server, person, language))
        watch.listen(context)
        opened.append(context)
        return context.new_page()

    yield open_page
    failed = watch.faults or _has_failed(request.node)
    for number, context in enumerate(opened):
        _close(context, RESULTS / f"{_file_name(request.node.nodeid)}-{number}" if failed else None)
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def sign_in(server: str) -> Callable[[Any, Any], None]:
    """`sign_in(page, person)`: signs somebody in once more, e.g. after days on which nobody touched the page."""
    from django.conf import settings

    def again(page: Any, person: Any) -> None:
        session = {"name": settings.SESSION_COOKIE_NAME, "value": _session_of(person), "url": server}
        page.context.add_cookies([session])

    return again


@pytest.fixture
def visitor(page_for: OpenPage) -> Any:
    """A page at which nobody is signed in."""
    return page_for(None)


def _cookies(server: str, person: Any, language: str) -> list[dict[str, str]]:
    from django.conf import settings

    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": server}]
    if person is not None:
        cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": _session_of(person), "url": server})
    return cookies


def _session_of(person: Any) -> str:
    """A session as the login page makes it; the login page has tests of its own."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _has_failed(node: Any) -> bool:
    report = getattr(node, "report_call", None)
    return report is None or report.failed


def _close(context: Any, keep_at: Path | None) -> None:
    if keep_at is None:
        context.tracing.stop()
    else:
        keep_at.parent.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(context.pages):
            page.screenshot(path=f"{keep_at}-{number}.png", full_page=True)
        context.tracing.stop(path=f"{keep_at}-trace.zip")
    context.close()


def _file_name(nodeid: str) -> str:
    return re.sub(r"[^\w.-]+", "_", nodeid.rsplit("/", 1)[-1])


# ---- people, and a register with something in it ----


@pytest.fixture
def people(server: str, tmp_path: Path) -> Any:
    """Everybody; a mine, three sites and a patch, brought by the county's clerk, for whom a file and a job wait."""
    from shapely.geometry import box

    from qingshan.exchange.models import Filling, Import
    from qingshan.office.accounts.tests.people import nine_people
    from qingshan.office.desk.tests.access_rows import A_LAYOUT, A_PLAN
    from qingshan.office.desk.tests.factories import NOW, job_of
    from qingshan.office.mines.tests.factories import geojson, imported
    from qingshan.office.regions.models import Region

    everybody = nine_people()
    Region.objects.filter(pk=everybody.regions["990101"].pk).update(geom=box(122.0, 33.0, 122.5, 33.5))
    clerk = everybody.actor("county_clerk")
    for kind, rows in _register().items():
        imported(geojson(tmp_path, *rows, name=f"{kind}.geojson"), clerk, kind=kind)
    Import.objects.create(
        kind="sites", file_name="点位.xlsx", file_digest="0" * 64, state="read", created_at=NOW, created=3,
        owner_id=clerk.person_id, organisation_id=clerk.decider.organisation_id,
    )  # fmt: skip
    Filling.objects.create(
        file_name="来表.xlsx", file_digest="0" * 64, layouts=[A_LAYOUT], plan=A_PLAN, created_at=NOW,
        owner_id=clerk.person_id, organisation_id=clerk.decider.organisation_id,
    )  # fmt: skip
    job_of(everybody["county_clerk"])
    _problems(clerk, everybody.regions["990101"])
    return everybody


def _problems(clerk: Any, region: Any) -> None:
    """A problem at the mine that was verified, a lasting task and a petition, registered by the county's clerk."""
    from qingshan.office.cases import actions
    from qingshan.office.cases.actions.registering import NewCase, NewPetition
    from qingshan.office.desk.tests.factories import NOW
    from qingshan.office.matters.actions import Brought, Opening
    from qingshan.office.mines.models import Mine
    from qingshan.rules.matters import Channel, ProblemKind, Route, SourceKind

    given = {"region": region, "mine": Mine.objects.earliest("pk"), "source": SourceKind.SELF_CHECK}
    for title, route in (("道路抑尘长期保持", Route.LASTING), ("采坑未回填", Route.BY_DATE)):
        new = NewCase(Opening("", "", title, **given), route, ProblemKind.UNRESTORED)
        case = actions.register_case(new, actor=clerk, now=NOW)
    actions.verify(case, Brought(grounds="现场确有采坑"), actor=clerk, now=NOW)
    petition = NewPetition(
        Opening("", "", "夜间扬尘", **given), Channel.PHONE, "举报夜间扬尘", complainant="某居民"
    )
    actions.register_petition(petition, actor=clerk, now=NOW)


def _register() -> dict[str, list[dict[str, Any]]]:
    """A mine, three sites of which two are its, a patch."""
    from qingshan.office.mines.tests.factories import site_row

    here = {"行政区划代码": "990101"}
    mine = {"矿山编号": "KS-1", "矿山名称": "东沟铁矿", "生产状态": "在产", **here}
    sites = [
        site_row(
            f"DW-{n}", 122.1 + n / 100, 点位名称=f"老虎沟 {n} 号", 所属矿山编号="KS-1" if n else None, **here
        )
        for n in range(3)
    ]
    patch = {"图斑编号": "TB-1", "所属点位编号": "DW-1"}
    return {
        "mines": [site_row(None, 122.2, **mine)],
        "sites": sites,
        "patches": [site_row(None, 122.11, **patch)],
    }


# ---- what every page owes to everybody ----


@pytest.fixture(scope="session")
def axe_findings() -> Callable[..., list[str]]:
    """Serious and critical findings of axe on a page, one line each; `content_only`: the frame was looked at before."""
    if not AXE.exists():
        pytest.fail("axe-core is missing: python tools/frontend.py")
    source = AXE.read_text(encoding="utf-8")

    def run(page: Any, *, content_only: bool = False) -> list[str]:
        page.evaluate(source)
        where = "{exclude: [['nav.side'], ['header.top']]}" if content_only else "document"
        found = page.evaluate(f"axe.run({where}, {{resultTypes: ['violations']}})")
        return [
            f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    return run
