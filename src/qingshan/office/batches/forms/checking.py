"""What is filled in of a site that was looked at: each criterion measured or not, and the numbers of its own plan?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.batches.actions import Found, Visit
from qingshan.office.batches.criteria import as_stored, asked_of, known_limits, plan_on_file
from qingshan.office.batches.facts import listed_rows
from qingshan.office.batches.forms.acting import about_of
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.observed import Observed, observed_on
from qingshan.office.matters.forms.acting import ActForm, choose
from qingshan.office.restoration.forms.acting import hectares_field, m2_of
from qingshan.rules.acceptance import Amount, Criterion, Judged
from qingshan.rules.reasons import CHINESE
from qingshan.rules.zones import Ground, Zone

UNSEEN, YES, NO = "", "yes", "no"


class CheckForm(ActForm):
    """登记抽查结果. What is left empty was not observed; it is no 0."""

    asks_failure = True
    visitors = forms.CharField(label=_("到场人员"), max_length=300)
    visited_on = Day(label=_("到场日期"))
    area = hectares_field(_("实测面积（公顷）"), required=False, help_text=_("没有测量的不填。"))
    source = forms.CharField(
        label=_("方案名称"), max_length=200, required=False, help_text=_("填写了方案指标的，写明是哪个方案。")
    )
    zone = forms.ChoiceField(label=_("土地复垦类型区"), required=False)
    rain_mm = forms.DecimalField(
        label=_("年降水量（毫米）"), required=False, min_value=0, max_digits=7, decimal_places=1
    )
    irrigated = forms.ChoiceField(label=_("有无灌溉"), required=False)

    def prepare(self) -> None:
        self.row = self._row()
        self.asked = list(asked_of(self.row, on=self.about.on))
        own = known_limits(self.row)
        self.seen = observed_on(self.row, on=self.about.on) if self.asked else {}
        for each in self.asked:
            self._ask(each, own.get(each.criterion))
        on_file = plan_on_file(self.row)
        self.fields["source"].initial = self.row.plan_source or (on_file.title if own and on_file else "")
        self.fields["visited_on"].widget.attrs["max"] = self.about.on.isoformat()
        choose(self, "zone", [("", _now("不清楚")), *named_choices(Zone)])
        choose(self, "irrigated", [(UNSEEN, _now("不清楚")), (YES, _now("有")), (NO, _now("没有"))])
        if self.asks_failure:
            self.fields["failed_because"] = forms.CharField(
                label=_("其他不合格情形"),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("指标以外发现的问题；填写即为不合格。"),
            )

    def _row(self) -> BatchSite:
        about = about_of(self)
        return about.row or listed_rows(about.batch)[0]

    def _ask(self, judged: Judged, own: Amount | None) -> None:
        criterion, name = judged.criterion, judged.criterion.say(get_language() or CHINESE)
        if criterion.is_yes_or_no:
            value: forms.Field = forms.ChoiceField(
                label=name,
                required=False,
                choices=[(UNSEEN, _now("没有观测")), (YES, _now("是")), (NO, _now("否"))],
            )
        else:
            value = _number(_now("%(criterion)s：实测值") % {"criterion": name})
            limit = _number(_now("%(criterion)s：方案指标") % {"criterion": name})
            limit.initial = None if own is None else as_stored(own)
            self.fields[f"own_{criterion.value}"] = limit
            if criterion in self.seen:
                value.initial = self.seen[criterion].value
        self.fields[f"value_{criterion.value}"] = value

    def table(self) -> Iterator[tuple[Judged, forms.BoundField, forms.BoundField | None, Observed | None]]:
        """Each criterion with its fields and what has been observed of it already, for the page."""
        for each in self.asked:
            own, value = f"own_{each.criterion.value}", self[f"value_{each.criterion.value}"]
            yield each, value, self[own] if own in self.fields else None, self.seen.get(each.criterion)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        kept = ("value_", "own_")
        return [field for field in self.visible_fields() if not field.name.startswith(kept)]

    @property
    def visit(self) -> Visit:
        return Visit(self.cleaned_data["visitors"], self.cleaned_data["visited_on"])

    @property
    def found(self) -> Found:
        given = self.cleaned_data
        measured = {each.criterion: self._value(each.criterion) for each in self.asked}
        own = {each.criterion: given.get(f"own_{each.criterion.value}") for each in self.asked}
        return Found(
            measured,
            {criterion: limit for criterion, limit in own.items() if limit is not None},
            given["source"],
            self._ground(),
            m2_of(given["area"]),
            given.get("failed_because", ""),
        )

    def _value(self, criterion: Criterion) -> Amount | None:
        given = self.cleaned_data[f"value_{criterion.value}"]
        if criterion.is_yes_or_no:
            return {YES: True, NO: False}.get(given)
        return None if given is None else Decimal(given)

    def _ground(self) -> Ground:
        given = self.cleaned_data
        watered = {YES: True, NO: False}.get(given["irrigated"])
        return Ground(Zone(given["zone"]) if given["zone"] else None, given["rain_mm"], watered)


class AcceptSingleForm(CheckForm):
    """单项验收通过: the same, with the document that says so."""

    asks_failure = False
    asks_number = True


def _number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=10, decimal_places=3)
