"""What is filled in when a paper enters a dossier: a document, a plan, a determination, a number elsewhere?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.outlines import Outline
from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.exchange.single import without_corner_numbers
from qingshan.exchange.values import Fault
from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.accounts.models import Holding, Organisation
from qingshan.office.mines import actions, receiving
from qingshan.office.mines.actions import NewDocument, NewPlan
from qingshan.office.mines.models import ApprovedPlan, Document
from qingshan.rules.errors import QingshanError
from qingshan.rules.plans import FIGURES_OF, PlanFigure, figure_value
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.register import Circumstance, DocumentKind, Openness, OrganisationKind, PlanKind
from qingshan.rules.secrecy import check_not_marked_secret

MOST_REPORTED = 30
_PAIR = re.compile(r"\s*[:：=]\s*")


def in_words(check: Callable[[], Any]) -> Any:
    """The check's answer; what one of our rooms refuses becomes the error of the field."""
    try:
        return check()
    except QingshanError as refusal:
        raise forms.ValidationError(refusal.say(get_language() or CHINESE)) from refusal


class PaperForm(forms.Form):
    """What every form with an upload has. `file_needed`: without a file there is nothing to do."""

    file_needed = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"] = forms.FileField(
            label=_("文件"),
            required=self.file_needed,
            max_length=255,
            widget=forms.FileInput(attrs={"accept": ACCEPTED}),
            help_text=_("PDF、OFD、图片、Word、Excel 或 zip，最大 100 MB。涉密文件不得上传。"),
        )
        self.fields["nothing_secret"] = forms.BooleanField(
            label=_("我已核对：文件不含涉密内容"),
            required=self.file_needed,
            help_text=_("涉密文件请按保密规定在涉密网络办理。"),
            error_messages={"required": say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)},
        )

    def clean_file(self) -> UploadedFile[Any] | None:
        brought: UploadedFile[Any] | None = self.cleaned_data["file"]
        if brought:
            in_words(lambda: receiving.examined(brought))
        return brought

    def clean_title(self) -> str:
        return self._unmarked("title")

    def clean_number(self) -> str:
        return self._unmarked("number")

    def _unmarked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        in_words(lambda: check_not_marked_secret(text))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file") and not cleaned.get("nothing_secret"):
            self.add_error(
                "nothing_secret", say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)
            )
        return cleaned

    def paper(self, kind: DocumentKind, **told: Any) -> NewDocument | None:
        """What was uploaded, put into the vault; None where nothing was."""
        brought = self.cleaned_data.get("file")
        if not brought:
            return None
        return NewDocument(
            kind=kind, file_name=brought.name, file=receiving.stored(brought), nothing_secret=True, **told
        )


class DocumentForm(PaperForm):
    """归入文件."""

    file_needed = True
    kind = forms.ChoiceField(label=_("文件类型"))
    title = forms.CharField(label=_("标题"), max_length=200, help_text=_("按文件原标题填写。"))
    number = forms.CharField(label=_("文号"), max_length=120, required=False)
    issued_by = forms.CharField(label=_("制发单位"), max_length=120, required=False)
    issued_on = Day(label=_("制发日期"), required=False)
    openness = forms.ChoiceField(
        label=_("公开属性"), initial=Openness.INTERNAL.value, help_text=_("没有依法公开的，选“内部”。")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "kind", named_choices(DocumentKind))
        _choose(self, "openness", named_choices(Openness))
        self.order_fields(["file", "kind", "title"])

    def document(self) -> NewDocument | None:
        given = self.cleaned_data
        return self.paper(
            DocumentKind(given["kind"]),
            title=given["title"],
            number=given["number"],
            issued_by=given["issued_by"],
            issued_on=given["issued_on"],
            openness=Openness(given["openness"]),
        )


class PlanForm(PaperForm):
    """登记方案, of one kind, with the figures of that kind."""

    title = forms.CharField(label=_("方案名称"), max_length=200)
    number = forms.CharField(label=_("批准文号"), max_length=120)
    approved_by = forms.CharField(label=_("批准机关"), max_length=120, required=False)
    approved_on = Day(label=_("批准日期"), required=False)
    from_on = Day(label=_("适用期起"), required=False)
    to_on = Day(label=_("适用期止"), required=False)
    replaces = forms.ChoiceField(
        label=_("替代哪个方案"), required=False, help_text=_("被替代的方案保留在档案中。")
    )
    extent = forms.CharField(
        label=_("方案范围拐点坐标"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "CGCS2000 经纬度，每行一个拐点“经度,纬度”，或粘贴 WKT。录入后，界内方案外的图斑可以自动比对。"
        ),
    )
    document = forms.ChoiceField(
        label=_("批准文件"), required=False, help_text=_("档案中已有的选这里；没有的，在下面上传。")
    )

    def __init__(
        self,
        *args: Any,
        kind: PlanKind,
        current: Iterable[ApprovedPlan] = (),
        documents: Iterable[Document] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        language = get_language() or CHINESE
        for figure in FIGURES_OF[kind]:
            self.fields[figure.value] = Figure(figure, language)
        replaceable = [(str(plan.pk), f"{plan.title} {plan.number}") for plan in current]
        _choose(self, "replaces", [("", _now("不替代")), *replaceable])
        _choose(self, "document", [("", _now("不引用")), *((str(d.pk), d.title) for d in documents)])
        if replaceable:
            self.fields["replaces"].initial = replaceable[0][0]
        self.order_fields(
            ["title", "number", "approved_by", "approved_on", "from_on", "to_on", "replaces"]
            + [figure.value for figure in FIGURES_OF[kind]]
            + ["extent"]
        )

    def clean_extent(self) -> BaseGeometry | None:
        text: str = self.cleaned_data["extent"].strip()
        if not text:
            return None
        try:
            shape = Outline().read(without_corner_numbers(text))
        except Fault as fault:
            raise forms.ValidationError(
                _("坐标写法不能识别。请每行写一个拐点“经度,纬度”，或粘贴 WKT。")
            ) from fault
        return in_words(lambda: actions.extent_as_kept(shape)) if shape is not None else None

    def plan(self) -> NewPlan:
        given = self.cleaned_data
        return NewPlan(
            kind=self.kind,
            title=given["title"],
            number=given["number"],
            approved_by=given["approved_by"],
            approved_on=given["approved_on"],
            from_on=given["from_on"],
            to_on=given["to_on"],
            figures={figure: given[figure.value] for figure in FIGURES_OF[self.kind]},
            extent=given.get("extent"),
        )

    def approval(self) -> NewDocument | None:
        """The paper that was uploaded with the plan."""
        given = self.cleaned_data
        return self.paper(
            DocumentKind.PLAN,
            title=given["title"],
            number=given["number"],
            issued_by=given["approved_by"],
            issued_on=given["approved_on"],
        )


class Figure(forms.CharField):
    """A figure of a plan: a number in the unit that stands in its name, or nothing."""

    def __init__(self, figure: PlanFigure, language: str) -> None:
        control = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(label=figure.say(language), required=False, max_length=40, widget=control)
        self.figure = figure

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        in_words(lambda: figure_value(self.figure, text))
        return text


class DeterminationForm(PaperForm):
    """认定责任主体: by a leader at once, or recorded for the one who decided on paper (`deciders`)."""

    circumstance = forms.ChoiceField(label=_("认定情形"))
    party = forms.ChoiceField(
        label=_("责任主体"),
        required=False,
        help_text=_("在产或有主体的选企业；主体灭失的选县级以上人民政府（矿产资源法第四十五条）。"),
    )
    uscc = forms.CharField(
        label=_("其他企业的统一社会信用代码"), required=False, max_length=18,
        help_text=_("责任主体不在上面时填写。"),
    )  # fmt: skip
    number = forms.CharField(label=_("认定文号"), max_length=120)
    decided_on = Day(label=_("认定日期"))
    decider = forms.ChoiceField(label=_("决定人"), help_text=_("在纸质文件上作出认定的领导。"))
    grounds = forms.CharField(
        label=_("认定依据"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        parties: Iterable[Organisation],
        deciders: Iterable[Holding] | None,
        may_file: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.parties = {str(each.pk): each for each in parties}
        self.deciders = {str(each.pk): each for each in deciders or ()}
        _choose(self, "circumstance", [("", _now("请选择")), *named_choices(Circumstance)])
        named = [(key, f"{each.name}（{each.kind_name}）") for key, each in self.parties.items()]
        _choose(self, "party", [("", _now("请选择")), *named])
        if deciders is None:
            del self.fields["decider"]
        else:
            _choose(
                self,
                "decider",
                [("", _now("请选择")), *((k, held_words(h)) for k, h in self.deciders.items())],
            )
        if not may_file:
            del self.fields["file"], self.fields["nothing_secret"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["organisation"] = self._organisation(cleaned)
        self._held_the_post(cleaned)
        return cleaned

    def _held_the_post(self, cleaned: dict[str, Any]) -> None:
        """Whoever decided on paper must have held the post on the day of the paper."""
        holding, day = self.deciders.get(cleaned.get("decider", "")), cleaned.get("decided_on")
        if holding is not None and day is not None and not holding.in_force(day):
            told = {"name": holding.person.full_name, "day": day.isoformat()}
            self.add_error(
                "decider", say(Reason("accounts.decider_without_post", told), get_language() or CHINESE)
            )

    def _organisation(self, cleaned: dict[str, Any]) -> Organisation | None:
        """The one that was chosen, or the enterprise of the code that was typed."""
        if code := cleaned.get("uscc", "").strip().upper():
            found = Organisation.objects.filter(uscc=code, kind=OrganisationKind.ENTERPRISE.value).first()
            if found is None:
                said = _("没有统一社会信用代码为“%(code)s”的企业。请核对代码，或请系统管理员先登记该企业。")
                self.add_error("uscc", forms.ValidationError(said, params={"code": code}))
            return found
        chosen = self.parties.get(cleaned.get("party", ""))
        if chosen is None and not self.errors:
            self.add_error("party", _("没有选择责任主体。请选择，或在下面填写其他企业的代码。"))
        return chosen

    def scan(self) -> NewDocument | None:
        """The paper of the determination."""
        given = self.cleaned_data
        title = _now("责任主体认定 %(number)s") % {"number": given["number"]}
        return self.paper(
            DocumentKind.DETERMINATION, title=title, number=given["number"], issued_on=given["decided_on"]
        )


class ReferenceForm(forms.Form):
    """登记外部系统编号."""

    system = forms.CharField(
        label=_("系统名称"),
        max_length=80,
        help_text=_("对方系统的全称。"),
        widget=forms.TextInput({"list": "systems"}),
    )
    number = forms.CharField(label=_("系统内编号"), max_length=120)
    reported = forms.CharField(
        label=_("最近报送内容"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("每行一项，如“治理面积：1.26 公顷”。"),
    )
    reported_on = Day(label=_("最近报送日期"), required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reported_on"].widget.attrs["max"] = today.isoformat()

    def clean_reported(self) -> dict[str, str]:
        """Names and values, line by line."""
        lines = [line.strip() for line in self.cleaned_data["reported"].splitlines() if line.strip()]
        pairs = [_PAIR.split(line, maxsplit=1) for line in lines]
        for number, pair in enumerate(pairs, start=1):
            if len(pair) != 2 or not all(pair):
                said = _("第 %(n)s 行“%(line)s”：没有分出名称和内容。请写成“名称：内容”。")
                raise forms.ValidationError(said, params={"n": number, "line": lines[number - 1]})
        if len(pairs) > MOST_REPORTED:
            raise forms.ValidationError(
                _("超过 %(n)s 行。请只填最近报送的主要内容。"), params={"n": MOST_REPORTED}
            )
        return {pair[0]: pair[1] for pair in pairs}


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def held_words(holding: Holding) -> str:
    """Who, at which post, of which house, and since when where that has ended."""
    post = holding.post
    until = _now("，任至 %(day)s") % {"day": holding.to_on.isoformat()} if holding.to_on else ""
    return f"{holding.person.full_name}（{post.organisation.full_name} · {post.title}{until}）"
