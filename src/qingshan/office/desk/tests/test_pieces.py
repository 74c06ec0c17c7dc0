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


def test_areas_and_money_are_said_in_the_readers_language() -> None:
    assert (hectares(12_600), money(12_500_000)) == ("1.26 公顷（18.9 亩）", "12.5 万元")
    assert (hectares(None), money(None)) == ("—", "—")
    with translation.override("en"):
        assert (hectares(12_600), money(12_345)) == ("1.26 ha (18.9 mu)", "123.45 yuan")


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
