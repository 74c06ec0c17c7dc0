"""What do people fill in about organisations, posts, people and their own login?"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts import queries
from qingshan.office.accounts.actions import Member
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import BodyKind, Organisation
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE
from qingshan.rules.register import OrganisationKind
from qingshan.rules.words import Named

DAY = {"type": "date"}


class Day(forms.DateField):
    """A day, picked or typed as 2026-11-21."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **options)


class Password(forms.CharField):
    """A password; never trimmed, never sent back."""

    def __init__(self, *, of: str, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": of})
        super().__init__(widget=widget, strip=False, max_length=128, **options)


class Pick(forms.CharField):
    """A row picked by name from suggestions, or typed: `name · number`, or a name that only one row has."""

    default_error_messages = {
        "none": _("没有名为“%(text)s”的%(what)s，或不在您的管理范围内。请从提示中选择。"),
        "several": _("有多个名为“%(text)s”的%(what)s。请从提示中选择，末尾带编号的才唯一。"),
    }

    def __init__(self, *, name_field: str, **options: Any) -> None:
        self.name_field = name_field
        self.rows: QuerySet[Any] = Organisation.objects.none()
        super().__init__(max_length=200, **options)

    @property
    def suggestions(self) -> list[str]:
        return [as_picked(row, self.name_field) for row in self.rows[: queries.SUGGESTED]]

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = list(self._matching(text)[:2])
        if len(found) == 1:
            return found[0]
        what = self.rows.model._meta.verbose_name
        code = "several" if found else "none"
        raise forms.ValidationError(self.error_messages[code], code=code, params={"text": text, "what": what})

    def _matching(self, text: str) -> QuerySet[Any]:
        numbered = re.fullmatch(r".* · (\d{1,18})", text)
        return self.rows.filter(pk=numbered[1]) if numbered else self.rows.filter(**{self.name_field: text})


def as_picked(row: Model, name_field: str) -> str:
    """How a row stands among the suggestions."""
    house = getattr(row, "organisation", None)
    parts = (getattr(row, name_field), house.name if house else None, str(row.pk))
    return " · ".join(part for part in parts if part)


def named_choices(terms: type[Named], among: Any = None) -> list[tuple[str, str]]:
    """Fixed terms as choices in the reader's language."""
    language = get_language() or CHINESE
    return [(term.value, term.say(language)) for term in terms if among is None or term in among]


class Login(forms.Form):
    """Who wants to come in."""

    login_name = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = Password(label=_("密码"), of="current-password")
    code = forms.CharField(
        label=_("动态口令"),
        max_length=8,
        required=False,
        help_text=_("已启用动态口令的，填写手机上显示的 6 位数字；没有启用的不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ChangePassword(forms.Form):
    """修改本人密码."""

    present = Password(label=_("当前密码"), of="current-password")
    new = Password(
        label=_("新密码"),
        of="new-password",
        help_text=_("至少 10 个字符，在大写字母、小写字母、数字、符号中至少用三类；不用最近 5 次用过的。"),
    )
    again = Password(label=_("再输一遍新密码"), of="new-password")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("两次输入的新密码不一样。请重新输入。"))
        return cleaned


class EnrolCode(forms.Form):
    """启用动态口令."""

    code = forms.CharField(
        label=_("手机上显示的 6 位数字"),
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class Present(forms.Form):
    """Something that asks for the password once more."""

    present = Password(label=_("当前密码"), of="current-password")


class Nothing(forms.Form):
    """An act that needs no more than to be meant."""


class Reason(forms.Form):
    """Something that has to be explained."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class NewPerson(forms.Form):
    """登记人员."""

    full_name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = Pick(label=_("所在机构"), name_field="name")
    login_name = forms.CharField(
        label=_("登录名"),
        max_length=60,
        required=False,
        help_text=_("不登录系统的人员（如只作决定的领导）不填；决定由他人代录。"),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        if actor.on:
            _rows(self, "organisation", queries.open_organisations(actor, on=actor.on))


class GiveLogin(forms.Form):
    """开通登录."""

    login_name = forms.CharField(label=_("登录名"), max_length=60)


class NewPost(forms.Form):
    """设置岗位."""

    organisation = Pick(label=_("所在机构"), name_field="name")
    title = forms.CharField(label=_("岗位名称"), max_length=60)
    duties = forms.MultipleChoiceField(
        label=_("职责"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("系统管理、安全管理、审计管理各自单独设岗，不与其他职责同岗。"),
    )
    from_on = Day(label=_("起始日期"), required=False, help_text=_("不填则自今日起。"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["duties"].choices = named_choices(Duty)  # type: ignore[attr-defined]
        if actor.on:
            _rows(self, "organisation", queries.open_organisations(actor, on=actor.on))

    def clean_duties(self) -> list[Duty]:
        return [Duty(each) for each in self.cleaned_data["duties"]]


class HandPost(forms.Form):
    """任职."""

    post = Pick(label=_("岗位"), name_field="title")
    document = forms.CharField(label=_("依据文件"), max_length=120)
    from_on = Day(label=_("起始日期"), required=False, help_text=_("不填则自今日起。"))
    to_on = Day(label=_("截止日期"), required=False, help_text=_("不填则不定期。"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        if actor.on:
            _rows(self, "post", queries.posts(actor, on=actor.on))


class Delegate(forms.Form):
    """委托代行（B 岗）."""

    person = Pick(label=_("代行人员（B 岗）"), name_field="full_name")
    from_on = Day(label=_("起始日期"))
    to_on = Day(label=_("截止日期"))
    document = forms.CharField(label=_("依据文件"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        _rows(self, "person", queries.open_people(actor))


class LastDay(forms.Form):
    """Something that ends."""

    last_day = Day(label=_("截止日期"))


class LastDayByDocument(LastDay):
    """Something that a document ends."""

    document = forms.CharField(label=_("依据文件"), max_length=120)


class NewOrganisation(forms.Form):
    """设立机构."""

    kind = forms.ChoiceField(label=_("机构类型"))
    name = forms.CharField(label=_("机构名称"), max_length=120)
    region = Pick(label=_("行政区划"), name_field="name")
    parent = Pick(label=_("上级机构"), name_field="name", required=False)
    is_division = forms.BooleanField(label=_("是上级机构的内设机构（处室、股室）"), required=False)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=24, required=False)
    sector = forms.CharField(label=_("行业领域"), max_length=40, required=False)
    document = forms.CharField(label=_("设立依据"), max_length=120, required=False)
    from_on = Day(label=_("起始日期"), required=False, help_text=_("不填则自今日起。"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = named_choices(OrganisationKind)  # type: ignore[attr-defined]
        if actor.on:
            _rows(self, "parent", queries.open_organisations(actor, on=actor.on))
            _rows(self, "region", queries.regions(actor, on=actor.on))

    def clean_kind(self) -> OrganisationKind:
        return OrganisationKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_division") and not cleaned.get("parent"):
            self.add_error("parent", _("内设机构须有上级机构。请选择。"))
        return cleaned


MOST_MEMBERS = 12


class NewBody(forms.Form):
    """成立临时机构: its members by name, each as what."""

    kind = forms.ChoiceField(label=_("类型"))
    name = forms.CharField(label=_("名称"), max_length=120)
    organisation = Pick(label=_("牵头机构"), name_field="name")
    document = forms.CharField(label=_("设立依据"), max_length=120)
    from_on = Day(label=_("起始日期"), required=False, help_text=_("不填则自今日起。"))
    to_on = Day(label=_("截止日期"), required=False, help_text=_("不填则不定期。"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = named_choices(BodyKind)  # type: ignore[attr-defined]
        for number in range(1, MOST_MEMBERS + 1):
            self._add_member(number)
        if actor.on:
            _rows(self, "organisation", queries.organisations_of_the_area(actor, on=actor.on))
        for number in range(1, MOST_MEMBERS + 1):
            _rows(self, f"person_{number}", queries.people_of_the_area(actor))

    def _add_member(self, number: int) -> None:
        label = _("成员 %(number)s") % {"number": number}
        self.fields[f"person_{number}"] = Pick(label=label, name_field="full_name", required=number == 1)
        part = _("组长") if number == 1 else _("成员")
        self.fields[f"part_{number}"] = forms.CharField(
            label=_("成员 %(number)s 担任") % {"number": number}, max_length=40, required=False, initial=part
        )

    def clean(self) -> dict[str, Any]:
        """The members as one list, in the order of the form."""
        cleaned = super().clean() or {}
        members = []
        for number in range(1, MOST_MEMBERS + 1):
            person, part = cleaned.pop(f"person_{number}", None), cleaned.pop(f"part_{number}", "")
            if person is not None:
                members.append(Member(person, part or gettext("成员")))
        cleaned["members"] = members
        if cleaned.get("kind"):
            cleaned["kind"] = BodyKind(cleaned["kind"])
        return cleaned


class NewRegion(forms.Form):
    """增设自编区划."""

    code = forms.CharField(
        label=_("区划代码"),
        max_length=12,
        help_text=_("6 位（县级）、9 位（乡级）或 12 位（村级）；前几位须是上级的代码，且不与国家标准重复。"),
    )
    name = forms.CharField(label=_("区划名称"), max_length=60)
    valid_from = Day(label=_("启用日期"), required=False)


class Rename(forms.Form):
    """机构更名."""

    name = forms.CharField(label=_("新名称"), max_length=120)
    document = forms.CharField(label=_("依据文件"), max_length=120)


def _rows(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, Pick):
        field.rows = rows
        field.widget.attrs["list"] = f"suggested_{name}"
