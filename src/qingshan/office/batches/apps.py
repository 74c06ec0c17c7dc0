"""批次与单项: works finished, applied for, sampled, accepted and published together or one by one."""

from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "qingshan.office.batches"
    label = "batches"
    verbose_name = "批次与单项"

    def ready(self) -> None:
        from qingshan.office.batches import access, kinds, models, on_map, sentences  # noqa: F401
        from qingshan.office.batches.dossier import BATCHED, IN_BATCHES
        from qingshan.office.batches.forms import papers  # noqa: F401
        from qingshan.office.batches.lasting import by_batches
        from qingshan.office.batches.search import SEARCHED
        from qingshan.office.batches.wording import FACTS, VALUES
        from qingshan.office.matters.kinds import declare_kind
        from qingshan.office.mines.dossier.beside import declare_card
        from qingshan.office.mines.search import declare_searched
        from qingshan.office.planting.lasting import declare_acceptances
        from qingshan.office.restoration.beside import declare_project_card
        from qingshan.office.restoration.wording import RECORDED
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names, declare_values

        for kind in kinds.KINDS:
            declare_kind(kind)
        for searched in SEARCHED:
            declare_searched(searched)
        declare_acts(*access.ACTS)
        declare_card(BATCHED)
        declare_project_card(IN_BATCHES)
        declare_acceptances(by_batches)
        # the acts of both flow tables are acts of restoration
        declare_names("restoration", {name: word for name, word in FACTS.items() if name not in RECORDED})
        declare_names("batches", FACTS)
        for name, values in VALUES.items():
            declare_values(name, values)
        for name, model in (
            ("batches.batch", models.Batch),
            ("batches.site", models.BatchSite),
            ("batches.number", models.SealedNumber),
            ("batches.check", models.SiteCheck),
            ("batches.panel", models.PanelMember),
        ):
            declare_subject(name, model, visible_to=access.whole_of(model))
