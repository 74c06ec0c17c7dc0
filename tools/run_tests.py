"""Which tests can this machine run? Runs them, and says in one line what was left out and how to get it.

    python tools/run_tests.py                      sqlite: within the ten minutes that a person waits
    python tools/run_tests.py all                  sqlite, browser and postgres, as far as they are here
    python tools/run_tests.py walks                the long random walks
    python tools/run_tests.py sqlite-long          the tests and the walks, as CI runs them
    python tools/run_tests.py sqlite -- -k trail   one part; what follows -- goes to pytest

With CI=true nothing chosen means all of them, and a part that this machine cannot run is a failure. Of several parts,
the browser's runs beside the others, since it waits for pages as long as it works.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = 15
BROWSERS = ("chromium", "chromium-browser")
PASSED = {0, 5}  # pytest's 5: the selection holds no test, which -k may well bring about for one part
CLUSTER = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"),
    *("log_checkpoints=off", "log_min_messages=panic"),  # pg_virtualenv prints the log after a failure
)
PAGES = (
    *("tests/test_access_table.py", "tests/images/*"),
    *("src/*/test_pages*.py", "src/*/demo/tests/*", "src/*/desk/tests/*"),
    *("src/*/test_signed_papers_*.py", "src/*/test_papers_of_*.py", "src/*/test_offices_own_templates.py"),
    *("src/*/test_one_page_for_a_leader.py", "src/*/test_complainants_are_seen_with_a_reason.py"),
    *(
        "src/*/test_the_closing_file*.py",
        "src/*/test_setting_documents.py",
        "src/*/test_wording_of_documents.py",
    ),
    *("src/*/test_the_whole_way_on_pages.py", "src/*/test_evidence_on_pages.py", "src/*/test_stock_page.py"),
    *("src/*/test_official_documents.py", "src/*/test_templates_of_strangers.py"),
)
IN_CI = os.environ.get("CI") == "true"


@dataclass(frozen=True)
class Part:
    """A selection of the tests, and what it needs of the machine ("" when nothing is missing)."""

    marks: str
    missing: Callable[[], str]
    postgres: bool = False
    processes: int = 2
    beside: bool = False
    """whether it waits so often that it runs beside the other parts, in one process"""
    without: tuple[str, ...] = ()
    """globs below the root, of files that this part leaves to another one"""


def nothing() -> str:
    return ""


def browser() -> str:
    if os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS)):
        return ""
    return "浏览器（apt install chromium） · a browser (apt install chromium)"


def postgres() -> str:
    packages = f"postgresql-{POSTGRES} postgresql-{POSTGRES}-postgis-3"
    extension = Path(f"/usr/share/postgresql/{POSTGRES}/extension/postgis.control")
    if shutil.which("pg_virtualenv") and extension.exists():
        return ""
    return f"PostgreSQL（apt install {packages}） · PostgreSQL (apt install {packages})"


PARTS = {
    "sqlite": Part("not browser and not walk", nothing),
    "browser": Part("browser", browser, beside=True),
    "postgres": Part("not browser and not walk", postgres, postgres=True),
    "walks": Part("walk", nothing),
    "walks-postgres": Part("walk", postgres, postgres=True),
    # tests and walks together, so that neither of two processes waits for the other's long walk
    "sqlite-long": Part("not browser", nothing),
    "postgres-long": Part("not browser", postgres, postgres=True),
    # for a run within half an hour: pages and papers, who may open them, and runs over images ask a database nothing
    # that acts and queries do not
    "postgres-acts": Part("not browser and not walk", postgres, postgres=True, without=PAGES),
}
ALL = ("sqlite", "browser", "postgres")
USUAL = ("sqlite",)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--inside-postgres"]:
        return inside_postgres(arguments[1:])
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    wanted, for_pytest = chosen(arguments[:cut]), arguments[cut + 1 :]
    missing = {name: why for name in wanted if (why := PARTS[name].missing())}
    counts: Counter[str] = Counter()
    failed = run([name for name in wanted if name not in missing], for_pytest, counts)
    report(missing, failed, counts, waiting=[] if arguments[:cut] else [*set(ALL) - set(wanted)])
    return 1 if failed or (missing and IN_CI) or not counts["passed"] else 0


def chosen(words: list[str]) -> list[str]:
    """The parts that are asked for; nothing said means the usual ones, in CI all."""
    if words == ["all"] or (not words and IN_CI):
        return list(ALL)
    return words or list(USUAL)


def run(names: list[str], for_pytest: list[str], counts: Counter[str]) -> list[str]:
    """Which of these parts failed? What runs beside the others is shown once they are through."""
    apart = [name for name in names if PARTS[name].beside and len(names) > 1]
    failed = []
    with ExitStack() as open_ones:
        begun = []
        for name in apart:
            kept = open_ones.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            process = start(PARTS[name], for_pytest, processes=1, output=kept)
            begun.append((name, open_ones.enter_context(process), kept))
        for name in names:
            if name in apart:
                continue
            with start(PARTS[name], for_pytest, processes=PARTS[name].processes) as process:
                assert process.stdout is not None
                show(name, process.stdout, counts)
            failed += [name] if process.returncode not in PASSED else []
        for name, process, kept in begun:
            failed += [name] if process.wait() not in PASSED else []
            kept.seek(0)
            show(name, kept, counts)
    return failed


def start(
    part: Part, for_pytest: list[str], *, processes: int, output: IO[str] | int = subprocess.PIPE
) -> subprocess.Popen[str]:
    """Begin one part; what it prints goes to `output`."""
    spread = ["-n", str(processes), "--dist", "worksteal"]
    left = [f"--ignore-glob={ROOT / glob}" for glob in part.without]
    pytest = ["-m", "pytest", "-q", *spread, "-m", part.marks, *left, *for_pytest]
    command = in_a_cluster(pytest) if part.postgres else [sys.executable, *pytest]
    return subprocess.Popen(command, cwd=ROOT, stdout=output, text=True, env=environment())


def show(name: str, lines: Iterable[str], counts: Counter[str]) -> None:
    """Show what a part prints as it comes, and add up what its last line says."""
    print(f"\n── {name} ──", flush=True)
    last = ""
    for line in lines:
        print(line, end="", flush=True)
        last = line if re.search(r"\d+ (passed|failed|error)", line) else last
    for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?|xfailed)", last):
        counts["failed" if word.startswith("error") else word] += int(number)


def environment() -> dict[str, str]:
    beside = ROOT.parent / "shared" / "data"
    found = {"QINGSHAN_TEST_DATA": str(beside)} if IN_CI and beside.is_dir() else {}
    return {**found, **os.environ}


def in_a_cluster(pytest: list[str]) -> list[str]:
    """A throw-away PostgreSQL that needs neither root nor a running server."""
    options = [word for option in CLUSTER for word in ("-o", option)]
    pytest = [*pytest, "-p", "only_database"]
    inside = [sys.executable, str(Path(__file__).resolve()), "--inside-postgres", *pytest]
    return ["pg_virtualenv", "-t", "-v", str(POSTGRES), *options, *inside]


def inside_postgres(pytest: list[str]) -> int:
    user, password = quote(os.environ["PGUSER"]), quote(os.environ["PGPASSWORD"])
    place = f"{os.environ['PGHOST']}:{os.environ['PGPORT']}"
    url = f"postgres://{user}:{password}@{place}/postgres"
    plugins = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    env = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": plugins}
    return subprocess.run([sys.executable, *pytest], env=env, check=False).returncode


def report(
    missing: dict[str, str], failed: list[str], counts: Counter[str], *, waiting: Iterable[str] = ()
) -> None:
    """What failed, what was not tested and how to get it, and the sum, which stands last."""
    print()
    for why in [*missing.values(), *filter(None, (PARTS[name].missing() for name in sorted(waiting)))]:
        print(f"未测试 · not tested: {why}")
    if here := [name for name in sorted(waiting) if not PARTS[name].missing()]:
        print(f"未测试 · not tested: {', '.join(here)}（python3 make.py test all）")
    if failed:
        print(f"失败 · failed: {', '.join(failed)}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
