"""文书: numbers, documents that are issued, and the signed copies that come back."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "qingshan.office.papers"
    label = "papers"
    verbose_name = "文书"

    def ready(self) -> None:
        from qingshan.office.papers import access, documents, models, sentences  # noqa: F401
        from qingshan.office.papers.about import Subject, declare_about
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject

        declare_acts(*access.ACTS)
        declare_subject("papers.paper", models.Paper, visible_to=access.papers_of)
        declare_subject("papers.signed_copy", models.SignedCopy, visible_to=access.copies_of)
        declare_subject("papers.template", models.PaperTemplate, visible_to=access.templates_of)
        declare_about(Subject("mines.mine", _("矿山"), lambda mine: f"/mines/{mine.pk}/"))
