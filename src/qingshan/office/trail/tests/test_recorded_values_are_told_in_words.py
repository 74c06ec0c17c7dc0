"""Does a reader see names and terms in one language, and what nobody knows any more as it was recorded?"""

from __future__ import annotations

from qingshan.office.trail.models import Entry
from qingshan.office.trail.telling import Change, changes

SET_UP = Entry(
    act="accounts.create_post",
    new_json='{"duties": ["registry", "review"], "duty_words": "登记、审核", "duty_words_en": "registry, review"}',
)


def test_names_and_terms_are_chinese_for_a_chinese_reader() -> None:
    assert changes(SET_UP) == [
        Change("职责", None, "登记、审核"),
        Change("职责名称", None, "登记、审核"),
    ]


def test_names_and_terms_are_english_for_an_english_reader() -> None:
    assert changes(SET_UP, "en") == [
        Change("Duties", None, "registry, review"),
        Change("Duties in words", None, "registry, review"),
    ]


def test_old_and_new_stand_side_by_side() -> None:
    renamed = Entry(act="x", old_json='{"name": "旧", "kind": "authority"}', new_json='{"name": "新"}')
    assert changes(renamed) == [Change("类型", "管理部门", None), Change("名称", "旧", "新")]


def test_what_no_release_knows_any_more_is_shown_as_recorded() -> None:
    old = Entry(act="x", new_json='{"forgotten": "value", "kind": "guild"}')
    assert changes(old) == [Change("forgotten", None, "value"), Change("类型", None, "guild")]
