"""Which pages have days and places?"""

from qingshan.office.places.pages.holidays import edit_day, forget_day, holidays
from qingshan.office.places.pages.layers import (
    export_features,
    layer,
    layers,
    new_layer,
    replace_layer,
    withdraw_layer,
)
from qingshan.office.places.pages.overlaps import new_opinion, opinion_file, overlap_card
from qingshan.office.places.pages.services import service_tile

__all__ = [
    "edit_day",
    "export_features",
    "forget_day",
    "holidays",
    "layer",
    "layers",
    "new_layer",
    "new_opinion",
    "opinion_file",
    "overlap_card",
    "replace_layer",
    "service_tile",
    "withdraw_layer",
]
