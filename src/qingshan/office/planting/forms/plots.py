"""What is filled in about a plot, what was planted, what was seen, and its aftercare?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.matters.doubting import examine
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.forms.evidence import SeveralFiles
from qingshan.office.mines import receiving
from qingshan.office.mines.models import Patch, Site
from qingshan.office.planting.actions import Corrected, NewPhoto, NewPlot, Planted, Seen, Wanted
from qingshan.office.planting.fitting import species_listed
from qingshan.office.planting.models import GRAMS, Plot
from qingshan.office.planting.surviving import book_of
from qingshan.office.restoration.forms.acting import hectares_field, m2_of
from qingshan.office.restoration.models import RestorationProject
from qingshan.rules.aftercare import CHECK_MONTHS, CareKind
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.planting import PlantForm
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.zones import Ground, Zone
from qingshan.vault import Vault

YES, NO = "yes", "no"
MOST_PHOTOS = 12
MOST_YEARS = 10
DATES_ROWS = 4


def _long(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=500, required=required, widget=area, help_text=help_text)


class GroundFields(forms.Form):
    """Where a plot lies, as far as soil and water go."""

    zone = forms.ChoiceField(
        label=_("土地复垦类型区"),
        required=False,
        help_text=_("按 TD/T 1036 分区，判断树种草种是否适宜；已按本县其他地块填好的请核对。"),
    )
    rain_mm = forms.DecimalField(
        label=_("年降水量（毫米）"),
        required=False,
        min_value=0,
        max_value=9999,
        max_digits=6,
        decimal_places=1,
    )
    is_irrigated = forms.ChoiceField(label=_("有无灌溉"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "zone", named_choices(Zone), empty=_("未知"))
        choose(self, "is_irrigated", [(YES, _("有灌溉")), (NO, _("无灌溉"))], empty=_("未知"))

    @property
    def ground(self) -> Ground:
        given = self.cleaned_data
        water = {YES: True, NO: False}.get(given["is_irrigated"])
        return Ground(Zone(given["zone"]) if given["zone"] else None, given["rain_mm"], water)


class PlaceFields(GroundFields):
    """Where on its site a plot lies, how large it is, and for which project."""

    place = forms.ChoiceField(label=_("范围"), required=False, help_text=_("选了的按其图形计算面积。"))
    area = hectares_field(_("面积（公顷）"), required=False, help_text=_("没有图形的填写。"))
    project = forms.ChoiceField(label=_("修复项目"), required=False)

    def offer(self, site: Site, projects: Sequence[RestorationProject], *, without: Any) -> None:
        """The patches of the site, the site itself, and the projects that work there; `without`: none of the shapes."""
        patches = Patch.objects.filter(site=site, to_on=None).order_by("key")
        self.shapes: dict[str, Any] = {f"patch:{each.pk}": each for each in patches}
        if site.geom is not None:
            self.shapes["site"] = site
        named = [
            (key, gettext("整个点位") if key == "site" else str(each)) for key, each in self.shapes.items()
        ]
        choose(self, "place", named, empty=without)
        self.projects = {str(each.pk): each for each in projects}
        titles = [(key, each.matter.title) for key, each in self.projects.items()]
        choose(self, "project", titles, empty=_("没有"))

    @property
    def shape(self) -> Any:
        """That of the place that was chosen."""
        place = self.shapes.get(self.cleaned_data["place"])
        return place.geom if place is not None else None


class PlotForm(PlaceFields):
    """登记造林种草地块: a patch of the site, the whole site, or an area alone."""

    name = forms.CharField(label=_("地块名称"), max_length=120)
    key = forms.CharField(
        label=_("地块编号"), max_length=120, required=False, help_text=_("不填按点位编号顺编。")
    )
    note = _long(_("备注"))
    field_order = ["name", "key", "place", "area", "zone", "rain_mm", "is_irrigated", "project", "note"]

    def __init__(
        self,
        *args: Any,
        site: Site,
        zone: Zone | None,
        projects: Sequence[RestorationProject],
        **options: Any,
    ) -> None:
        options["initial"] = {"zone": zone.value if zone else ""}
        super().__init__(*args, **options)
        self.site = site
        self.offer(site, projects, without=_("没有图形"))

    def new_plot(self) -> NewPlot:
        given = self.cleaned_data
        return NewPlot(
            site=self.site,
            name=given["name"],
            key=given["key"],
            shape=self.shape,
            area_m2=m2_of(given["area"]),
            ground=self.ground,
            project=self.projects.get(given["project"]),
            note=given["note"],
        )


class CorrectForm(PlaceFields):
    """更正地块."""

    name = forms.CharField(label=_("地块名称"), max_length=120, required=False)
    note = _long(_("更正理由"), required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["name", "place", "area", "zone", "rain_mm", "is_irrigated", "project", "note"]

    def __init__(
        self, *args: Any, plot: Plot, projects: Sequence[RestorationProject], **options: Any
    ) -> None:
        water = "" if plot.is_irrigated is None else YES if plot.is_irrigated else NO
        area = plot.reported_area_m2
        options["initial"] = {
            "name": plot.name,
            "zone": plot.zone,
            "rain_mm": plot.rain_mm,
            "is_irrigated": water,
            "area": None if area is None else area / M2_PER_HECTARE,
            "project": plot.project_id or "",
            "version": plot.version,
        }
        super().__init__(*args, **options)
        own = [plot.project] if plot.project and plot.project not in projects else []
        self.offer(plot.site, [*own, *projects], without=_("不改图形"))
        self.fields["zone"].help_text = ""
        self.fields["area"].help_text = _("填报面积；有图形的仍按图形计算。")

    def corrected(self) -> Corrected:
        given = self.cleaned_data
        return Corrected(
            name=given["name"],
            ground=self.ground,
            area_m2=m2_of(given["area"]),
            project=self.projects.get(given["project"]),
            shape=self.shape,
        )


class OfPlot(forms.Form):
    """What every act on a plot carries: the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plot: Plot, on: date, **options: Any) -> None:
        options["initial"] = {"version": plot.version, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.plot, self.on = plot, on
        self.prepare()

    def prepare(self) -> None:
        """What depends on the plot."""


class PlantingForm(OfPlot):
    """登记栽植."""

    species = forms.CharField(
        label=_("树种草种"), max_length=60, widget=forms.TextInput(attrs={"list": "species-listed"}),
        help_text=_("中文名或学名；提示的是规则库列入该类型区的种类。"),
    )  # fmt: skip
    form = forms.ChoiceField(label=_("植物类型"))
    count = forms.IntegerField(
        label=_("株数"), required=False, min_value=1, max_value=100_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    weight_kg = forms.DecimalField(
        label=_("播种量（千克）"), required=False, min_value=Decimal("0.001"), max_digits=12, decimal_places=3,
        help_text=_("播种的填写重量；按重量播种的没有成活率，看盖度。"),
    )  # fmt: skip
    planted_on = Day(label=_("栽植日期"))
    planted_by = forms.CharField(label=_("栽植单位"), max_length=120, required=False)
    answer = _long(
        _("对存疑的说明"), help_text=_("与类型区、季节不相符的会提示存疑待核，不影响登记；有说明的写在这里。")
    )

    def prepare(self) -> None:
        choose(self, "form", named_choices(PlantForm))
        self.fields["planted_on"].widget.attrs["max"] = self.on.isoformat()

    @property
    def listed(self) -> list[str]:
        """What the rulebook suggests."""
        return [each.zh for each in species_listed(self.plot, on=self.on)]

    def planted(self) -> Planted:
        given = self.cleaned_data
        weight = given["weight_kg"]
        return Planted(
            species=given["species"],
            form=PlantForm(given["form"]),
            on=given["planted_on"],
            count=given["count"],
            weight_g=None if weight is None else int(weight * GRAMS),
            by=given["planted_by"],
            answer=given["answer"],
        )


class ObservationForm(OfPlot):
    """登记成活调查, on a phone in the field: numbers first."""

    examined = forms.IntegerField(
        label=_("调查株数"), required=False, min_value=1, max_value=100_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    living = forms.IntegerField(
        label=_("成活株数"), required=False, min_value=0, max_value=100_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    cover_percent = forms.DecimalField(
        label=_("植被盖度（%）"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        help_text=_("播种的地块填写；没有查的不填，按未知统计。"),
    )  # fmt: skip
    method = forms.ChoiceField(label=_("调查方法"))
    observed_on = Day(label=_("调查日期"))
    observed_by = forms.CharField(label=_("调查人"), max_length=120)
    photos = SeveralFiles(label=_("照片"), required=False, max_length=255, most=MOST_PHOTOS)
    nothing_secret = forms.BooleanField(label=_("我已核对：照片不含涉密内容"), required=False)
    note = _long(_("备注"))

    def prepare(self) -> None:
        choose(self, "method", named_choices(SurveyMethod))
        self.fields["observed_on"].widget.attrs["max"] = self.on.isoformat()
        self.fields["observed_on"].initial = self.on
        self.fields["photos"].widget.attrs |= {"accept": f"image/*,{ACCEPTED}", "multiple": True}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        examined, living = given.get("examined"), given.get("living")
        if examined is not None and living is not None and living > examined:
            self.add_error("living", _("成活株数多于调查株数。请核对。"))
        if given.get("photos") and not given.get("nothing_secret"):
            said = say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)
            self.add_error("nothing_secret", said)
        return given

    def seen(self) -> Seen:
        given = self.cleaned_data
        return Seen(
            on=given["observed_on"],
            by=given["observed_by"],
            method=SurveyMethod(given["method"]),
            examined=given["examined"],
            living=given["living"],
            cover_percent=given["cover_percent"],
            note=given["note"],
        )

    def new_photos(self) -> list[NewPhoto]:
        """Each file, put into the vault; what it says of itself is read before the act."""
        return [_kept(each) for each in self.cleaned_data["photos"]]


def _kept(brought: UploadedFile[Any]) -> NewPhoto:
    stored = receiving.stored(brought)
    brought.seek(0)
    examined = examine(brought.read())
    facts = examined.facts if examined else None
    return NewPhoto(
        file_name=brought.name or "",
        file_digest=stored.digest,
        file_size_bytes=stored.size_bytes,
        thumbnail_digest=Vault(settings.VAULT_ROOT).put(examined.thumbnail).digest if examined else "",
        taken_at=examined.taken_at if examined else None,
        longitude_deg=facts.longitude_deg if facts else None,
        latitude_deg=facts.latitude_deg if facts else None,
    )


class CarePlanForm(OfPlot):
    """制定管护计划: by the rulebook, or with an interval and dates of its own."""

    from_on = Day(label=_("管护期起"))
    years = forms.IntegerField(label=_("管护年限（年）"), min_value=1, max_value=MOST_YEARS, initial=3)
    every_months = forms.IntegerField(
        label=_("检查间隔（月）"), required=False, min_value=1, max_value=60,
    )  # fmt: skip

    def prepare(self) -> None:
        for number in range(1, DATES_ROWS + 1):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=gettext("另定管护 %(n)s") % {"n": number},
                required=False,
                choices=[("", gettext("不定")), *named_choices(CareKind)],
            )
            self.fields[f"due_{number}"] = Day(label=gettext("日期 %(n)s") % {"n": number}, required=False)
        book = book_of(self.plot.region_id, on=self.on)
        told = {
            "months": book.whole(CHECK_MONTHS),
            "source": book.cite(CHECK_MONTHS, get_language() or CHINESE),
        }
        self.fields["every_months"].help_text = (
            gettext("不填按规则库每 %(months)s 个月一次：%(source)s。") % told
        )
        if self.plot.care_from_on:
            self.fields["from_on"].initial = self.plot.care_from_on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, DATES_ROWS + 1):
            kind, day = given.get(f"kind_{number}"), given.get(f"due_{number}")
            if bool(kind) != bool(day) and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("管护内容和日期须一起填写。"))
        return given

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        tasks = [
            (CareKind(given[f"kind_{number}"]), given[f"due_{number}"])
            for number in range(1, DATES_ROWS + 1)
            if given[f"kind_{number}"]
        ]
        return Wanted(given["from_on"], given["years"], given["every_months"], tasks)


class CareForm(OfPlot):
    """登记管护."""

    kind = forms.ChoiceField(label=_("管护内容"))
    done_on = Day(label=_("管护日期"))
    done_by = forms.CharField(label=_("管护单位或人员"), max_length=120)
    note = _long(_("管护情况"))

    def prepare(self) -> None:
        choose(self, "kind", named_choices(CareKind))
        self.fields["done_on"].widget.attrs["max"] = self.on.isoformat()
        self.fields["done_on"].initial = self.on

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        told = {name: said[name] for name in ("done_on", "done_by", "note")}
        return {"kind": CareKind(said["kind"]), **told}


class WithdrawForm(OfPlot):
    """撤回记录."""

    because = forms.CharField(label=_("撤回理由"), max_length=200)
