"""How does django-import-export read the same workbook? With its fastest settings that still do the job."""

from __future__ import annotations

from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader

from peers.models import PlainSite
from qingshan.office.regions.models import Region
from qingshan.rules.register import SiteKind


class KindWidget(widgets.CharWidget):
    """The Chinese term of a kind, as the workbook has it."""

    def clean(self, value, row=None, **kwargs):
        return _KINDS[super().clean(value, row, **kwargs)]


class HectaresWidget(widgets.FloatWidget):
    def clean(self, value, row=None, **kwargs):
        found = super().clean(value, row, **kwargs)
        return None if found is None else found * 10_000


class RegionWidget(widgets.ForeignKeyWidget):
    """Looks each code up once instead of once for every row."""

    def __init__(self) -> None:
        super().__init__(Region, field="code")
        self._found: dict[str, Region] = {}

    def clean(self, value, row=None, **kwargs):
        if value not in self._found:
            self._found[value] = super().clean(value, row, **kwargs)
        return self._found[value]


_KINDS = {kind.zh: kind.value for kind in SiteKind}


class SiteResource(resources.ModelResource):
    """Writes in bulk, finds what exists by one query, leaves what has not changed.

    `clean_model_instances` is left off: it would check lengths too, but asks two queries for every row.
    """

    key = fields.Field("key", "点位编号")
    name = fields.Field("name", "点位名称")
    region = fields.Field("region", "行政区划代码", widget=RegionWidget())
    kind = fields.Field("kind", "点位类型", widget=KindWidget())
    outline = fields.Field("outline", "图形")
    reported_area_m2 = fields.Field("reported_area_m2", "面积（公顷）", widget=HectaresWidget())
    found_on = fields.Field("found_on", "发现日期", widget=widgets.DateWidget("%Y-%m-%d"))
    source = fields.Field("source", "来源")

    class Meta:
        model = PlainSite
        fields = ("key", "name", "region", "kind", "outline", "reported_area_m2", "found_on", "source")
        import_id_fields = ("key",)
        instance_loader_class = CachedInstanceLoader
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_unchanged = True
        use_transactions = True
