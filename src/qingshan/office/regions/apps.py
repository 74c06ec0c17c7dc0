"""区划: administrative divisions with validity dates."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "qingshan.office.regions"
    label = "regions"
    verbose_name = "区划"

    def ready(self) -> None:
        from qingshan.office.regions import access, models
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject

        declare_acts(*access.ACTS)
        declare_subject("regions.region", models.Region)
