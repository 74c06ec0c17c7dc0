"""Can next year's notice be entered without a release?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.places import queries


@pytest.fixture
def system(db):
    return nine_people().enter("system_admin")


def test_a_day_is_entered_seen_and_taken_back(system, django_assert_max_num_queries):
    given = {"day": "2031-10-01", "is_working": "", "name": "国庆节", "source": "国办发明电〔2030〕7号"}
    assert system.post("/holidays/edit/", given).status_code == 302
    assert not queries.calendar().is_working_day(date(2031, 10, 1))
    with django_assert_max_num_queries(12):
        page = system.get("/holidays/", {"year": "2031"})
    assert "国办发明电〔2030〕7号" in page.content.decode()
    assert system.post("/holidays/2031-10-01/forget/").status_code == 302
    assert queries.calendar().is_working_day(date(2031, 10, 1))


def test_a_refusal_stands_above_the_form(system):
    given = {"day": "2031-10-01", "is_working": "1", "name": "国庆节", "source": "通知"}
    page = system.post("/holidays/edit/", given)
    assert page.status_code == 422
    assert "只有周末才会调休上班" in page.content.decode()
