"""What is filled in to put a batch together: which sites, who answers, who pays?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.batches.actions import Chosen, NewBatch
from qingshan.office.batches.candidates import SOURCES, Candidate, picked
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.forms.acting import ActForm, choose, pick_among
from qingshan.office.matters.forms.narrowing import Narrow
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.regions.models import Region
from qingshan.office.restoration import choices
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.matters import SourceKind
from qingshan.rules.roles import Role
from qingshan.rules.secrecy import check_not_marked_secret


class NarrowSites(Narrow):
    """Which sites are shown to be ticked."""

    source = forms.ChoiceField(label=_("来源"), required=False)
    field_order = ["source", "region", "q"]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        choose(self, "source", list(SOURCES.items()))


class Ticks(forms.MultipleChoiceField):
    """Sites that are ticked; whatever the reader may see can be chosen, also beyond the rows that are shown."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("点位"), **options)
        self.actor: Actor | None = None
        self.error_messages["required"] = _("没有勾选点位。请至少勾选一处。")

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) <= 18

    def clean(self, value: Any) -> list[Candidate]:
        ids = [int(each) for each in super().clean(value)]
        assert self.actor is not None
        found = picked(ids, actor=self.actor)
        if len(found) != len(set(ids)):
            raise forms.ValidationError(_("有点位不在您的管理范围内。请重新勾选。"))
        return found


def tell_sites(form: forms.Form, actor: Actor) -> None:
    """Prepare the fields by which sites are chosen."""
    cast(Ticks, form.fields["sites"]).actor = actor
    choose(form, "mode", named_choices(RestorationMode))
    choose(form, "use", [("", _now("没有确定")), *named_choices(Afteruse)])


def chosen_in(given: dict[str, Any]) -> list[Chosen]:
    """The ticked sites; how their projects restore them goes before what is said of all."""
    mode, use = RestorationMode(given["mode"]), Afteruse(given["use"]) if given["use"] else None
    return [each.chosen(mode, use) for each in given["sites"]]


class BatchForm(forms.Form):
    """组成批次、登记单项."""

    sites = Ticks()
    title = forms.CharField(label=_("名称"), max_length=200)
    mode = forms.ChoiceField(
        label=_("修复方式"),
        initial=RestorationMode.TO_FOREST.value,
        help_text=_("属于修复项目的点位按项目。"),
    )
    use = forms.ChoiceField(label=_("利用方向"), required=False)
    payer = forms.ChoiceField(
        label=_("谁来复垦"), help_text=_("义务人复垦的，验收期限 60 个工作日；政府或社会投资的没有规定期限。")
    )
    answering = Pick(label=_("责任单位"), name_field="name")
    executing = Pick(
        label=_("实施单位"), name_field="name", required=False, help_text=_("与责任单位相同的不填。")
    )
    due_on = Day(label=_("完工时限"), required=False)
    source = forms.ChoiceField(label=_("来源"), initial=SourceKind.OTHER.value)
    source_number = forms.CharField(label=_("来源文号"), max_length=120, required=False)
    number = forms.CharField(
        label=_("编号"), max_length=60, required=False, help_text=_("已有编号的填写；不填由系统编号。")
    )
    occurred_on = Day(label=_("登记日期"), required=False, help_text=_("不填为今天。"))

    def __init__(self, *args: Any, actor: Actor, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        tell_sites(self, actor)
        choose(self, "payer", named_choices(Payer))
        choose(self, "source", named_choices(SourceKind))
        for name in ("answering", "executing"):
            pick_among(self, name, choices.organisations(actor, on=on))
        self.fields["occurred_on"].widget.attrs["max"] = on.isoformat()

    def clean_title(self) -> str:
        text: str = self.cleaned_data["title"]
        in_words(lambda: check_not_marked_secret(text))
        return text

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "sites"]

    def new_batch(self) -> NewBatch:
        given = self.cleaned_data
        parties = [Named(Role.ANSWERING, given["answering"])]
        parties.append(Named(Role.EXECUTING, given["executing"] or given["answering"]))
        found: Sequence[Candidate] = given["sites"]
        opening = Opening(
            kind="",
            number=given["number"],
            title=given["title"],
            region=Region.objects.get(pk=choices.lowest_around([each.site for each in found])),
            source=SourceKind(given["source"]),
            source_number=given["source_number"],
            due_on=given["due_on"],
            occurred_on=given["occurred_on"],
            parties=tuple(parties),
        )
        return NewBatch(opening, chosen_in(given), Payer(given["payer"]))


class AddSitesForm(ActForm):
    """列入点位."""

    sites = Ticks()
    mode = forms.ChoiceField(label=_("修复方式"), initial=RestorationMode.TO_FOREST.value)
    use = forms.ChoiceField(label=_("利用方向"), required=False)

    def prepare(self) -> None:
        tell_sites(self, self.about.actor)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "sites"]

    @property
    def chosen(self) -> list[Chosen]:
        return chosen_in(self.cleaned_data)
