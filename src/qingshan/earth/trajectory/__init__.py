"""What is the history of a piece of land over decades? Yearly values, segmented as LandTrendr does.

After Kennedy, Yang and Cohen (2010), Detecting trends in forest disturbance and recovery using yearly Landsat time
series: 1. LandTrendr - Temporal segmentation algorithms, Remote Sensing of Environment 114, 2897-2910.
"""

from qingshan.earth.trajectory.annual import annual, annual_medians, annual_medoids
from qingshan.earth.trajectory.fitting import Change, Trajectories, TrajectoryParams, fit

__all__ = [
    "Change",
    "Trajectories",
    "TrajectoryParams",
    "annual",
    "annual_medians",
    "annual_medoids",
    "fit",
]
