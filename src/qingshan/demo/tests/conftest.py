"""The province for all tests, drawn once; and the same province with few matters, for tests that load it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from qingshan.demo.histories import Matters
from qingshan.demo.province import Province, province

ONE_IN = 9


@pytest.fixture(scope="session")
def p() -> Province:
    return province()


@pytest.fixture(scope="session")
def few() -> Province:
    return replace(province(), matters=some_of(province().matters))


def some_of(matters: Matters) -> Matters:
    """Every ninth matter, those that occur seldom, and what these hang on."""
    by_key = {each.key: each for each in matters.all}
    seldom = {"split", "transfer", "determine", "turn", "photograph", "stop_notice", "mend"}
    chosen = {each.key for each in (*matters.cases, *matters.petitions)[::ONE_IN]}
    chosen |= {document.key for document in matters.documents}
    for act in sorted(seldom):
        having = [each.key for each in matters.all if any(event.act == act for event in each.events)]
        chosen |= set(having if act == "photograph" else having[:2])
    while chosen != (more := chosen | _hanging_together(chosen, matters, by_key)):
        chosen = more
    return Matters(
        matters.documents,
        tuple(case for case in matters.cases if case.key in chosen),
        tuple(petition for petition in matters.petitions if petition.key in chosen),
        replace(matters.restorations, projects=matters.restorations.projects[::ONE_IN]),
    )


def _hanging_together(chosen: set[str], matters: Matters, by_key: Mapping[str, Any]) -> set[str]:
    """Parts and their whole, petitions and the cases they became, those into which another one was merged."""
    below = {case.key for case in matters.cases if {case.part_of, case.turned_from} & chosen}
    above = {getattr(by_key[key], name, "") for key in chosen for name in ("part_of", "turned_from")}
    into = {
        str(event.value("into")) for key in chosen for event in by_key[key].events if event.act == "merge"
    }
    return (below | above | into) - {""}
