"""Are statuses, unknown values, areas, money and instants written as the house writes them?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from qingshan.office.desk.templatetags.components import hectares, in_words, moment, money, thousands
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Reason, Sentence


def rendered(source: str, **values: object) -> str:
    return Template("{% load components i18n %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("look", "shape"), [("late", "●"), ("due", "▲"), ("good", "✓"), ("note", "◆"), ("none", "○")]
)
def test_a_status_is_shape_and_word(look: str, shape: str) -> None:
    piece = rendered("{% status look word %}", look=look, word="逾期 2 天")
    assert shape in piece
    assert "逾期 2 天" in piece


def test_a_status_of_an_unknown_look_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        rendered('{% status "pink" "x" %}')


def test_an_unknown_value_is_a_dash_with_its_reason_for_eyes_and_ears() -> None:
    piece = rendered('{% unknown "尚未测量" %}')
    assert 'title="尚未测量"' in piece
    assert '<span class="visually-hidden">尚未测量</span>' in piece


def test_words_of_people_cannot_become_markup() -> None:
    assert "<b>" not in rendered('{% status "late" word %}{% unknown word %}', word="<b>x</b>")


@pytest.mark.parametrize(
    ("area_m2", "words"), [(12_600, "1.26 公顷（18.9 亩）"), (0, "0.00 公顷（0.0 亩）"), (None, "—")]
)
def test_areas_are_hectares_and_mu(area_m2: float | None, words: str) -> None:
    assert hectares(area_m2) == words


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (12_500_000, "12.5 万元", "CNY 125,000.00"),
        (1, "0.000001 万元", "CNY 0.01"),
        (0, "0 万元", "CNY 0.00"),
        (123_456_789_000_000, "123,456,789 万元", "CNY 1,234,567,890,000.00"),
        (None, "—", "—"),
    ],
)
def test_money_is_exact(fen: int | None, chinese: str, english: str) -> None:
    assert money(fen) == chinese
    with translation.override("en"):
        assert money(fen) == english


def test_an_instant_is_shown_in_shanghai() -> None:
    assert moment(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == "2026-11-21 00:00"
    assert moment(datetime(2026, 11, 20, 15, 59, tzinfo=UTC)) == "2026-11-20 23:59"


def test_thousands_are_parted() -> None:
    assert (thousands(18_600), thousands(None)) == ("18,600", "—")


def test_fixed_terms_sentences_and_reasons_are_said_in_the_readers_language() -> None:
    reason = Reason("office.not_found", {"what": "x"})
    assert in_words(Duty.REGISTRY) == "登记"
    with translation.override("en"):
        assert in_words(Duty.REGISTRY) == "registry"
        assert in_words(Sentence(zh="一", en="one")) == "one"
        assert in_words(reason).startswith("“x” was not found")


def test_a_field_is_tied_to_its_label_help_and_errors() -> None:
    class Form(forms.Form):
        name = forms.CharField(label="名称", help_text="写全称")

    field = Form({"name": ""})["name"]
    piece = Template('{% include "desk/components/field.html" %}').render(Context({"field": field}))
    assert '<label for="id_name">' in piece
    assert 'id="id_name_helptext"' in piece
    assert 'aria-invalid="true"' in piece
    assert 'aria-describedby="id_name_helptext' in piece
