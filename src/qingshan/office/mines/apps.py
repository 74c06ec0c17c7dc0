"""矿山: the register of mines, sites and patches."""

from django.apps import AppConfig


class MinesConfig(AppConfig):
    name = "qingshan.office.mines"
    label = "mines"
    verbose_name = "矿山"

    def ready(self) -> None:
        from qingshan.office.experts.about import declare_mines, declare_subject_of_experts
        from qingshan.office.mines import access, columns, models, on_map, sentences  # noqa: F401
        from qingshan.office.mines.experts import MINES_OF_EXPERTS, mine_numbered
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject

        declare_acts(*access.ACTS)
        declare_subject_of_experts(MINES_OF_EXPERTS)
        declare_mines(mine_numbered)
        for kind, model in (
            ("mines.mine", models.Mine),
            ("mines.site", models.Site),
            ("mines.patch", models.Patch),
            ("mines.right", models.MiningRight),
            ("mines.land_use", models.LandUse),
            ("mines.facility", models.Facility),
            ("mines.document", models.Document),
            ("mines.plan", models.ApprovedPlan),
            ("mines.responsible", models.ResponsibleParty),
            ("mines.reference", models.ExternalReference),
            ("mines.likeness", models.Likeness),
        ):
            declare_subject(kind, model, visible_to=access.whole_of(model))
