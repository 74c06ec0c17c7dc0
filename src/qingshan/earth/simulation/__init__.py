"""Images with known truth: what would the eye see if this had happened? Truth stays here, the engine never reads it."""

from qingshan.earth.simulation.batch import Batch, simulate_batch
from qingshan.earth.simulation.drawing import UNSEEN
from qingshan.earth.simulation.files import write_simulation
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.simulation.series import SeenSite, simulate_series
from qingshan.earth.simulation.truth import Answer, Event, Truth
from qingshan.earth.simulation.world import FINAL, TUNING, World

__all__ = [
    "FINAL",
    "TUNING",
    "UNSEEN",
    "Answer",
    "Batch",
    "Event",
    "Scenario",
    "SeenSite",
    "Truth",
    "World",
    "simulate_batch",
    "simulate_series",
    "write_simulation",
]
