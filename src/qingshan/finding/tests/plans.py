"""Does a query walk an index, on either database? Its plan is asked, in each database's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def plan(rows: QuerySet[Any]) -> str:
    """How the database would go about it."""
    return rows.explain(format="JSON") if connection.vendor == "postgresql" else rows.explain()


def scans_the_table(text: str, table: str = "mines_site") -> bool:
    """Whether the plan reads the whole table."""
    if connection.vendor == "postgresql":
        return any(node.get("Relation Name") == table for node in scans_of(json.loads(text)))
    return any(
        "SCAN " in line and "SCAN (" not in line for line in text.splitlines()
    )  # ( is a subquery's result


def scans_of(part: Any) -> Iterator[dict[str, Any]]:
    """Every sequential scan of a PostgreSQL plan."""
    if isinstance(part, list):
        for each in part:
            yield from scans_of(each)
    elif isinstance(part, dict):
        if "Seq Scan" in part.get("Node Type", ""):
            yield part
        for each in part.values():
            yield from scans_of(each)


def reads_every_row(text: str, table: str = "mines_site") -> bool:
    """Whether the table is read as it lies; in the order of an index, up to fifty rows, it may be."""
    if connection.vendor == "postgresql":
        return scans_the_table(text, table)
    scans = (line for line in text.splitlines() if "SCAN " in line and "SCAN (" not in line)
    return any(" USING " not in line and "VIRTUAL TABLE INDEX" not in line for line in scans)
