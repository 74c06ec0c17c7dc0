"""Who gets what at every address of the house?

The table stands in the apps: `tests/access_rows.py` of each exports

    ROWS = [
        Row("GET", "/sites/", SIGNED_IN),
        Row("GET", lambda world: f"/sites/{world.things['site'].pk}/", found_by("county_clerk", "city_reviewer")),
        Row("POST", "/people/new/", only("security_admin"), data={"full_name": "某人"}),
    ]

and, if its addresses need objects, `prepare(world)`, which makes them and puts them into `world.things` under a name.
`Row`, `World`, `SIGNED_IN`, `ANYBODY`, `only` and `found_by` come from `qingshan.office.accounts.tests.access`; the
people are those of `accounts.tests.people`: the nine of every table, the registry officer and the other two
administrators. A row gives the status of all of them (`*` for the rest), and each is tried on untouched data.

To add an address: add its row. An address without a row fails, and so does an object's address that another
county's clerk can open: what lies elsewhere answers 404, whoever guessed the number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from zlib import crc32

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.converters import IntConverter

from qingshan.office.accounts.tests.access import EVERYBODY, Row, World, a_world
from qingshan.office.doors import door_of

pytestmark = pytest.mark.django_db
STRANGER = "other_county_clerk"
SCOPES = ("county_clerk", STRANGER, "provincial_dispatcher", "enterprise_manager", "expert", "anonymous")


def tables() -> Iterator[ModuleType]:
    for app in apps.get_app_configs():
        name = f"{app.name}.tests.access_rows"
        if app.name.startswith("qingshan.") and find_spec(f"{app.name}.tests") and find_spec(name):
            yield import_module(name)


def rows() -> list[Row]:
    return [row for table in tables() for row in table.ROWS]


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        else:
            yield route, pattern


ADDRESSES = dict(addresses(get_resolver()))


@pytest.fixture(scope="module")
def prepared(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everybody and everything of the tables, made once and undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = a_world()
        for table in tables():
            if hasattr(table, "prepare"):
                table.prepare(made)
        made.things["signed in"] = {name: made.people.enter(name).cookies for name in EVERYBODY}
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(prepared: World, db: None) -> World:
    """The same, for one test that changes it only for itself."""
    return prepared


def label(row: Row) -> str:
    shown = row.path if isinstance(row.path, str) else f"{row.path.__module__.split('.')[-3]} object"
    return f"{row.method} {shown}"


@pytest.mark.parametrize("row", rows(), ids=label)
def test_everybody_gets_what_the_table_says(row: Row, world: World) -> None:
    address = row.address(world)
    got = {name: ask(row, address, name, world) for name in asked_here(address)}
    assert got == {name: row.status_for(name) for name in got}, address


def asked_here(address: str) -> tuple[str, ...]:
    """Who may do what follows from the tables, not from the database: on the second one those ask whose scopes are
    other queries. In CI a third of the others ask beside them, chosen by the address; everybody does on a desk.
    """
    if connection.vendor == "postgresql":
        return SCOPES
    if os.environ.get("CI") != "true":
        return EVERYBODY
    others = [name for name in EVERYBODY if name not in SCOPES]
    return (*SCOPES, *others[crc32(address.encode()) % 3 :: 3])


def ask(row: Row, address: str, name: str, world: World) -> int:
    """One request on data that the request before has not touched."""
    client = Client(raise_request_exception=False)
    client.cookies.update(world.things["signed in"][name])
    with transaction.atomic():
        send = getattr(client, row.method.lower())
        response: HttpResponse = send(address, row.data, headers=dict(row.headers or {}))
        transaction.set_rollback(True)
    return response.status_code


def test_every_address_stands_in_the_table(world: World) -> None:
    tried = {resolve(row.address(world).split("?")[0]).route for row in rows()}
    assert not sorted(ADDRESSES.keys() - tried)


def test_every_view_says_to_whom_it_is_open() -> None:
    assert not [route for route, pattern in ADDRESSES.items() if door_of(pattern.callback) is None]


def test_no_objects_address_opens_for_another_county(world: World) -> None:
    open_to_strangers = []
    for row in rows():
        address = row.address(world)
        pattern = ADDRESSES[resolve(address.split("?")[0]).route]
        takes_a_number = any(isinstance(c, IntConverter) for c in pattern.pattern.converters.values())
        if takes_a_number and "pk" in pattern.pattern.converters and row.status_for(STRANGER) < 400:
            open_to_strangers.append(address)
    assert not open_to_strangers


def test_an_address_that_nobody_declared_does_not_exist(world: World) -> None:
    for name in EVERYBODY:
        assert world.people.enter(name).get("/nowhere/").status_code == 404


def test_the_table_is_tried_with_the_doors_shut() -> None:
    assert "qingshan.office.accounts.middleware.ActorMiddleware" in settings.MIDDLEWARE
