"""How does the database itself refuse to change what was recorded?

A trigger is never loosened, not even for a test. Whoever owns the database can remove one: then `verify`
finds what was done behind the program.
"""

from __future__ import annotations

from qingshan.geo.triggers import declare_trigger
from qingshan.office.trail.models import Checkpoint, Entry, Subject, Subtree

REFUSAL = "留痕只能追加，不能修改或删除 (the trail only grows)"

# SQLite's REPLACE removes the old row without asking a DELETE trigger, hence the trigger before INSERT
APPEND_ONLY = {
    Entry._meta.db_table: "seq = NEW.seq",
    Subject._meta.db_table: "entry_seq = NEW.entry_seq AND kind = NEW.kind AND object_id = NEW.object_id",
    Checkpoint._meta.db_table: "id = NEW.id OR size = NEW.size",
    Subtree._meta.db_table: "level = NEW.level AND place = NEW.place",
}

_SQLITE = """CREATE TRIGGER {name} BEFORE {event} ON {table}{when}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""

_POSTGRESQL = """CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION trail_refuse()"""


def declare_trail_triggers() -> None:
    """Four tables, two triggers each on SQLite for changing and deleting, one for replacing; TRUNCATE too."""
    for table, same in APPEND_ONLY.items():
        for event in ("UPDATE", "DELETE"):
            _declare(table, event, sqlite="", each="ROW")
        _declare(table, "TRUNCATE", sqlite=None, each="STATEMENT")
        replaces = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        _declare(table, "INSERT", sqlite=replaces, each=None)


def _declare(table: str, event: str, *, sqlite: str | None, each: str | None) -> None:
    """`sqlite` is the condition, `each` PostgreSQL's row or statement; None: not needed there."""
    name = f"{table}_no_{'replace' if event == 'INSERT' else event.lower()}"
    parts = {"name": name, "event": event, "table": table, "refusal": REFUSAL}
    declare_trigger(
        name,
        table,
        sqlite="" if sqlite is None else _SQLITE.format(**parts, when=sqlite),
        postgresql="" if each is None else _POSTGRESQL.format(**parts, each=each),
    )
