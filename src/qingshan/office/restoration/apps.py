"""修复: projects, lists of targets, land in five states."""

from django.apps import AppConfig


class RestorationConfig(AppConfig):
    name = "qingshan.office.restoration"
    label = "restoration"
    verbose_name = "修复"

    def ready(self) -> None:
        from qingshan.office.matters.kinds import declare_kind
        from qingshan.office.mines.dossier.beside import declare_card
        from qingshan.office.mines.followers import declare_staying
        from qingshan.office.mines.search import declare_searched
        from qingshan.office.observations.intended import declare_plans
        from qingshan.office.observations.showing import declare_undone
        from qingshan.office.restoration import access, columns, kinds, models, on_map, sentences  # noqa: F401
        from qingshan.office.restoration.claims import planned_for
        from qingshan.office.restoration.dossier import RESTORED
        from qingshan.office.restoration.search import SEARCHED
        from qingshan.office.restoration.triggers import declare_move_triggers
        from qingshan.office.restoration.wording import RECORDED, UNDONE, VALUES
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.words import declare_names, declare_values

        declare_kind(kinds.RESTORATION)
        declare_acts(*access.ACTS)
        declare_names("restoration", RECORDED)
        for name, values in VALUES.items():
            declare_values(name, values)
        declare_plans(planned_for)
        declare_undone("restoration.listed", UNDONE)
        declare_move_triggers()
        for searched in SEARCHED:
            declare_searched(searched)
        declare_card(RESTORED)
        # what was done to land was done at the mine as it was entered; lists ask for what was merged too
        declare_staying(models.LandParcel)
        declare_staying(models.LandMove)
        declare_subject("restoration.list", models.TargetList, visible_to=access.lists_visible_to)
        for name, model in (
            ("restoration.project", models.RestorationProject),
            ("restoration.project_site", models.ProjectSite),
            ("restoration.listed", models.ListedSite),
            ("restoration.list_move", models.ListMove),
            ("restoration.parcel", models.LandParcel),
            ("restoration.land_move", models.LandMove),
        ):
            declare_subject(name, model, visible_to=access.whole_of(model))
