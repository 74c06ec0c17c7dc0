"""Does every index of words hold what the rows say? Names the tables that differ, and writes them anew."""

from __future__ import annotations

from django.db import connection, transaction

from qingshan.finding.index import WordIndex, indexes


def strayed() -> dict[str, int]:
    """Tables with the number of rows whose words, or whose place in the index, are not what they ought to be."""
    return {index.table: rows for index, rows in _strayed().items()}


def mend() -> dict[str, int]:
    """Write the words of those tables anew, with their index; what was wrong."""
    with transaction.atomic(), connection.cursor() as cursor:
        wrong = _strayed()
        for index in wrong:
            index.refill(cursor, connection)
    return {index.table: rows for index, rows in wrong.items()}


def _strayed() -> dict[WordIndex, int]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))  # one that lacks is told by its migration
        found = {
            index: len(index.wrong(connection)) + index.strayed(cursor, connection)
            for index in indexes()
            if index.table in tables
        }
    return {index: rows for index, rows in found.items() if rows}
