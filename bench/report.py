"""How do docs/bench.md and docs/bench-eye.md look? One table a topic and database: ours, the peer's, the ratio."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

from measuring import Findings, Line, shown

HEAD = """\
# Measurements

Written by `make bench`; not edited by hand. *ours ÷ peer* compares the two figures of a line: below 1 is
better for times and bytes, above 1 for what is done in a second. Nothing here is asserted by a test:
`SMALL=1 make bench` runs the same code on few rows and compares results, never times.
"""


def page(
    found: Mapping[str, Mapping[str, Findings]],
    facts: Iterable[tuple[str, str]],
    absent: Iterable[str],
    minutes: float,
) -> str:
    """The whole page as text."""
    parts = [HEAD, _facts([*facts, ("all of it took", f"{minutes:.0f} minutes")])]
    parts += [f"**{why}.**\n" for why in absent]
    return "\n".join([*parts, *(_topic(topic, by_database) for topic, by_database in found.items())])


def renewed(text: str, topic: str, by_database: Mapping[str, Findings]) -> str:
    """The page with the section of one topic as it was measured now; at the end where the page has none yet."""
    sections = text.split("\n## ")
    fresh = _topic(topic, by_database).removeprefix("## ")
    title = fresh.partition("\n")[0]
    places = [place for place, each in enumerate(sections) if place and each.partition("\n")[0] == title]
    sections[slice(places[0], places[0] + 1) if places else slice(len(sections), None)] = [fresh]
    return "\n## ".join(each.rstrip("\n") + "\n" for each in sections)


def _topic(topic: str, by_database: Mapping[str, Findings]) -> str:
    title, about = _about(topic)
    parts = [f"## {title}\n{about.rstrip()}\n"]
    return "\n".join([*parts, *(_section(release, findings) for release, findings in by_database.items())])


def _about(topic: str) -> tuple[str, str]:
    """What the topic says of itself, read without loading it."""
    source = Path(__file__).with_name(f"{topic}.py").read_text(encoding="utf-8")
    title, _, about = (ast.get_docstring(ast.parse(source)) or topic).partition("\n")
    return title, about


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"| {name} | {fact} |\n" for name, fact in facts)
    return f"| | |\n|---|---|\n{rows}"


def _section(release: str, findings: Findings) -> str:
    rows = "".join(map(_row, findings.lines))
    table = f"| | ours | peer | ours ÷ peer |\n|---|---:|---:|---:|\n{rows}"
    notes = "".join(f"- {note}\n" for note in findings.notes)
    texts = "".join(_text(title, text) for title, text in findings.texts)
    return "\n".join(filter(None, (f"### {release}\n", table, notes, texts)))


def _row(line: Line) -> str:
    ratio = line.ours / line.peer if line.ours is not None and line.peer else None
    what = f"{line.what} (peer: {line.beside})" if line.beside else line.what
    figures = [f"{shown(each)} {line.unit}" if each is not None else "–" for each in (line.ours, line.peer)]
    return f"| {what} | {' | '.join(figures)} | {shown(ratio)} |\n"


def _text(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n```\n{text.strip()}\n```\n\n</details>\n"
