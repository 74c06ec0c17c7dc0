"""The digest of an object is the same when it was written and when it is read back, on either database."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import permutations
from uuid import UUID

import pytest
import rfc8785
import shapely
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.office.trail import canonical as canonical_texts
from qingshan.office.trail.canonical import canonical, flat
from qingshan.office.trail.columns import reader_of
from qingshan.office.trail.models import Entry
from qingshan.office.trail.subjects import declare_subject, digest_of, digest_of_states, digests_of, states_of
from qingshan.office.trail.tests.factories import Plain, Thing, state
from qingshan.rules.duties import Duty

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
WHOLE = st.integers(-(2**63), 2**63 - 1)
REAL = st.floats(allow_nan=False, allow_infinity=False)
DEGREES = st.floats(-180, 180, allow_nan=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | REAL | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
SHAPES = (
    st.builds(shapely.Point, DEGREES, DEGREES)
    | st.lists(st.tuples(DEGREES, DEGREES), min_size=2, max_size=6).map(shapely.LineString)
    | st.builds(shapely.box, *[st.floats(-90, 0), st.floats(-90, 0), st.floats(1, 90), st.floats(1, 90)])
)
INSTANTS = st.datetimes(
    datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])
)
THINGS = st.fixed_dictionaries(
    {"name": TEXT.map(lambda text: text[:80]), "yes": st.booleans()},
    optional={
        "text": TEXT,
        "count": WHOLE,
        "area_m2": REAL,
        "amount": st.decimals(-(10**9), 10**9, places=2) | st.integers(-5, 5) | st.just("7.5"),
        "on": st.dates(date(1900, 1, 1), date(2200, 1, 1)) | st.just("2026-11-22"),
        "at": INSTANTS,
        "clock": st.times(),
        "data": JSON,
        "uuid": st.uuids(),
        "raw": st.binary(max_size=20),
        "geom": SHAPES,
    },
)


@given(values=THINGS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_digest_survives_the_way_through_the_database(db, values):
    written = Thing.objects.create(**values)
    read = Thing.objects.get(pk=written.pk)
    assert digest_of(written) == digest_of(read)
    assert digests_of([read, written]) == [digest_of(read)] * 2


@given(value=JSON)
def test_canonical_text_read_again_gives_the_same_text(value):
    text = canonical(value)
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(TEXT.filter(str.isascii), TEXT | st.integers(-(2**53) + 1, 2**53 - 1) | st.none()))
def test_the_quick_way_writes_what_rfc_8785_writes(table):
    assert flat(table).encode() == rfc8785.dumps(table)


CHANGES = [
    ("name", "乙"),
    ("text", "x"),
    ("count", 8),
    ("area_m2", 1.5000000000000002),
    ("amount", Decimal("1.01")),
    ("on", date(2026, 1, 2)),
    ("at", datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
    ("yes", True),
    ("data", {"a": 2}),
    ("uuid", UUID(int=2)),
    ("raw", b"2"),
    ("geom", shapely.Point(120, 30.000000000000004)),
]


@pytest.mark.parametrize(("column", "value"), CHANGES, ids=[name for name, _ in CHANGES])
def test_any_change_of_any_column_changes_the_digest(column, value):
    plain = {
        "name": "甲",
        "count": 7,
        "area_m2": 1.5,
        "amount": Decimal("1.00"),
        "on": date(2026, 1, 1),
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "data": {"a": 1},
        "uuid": UUID(int=1),
        "raw": b"1",
        "geom": shapely.Point(120, 30),
    }
    assert digest_of(Thing(pk=1, **plain)) != digest_of(Thing(pk=1, **{**plain, column: value}))


def test_the_key_is_part_of_the_digest_and_a_cache_is_not():
    assert digest_of(Thing(pk=1)) != digest_of(Thing(pk=2))
    assert digest_of(Thing(pk=1, cached=1)) == digest_of(Thing(pk=1, cached=2))


def test_two_kinds_with_the_same_columns_have_different_digests():
    before = digest_of(Plain(pk=1, name="x"))
    declare_subject("test.other", Plain)
    assert digest_of(Plain(pk=1, name="x")) != before


def test_an_empty_column_more_changes_no_digest():
    declare_subject("test.plain", Thing, without=["cached", "text"])
    without = digest_of(Thing(pk=1, name="x"))
    declare_subject("test.plain", Thing, without=["cached"])
    assert digest_of(Thing(pk=1, name="x", text=None)) == without
    assert digest_of(Thing(pk=1, name="x", text="y")) != without


def test_an_enumeration_is_written_as_its_value(db):
    thing = Thing.objects.create(name=Duty.AUDIT)
    assert digest_of(thing) == digest_of(Thing.objects.get(pk=thing.pk))


def test_an_object_with_an_expression_must_be_read_back_first():
    with pytest.raises(TypeError, match="expression"):
        digest_of(Thing(pk=1, name=F("text")))


def test_an_object_that_is_not_stored_is_no_subject():
    with pytest.raises(TypeError, match="stored"):
        digest_of(Thing(name="x"))


def test_a_column_to_leave_out_must_exist():
    with pytest.raises(ValueError, match="kashed"):
        declare_subject("test.thing", Thing, without=["kashed"])


def test_a_decimal_that_sqlite_cannot_keep_is_refused():
    field = Thing._meta.get_field("amount").clone()
    field.max_digits = 16
    with pytest.raises(TypeError, match="15"):
        reader_of(field)


@given(st.permutations([state(1), state(2), state(-3), state(10)]))
def test_the_order_in_which_subjects_are_named_does_not_matter(given_order):
    in_order = states_of(given_order)
    assert [each.id for each in in_order] == [-3, 1, 2, 10]
    assert digest_of_states(in_order) == digest_of_states(states_of(reversed(given_order)))


def test_no_text_of_one_kind_passes_for_another_kind():
    domains = [value for value in vars(canonical_texts).values() if isinstance(value, bytes)]
    assert len(domains) >= 6
    for one, other in permutations(domains, 2):
        assert not one.startswith(other)


def test_many_objects_have_as_many_digests():
    things = [
        Thing(pk=n, name=f"点位{n}", area_m2=n / 7, geom=shapely.Point(120, n / 1e4)) for n in range(5000)
    ]
    assert len(set(digests_of(things))) == 5000


def test_every_column_of_an_entry_but_hash_and_seal_is_hashed():
    from qingshan.office.trail.entries import HASHED

    assert {*HASHED, "hash", "seal"} == {
        field.attname for field in Entry._meta.concrete_fields if not field.generated
    }
