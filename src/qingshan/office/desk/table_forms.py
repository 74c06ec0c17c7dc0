"""How does a person bring a superior's empty table, and say what its headers mean and what goes in?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.columns import Number
from qingshan.exchange.filling.layouts import Header
from qingshan.exchange.filling.meaning import (
    fitting,
    offered_units,
    unit_code,
    unit_from,
    unit_name,
    unit_said,
)
from qingshan.exchange.filling.opening import MAX_BYTES as MAX_TABLE_BYTES
from qingshan.exchange.filling.writing import LEFT, NOT_HELD, Match
from qingshan.office.desk.filling import Reading
from qingshan.office.mines.forms.narrowing import Regions as QuickSelect
from qingshan.office.regions.models import Region


class TableForm(forms.Form):
    """An empty table of a superior."""

    file = forms.FileField(label=_("上级来表"), max_length=255)

    def clean_file(self) -> UploadedFile[Any]:
        brought: UploadedFile[Any] = self.cleaned_data["file"]
        if (brought.size or 0) > MAX_TABLE_BYTES:
            megabytes = MAX_TABLE_BYTES // 2**20
            raise forms.ValidationError(
                _("文件超过 %(mb)s MB 上限。空表不会这么大，请删去其中的图片或数据后再上传。"),
                params={"mb": megabytes},
            )
        return brought


class FillForm(forms.Form):
    """What each header is filled from, and what goes in. Built for one reading of one table."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=QuickSelect)
    category = forms.ChoiceField(label=_("分类"), required=False)
    q = forms.CharField(label=_("名称或编号"), required=False, max_length=60)
    by_key = forms.ChoiceField(label=_("填写方式"), required=False)

    def __init__(
        self,
        reading: Reading,
        regions: Iterable[Region],
        language: str,
        data: Mapping[str, Any] | None,
        **kept: Any,
    ) -> None:
        super().__init__(data, initial=kept, auto_id="fill_%s")
        self.reading = reading
        self._choose("region", [("", _("全部县区")), *((str(region.pk), region.name) for region in regions)])
        terms = [(code, title.say({}, language)) for code, title in reading.kind.categories]
        self._choose("category", [("", _("全部分类")), *terms])
        if not terms:
            del self.fields["category"]
        ways = _ways(reading)
        self._choose("by_key", ways)
        self.initial.setdefault("by_key", ways[0][0])
        for row in reading.rows:
            place = row.header.place
            self.fields[f"column_{place}"] = _column_field(reading, row.meaning.column, language)
            self.fields[f"unit_{place}"] = _unit_field(
                reading, row.meaning.column, row.meaning.unit, language
            )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def rows(self) -> Iterator[tuple[Any, BoundField, BoundField]]:
        """The headers with their two fields, for the table of the page."""
        for row in self.reading.rows:
            yield row, self[f"column_{row.header.place}"], self[f"unit_{row.header.place}"]

    @property
    def matches(self) -> list[Match]:
        return [self._match(row.header) for row in self.reading.rows]

    def _match(self, header: Header) -> Match:
        """A unit that was offered for another column says nothing about this one."""
        said = self.cleaned_data
        name, unit = said[f"column_{header.place}"], said[f"unit_{header.place}"]
        column = self.reading.kind.by_name.get(name)
        if column is None:
            return Match(header.place, name)
        if fitting(unit, column) is None:
            unit = unit_said(column, header.lines, self.reading.sheet.layout.captions)
        return Match(header.place, name, unit)

    @property
    def choice(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name) or "" for name in ("region", "category", "q")}

    @property
    def key_place(self) -> int | None:
        said = self.cleaned_data["by_key"]
        return int(said) if said else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        place = said.get("by_key")
        if place and said.get(f"column_{place}") not in self.reading.kind.identifying:
            self.add_error("by_key", _("这一列已不再对应编号或名称，请改选填写方式，或改回该列的对应。"))
        return said


def _ways(reading: Reading) -> list[tuple[str, Any]]:
    """Rows that are printed already are most likely meant to be completed: that stands first."""
    return [
        *(_by(reading, place) for place in reading.keys),
        ("", _("逐行填入，编好序号")),
        *(_by(reading, place) for place in reading.other_keys),
    ]


def _by(reading: Reading, place: int) -> tuple[str, Any]:
    header = next(row.header for row in reading.rows if row.header.place == place)
    said = {"header": header.text, "n": reading.sheet.printed[place]}
    return str(place), gettext("按“%(header)s”列已印好的 %(n)s 行补填") % said


def _column_field(reading: Reading, column: str, language: str) -> forms.ChoiceField:
    titles = [(each.name, each.title(language)) for each in reading.kind.all_columns]
    choices = [(NOT_HELD, _("台账中没有，标出")), (LEFT, _("留空，不标出")), *titles]
    return forms.ChoiceField(choices=choices, required=False, initial=column, widget=QuickSelect)


def _unit_field(reading: Reading, column: str, unit: str, language: str) -> forms.ChoiceField:
    """Which unit the cells are in: that of the header where it names one; only for columns that have units."""
    found = reading.kind.by_name.get(column)
    offered = offered_units(found) if found else []
    named = unit_from(unit)
    if named is not None and named not in offered:
        offered.insert(0, named)
    english = language.startswith("en")
    choices = [(unit_code(each), unit_name(each, english=english)) for each in offered]
    usual = (
        unit_code((found.type.bare, Fraction(1)))
        if offered and found and isinstance(found.type, Number) and found.type.bare
        else ""
    )
    field = forms.ChoiceField(
        choices=choices or [("", "")], required=False, initial=unit or usual, widget=QuickSelect
    )
    field.has_units = bool(offered)  # type: ignore[attr-defined]
    return field
