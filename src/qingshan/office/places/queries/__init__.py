"""What is known of days and places, as far as the reader may see it?"""

from qingshan.office.places.queries.calendar import calendar, days_of, known_years
from qingshan.office.places.queries.layers import (
    feature_rows,
    held_kinds,
    layers_to_replace,
    listed_layers,
    one_layer,
    regions_for_layers,
)
from qingshan.office.places.queries.overlaps import (
    Check,
    Hit,
    Overlaps,
    one_opinion,
    opinions_about,
    overlaps,
    subject_for,
    subject_kind_of,
)

__all__ = [
    "Check",
    "Hit",
    "Overlaps",
    "calendar",
    "days_of",
    "feature_rows",
    "held_kinds",
    "known_years",
    "layers_to_replace",
    "listed_layers",
    "one_layer",
    "one_opinion",
    "opinions_about",
    "overlaps",
    "regions_for_layers",
    "subject_for",
    "subject_kind_of",
]
