"""Who works with the pool of the tests?"""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.experts import about as about_module
from qingshan.office.experts.about import About, Subject, about, organisation_touched
from qingshan.office.experts.tests.factories import COUNTY, TODAY, region
from qingshan.office.places.models import MapLayer
from qingshan.rules.reasons import Sentence

ENTERPRISE = Sentence(zh="矿山企业", en="enterprise")


@pytest.fixture
def people(db: None) -> People:
    """Everybody."""
    return nine_people()


@pytest.fixture
def keeper(people: People) -> Actor:
    """Who keeps the province's pool."""
    return people.actor("registry_officer", on=TODAY)


@pytest.fixture
def reviewer(people: People) -> Actor:
    """Who draws for the city."""
    return people.actor("city_reviewer", on=TODAY)


@pytest.fixture
def something(people: People, reviewer: Actor, monkeypatch: Any) -> About:
    """An object of 青石县 that the enterprise has a part in; a map layer stands for what lies above this app."""
    layer = MapLayer.objects.create(
        code="X-1", title="某事项", kind="ecological_redline", openness="public", source="县局",
        data_on=TODAY, region=region(COUNTY),
    )  # fmt: skip

    def touches(_layer: Any) -> Any:
        return organisation_touched(people.organisations["enterprise"], ENTERPRISE)

    kind = Subject("places.layer", "图层", lambda layer: f"/layers/{layer.pk}/", touches)
    monkeypatch.setitem(about_module._SUBJECTS, "places.layer", kind)
    return about("places.layer", layer.pk, actor=reviewer)
