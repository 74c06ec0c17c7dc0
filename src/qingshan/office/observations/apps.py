"""遥感: claims, images, runs, findings, written answers."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "qingshan.office.observations"
    label = "observations"
    verbose_name = "遥感"

    def ready(self) -> None:
        from qingshan.earth import sentences as earth_sentences  # noqa: F401
        from qingshan.office.mines.dossier.beside import declare_card
        from qingshan.office.mines.followers import Follower, declare_follower
        from qingshan.office.mines.search import declare_searched
        from qingshan.office.observations import access, clues_on_map, models, on_map, sentences  # noqa: F401
        from qingshan.office.observations.dossier import SEEN_THERE
        from qingshan.office.observations.search import SEARCHED
        from qingshan.office.observations.wording import RECORDED, VALUES
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names, declare_values

        declare_acts(*access.ACTS)
        declare_card(SEEN_THERE)
        for searched in SEARCHED:
            declare_searched(searched)
        declare_follower(Follower(models.Clue))
        declare_names("observations", RECORDED)
        for name, values in VALUES.items():
            declare_values(name, values)
        declare_subject(
            "observations.claim", models.Claim, without=("cube",), visible_to=access.claims_visible_to
        )
        declare_subject("observations.finding", models.Finding, visible_to=access.findings_visible_to)
        declare_subject("observations.trace_back", models.TraceBack, visible_to=access.trace_backs_visible_to)
        declare_subject("observations.answer", models.Answer, visible_to=access.answers_visible_to)
        declare_subject("observations.scene_set", models.SceneSet, visible_to=access.scene_sets_visible_to)
        declare_subject("observations.screening", models.Screening, visible_to=access.screenings_visible_to)
        declare_subject("observations.clue", models.Clue, visible_to=access.clues_visible_to)
        declare_subject(
            "observations.clue_evidence", models.ClueEvidence, visible_to=access.clue_evidence_visible_to
        )
        declare_subject("observations.clue_file", models.ClueFile, visible_to=access.clue_files_visible_to)
        declare_subject(
            "observations.clue_sighting", models.ClueSighting, visible_to=access.sightings_visible_to
        )
        declare_subject("observations.run", models.Run, visible_to=access.runs_visible_to)
