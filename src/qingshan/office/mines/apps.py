"""矿山: the register of mines, sites and patches."""

from django.apps import AppConfig


class MinesConfig(AppConfig):
    name = "qingshan.office.mines"
    label = "mines"
    verbose_name = "矿山"

    def ready(self) -> None:
        from qingshan.office.mines import access, columns, models, sentences  # noqa: F401
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject

        declare_acts(*access.ACTS)
        declare_subject("mines.mine", models.Mine)
        declare_subject("mines.site", models.Site)
        declare_subject("mines.patch", models.Patch)
