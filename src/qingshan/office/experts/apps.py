"""专家: pool, ties, seeded draws, opinions."""

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "qingshan.office.experts"
    label = "experts"
    verbose_name = "专家"

    def ready(self) -> None:
        from qingshan.office.experts import access, columns, models, sentences  # noqa: F401
        from qingshan.office.experts.wording import RECORDED, VALUES
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names, declare_values

        declare_acts(*access.ACTS)
        declare_names("experts", RECORDED)
        for name, values in VALUES.items():
            declare_values(name, values)
        declare_subject("experts.expert", models.Expert, visible_to=access.experts_visible_to)
        declare_subject("experts.tie", models.ExpertTie, visible_to=access.ties_visible_to)
        declare_subject("experts.draw", models.ExpertDraw, visible_to=access.draws_visible_to)
        declare_subject("experts.drawn", models.DrawnExpert, visible_to=access.drawn_visible_to)
        declare_subject("experts.opinion", models.ExpertOpinion, visible_to=access.opinions_visible_to)
