"""Does the calendar know what the State Council announced, and say so where it does not?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qingshan.office.errors import NotAllowed
from qingshan.office.places import actions, queries
from qingshan.office.places.models import Holiday
from qingshan.office.places.sentences import PlaceRefused
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import OPERATOR, SYSTEM, Nobody
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ADMIN = Nobody(SYSTEM, frozenset({Duty.SYSTEM_ADMIN}))
NOTICE = "国办发明电〔2025〕7号"


@pytest.fixture
def _loaded():
    actions.load_holidays(actor=ADMIN, now=NOW)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # Saturday worked in exchange
        (date(2026, 2, 16), False),  # New Year's Eve, a Monday
        (date(2026, 3, 2), True),
        (date(2026, 3, 1), False),
    ],
)
def test_spring_festival_2026(day, works):
    assert queries.calendar().is_working_day(day) is works


@pytest.mark.usefixtures("_loaded")
def test_loading_again_changes_nothing_and_leaves_no_entry():
    assert actions.load_holidays(actor=ADMIN, now=NOW) == 0
    assert Entry.objects.count() == 1


@pytest.mark.usefixtures("_loaded")
def test_a_year_without_notice_is_warned_of():
    answer = queries.calendar().add_working_days(date(2031, 12, 30), 5)
    assert {reason.values["year"] for reason in answer.warnings} == {2031, 2032}


def edit(day, *, actor=ADMIN, is_working=False, name="国庆节", source=NOTICE):
    return actions.edit_day(actor=actor, now=NOW, day=day, is_working=is_working, name=name, source=source)


def test_the_next_notice_needs_no_release():
    edit(date(2031, 10, 1))
    edit(date(2031, 10, 11), is_working=True)
    calendar = queries.calendar()
    assert not calendar.is_working_day(date(2031, 10, 1))
    assert calendar.is_working_day(date(2031, 10, 11))
    assert not calendar.warnings(date(2031, 10, 1), date(2031, 10, 11))


@pytest.mark.usefixtures("_loaded")
def test_what_an_office_entered_stands_and_the_trail_keeps_both_states():
    day = edit(date(2026, 10, 1), name="国庆", source="通知")
    entry = Entry.objects.order_by("-seq").first()
    assert entry.old["name"] == "国庆节"
    assert entry.new["name"] == "国庆"
    assert day.version == 2
    actions.load_holidays(actor=ADMIN, now=NOW)
    assert Holiday.objects.get(day=day.day).name == "国庆"


def test_a_day_can_be_forgotten():
    edit(date(2031, 10, 1))
    actions.forget_day(actor=ADMIN, now=NOW, day=date(2031, 10, 1))
    assert queries.calendar().known_years == frozenset()
    with pytest.raises(PlaceRefused):
        actions.forget_day(actor=ADMIN, now=NOW, day=date(2031, 10, 1))


@pytest.mark.parametrize(
    ("day", "more", "code"),
    [
        (date(2031, 10, 1), {"source": " "}, "places.source_missing"),
        (date(2031, 10, 1), {"is_working": True}, "places.works_anyway"),  # a Wednesday
    ],
)
def test_a_day_without_basis_or_sense_is_refused(day, more, code):
    with pytest.raises(PlaceRefused) as refused:
        edit(day, **more)
    assert refused.value.code == code


def test_only_a_system_administrator_edits_days():
    with pytest.raises(NotAllowed):
        edit(date(2031, 10, 1), actor=Nobody(OPERATOR, frozenset({Duty.REGISTRY})))
