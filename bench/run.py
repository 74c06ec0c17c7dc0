"""How fast is it, beside what one would use instead? Writes docs/bench.md and docs/bench-eye.md, as far as it came;
exit status 1 where a topic failed.

python bench/run.py                    everything: the store on both databases (25 minutes), then the eye
python bench/run.py store              the store only; `eye`: the satellite engine only
SMALL=1 python bench/run.py            few rows: do the results agree with the peers'? Writes no page
python bench/run.py tiles listing      some topics only; prints the page instead of writing it
python bench/run.py --renew earth_time topics of the eye only; writes their sections anew, each with its day
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import databases
import machine
import progress
import report
from measuring import SMALL, Findings

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "bench.md"
EYE_PAGE = HERE.parent / "docs" / "bench-eye.md"
GROUNDS = {
    "import": ("importing",),
    "acts": ("acts",),
    "cases": ("matters",),
    "polygons": ("polygons",),
    "million": ("listing", "tiles", "register"),
}
"""Topics that share a database: a million rows are filled in once."""
STORE = tuple(topic for topics in GROUNDS.values() for topic in topics)
EYE = (
    "earth_zonal", "earth_reading", "earth_time", "earth_many_sites", "earth_judging", "earth_screening",
    "demo_judging",
)  # fmt: skip
"""Topics of the satellite engine: they need no database, and each has a process of its own."""
HOUSES = {"store": STORE, "eye": EYE}
TOPICS = STORE + EYE
DATABASES = (databases.SQLITE, databases.POSTGRESQL)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=", ".join((*HOUSES, *TOPICS)))
    parser.add_argument("--database", choices=DATABASES, help="one of the two only")
    parser.add_argument(
        "--renew", action="store_true", help="write the sections of these topics of the eye anew"
    )
    parser.add_argument("--inside", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if unknown := set(chosen.topics) - set(TOPICS) - set(HOUSES):
        parser.error(f"no such topic: {', '.join(sorted(unknown))}")
    if chosen.alone:
        return measure_alone(chosen.inside, *chosen.topics)
    if chosen.here:
        return measure_here(chosen.inside, chosen.topics)
    if chosen.inside:
        return measure_grounds(chosen.database, chosen.inside, chosen.topics)
    wanted = [topic for word in chosen.topics or HOUSES for topic in HOUSES.get(word, (word,))]
    failed = 0
    if stored := [topic for topic in STORE if topic in wanted]:
        failed |= measure_store([chosen.database] if chosen.database else list(DATABASES), stored)
    if seen := [topic for topic in EYE if topic in wanted]:
        failed |= measure_eye(seen, renew=chosen.renew)
    return failed


def measure_eye(topics: list[str], *, renew: bool = False) -> int:
    """The satellite engine's topics, one after the other, then their page, or their sections of the page."""
    began, load_before = time.monotonic(), machine.load()
    failed, found = [], {}
    with _folder() as folder:
        for topic in topics:
            command = [sys.executable, str(HERE / "run.py"), "--alone", "--inside", str(folder), topic]
            if subprocess.run(command, check=False).returncode:
                failed.append(topic)
            if (kept := folder / f"{topic}.json").exists():
                found[topic] = {"One machine, no database": Findings.load(kept)}
    if renew and not SMALL:
        _renew(found, f"measured anew at {machine.now()}, load {load_before} before, {machine.load()} after")
    else:
        text = _page(found, [], began=began, load_before=load_before)
        _publish(text, EYE_PAGE, whole=topics == list(EYE))
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def _renew(found: dict[str, dict[str, Findings]], said: str) -> None:
    """Sections of the page of the eye, each saying when it was measured."""
    text = EYE_PAGE.read_text(encoding="utf-8")
    for topic, by_database in found.items():
        for findings in by_database.values():
            findings.notes.append(said)
        text = report.renewed(text, topic, by_database)
    EYE_PAGE.write_text(text, encoding="utf-8")
    print(f"written anew in {EYE_PAGE}: {', '.join(found)}")


def measure_alone(folder: Path, topic: str) -> int:
    """One topic that needs no database, inside this process."""
    print(f"── {topic}", flush=True)
    return _found_by(topic, folder)


def measure_store(chosen: list[str], topics: list[str]) -> int:
    """Every topic on every database that is here; then the page."""
    began, load_before = time.monotonic(), machine.load()
    progress.begin([(each, topic) for each in chosen for topic in topics])
    with _folder() as folder:
        absent = {database: why for database in chosen if (why := databases.missing(database))}
        failed = [
            database
            for database in chosen
            if database not in absent and _measured(database, folder / database, topics)
        ]
        for why in absent.values():
            print(why)
        text = _page(_collected(folder, chosen), list(absent.values()), began=began, load_before=load_before)
    _publish(text, PAGE, whole=len(chosen) == len(DATABASES) and topics == list(STORE))
    if failed:
        print(f"failed: {', '.join(failed)}; the page says which topics")
    return 1 if failed else 0


def _page(found: dict[str, dict[str, Findings]], absent: list[str], *, began: float, load_before: str) -> str:
    """What was found, with the machine and how long it took."""
    facts = [*machine.described(), ("load", f"{load_before} before, {machine.load()} after")]
    return report.page(found, facts, absent, (time.monotonic() - began) / 60)


@contextmanager
def _folder() -> Iterator[Path]:
    """A place on this disk for as long as something is measured."""
    var = HERE / "var"
    var.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var) as folder:
        yield Path(folder)
    with suppress(OSError):
        var.rmdir()


def _publish(text: str, page: Path, *, whole: bool) -> None:
    if SMALL:
        print("times of so few rows say nothing; where nothing failed, results agree with the peers'")
    elif whole:
        page.write_text(text, encoding="utf-8")
        print(f"written: {page}")
    else:
        print(text)


def _measured(database: str, folder: Path, topics: list[str]) -> int:
    folder.mkdir()
    command = [sys.executable, str(HERE / "run.py"), "--database", database, "--inside", str(folder), *topics]
    if database == databases.POSTGRESQL:
        return databases.in_a_cluster(command)
    return subprocess.run(command, check=False).returncode


def measure_grounds(database: str, folder: Path, topics: list[str]) -> int:
    """One database: each ground in a process of its own, so that none inherits memory or connections."""
    failed = 0
    for name, here in GROUNDS.items():
        wanted = [topic for topic in here if topic in topics]
        if not wanted:
            continue
        with databases.ground(database, name, folder) as environment:
            command = [sys.executable, str(HERE / "run.py"), "--here", "--inside", str(folder), *wanted]
            failed |= bool(subprocess.run(command, env=environment, check=False).returncode)
    return failed


def measure_here(folder: Path, topics: list[str]) -> int:
    """The topics of one ground, inside this process; what one found before it failed is kept, and the others go on."""
    databases.prepare()
    release = databases.release()
    (folder / "release.txt").write_text(release, encoding="utf-8")
    importlib.import_module(topics[0]).prepare()
    failed = 0
    for topic in topics:
        print(f"── {release} · {topic} · {progress.left(release, topic)}", flush=True)
        failed |= _found_by(topic, folder)
    return failed


def _found_by(topic: str, folder: Path) -> int:
    """What one topic finds, kept in the folder, as far as it came."""
    began, findings, failed = time.monotonic(), Findings(), 0
    try:
        importlib.import_module(topic).measure(findings)
    except Exception as error:  # the figures of the others are not to be lost
        traceback.print_exc()
        findings.notes.append(f"**failed here: {type(error).__name__}: {error}**")
        failed = 1
    findings.save(folder / f"{topic}.json")
    print(f"  {time.monotonic() - began:.0f} s in all", flush=True)
    return failed


def _collected(folder: Path, chosen: list[str]) -> dict[str, dict[str, Findings]]:
    """By topic and then by the database's release."""
    found: dict[str, dict[str, Findings]] = {}
    for topic in STORE:
        for database in chosen:
            kept = folder / database / f"{topic}.json"
            if kept.exists():
                release = (folder / database / "release.txt").read_text(encoding="utf-8")
                found.setdefault(topic, {})[release] = Findings.load(kept)
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
