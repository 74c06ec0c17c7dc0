"""Who gets what at the addresses of the trail?"""

from __future__ import annotations

from importlib import import_module

from qingshan.office.trail.actions import propose_erasure, sign_checkpoint
from qingshan.office.trail.acts import declare_acts
from qingshan.office.trail.tests.factories import ACTS, NOON, note

# tests look up a floor, to the people of all tests; the product does not
access = import_module("qingshan.office.accounts.tests.access")
Row, SIGNED_IN = access.Row, access.SIGNED_IN

OF_THE_OFFICE = ("county_clerk", "auditor")
ADMINISTRATORS = ("security_admin", "auditor")


def prepare(world) -> None:
    """An act of the county's clerk with a personal value, a checkpoint and a proposed erasure."""
    declare_acts(*ACTS)
    clerk, officer = world.people.actor("county_clerk"), world.people.actor("security_admin")
    entry = note(actor=clerk, personal={"电话": "13800001234"})
    checkpoint = sign_checkpoint(now=NOON)
    erasure = propose_erasure(entry, fields=["电话"], reason="涉密误传", actor=officer, now=NOON)
    world.things.update(trail_entry=entry, trail_checkpoint=checkpoint, trail_erasure=erasure)


def entry_at(path: str):
    return lambda world: path.format(world.things["trail_entry"].seq)


def erasure_at(path: str):
    return lambda world: path.format(world.things["trail_erasure"].pk)


ROWS = [
    Row("GET", "/trail/", SIGNED_IN),
    Row(
        "GET",
        "/trail/?act=test.note&from_on=2026-01-01&person=x&kind=trail.checkpoint&object_id=1",
        SIGNED_IN,
    ),
    Row("GET", "/trail/?from_on=gestern&object_id=x&after=%00", SIGNED_IN),
    Row("GET", entry_at("/trail/{}/"), access.found_by(*OF_THE_OFFICE)),
    Row("GET", "/trail/999999999/", access.found_by()),
    Row("GET", entry_at("/trail/{}/proof.zip"), access.found_by(*OF_THE_OFFICE)),
    Row("GET", "/trail/999999999/proof.zip", access.found_by()),
    Row("GET", "/trail/checkpoints/", SIGNED_IN),
    Row("GET", lambda world: f"/trail/checkpoints/{world.things['trail_checkpoint'].size}.json", SIGNED_IN),
    Row("GET", "/trail/checkpoints/999999999.json", access.found_by()),
    Row("POST", "/trail/checkpoints/sign/", access.only("auditor", status=302)),
    Row("GET", "/trail/erasures/", access.only(*ADMINISTRATORS)),
    Row("GET", erasure_at("/trail/erasures/{}/"), access.only(*ADMINISTRATORS)),
    Row("POST", erasure_at("/trail/erasures/{}/"), access.only("auditor", status=302)),
    Row("GET", entry_at("/trail/{}/erase/"), access.only("security_admin")),
    Row("POST", entry_at("/trail/{}/erase/"), access.only("security_admin"), data={"reason": ""}),
]
