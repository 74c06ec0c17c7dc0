"""Do dated lists become regions with first and last days?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.regions.register import listed_codes, package_lists
from qingshan.office.regions.tests.lists import small_lists


@pytest.fixture(scope="module")
def small():
    return {each.code.text: each for each in listed_codes(small_lists())}


def test_a_region_of_all_lists_has_neither_first_nor_last_day(small):
    (name,) = small["410000"].names
    assert (name.name, name.valid_from, name.valid_to) == ("河南省", None, None)


def test_a_region_that_vanishes_ended_on_the_day_before_the_first_list_without_it(small):
    (name,) = small["410421"].names
    assert (name.valid_from, name.valid_to) == (None, date(2010, 9, 30))


def test_a_new_region_begins_with_the_month_of_its_first_list(small):
    (name,) = small["410422"].names
    assert (name.valid_from, name.valid_to) == (date(2005, 6, 1), None)


def test_a_new_name_follows_the_old_one_without_a_gap(small):
    old, new = small["410402"].names
    assert (old.name, old.valid_from, old.valid_to) == ("新华区", None, date(2010, 9, 30))
    assert (new.name, new.valid_from, new.valid_to) == ("新华新区", date(2010, 10, 1), None)


def test_a_heading_that_the_ministry_leaves_out_was_never_gone(small):
    (name,) = small["410401"].names
    assert (name.valid_from, name.valid_to) == (None, None)
    assert small["410401"].is_heading
    assert small["419000"].is_heading
    assert not small["419001"].is_heading


@pytest.mark.parametrize(
    ("code", "name", "on"),
    [
        ("150622", "准格尔旗", date(2015, 1, 1)),
        ("230112", "阿城区", date(2015, 1, 1)),
        ("140924", "繁峙县", date(2015, 1, 1)),
        ("410400", "平顶山市", date(1990, 1, 1)),
        ("431021", "桂阳县", date(2015, 1, 1)),
        ("419001", "济源市", date(2015, 1, 1)),
        ("469026", "屯昌县", date(2000, 1, 1)),
        ("469026", "昌江黎族自治县", date(2015, 1, 1)),
    ],
)
def test_the_package_knows_places_that_people_write_about(real, code, name, on):
    names = [n.name for n in real[code].names if (n.valid_from or on) <= on <= (n.valid_to or on)]
    assert names == [name]


@pytest.fixture(scope="module")
def real():
    return {each.code.text: each for each in listed_codes(package_lists())}


def test_names_of_one_code_never_overlap(real):
    for each in real.values():
        for earlier, later in zip(each.names, each.names[1:], strict=False):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to < later.valid_from
