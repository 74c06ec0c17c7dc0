"""How does the database itself refuse to change a move of a list or of land? Both only grow."""

from __future__ import annotations

from qingshan.geo.triggers import declare_trigger
from qingshan.office.restoration.models import LandMove, ListMove

REFUSAL = "变动只能追加，不能修改或删除 (moves are only appended)"
APPEND_ONLY = (ListMove, LandMove)

_SQLITE = "CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
_POSTGRESQL = """CREATE OR REPLACE FUNCTION restoration_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION restoration_refuse()"""


def declare_move_triggers() -> None:
    """Two for each table: against changing and against deleting."""
    for model in APPEND_ONLY:
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            parts = {
                "name": f"{table}_no_{event.lower()}", "event": event, "table": table, "refusal": REFUSAL
            }  # fmt: skip
            declare_trigger(
                parts["name"], table, sqlite=_SQLITE.format(**parts), postgresql=_POSTGRESQL.format(**parts)
            )
