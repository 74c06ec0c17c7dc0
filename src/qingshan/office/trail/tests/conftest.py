"""The tables of the test-only models, and their declaration while a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from qingshan.office.trail import acts, subjects
from qingshan.office.trail.tests import factories
from qingshan.office.trail.tests.factories import Plain, Thing


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        present = connection.introspection.table_names()
        with connection.schema_editor() as editor:
            for model in factories.TABLES:
                if model._meta.db_table not in present:
                    editor.create_model(model)


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Acts and kinds of the tests; forgotten afterwards, so that no other room's `verify` looks for them.

    Meanwhile the kinds of other rooms are forgotten: their test data are made without acts.
    """
    monkeypatch.setattr(acts, "_ACTS", dict(acts._ACTS))
    own = {name: kind for name, kind in subjects._KINDS.items() if name.startswith("trail.")}
    monkeypatch.setattr(subjects, "_KINDS", own)
    monkeypatch.setattr(subjects, "_BY_MODEL", dict(subjects._BY_MODEL))
    acts.declare_acts(*factories.ACTS)
    subjects.declare_subject(
        "test.thing",
        Thing,
        without=["cached"],
        visible_to=lambda actor: Thing.objects.filter(name__startswith=actor.decider.name),
    )
    subjects.declare_subject("test.plain", Plain)
    return


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Any) -> None:
    """Signing keys of this test only."""
    settings.KEYS_ROOT = tmp_path / "keys"
