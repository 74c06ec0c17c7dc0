"""What is filled in when a paper about a batch or single site is drafted or revised? One row of a table is one line,
its cells parted by a bar; the batch fills them in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.batches.documents import (
    AcceptanceOpinion,
    Asked,
    Figure,
    Looked,
    ResultNotice,
    Signature,
    SiteResult,
)
from qingshan.office.papers.forms import DraftForm, declare_form, lines_field, text_field
from qingshan.office.places.queries.calendar import calendar

Row = TypeVar("Row")
BAR = "\uff5c"
"""Commas and semicolons stand in cells; nobody writes this."""
LONGEST, MOST_ROWS = 400_000, 2_000
MOST_DAYS = 365


def one_cell(text: object) -> str:
    """A text that stands as one cell of a line."""
    return " ".join(str(text).replace(BAR, "、").split())


def line_of(*cells: object) -> str:
    """The cells of one row as a line of the form."""
    return BAR.join(map(one_cell, cells))


def _rows(text: str, kind: type[Row], *, least: int) -> tuple[Row, ...]:
    """The rows of a table. Refused: more rows than a paper holds, a line with too few or too many cells."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_ROWS:
        raise forms.ValidationError(_("超过 %(n)s 行。请分成几份。"), params={"n": MOST_ROWS})
    most = len(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    found = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split(BAR)]
        if not least <= len(cells) <= most:
            said = _("第 %(n)s 行“%(line)s”应有 %(least)s 至 %(most)s 项，各项用“｜”分开。请补全或改正。")
            raise forms.ValidationError(
                said, params={"n": number, "line": line[:60], "least": least, "most": most}
            )
        found.append(kind(*cells, *[""] * (most - len(cells))))
    return tuple(found)


def _lines_of(rows: Sequence[Any]) -> str:
    return "\n".join(line_of(*vars(row).values()) for row in rows)


class ResultNoticeForm(DraftForm):
    """验收结果公示."""

    title = text_field(_("标题"), needed=True)
    subject = text_field(_("公示事项"), needed=True, longest=400)
    accepted_by = text_field(_("组织验收单位"), needed=True)
    accepted_on = Day(label=_("验收日期"), required=False)
    decision = text_field(_("验收文号"), longest=80)
    opening = lines_field(_("引言"), help_text=_("不填的，用通常的一句话。"), rows=2)
    figures = lines_field(
        _("验收结果"),
        needed=True,
        help_text=_("每行一项：统计项｜点位｜面积｜口径。"),
        rows=6,
        longest=20_000,
    )
    sites = lines_field(
        _("点位"),
        needed=True,
        help_text=_("每行一处：点位｜县区｜修复方式｜面积｜验收结果。"),
        rows=8,
        longest=LONGEST,
    )
    sample = lines_field(
        _("抽查"), help_text=_("名单、号码、种子，每行一项；全部到场查验的不填。"), rows=6, longest=20_000
    )
    sample_published = text_field(
        _("名单、封签和号码公布处"), help_text=_("抽查的名单、封签和号码在哪里公布过；不填的，打印后手写。")
    )
    notice_from = Day(label=_("公示起始日期"))
    notice_to = Day(label=_("公示截止日期"), help_text=_("按工作日历计算，起始当日不计。"))
    working_days = forms.IntegerField(label=_("公示工作日"), min_value=1, max_value=MOST_DAYS)
    period_basis = text_field(
        _("公示期限依据"), needed=True, help_text=_("国家没有规定期限：写明地方规定的名称、文号和条款。")
    )
    where = text_field(_("公示方式"), needed=True)
    objection_to = text_field(_("异议受理单位"), help_text=_("不填的，为制发单位。"))
    objection_phone = text_field(_("异议受理电话"), longest=60)
    objection_address = text_field(_("异议受理地址"))
    objection_email = forms.EmailField(label=_("异议受理邮箱"), required=False)

    def clean_figures(self) -> tuple[Figure, ...]:
        return _rows(self.cleaned_data["figures"], Figure, least=2)

    def clean_sites(self) -> tuple[SiteResult, ...]:
        return _rows(self.cleaned_data["sites"], SiteResult, least=2)

    def clean_sample(self) -> tuple[str, ...]:
        return tuple(
            " ".join(line.split()) for line in self.cleaned_data["sample"].splitlines() if line.strip()
        )

    def clean(self) -> dict[str, Any]:
        """The last day lies as far off as the working days ask for; the first is not counted (民法典第二百零一条)."""
        given = super().clean() or {}
        first, last, days = (given.get(name) for name in ("notice_from", "notice_to", "working_days"))
        if first and last and days:
            earliest = calendar().add_working_days(first, days).day
            if last < earliest:
                said = _(
                    "按工作日历，%(n)s 个工作日的公示最早到 %(day)s 结束（起始当日不计）。请改正截止日期或工作日。"
                )
                error = forms.ValidationError(said, params={"n": days, "day": earliest.isoformat()})
                self.add_error("notice_to", error)
        return given

    def data_of(self) -> ResultNotice:
        return ResultNotice(**self.filled_in)

    @staticmethod
    def initial_of(data: ResultNotice) -> dict[str, Any]:
        return {
            **vars(data),
            "figures": _lines_of(data.figures),
            "sites": _lines_of(data.sites),
            "sample": "\n".join(data.sample),
        }


class OpinionForm(DraftForm):
    """验收意见表."""

    title = text_field(_("标题"), needed=True)
    subject = text_field(_("验收事项"), needed=True, longest=400)
    place = text_field(_("地点"), needed=True)
    responsible = text_field(_("责任单位"), longest=400)
    carried_out_by = text_field(_("实施单位"), longest=400)
    accepted_by = text_field(_("组织验收单位"), needed=True)
    applied_on = Day(label=_("申报日期"), required=False)
    accepted_on = Day(label=_("验收日期"), required=False, help_text=_("未定的不填，打印后手写。"))
    criteria = lines_field(
        _("验收指标"), help_text=_("每行一项：验收指标｜要求｜查验点位情况。"), rows=6, longest=20_000
    )
    sites = lines_field(
        _("点位查验"),
        needed=True,
        help_text=_("每行一处：点位｜修复方式｜面积｜查验｜逐项情况｜结论。"),
        rows=8,
        longest=LONGEST,
    )
    totals = text_field(_("合计"), longest=1000)
    opinion = lines_field(_("验收意见"), help_text=_("不填的，打印后手写。"))
    panel = lines_field(
        _("验收组成员"),
        needed=True,
        help_text=_("每行一人，各留一个签字框：身份｜姓名｜单位｜未到场原因。姓名可不填，到时手写。"),
        rows=5,
    )

    def clean_criteria(self) -> tuple[Asked, ...]:
        return _rows(self.cleaned_data["criteria"], Asked, least=1)

    def clean_sites(self) -> tuple[Looked, ...]:
        return _rows(self.cleaned_data["sites"], Looked, least=1)

    def clean_panel(self) -> tuple[Signature, ...]:
        return _rows(self.cleaned_data["panel"], Signature, least=1)

    def data_of(self) -> AcceptanceOpinion:
        return AcceptanceOpinion(**self.filled_in)

    @staticmethod
    def initial_of(data: AcceptanceOpinion) -> dict[str, Any]:
        tables = {name: _lines_of(getattr(data, name)) for name in ("criteria", "sites", "panel")}
        return {**vars(data), **tables}


declare_form("result_notice", ResultNoticeForm)
declare_form("acceptance_opinion", OpinionForm)
