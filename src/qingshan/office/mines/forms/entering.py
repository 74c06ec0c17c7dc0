"""What does a person type to register or correct one object? A field for each column of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.exchange.columns import Choice, Column, Date, Number
from qingshan.exchange.kinds import Kind
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.readers import Question
from qingshan.office.mines.actions.entering import faults_by_column
from qingshan.office.mines.columns import REFERRED, value_at
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.regions.models import Region
from qingshan.rules.reasons import CHINESE, Reason, say

MEANT = "crs"
"""How the coordinates are meant: asked only where the numbers do not say it."""
ANOTHER = "another"
"""Which registered mine this one is not: asked only where it looks like that one."""
OTHER_REGION = ""


class EnterForm(forms.Form):
    """One object. Everything is text: the kind's own columns read it, as they read the cells of a table."""

    def __init__(self, kind: Kind, regions: Iterable[Region], data: Any = None, *, held: Any = None) -> None:
        super().__init__(data, auto_id="enter_%s", initial=written_of(kind, held) if held else {})
        language = get_language() or CHINESE
        for column in kind.columns:
            self.fields[column.name] = _field(column, language, regions)
        if held is not None:
            self.fields["key"].widget.attrs["readonly"] = True
        if kind.geometry:
            self.fields[OUTLINE.name] = _coordinates(
                language, replaces=held is not None and held.geom is not None
            )

    @property
    def written(self) -> dict[str, str]:
        """What was typed, by the names of the columns. Coordinates that were left empty leave the shape alone."""
        asked = {MEANT, ANOTHER}
        typed = {name: str(self.data.get(name, "")) for name in self.fields if name not in asked}
        if not typed.get(OUTLINE.name, "").strip():
            typed.pop(OUTLINE.name, None)
        return typed

    @property
    def options(self) -> dict[str, Any]:
        """The answers: how the coordinates are meant, and that this is another mine than that one."""
        meant, like = self.data.get(MEANT, ""), str(self.data.get(ANOTHER, ""))
        own = str(self.data.get("key", "")).strip()
        return ({MEANT: str(meant)} if meant else {}) | ({ANOTHER: {own: like}} if like else {})

    def short_fields(self) -> list[forms.BoundField]:
        """Those that stand side by side."""
        return [field for field in self.visible_fields() if not _is_long(field)]

    def long_fields(self) -> list[forms.BoundField]:
        """Those that take a whole line each, below the others."""
        return [field for field in self.visible_fields() if _is_long(field)]

    def ask(self, question: Question) -> None:
        """Ask how the coordinates are meant, with every answer that makes sense."""
        language = get_language() or CHINESE
        choices = [(answer.value, answer.label.say({}, language)) for answer in question.answers]
        self.fields[MEANT] = forms.ChoiceField(
            label=question.say(language), choices=choices, widget=forms.RadioSelect
        )
        self.add_error(MEANT, _("请先说明坐标的含义，再提交一次。"))

    def refuse(self, refusal: RegisterRefused) -> None:
        """Put each reason at the field that it is about."""
        language = get_language() or CHINESE
        for name, reasons in faults_by_column(refusal).items():
            for reason in reasons:
                if like := reason.values.get("like"):
                    self._ask_whether_another(str(like), str(reason.values.get("name")))
                self.add_error(name if name in self.fields else None, _said(reason, language))

    def _ask_whether_another(self, like: str, name: str) -> None:
        choices = [(like, _("确实是另一座矿山，不是“%(name)s”（%(like)s）") % {"name": name, "like": like})]
        self.fields[ANOTHER] = forms.ChoiceField(
            label=_("是否同一矿山"), choices=choices, required=False, widget=forms.RadioSelect
        )


def _is_long(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.Textarea | forms.RadioSelect)


def _field(column: Column, language: str, regions: Iterable[Region]) -> forms.Field:
    given: dict[str, Any] = {
        "label": column.header(language),
        "required": column.required,
        "help_text": column.help(language),
    }
    if column.name == "region":
        given |= {"label": _("县区"), "help_text": ""}
        return forms.ChoiceField(
            **given,
            choices=[
                (OTHER_REGION, _("按图形所在县区")),
                *((region.code, region.name) for region in regions),
            ],
        )
    if isinstance(column.type, Choice):
        empty = [("", _("未填写"))]
        return forms.ChoiceField(
            **given, choices=empty + [(term.value, term.say(language)) for term in column.type.terms]
        )
    return forms.CharField(**given, widget=_widget(column))


def _widget(column: Column) -> forms.Widget:
    if isinstance(column.type, Date):
        return forms.DateInput(attrs={"type": "date"})
    if isinstance(column.type, Number):
        return forms.TextInput(attrs={"inputmode": "decimal"})
    if column.name == "note":
        return forms.Textarea(attrs={"rows": 2})
    return forms.TextInput()


def _coordinates(language: str, *, replaces: bool) -> forms.Field:
    keep = _("不填则保留现有图形。") if replaces else ""
    return forms.CharField(
        label=OUTLINE.title(language),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("可从许可证逐行粘贴拐点：每行“点号 X Y”或“经度,纬度”；多个圈之间空一行。") + keep,
    )


def written_of(kind: Kind, held: Any) -> dict[str, str]:
    """An object as it would be typed."""
    return {column.name: _typed(column, _held_value(held, column)) for column in kind.columns}


def _held_value(held: Any, column: Column) -> Any:
    return value_at(held, REFERRED[type(held)].get(column.name, column.name))


def _typed(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(column.type, Choice):
        return str(value)
    if isinstance(column.type, Date):
        return str(value.isoformat())
    cell = column.type.cell(value)
    return "" if cell is None else str(cell)


def _said(reason: Reason, language: str) -> str:
    """Without the row: a form has none."""
    sentence = say(reason, language)
    return sentence.split("：", 1)[-1] if sentence.startswith("第 1 行") else sentence.removeprefix("Row 1, ")
