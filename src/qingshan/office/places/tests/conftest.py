"""Who works on the ground of the map's tests?"""

from __future__ import annotations

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People
from qingshan.office.places.tests.factories import grounds


@pytest.fixture
def people(db: None) -> People:
    """Everybody, on two counties with outlines that touch."""
    return grounds()


@pytest.fixture
def clerk(people: People) -> Actor:
    """The registry clerk of the western county."""
    return people.actor("county_clerk")


@pytest.fixture
def officer(people: People) -> Actor:
    """The registry officer of the province."""
    return people.actor("registry_officer")
