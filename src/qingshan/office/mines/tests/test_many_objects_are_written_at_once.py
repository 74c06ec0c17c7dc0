"""Does the quick way of writing leave the same rows as Django's own?"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Point

from qingshan.exchange import writing
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.tests.factories import EAST, WEST, regions, square
from qingshan.office.trail.subjects import digests_of

pytestmark = pytest.mark.django_db

MANY = 150
"""More than one statement holds."""


@pytest.fixture(autouse=True)
def _regions() -> None:
    regions()


def sites(count: int = MANY) -> list[Site]:
    return [
        Site(
            key=f"点位-{n}",
            name="采石场's",
            region_id=WEST,
            geom=square(122.1 + n / 1000, 33.1) if n % 3 else None,
            area_m2=n / 7 if n % 3 else None,
            found_on=date(2026, 5, 1) if n % 2 else None,
        )
        for n in range(count)
    ]


def stored(model: type[Mine | Site | Patch]) -> list[dict[str, object]]:
    return list(model._default_manager.order_by("key").values())


def test_the_rows_are_those_that_django_writes() -> None:
    writing.insert(sites())
    ours = stored(Site)
    Site.objects.all().delete()
    Site.objects.bulk_create(sites())
    theirs = stored(Site)
    assert [row | {"id": 0} for row in ours] == [row | {"id": 0} for row in theirs]


def test_every_object_gets_its_own_id_and_the_digest_of_the_stored_row() -> None:
    written = writing.insert(sites())
    assert {one.pk: one.key for one in written} == dict(Site.objects.values_list("pk", "key"))
    read_back = Site.objects.in_bulk([one.pk for one in written])
    assert digests_of(written) == digests_of([read_back[one.pk] for one in written])


def test_what_is_written_is_found_by_place() -> None:
    writing.insert(sites())
    assert Site.objects.get(geom__intersects=Point(122.1105, 33.1005)).key == "点位-10"


def test_mines_and_patches_are_written_too() -> None:
    writing.insert([Mine(key="K", name="矿", region_id=WEST, geom=Point(122.1, 33.1))])
    site = writing.insert(sites(1))[0]
    writing.insert([Patch(key="P", site_id=site.pk, region_id=WEST, geom=square(122.1, 33.1), area_m2=1.0)])
    assert Patch.objects.get(geom__bbox=(122, 33, 123, 34)).site == site
    assert Mine.objects.get().cell is not None


def test_overwriting_changes_every_column_and_nothing_else() -> None:
    first, second, *_ = writing.insert(sites(3))
    first.name, first.region_id, first.geom, first.version = "新名", EAST, square(122.7, 33.1), 2
    writing.overwrite([first])
    found = Site.objects.get(pk=first.pk)
    assert (found.name, found.region_id, found.version, found.key) == ("新名", EAST, 2, "点位-0")
    assert Site.objects.get(geom__bbox=(122.69, 33.0, 122.71, 33.2)) == first
    assert Site.objects.get(pk=second.pk).name == "采石场's"


def test_a_taken_key_writes_nothing() -> None:
    writing.insert(sites(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        writing.insert(sites(2))
    assert Site.objects.count() == 1


def test_nothing_to_write_asks_nothing(django_assert_num_queries: CaptureQueriesContext) -> None:
    with django_assert_num_queries(0):
        assert list(writing.insert([])) == []
