"""整改: problems, petitions and lasting tasks, from the list to closed, and back when it returns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "qingshan.office.cases"
    label = "cases"
    verbose_name = "整改"

    def ready(self) -> None:
        from qingshan.office.cases import access, kinds, models, on_map, sentences  # noqa: F401
        from qingshan.office.cases.dossier import MATTERS
        from qingshan.office.cases.search import SEARCHED
        from qingshan.office.cases.stops import STOPS
        from qingshan.office.cases.supplying import SUPPLIER
        from qingshan.office.cases.wording import RECORDED
        from qingshan.office.matters.kinds import declare_kind
        from qingshan.office.matters.models import Matter
        from qingshan.office.mines.dossier.beside import declare_card
        from qingshan.office.mines.followers import Follower, declare_follower, declare_staying
        from qingshan.office.mines.search import declare_searched
        from qingshan.office.papers.about import Subject, declare_about
        from qingshan.office.papers.lacking import declare_supplier
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names, declare_values
        from qingshan.rules.matters import EnforcementState
        from qingshan.rules.verification import TargetUse
        from qingshan.rules.words import names_of

        declare_staying(models.StoppedMine)
        for kind in kinds.KINDS:
            declare_kind(kind)
        declare_acts(*access.ACTS)
        declare_names("cases", RECORDED)
        declare_values("target_use", names_of(TargetUse))
        declare_values("enforcement", names_of(EnforcementState))
        declare_card(MATTERS)
        declare_card(STOPS)
        declare_supplier("matters.matter", SUPPLIER)
        declare_about(Subject("matters.matter", _("事项"), Matter.get_absolute_url))
        declare_follower(Follower(models.Inspection))
        for searched in SEARCHED:
            declare_searched(searched)
        for name, model in (
            ("cases.case", models.Case),
            ("cases.petition", models.Petition),
            ("cases.document", models.FindingsDocument),
            ("cases.item", models.FindingsItem),
            ("cases.cover", models.ItemCover),
            ("cases.inspection", models.Inspection),
            ("cases.inspection_finding", models.InspectionFinding),
            ("cases.notice", models.PublicNotice),
            ("cases.objection", models.Objection),
            ("cases.urging", models.Urging),
            ("cases.stop_order", models.StopOrder),
            ("cases.stopped_mine", models.StoppedMine),
        ):
            declare_subject(name, model, visible_to=access.whole_of(model))
