"""一张图: map layers, control lines, holidays."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "qingshan.office.places"
    label = "places"
    verbose_name = "一张图"

    def ready(self) -> None:
        from qingshan.office.places import access, columns, layers, models  # noqa: F401
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject

        declare_acts(*access.ACTS)
        declare_subject("places.holiday", models.Holiday)
        declare_subject("places.layer", models.MapLayer, visible_to=access.layers_visible_to)
        declare_subject("places.feature", models.MapFeature, visible_to=access.features_visible_to)
        declare_subject(
            "places.overlap_opinion", models.OverlapOpinion, visible_to=access.opinions_visible_to
        )
