"""What can be done with planted plots, their aftercare, land that is handed back, and uses?"""

from qingshan.office.planting.actions.caring import Wanted, note_care, plan_care, withdraw_care
from qingshan.office.planting.actions.evaluating import Evaluated, note_evaluation, withdraw_evaluation
from qingshan.office.planting.actions.importing import import_observations, import_plantings, import_plots
from qingshan.office.planting.actions.observing import NewPhoto, Seen, note_observation
from qingshan.office.planting.actions.plots import (
    Corrected,
    NewPlot,
    correct_plot,
    register_plot,
    withdraw_plot,
)
from qingshan.office.planting.actions.returning import Receipt, extend_land_use, hand_back, withdraw_hand_back
from qingshan.office.planting.actions.sowing import Planted, note_planting
from qingshan.office.planting.actions.using import change_planned_use, note_actual_use
from qingshan.office.planting.actions.withdrawing import withdraw_observation, withdraw_planting

__all__ = [
    "Corrected",
    "Evaluated",
    "NewPhoto",
    "NewPlot",
    "Planted",
    "Receipt",
    "Seen",
    "Wanted",
    "change_planned_use",
    "correct_plot",
    "extend_land_use",
    "hand_back",
    "import_observations",
    "import_plantings",
    "import_plots",
    "note_actual_use",
    "note_care",
    "note_evaluation",
    "note_observation",
    "note_planting",
    "plan_care",
    "register_plot",
    "withdraw_care",
    "withdraw_evaluation",
    "withdraw_hand_back",
    "withdraw_observation",
    "withdraw_planting",
    "withdraw_plot",
]
