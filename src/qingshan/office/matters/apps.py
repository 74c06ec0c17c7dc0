"""事项: what every supervised thing shares: flow, deadlines, duties, plans, evidence, inbox."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MattersConfig(AppConfig):
    name = "qingshan.office.matters"
    label = "matters"
    verbose_name = "事项"

    def ready(self) -> None:
        from qingshan.office.experts.about import declare_subject_of_experts
        from qingshan.office.matters import access, models, sentences  # noqa: F401
        from qingshan.office.matters.experts import MATTERS_OF_EXPERTS
        from qingshan.office.matters.seeding import seed_states
        from qingshan.office.matters.wording import RECORDED
        from qingshan.office.mines.followers import declare_staying
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names

        declare_acts(access.ANSWER_DOUBT)
        declare_names("matters", RECORDED)
        declare_subject_of_experts(MATTERS_OF_EXPERTS)
        # a matter's version rises with its steps alone; a cover and an order say what was decided then
        declare_staying(models.Matter)
        declare_staying(models.PlanCover)
        # a signal of Django's own, for set-up only: no act hangs on it
        post_migrate.connect(seed_states, sender=self)
        for kind, model in (
            ("matters.matter", models.Matter),
            ("matters.step", models.Step),
            ("matters.party", models.MatterParty),
            ("matters.due_change", models.DueChange),
            ("matters.plan", models.Plan),
            ("matters.plan_cover", models.PlanCover),
            ("matters.stage", models.Stage),
            ("matters.measure", models.Measure),
            ("matters.evidence", models.Evidence),
            ("matters.doubt", models.Doubt),
        ):
            declare_subject(kind, model, visible_to=access.whole_of(model))
