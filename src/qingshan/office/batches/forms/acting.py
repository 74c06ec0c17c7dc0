"""What does each act on a batch ask for beside what every act asks for?"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.accounts.models import Organisation
from qingshan.office.batches.actions import Finished, Notice, Seat
from qingshan.office.batches.claims import to_answer
from qingshan.office.batches.facts import (
    batch_of,
    notice_days,
    numbers_of,
    open_objections,
    panel_of,
    rows_of,
    unfinished_rows,
)
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.batches.panel_experts import drawn_for
from qingshan.office.cases.models import Objection
from qingshan.office.matters.access import own_unit
from qingshan.office.matters.forms import acting
from qingshan.office.matters.forms.acting import ActForm, choose
from qingshan.office.mines import receiving
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.restoration.forms.acting import hectares_field, m2_of
from qingshan.rules.acceptance import PANEL_RULEBOOK, PanelPart, Payer, panel_parts
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.batches import Standing
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.rulebook import in_force
from qingshan.rules.sampling import seal_of


@dataclass(frozen=True)
class About(acting.About):
    """The act that a form is about, and the one site where it is about one."""

    row: BatchSite | None = None

    @property
    def batch(self) -> Batch:
        return batch_of(self.matter)


def about_of(form: ActForm) -> About:
    """What a form of this app is about."""
    about = form.about
    assert isinstance(about, About)
    return about


class RememberedDay(ActForm):
    """An act with a deadline for what is to be mended."""

    grounds_label = _("退回意见")
    due_on = Day(label=_("整改时限"), required=False, help_text=_("不填则不定时限。"))


class SitesForm(ActForm):
    """报告完工、申报: what is said of each site that is not finished yet."""

    def prepare(self) -> None:
        self.site_rows = unfinished_rows(about_of(self).batch)
        if not self.site_rows:
            return
        self.fields["finished_on"] = Day(label=_("完工日期"), initial=self.about.on)
        self.fields["finished_on"].widget.attrs["max"] = self.about.on.isoformat()
        for row in self.site_rows:
            self._ask(row)

    def _ask(self, row: BatchSite) -> None:
        said = {"site": str(row.site)}
        known = row.claimed_m2 or (row.project_site.claimed_m2 if row.project_site else None) or row.area_m2
        self.fields[f"done_{row.pk}"] = forms.BooleanField(
            label=_now("%(site)s：已完工") % said, required=False, initial=True
        )
        self.fields[f"area_{row.pk}"] = hectares_field(
            _now("%(site)s：完成面积（公顷）") % said,
            required=False,
            initial=None if known is None else round(Decimal(str(known)) / M2_PER_HECTARE, 4),
        )
        self.fields[f"whole_{row.pk}"] = forms.BooleanField(
            label=_now("%(site)s：整处完成") % said, required=False, initial=True
        )
        self.fields[f"use_{row.pk}"] = forms.ChoiceField(
            label=_now("%(site)s：利用方向") % said, required=False, initial=row.use
        )
        choose(self, f"use_{row.pk}", [("", _now("没有确定")), *named_choices(Afteruse)])

    def table(self) -> Iterator[tuple[BatchSite, list[forms.BoundField]]]:
        """Each site with its fields, for the page."""
        for row in self.site_rows:
            names = (f"done_{row.pk}", f"area_{row.pk}", f"whole_{row.pk}", f"use_{row.pk}")
            yield row, [self[name] for name in names]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What is asked of all of them together."""
        kept = ("done_", "area_", "whole_", "use_")
        return [field for field in self.visible_fields() if not field.name.startswith(kept)]

    @property
    def finished(self) -> list[Finished]:
        given = self.cleaned_data
        return [
            Finished(
                row,
                given["finished_on"],
                m2_of(given.get(f"area_{row.pk}")),
                is_whole=bool(given.get(f"whole_{row.pk}")),
                use=Afteruse(given[f"use_{row.pk}"]) if given.get(f"use_{row.pk}") else None,
            )
            for row in self.site_rows
            if given.get(f"done_{row.pk}")
        ]


class SealForm(ActForm):
    """公布号码封签: a number that this side keeps, or its digest alone."""

    by = forms.CharField(
        label=_("出号方"), max_length=160, help_text=_("一方一个号码；两方各出一个，任何一方都左右不了结果。")
    )
    # never called `number`: that is the 文号, which every step keeps
    secret = forms.CharField(
        label=_("号码"),
        max_length=128,
        required=False,
        help_text=_(
            "32 位以上十六进制数字，可以用自己的。请抄下妥善保管，公开前不要告诉别人：系统只保存封签，不保存号码。"
        ),
    )
    seal = forms.CharField(
        label=_("封签"),
        max_length=64,
        required=False,
        help_text=_("号码不愿录入系统的，自行计算 SM3（批次号、出号方、号码各占一行）填在这里。"),
    )

    def prepare(self) -> None:
        unit = own_unit(self.about.actor)
        self.fields["by"].initial = unit.name if unit else ""
        self.fields["secret"].initial = secrets.token_hex(16)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not cleaned.get("seal") and not cleaned.get("secret"):
            self.add_error("secret", _("请填写号码，或填写自行计算的封签。"))
        elif not cleaned.get("seal"):
            subject = about_of(self).batch.subject
            try:
                cleaned["seal"] = in_words(
                    lambda: seal_of(cleaned["secret"], subject=subject, by=cleaned["by"].strip())
                )
            except forms.ValidationError as fault:
                self.add_error("secret", fault)
        return cleaned


class OpenForm(ActForm):
    """公开号码: the one that was sealed."""

    which = forms.ChoiceField(label=_("出号方"))
    secret = forms.CharField(label=_("号码"), max_length=128, help_text=_("公布封签时的那个号码。"))

    def prepare(self) -> None:
        unit = own_unit(self.about.actor)
        own = [
            each
            for each in numbers_of(about_of(self).batch)
            if not each.secret and unit is not None and each.organisation_id == unit.pk
        ]
        self.rows = {str(each.pk): each for each in own}
        choose(self, "which", [(key, each.by) for key, each in self.rows.items()])


class PanelForm(ActForm):
    """登记验收组及签字: one row for each part that the law asks for, and some more."""

    MORE = 2
    PARTS = ("part", "name", "unit", "signed_on", "absent")
    paper = forms.CharField(
        label=_("签字文件名称或文号"), max_length=160, help_text=_("验收意见书等，成员在纸质文件上签字。")
    )
    # never called `scan`: that is the copy of a decision that somebody else records (代录)
    signed = forms.FileField(
        label=_("签字扫描件"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("签字盖章的照片或扫描件，最大 100 MB。涉密文件不得上传。"),
    )
    clear = forms.BooleanField(label=_("我已核对：文件不含涉密内容"), required=False)

    def prepare(self) -> None:
        book = in_force(PANEL_RULEBOOK, on=self.about.on, region=region_of_id(self.about.matter.region_id))
        parts = list(panel_parts(book))
        self.now = panel_of(about_of(self).batch)
        if self.now:
            self.fields["paper"].initial = self.now[0].paper
        first: list[tuple[PanelPart | None, Any]] = [(row.part_named, row) for row in self.now]
        drawn = iter([] if self.now else drawn_for(self.about.matter))
        named = {row.part_named for row in self.now}
        first += [
            (part, next(drawn, None) if part is PanelPart.EXPERT else None)
            for part in parts
            if part not in named
        ]
        first += [(PanelPart.EXPERT, expert) for expert in drawn]
        first += [(None, None)] * self.MORE
        self.seats = len(first)
        for place, (part, row) in enumerate(first):
            self._ask(place, part, row)

    def _ask(self, place: int, part: PanelPart | None, row: Any) -> None:
        said = {"n": place + 1}
        words = {
            "part": _now("第 %(n)s 位：身份") % said,
            "name": _now("第 %(n)s 位：姓名") % said,
            "unit": _now("第 %(n)s 位：单位") % said,
            "signed_on": _now("第 %(n)s 位：签字日期") % said,
            "absent": _now("第 %(n)s 位：未到场原因") % said,
        }
        self.fields[f"part_{place}"] = forms.ChoiceField(
            label=words["part"], required=False, initial=part.value if part else ""
        )
        choose(self, f"part_{place}", [("", "—"), *named_choices(PanelPart)])
        self.fields[f"name_{place}"] = forms.CharField(
            label=words["name"], max_length=60, required=False, initial=getattr(row, "name", "")
        )
        self.fields[f"unit_{place}"] = forms.CharField(
            label=words["unit"],
            max_length=160,
            required=False,
            initial=getattr(row, "unit_name", getattr(row, "employer", "")),
        )
        day = Day(label=words["signed_on"], required=False, initial=getattr(row, "signed_on", None))
        day.widget.attrs["max"] = self.about.on.isoformat()
        self.fields[f"signed_on_{place}"] = day
        self.fields[f"absent_{place}"] = forms.CharField(
            label=words["absent"], max_length=300, required=False, initial=getattr(row, "absent_because", "")
        )

    def table(self) -> Iterator[list[forms.BoundField]]:
        """The seats, for the page."""
        for place in range(self.seats):
            yield [self[f"{name}_{place}"] for name in self.PARTS]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        seats = tuple(f"{name}_" for name in self.PARTS)
        return [field for field in self.visible_fields() if not field.name.startswith(seats)]

    def clean_signed(self) -> Any:
        return self.examined("signed")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("signed") and not cleaned.get("clear"):
            self.add_error("clear", _("请核对后勾选：文件不含涉密内容。"))
        for place in range(self.seats):
            if cleaned.get(f"name_{place}") and not cleaned.get(f"part_{place}"):
                self.add_error(f"part_{place}", _("请选择身份。"))
        return cleaned

    def named(self) -> list[Seat]:
        """The panel, its signed copy put into the vault."""
        given, scan = self.cleaned_data, self.cleaned_data.get("signed")
        file = (scan.name or "", receiving.stored(scan).digest) if scan else self._kept()
        units = self._units()
        return [
            Seat(
                PanelPart(given[f"part_{place}"]),
                given[f"name_{place}"],
                units.get(given[f"unit_{place}"].strip()),
                given[f"unit_{place}"],
                given[f"signed_on_{place}"],
                given["paper"] if given[f"signed_on_{place}"] else "",
                *(file if given[f"signed_on_{place}"] else ("", "")),
                given[f"absent_{place}"],
            )
            for place in range(self.seats)
            if given.get(f"name_{place}")
        ]

    def _kept(self) -> tuple[str, str]:
        """The copy that was brought before stays where no other is brought."""
        held = next((row for row in self.now if row.file_digest), None)
        return (held.file_name, held.file_digest) if held else ("", "")

    def _units(self) -> dict[str, Organisation]:
        """Units that are registered here, by their full names, so that nobody judges their own works unnoticed."""
        names = {self.cleaned_data.get(f"unit_{place}", "").strip() for place in range(self.seats)}
        found = Organisation.objects.select_related("unit").filter(name__in=names - {""}, is_division=False)
        return {each.name: each for each in found}


class NoticeForm(ActForm):
    """公示验收结果."""

    working_days = forms.IntegerField(label=_("公示工作日"), min_value=1, max_value=365)
    basis = forms.CharField(
        label=_("公示期限依据"),
        max_length=200,
        required=False,
        help_text=_("国家没有规定期限：写明地方规定的名称、文号和条款。"),
    )
    where = forms.CharField(label=_("公示方式"), max_length=200)
    contact = forms.CharField(label=_("异议受理方式"), max_length=200)
    from_on = Day(label=_("公示开始"), required=False, help_text=_("不填为办理当日。"))
    summary = forms.CharField(
        label=_("完成情况"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        days = notice_days(self.about.matter, self.about.on)
        self.fields["working_days"].initial = days
        self.fields["basis"].required = days is None

    @property
    def notice(self) -> Notice:
        given = self.cleaned_data
        names = ("working_days", "basis", "where", "contact", "summary", "from_on")
        return Notice(**{name: given[name] for name in names})


class AnswerObjectionForm(ActForm):
    """答复异议."""

    grounds_label = _("答复内容")
    objection = forms.ChoiceField(label=_("异议"))
    upheld = forms.BooleanField(
        label=_("异议成立"), required=False, help_text=_("成立的，随后办理中止公示，退回整改。")
    )

    def prepare(self) -> None:
        self.rows = {str(each.pk): each for each in open_objections(self.about.matter)}
        choose(self, "objection", [(key, each.text[:60]) for key, each in self.rows.items()])

    def clean_objection(self) -> Objection:
        return self.rows[self.cleaned_data["objection"]]


class AnswerFindingForm(ActForm):
    """书面回应影像核查."""

    grounds_label = _("书面回应")
    claim = forms.ChoiceField(label=_("影像核验"))
    file = forms.FileField(
        label=_("新的佐证"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("照片、测量成果或文件，最大 100 MB。涉密文件不得上传。"),
    )
    clear = forms.BooleanField(label=_("我已核对：文件不含涉密内容"), required=False)

    def prepare(self) -> None:
        self.rows = {str(each.pk): each for each in to_answer(self.about.matter)}
        choose(self, "claim", [(key, str(each)) for key, each in self.rows.items()])

    def clean_file(self) -> Any:
        return self.examined("file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("file") and not cleaned.get("clear"):
            self.add_error("clear", _("请核对后勾选：文件不含涉密内容。"))
        return cleaned

    def kept(self) -> dict[str, str]:
        """Name and digest of the file, put into the vault."""
        brought: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if not brought:
            return {}
        return {"file_name": brought.name or "", "file_digest": receiving.stored(brought).digest}


class TraceForm(ActForm):
    """登记倒查 of one accepted site."""

    grounds_label = _("倒查情况")
    row = forms.ChoiceField(label=_("点位"))
    confirmed = forms.BooleanField(
        label=_("现场核实：没有保持验收时的状态"),
        required=False,
        help_text=_("核实的，从清单完成数中撤回，可以重新列入批次或单项。"),
    )

    def prepare(self) -> None:
        rows = [row for row in rows_of(about_of(self).batch) if row.standing_named is Standing.ACCEPTED]
        self.rows = {str(row.pk): row for row in rows}
        choose(self, "row", [(key, str(row.site)) for key, row in self.rows.items()])

    def clean_row(self) -> BatchSite:
        return self.rows[self.cleaned_data["row"]]


class CorrectForm(ActForm):
    """更正登记."""

    title = forms.CharField(label=_("名称"), max_length=200)
    payer = forms.ChoiceField(label=_("谁来复垦"), help_text=_("决定验收期限是否按第二十九条计算。"))

    def prepare(self) -> None:
        self.fields["title"].initial = self.about.matter.title
        self.fields["payer"].initial = about_of(self).batch.payer
        choose(self, "payer", named_choices(Payer))

    def clean_payer(self) -> Payer:
        return Payer(self.cleaned_data["payer"])


class ProgressForm(ActForm):
    """填报单项进展."""

    percent = forms.IntegerField(label=_("进度（%）"), min_value=0, max_value=100)
