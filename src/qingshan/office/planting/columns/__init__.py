"""What do the tables of planting look like? A file for each group of kinds; declared in the order in which a county
brings them: plots, what was planted there, what was seen.
"""

from qingshan.exchange.kinds import declare_kind
from qingshan.office.planting.columns.leaving import (
    BACK,
    CARE,
    LASTING,
    LENT,
    SURVIVAL,
    USES,
    exported_hand_backs,
    exported_lasting,
    exported_lent,
    exported_survival,
    exported_tasks,
    exported_uses,
)
from qingshan.office.planting.columns.observed import OBSERVATIONS, exported_observations
from qingshan.office.planting.columns.plots import PLOTS, PLOTS_LEAVING, exported_plots
from qingshan.office.planting.columns.sown import PLANTINGS, exported_plantings

for _kind in (PLOTS, PLANTINGS, OBSERVATIONS):
    declare_kind(_kind)

__all__ = [
    "BACK",
    "CARE",
    "LASTING",
    "LENT",
    "OBSERVATIONS",
    "PLANTINGS",
    "PLOTS",
    "PLOTS_LEAVING",
    "SURVIVAL",
    "USES",
    "exported_hand_backs",
    "exported_lasting",
    "exported_lent",
    "exported_observations",
    "exported_plantings",
    "exported_plots",
    "exported_survival",
    "exported_tasks",
    "exported_uses",
]
