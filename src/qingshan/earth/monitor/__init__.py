"""Did something change for good, and since which observation? A harmonic monitor for dense series, date by date.

The usual course of each series is a trend with two harmonics, fitted robustly to its own history; a break is K
observations in a row that lie too far off on one side, far enough on average; behind it a new segment begins, as in
CCDC (Zhu and Woodcock 2014, Remote Sensing of Environment 144, 152-171) and BFAST Monitor (Verbesselt et al. 2012,
Remote Sensing of Environment 123, 98-108).
"""

from qingshan.earth.monitor.going_on import fit, update
from qingshan.earth.monitor.state import Breaks, MonitorParams, MonitorState, Segments

__all__ = ["Breaks", "MonitorParams", "MonitorState", "Segments", "fit", "update"]
