"""种植: plots with what was planted, seen and looked after; land handed back; temporary land; uses."""

from django.apps import AppConfig


class PlantingConfig(AppConfig):
    name = "qingshan.office.planting"
    label = "planting"
    verbose_name = "种植"

    def ready(self) -> None:
        from qingshan.office.mines.dossier.beside import declare_card
        from qingshan.office.mines.search import declare_searched
        from qingshan.office.observations.planted import declare_plantings
        from qingshan.office.planting import access, columns, models, on_map, sentences  # noqa: F401
        from qingshan.office.planting.claims import planted_by
        from qingshan.office.planting.dossier import (
            AFTER_ACCEPTANCE,
            AFTER_ACCEPTANCE_OF_PROJECT,
            PLANTED,
            PLANTED_IN_PROJECT,
        )
        from qingshan.office.planting.search import SEARCHED
        from qingshan.office.planting.wording import RECORDED, VALUES
        from qingshan.office.restoration.beside import declare_project_card
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names, declare_values

        declare_plantings(planted_by)
        declare_searched(SEARCHED)
        declare_acts(*access.ACTS)
        declare_names("planting", RECORDED)
        for name, values in VALUES.items():
            declare_values(name, values)
        declare_card(PLANTED)
        declare_card(AFTER_ACCEPTANCE)
        declare_project_card(PLANTED_IN_PROJECT)
        declare_project_card(AFTER_ACCEPTANCE_OF_PROJECT)
        for name, model in (
            ("planting.plot", models.Plot),
            ("planting.planting", models.Planting),
            ("planting.observation", models.PlotObservation),
            ("planting.photo", models.ObservationPhoto),
            ("planting.task", models.CareTask),
            ("planting.care", models.CareEntry),
            ("planting.hand_back", models.HandBack),
            ("planting.evaluation", models.Evaluation),
            ("planting.extension", models.LandUseExtension),
            ("planting.use_change", models.UseChange),
        ):
            declare_subject(name, model, visible_to=access.whole_of(model))
