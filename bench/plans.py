"""Which way does the database take? The statements of a piece of work, each with its plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


def plans_of(work: Callable[[], object]) -> str:
    """Every statement of the work, with the way that the database takes."""
    with statements() as asked:
        work()
    return "\n\n".join(f"{short(sql)}\n{plan(sql, params)}" for sql, params in asked)


@contextmanager
def statements() -> Iterator[list[tuple[str, tuple]]]:
    asked: list[tuple[str, tuple]] = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def plan(sql: str, params: tuple) -> str:
    postgresql = connection.vendor == "postgresql"
    explain = (
        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)"
        if postgresql
        else "EXPLAIN QUERY PLAN"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", params)
        return "\n".join(f"    {row[-1]}" for row in cursor.fetchall())


def short(sql: str) -> str:
    """The statement without the long list of its columns."""
    return re.sub(r"^SELECT .*? FROM ", "SELECT … FROM ", sql.replace('"', ""))
