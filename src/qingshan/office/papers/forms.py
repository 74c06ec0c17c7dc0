"""What is filled in when a paper is drafted by hand, withdrawn, or named for a photograph?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.mines.models import Mine
from qingshan.office.papers.documents import (
    AcceptanceSheet,
    Attendant,
    DecisionSheet,
    Fact,
    Item,
    NoticeOfCompletion,
    TaskRow,
    acceptance,
    decision,
    notice,
)
from qingshan.office.papers.kinds import declared_kinds
from qingshan.office.papers.models import Paper
from qingshan.office.papers.receiving import MOST_FILES
from qingshan.rules.reasons import CHINESE

LONG = 4000
MOST_LINES = 60
SEPARATOR = "\uff0c"
COLON = "："
MOST_SIGNATURES = 8
_PARTS = re.compile(r"\s*[，,；;|｜\t]\s*")
ACCEPTED = ".jpg,.jpeg,.png,.tif,.tiff,.heic,.pdf"


def text_field(
    label: Any, *, needed: bool = False, longest: int = 200, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(label=label, required=needed, max_length=longest, help_text=help_text)


def lines_field(
    label: Any, *, needed: bool = False, help_text: Any = "", rows: int = 3, longest: int = LONG
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=needed,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DraftForm(forms.Form):
    """What every draft has; the version is the one that was looked at, and empty for a new draft."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def filled_in(self) -> dict[str, Any]:
        """What the paper says, by the names of its dataclass."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def data_of(self) -> Any:
        """The data of the paper, once the form is valid."""
        raise NotImplementedError

    @staticmethod
    def initial_of(data: Any) -> dict[str, Any]:
        """What stands in the form of a draft with these data."""
        raise NotImplementedError


class NoticeForm(DraftForm):
    """整改完成情况公示, of one task."""

    title = text_field(_("标题"), needed=True)
    task = lines_field(_("反馈问题（整改任务）"), needed=True)
    time_limit = text_field(_("整改时限"), needed=True)
    target = lines_field(_("整改目标"), needed=True)
    units = text_field(_("责任单位"), needed=True)
    phone = text_field(_("联系电话"), longest=60)
    measures = lines_field(_("整改措施"), needed=True)
    done = lines_field(_("完成情况"), needed=True)
    notice_from = Day(label=_("公示起始日期"))
    notice_to = Day(label=_("公示截止日期"))
    objection_to = text_field(_("异议受理单位"), help_text=_("不填的，为制发单位。"))
    objection_phone = text_field(_("异议受理电话"), longest=60)
    objection_address = text_field(_("异议受理地址"))
    objection_email = forms.EmailField(label=_("异议受理邮箱"), required=False)

    def data_of(self) -> NoticeOfCompletion:
        given = self.cleaned_data
        row = TaskRow(**{name: given[name] for name in TaskRow.__dataclass_fields__})
        rest = ("title", "notice_from", "notice_to", "objection_to", "objection_phone",
                "objection_address", "objection_email")  # fmt: skip
        return NoticeOfCompletion(tasks=(row,), **{name: given[name] for name in rest})

    @staticmethod
    def initial_of(data: NoticeOfCompletion) -> dict[str, Any]:
        row = data.tasks[0]
        return {**vars(row), **{name: value for name, value in vars(data).items() if name != "tasks"}}


class SheetForm(DraftForm):
    """现场验收表."""

    title = text_field(_("标题"), needed=True)
    subject = text_field(_("验收事项"), needed=True)
    place = text_field(_("地点"), needed=True)
    responsible = text_field(_("责任单位"), needed=True)
    carried_out_by = text_field(_("实施单位"), needed=True)
    accepted_by = text_field(_("组织验收单位"), needed=True)
    visited_on = Day(label=_("到场日期"), required=False, help_text=_("未定的不填，打印后手写。"))
    attendants = lines_field(
        _("到场人员"), needed=True, help_text=_("每行一人：姓名，单位，职务或身份。"), rows=4
    )
    items = lines_field(_("验收要求与核查情况"), help_text=_("每行一项：验收要求，现场核查情况。"), rows=4)
    opinion = lines_field(_("验收意见"), help_text=_("不填的，打印后手写。"))

    def clean_attendants(self) -> tuple[Attendant, ...]:
        rows = _rows(self.cleaned_data["attendants"])
        for number, row in enumerate(rows, start=1):
            if not 2 <= len(row) <= 3:
                said = _("第 %(n)s 行“%(line)s”应为“姓名，单位，职务或身份”。请补全或改正。")
                raise forms.ValidationError(said, params={"n": number, "line": SEPARATOR.join(row)})
        return tuple(Attendant(*row) for row in rows)

    def clean_items(self) -> tuple[Item, ...]:
        return tuple(Item(row[0], SEPARATOR.join(row[1:])) for row in _rows(self.cleaned_data["items"]))

    def data_of(self) -> AcceptanceSheet:
        return AcceptanceSheet(**self.filled_in)

    @staticmethod
    def initial_of(data: AcceptanceSheet) -> dict[str, Any]:
        people = "\n".join(
            SEPARATOR.join((one.name, one.organisation, *filter(None, (one.post,))))
            for one in data.attendants
        )
        items = "\n".join(SEPARATOR.join((one.requirement, one.found)) for one in data.items)
        return {**vars(data), "attendants": people, "items": items}


class DecisionForm(DraftForm):
    """交办通知书、方案审批意见、销号意见."""

    title = text_field(_("标题"), needed=True)
    addressed_to = text_field(_("主送"), help_text=_("交给谁；不填的，不写主送。"))
    facts = lines_field(_("事项内容"), needed=True, help_text=_("每行一项：名称：内容。"), rows=10)
    due_on = Day(label=_("要求完成日期"), required=False)
    said = lines_field(_("要求或意见"), help_text=_("意见不填的，打印后手写。"), rows=5)
    signatures = text_field(_("签署方"), help_text=_("各留一个签字盖章框，用顿号分开。"))

    def clean_facts(self) -> tuple[Fact, ...]:
        lines = _filled_lines(self.cleaned_data["facts"])
        for number, line in enumerate(lines, start=1):
            if COLON not in line:
                said = _("第 %(n)s 行“%(line)s”没有冒号。请写成“名称：内容”。")
                raise forms.ValidationError(said, params={"n": number, "line": line})
        return tuple(
            Fact(name.strip(), value.strip()) for name, _c, value in (x.partition(COLON) for x in lines)
        )

    def clean_signatures(self) -> tuple[str, ...]:
        named = (each.strip() for each in self.cleaned_data["signatures"].split("、"))
        return tuple(each for each in named if each)[:MOST_SIGNATURES]

    def data_of(self) -> DecisionSheet:
        return DecisionSheet(**self.filled_in)

    @staticmethod
    def initial_of(data: DecisionSheet) -> dict[str, Any]:
        facts = "\n".join(f"{each.name}{COLON}{each.value}" for each in data.facts)
        return {**vars(data), "facts": facts, "signatures": "、".join(data.signatures)}


FORMS: dict[str, type[DraftForm]] = {
    "notice": NoticeForm,
    "acceptance": SheetForm,
    **dict.fromkeys((kind.code for kind in decision.KINDS), DecisionForm),
}
"""How a draft is written and revised. An app above declares the forms of its own kinds."""


def declare_form(kind: str, form: type[DraftForm]) -> None:
    """Add the form of a kind of paper. The same kind with another form is a mistake and raises ValueError."""
    if FORMS.setdefault(kind, form) is not form:
        raise ValueError(f"{kind!r} has two forms")


BY_HAND = ("notice", "acceptance")
"""Kinds of paper that can be drafted from nothing but a mine; the others are drafted where their facts stand."""


def one_piece(text: str) -> str:
    """A text that stands as one piece in a line of pieces: what would part it becomes a 、, lines become one."""
    return re.sub(r"\s*[，,；;|｜]\s*", "、", " ".join(text.split()))


def suggested(kind: str, mine: Mine, *, issuer: str) -> dict[str, Any]:
    """What is known already."""
    enterprise = mine.enterprise.name if mine.enterprise else ""
    if kind == "notice":
        return {"title": notice.title_about(mine.name), "units": enterprise, "objection_to": issuer}
    return {
        "title": acceptance.title_about(mine.name),
        "place": mine.name,
        "responsible": enterprise,
        "carried_out_by": enterprise,
        "accepted_by": issuer,
    }


class MineForm(forms.Form):
    """About which mine a paper is drafted."""

    key = text_field(_("矿山编号"), needed=True, longest=64, help_text=_("见矿山清单或档案页。"))


class WithdrawForm(forms.Form):
    """撤回文书."""

    reason = text_field(
        _("撤回原因"), needed=True, longest=500, help_text=_("已编的号不再使用，文件仍可查看。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NameForm(forms.Form):
    """Which paper a photograph shows: chosen, or its number typed."""

    number = forms.CharField(label=_("文书编号"), max_length=80, required=False)
    chosen = forms.ChoiceField(label=_("或从未收回的文书中选择"), required=False)

    def __init__(self, *args: Any, papers: Iterable[Paper] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(paper.pk), f"{paper.number} {paper.title}") for paper in papers]
        cast(forms.ChoiceField, self.fields["chosen"]).choices = [("", gettext("不选择")), *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("number", "").strip() or given.get("chosen")):
            raise forms.ValidationError(_("没有指明文书。请填写编号，或从列表中选择。"))
        return given


class MissingForm(forms.Form):
    """Which missing paper (缺件) a signed copy is."""

    missing = forms.ChoiceField(label=_("这是哪一件缺件"), required=False)

    def __init__(self, *args: Any, words: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [*((word, word) for word in words), ("", gettext("不是缺件"))]
        cast(forms.ChoiceField, self.fields["missing"]).choices = choices


class BringForm(forms.Form):
    """One or several photographs."""

    nothing_secret = forms.BooleanField(
        label=_("我已核对：文件不含涉密内容"),
        help_text=_("涉密文件请按保密规定在涉密网络办理。"),
        error_messages={"required": _("没有勾选“不含涉密内容”，没有办理。请核对文件后勾选。")},
    )
    most = MOST_FILES


class TemplateForm(forms.Form):
    """An office's own template, and of which kind it is."""

    kind = forms.ChoiceField(label=_("文书类型"))
    file = forms.FileField(label=_("文件"), max_length=255)
    nothing_secret = forms.BooleanField(
        label=_("我已核对：文件不含涉密内容"),
        error_messages={"required": _("没有勾选“不含涉密内容”，没有办理。请核对文件后勾选。")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or CHINESE
        choices = [(code, kind.title.say({}, language)) for code, kind in declared_kinds().items()]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices


def _rows(text: str) -> list[list[str]]:
    return [_PARTS.split(line) for line in _filled_lines(text)]


def _filled_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(_("超过 %(n)s 行。请分成几份。"), params={"n": MOST_LINES})
    return lines
