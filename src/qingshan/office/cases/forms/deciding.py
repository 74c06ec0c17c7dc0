"""What is filled in to hand a problem out, take it on, or let it leave the list without being closed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases import choices
from qingshan.office.cases.actions.deciding import government_of
from qingshan.office.cases.urging import text_to_urge
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.actions import Named
from qingshan.office.matters.forms.acting import ActForm, FormalForm, choose, pick_among
from qingshan.rules.matters import Severity, SourceKind
from qingshan.rules.reasons import CHINESE
from qingshan.rules.roles import THREE_DUTIES, Role


class VerifyForm(ActForm):
    """核实."""

    grounds_label = _("核实情况")
    grounds_help = _("现场看到了什么，问题是否存在，范围多大。")


class AnsweredByForm(ActForm):
    """Who must answer, and until when."""

    answering = Pick(
        label=_("责任单位"),
        name_field="name",
        help_text=_("由哪个单位负责整改并认领。输入名称，从提示中选择。"),
    )
    due_on = Day(label=_("完成时限"))

    def prepare(self) -> None:
        self.fields["due_on"].widget.attrs["min"] = self.about.on.isoformat()
        self.fields["due_on"].initial = self.about.matter.due_on
        rows = choices.organisations(self.about.matter.region, on=self.about.on)
        for name, field in self.fields.items():
            if isinstance(field, Pick):
                pick_among(self, name, rows)


class AssignForm(AnsweredByForm):
    """交办."""

    asks_number = True
    executing = Pick(
        label=_("实施单位"),
        name_field="name",
        required=False,
        help_text=_("具体干的单位；不填为矿山企业，没有企业的为责任单位。实施单位不参与批准、验收和销号。"),
    )
    leading = Pick(label=_("牵头单位"), name_field="name", required=False, help_text=_("不填为责任单位。"))
    joint_1 = Pick(label=_("配合单位"), name_field="name", required=False)
    joint_2 = Pick(label=_("配合单位（二）"), name_field="name", required=False)
    joint_3 = Pick(label=_("配合单位（三）"), name_field="name", required=False)

    @property
    def joint(self) -> list[Organisation]:
        given = (self.cleaned_data.get(f"joint_{n}") for n in (1, 2, 3))
        return [each for each in given if each is not None]


class TakeOnForm(ActForm):
    """认领: each of the three duties on a unit, a post and a person; that of the territory on up to two."""

    def prepare(self) -> None:
        rows = choices.organisations(self.about.matter.region, on=self.about.on)
        self.units = {each.name: each for each in rows[:500]}
        held = {each.role: each for each in matter_parties(self.about.matter)}
        for name, role, second in self.duties:
            self._ask(name, role, held.get(role.value), second=second)

    @property
    def duties(self) -> list[tuple[str, Role, bool]]:
        """Prefix of the fields, the duty, and whether it is the second post of 党政同责."""
        return [
            *((role.value, role, False) for role in THREE_DUTIES),
            ("territorial_second", Role.TERRITORIAL_DUTY, True),
        ]

    def _ask(self, name: str, role: Role, held: Any, *, second: bool) -> None:
        title = role.say(get_language() or CHINESE)
        if second:
            title = _now("%(duty)s（党政同责第二人）") % {"duty": title}
        words = {"unit": _now("单位"), "post": _now("岗位或职务"), "person": _now("责任人")}
        given = {} if second else self._known(role, held)
        for part, word in words.items():
            self.fields[f"{name}_{part}"] = forms.CharField(
                label=f"{title} · {word}",
                required=not second,
                max_length=160 if part == "unit" else 60,
                initial=given.get(part, ""),
                widget=forms.TextInput(attrs={"list": "suggested_units"} if part == "unit" else {}),
            )

    def _known(self, role: Role, held: Any) -> dict[str, str]:
        if held is not None:
            return {"unit": held.unit_name, "post": held.post, "person": held.person_name}
        return {"unit": self._usual_unit(role)}

    def _usual_unit(self, role: Role) -> str:
        matter = self.about.matter
        if role is Role.ENTERPRISE_DUTY:
            return matter.enterprise.name if matter.enterprise else ""
        if role is Role.SECTOR_DUTY:
            answering = [each for each in matter_parties(matter) if each.role == Role.ANSWERING]
            return answering[0].unit_name if answering else ""
        government = government_of(matter.region_id)
        return government.name if government else ""

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields duty by duty, for the table on the page."""
        language = get_language() or CHINESE
        return [
            (
                _now("%(duty)s（第二人）") % {"duty": role.say(language)} if second else role.say(language),
                [self[f"{name}_{part}"] for part in ("unit", "post", "person")],
            )
            for name, role, second in self.duties
        ]

    @property
    def suggestions(self) -> list[str]:
        return list(self.units)

    @property
    def named(self) -> list[Named]:
        given = self.cleaned_data
        return [
            Named(
                role,
                self.units.get(given[f"{name}_unit"]),
                unit_name=given[f"{name}_unit"],
                post=given[f"{name}_post"],
                person_name=given[f"{name}_person"],
            )
            for name, role, _second in self.duties
            if given[f"{name}_unit"]
        ]


class TransferForm(ActForm):
    """移交."""

    grounds_label = _("移交理由")
    region = Pick(label=_("接收地区"), name_field="name", help_text=_("输入县区名称，从提示中选择。"))

    def prepare(self) -> None:
        pick_among(self, "region", choices.regions(self.about.actor))


class MergeForm(ActForm):
    """合并."""

    grounds_label = _("合并理由")
    into = forms.ChoiceField(
        label=_("并入哪一件"), help_text=_("同一矿山的排在前面；只列没有了结的同类事项。")
    )

    def prepare(self) -> None:
        self.others = {str(each.pk): each for each in choices.others(self.about.matter, self.about.actor)}
        named = [(key, f"{each.number} {each.title}") for key, each in self.others.items()]
        choose(self, "into", named, empty=True)

    def clean_into(self) -> Any:
        return self.others.get(self.cleaned_data["into"])


class SplitForm(ActForm):
    """拆分."""

    grounds_label = _("拆分理由")
    parts = forms.CharField(
        label=_("拆成哪几件"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一件的标题，至少两行。来源、时限和位置随原件。"),
    )

    @property
    def titles(self) -> list[str]:
        return str(self.cleaned_data["parts"]).splitlines()


class CorrectForm(ActForm):
    """更正登记."""

    grounds_label = _("更正理由")
    title = forms.CharField(label=_("问题摘要"), max_length=200)
    severity = forms.ChoiceField(label=_("严重程度"))
    source = forms.ChoiceField(label=_("来源"))
    source_number = forms.CharField(label=_("来源文号"), max_length=120, required=False)

    def prepare(self) -> None:
        choose(self, "severity", named_choices(Severity))
        choose(self, "source", named_choices(SourceKind))
        for name in ("title", "severity", "source", "source_number"):
            self.fields[name].initial = getattr(self.about.matter, name)

    @property
    def corrected(self) -> dict[str, Any]:
        """What differs from how it stands."""
        return {
            name: self.cleaned_data[name]
            for name in ("title", "severity", "source", "source_number")
            if self.cleaned_data[name] != getattr(self.about.matter, name)
        }


class UrgeForm(ActForm):
    """催办: a text to be copied into a chat group."""

    text = forms.CharField(
        label=_("催办文字"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5, "data-copied-from": ""}),
        help_text=_("可以修改。复制到工作群后再登记催办，登记的就是这段文字。"),
    )

    def prepare(self) -> None:
        self.fields["text"].initial = text_to_urge(self.about.matter, on=self.about.on)


__all__ = [
    "AnsweredByForm",
    "AssignForm",
    "CorrectForm",
    "FormalForm",
    "MergeForm",
    "SplitForm",
    "TakeOnForm",
    "TransferForm",
    "UrgeForm",
    "VerifyForm",
]
