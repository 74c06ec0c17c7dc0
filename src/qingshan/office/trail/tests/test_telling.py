"""An entry reads as a sentence in the reader's language, whatever it holds."""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.trail import telling
from qingshan.office.trail.acts import Act, declare_acts
from qingshan.office.trail.canonical import canonical
from qingshan.office.trail.models import Entry
from qingshan.rules.reasons import Sentence


def _entry(**values: object) -> Entry:
    given = {
        "act": "test.tell",
        "decider_kind": "person",
        "decider_id": 1,
        "decider_name": "林经办",
        "recorder_kind": "person",
        "recorder_id": 1,
        "recorder_name": "林经办",
        "occurred_on": date(2026, 11, 22),
        "subject_count": 3,
        "because_json": "[]",
    }
    return Entry(**{**given, **values})


def _told(words: str, new: object, language: str = "zh-hans") -> str:
    declare_acts(Act("test.tell", None, Sentence("题", "title"), Sentence(words, words)))
    return telling.sentence(_entry(new_json=canonical(new)), language)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("坑口", "坑口", "坑口"),
        (1.5, "1.5", "1.5"),
        (True, "是", "yes"),
        (None, "—", "—"),
        ("", "—", "—"),
        (["a", "b"], "a、b", "a, b"),
        (list("abcdefg"), "a、b、c、d、e 等 7 项", "a, b, c, d, e and others, 7 in all"),
        ({"a": 1, "b": None}, "a: 1、b: —", "a: 1, b: —"),
        ("0123456789abcdef" * 4, "0123456789ab…", "0123456789ab…"),
    ],
)
def test_every_kind_of_value_is_written_as_people_read_it(value, zh, en):
    assert _told("{x}", {"x": value}) == zh
    assert _told("{x}", {"x": value}, "en") == en


def test_a_fixed_term_is_said_by_its_name():
    standing = {"state": "rectification.closed"}
    assert _told("现状 {state}", standing) == "现状 已销号"
    assert _told("现状 {state}", standing, "en") == "现状 closed"


def test_a_sentence_knows_who_when_and_how_much():
    told = _told("{decider} {recorder} {occurred_on} {subjects} {paper} {missing}", {})
    assert told == "林经办 林经办 2026-11-22 3 — —"


def test_the_nameless_are_named_in_the_readers_language():
    entry = _entry(
        decider_kind="operator", decider_id=None, decider_name="本机操作员", recorder_kind="operator"
    )
    entry.recorder_id = None
    assert telling.who(entry) == "本机操作员"
    assert telling.who(entry, "en") == "operator of this machine"


def test_a_record_on_behalf_names_both_and_the_paper():
    entry = _entry(
        decider_id=9, decider_name="郑局长", paper_number="〔2026〕31号", paper_decided_on=date(2026, 11, 17)
    )
    assert telling.who(entry) == "郑局长 决定 · 林经办 代录"
    assert telling.paper(entry) == "纸质件 〔2026〕31号（2026-11-17）"
    assert telling.paper(_entry()) == ""


def test_an_act_or_a_reason_that_no_release_knows_any_more_is_shown_by_its_code():
    entry = _entry(act="old.act", because_json='[{"code":"old.reason","values":{}}]')
    assert telling.sentence(entry) == telling.title(entry) == "old.act"
    assert telling.reasons(entry) == ["old.reason"]


def test_a_bare_value_has_a_line_of_its_own():
    assert telling.changes(_entry(new_json='"x"')) == [telling.Change("", None, "x")]
    assert telling.changes(_entry(old_json='{"b":1,"a":2}'))[0].differs
