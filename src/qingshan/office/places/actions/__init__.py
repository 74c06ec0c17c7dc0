"""What changes days and places? Holidays, map layers and their features, opinions about overlaps."""

from qingshan.office.places.actions.features import import_layer_features
from qingshan.office.places.actions.holidays import edit_day, forget_day, load_holidays
from qingshan.office.places.actions.layers import LayerFacts, register_layer, replace_layer, withdraw_layer
from qingshan.office.places.actions.opinions import OpinionFacts, Said, record_overlap_opinion

__all__ = [
    "LayerFacts",
    "OpinionFacts",
    "Said",
    "edit_day",
    "forget_day",
    "import_layer_features",
    "load_holidays",
    "record_overlap_opinion",
    "register_layer",
    "replace_layer",
    "withdraw_layer",
]
