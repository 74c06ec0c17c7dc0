"""Does a claim without a shape get the outline that its site has by now, and wait for images again?"""

from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import Point

from qingshan.geo.area import area_m2
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.models import Site
from qingshan.office.observations import actions, claiming
from qingshan.office.observations.claiming import Claimed
from qingshan.office.observations.models import Claim
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import NOW, TODAY, as_recorded, land_of, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return nine_people()


def without_shape(*, outline: Any = None, **claimed: Any) -> Claim:
    """Claimed while the site was a point; since then it may have got an outline."""
    site = Site.objects.create(key="D-1", name="采坑", region=region(), geom=Point(122.1, 33.1))
    (claim,) = claiming.claim(Claimed(subject=site, site=site, claimed_on=TODAY, **claimed), now=NOW)
    assert claim.verdict == "undecidable"
    if outline is not None:
        Site.objects.filter(pk=site.pk).update(geom=outline)
    return Claim.objects.get(pk=claim.pk)


def taken(claim: Claim, actor: Any) -> Claim:
    return actions.take_shape(claim, version=claim.version, actor=actor, now=NOW)


def test_it_takes_the_outline_and_waits_for_images(people: People) -> None:
    claim = without_shape(outline=land_of(1))
    taken(claim, people.actor("county_clerk"))
    claim.refresh_from_db()
    assert claim.geom.equals(land_of(1))
    assert claim.cell is not None
    assert claim.area_m2 == pytest.approx(area_m2(land_of(1)))
    assert (claim.state, claim.verdict, claim.because, claim.found_on) == ("queued", "", None, None)
    assert as_recorded()


def test_an_area_that_was_claimed_stays(people: People) -> None:
    claim = without_shape(outline=land_of(1), area_m2=777.0)
    taken(claim, people.actor("county_clerk"))
    assert Claim.objects.get().area_m2 == 777.0


@pytest.mark.parametrize(
    ("outline", "values", "code"),
    [
        (None, {}, "no_outline"),
        (land_of(1), {"geom": land_of(2)}, "has_shape"),
        (land_of(1), {"state": "withdrawn"}, "claim_ended"),
    ],
)
def test_what_makes_no_sense_is_refused(
    people: People, outline: Any, values: dict[str, Any], code: str
) -> None:
    claim = without_shape(outline=outline)
    Claim.objects.filter(pk=claim.pk).update(**values)
    with pytest.raises(ObservationRefused) as refused:
        taken(Claim.objects.get(), people.actor("county_clerk"))
    assert refused.value.code == f"observations.{code}"


def test_only_whoever_registers_there_does_it(people: People) -> None:
    claim = without_shape(outline=land_of(1))
    for who in ("other_county_clerk", "city_reviewer"):
        with pytest.raises(NotAllowed):
            taken(claim, people.actor(who))


def test_pages_offer_it_where_the_site_has_an_outline(people: People) -> None:
    claim = without_shape(outline=land_of(1))
    clerk = people.enter("county_clerk")
    path = f"{claim.get_absolute_url()}shape/"
    for page in (claim.get_absolute_url(), f"{claim.get_absolute_url()}complete/"):
        assert path in clerk.get(page).content.decode()
    assert clerk.post(path, {"version": claim.version}).status_code == 302
    assert path not in clerk.get(claim.get_absolute_url()).content.decode()
    assert path not in people.enter("auditor").get(claim.get_absolute_url()).content.decode()
