"""What happened on a piece of land, since when, and how sure is that? Satellite images answer; no Django here.

Everything in `__all__` can be taken from here. It is loaded when it is asked for: importing this package costs
nothing and compiles nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qingshan.earth import errors, monitor, trajectory
    from qingshan.earth.cube.chips import Chip
    from qingshan.earth.cube.sitecube import SiteCube
    from qingshan.earth.engines import DaskEngine, Engine, LocalEngine, Progress
    from qingshan.earth.errors import EarthError
    from qingshan.earth.findings import Finding, Question, Verdict
    from qingshan.earth.grid import Grid, Window
    from qingshan.earth.images.scenes import LeftOut, Scene, Scenes
    from qingshan.earth.judging import judge
    from qingshan.earth.measures.scanning import zonal
    from qingshan.earth.measures.weights import weights
    from qingshan.earth.parameters import ParameterSet, read_parameters, released, released_as
    from qingshan.earth.reports import Results, write_outputs
    from qingshan.earth.screening import Disturbance, Outlook, Screened, outlook, screen
    from qingshan.earth.sensors import SENSORS, MaskScheme, Sensor
    from qingshan.earth.series import QUANTITIES, SiteSeries, Track
    from qingshan.earth.sheets import Sheet, View, scenes_wanted, sheet
    from qingshan.earth.sites import Claims, ClimateZone, Site, SiteSet, TargetUse
    from qingshan.earth.surveys import Report, survey

__all__ = [
    "QUANTITIES",
    "SENSORS",
    "Chip",
    "Claims",
    "ClimateZone",
    "DaskEngine",
    "Disturbance",
    "EarthError",
    "Engine",
    "Finding",
    "Grid",
    "LeftOut",
    "LocalEngine",
    "MaskScheme",
    "Outlook",
    "ParameterSet",
    "Progress",
    "Question",
    "Report",
    "Results",
    "Scene",
    "Scenes",
    "Screened",
    "Sensor",
    "Sheet",
    "Site",
    "SiteCube",
    "SiteSeries",
    "SiteSet",
    "TargetUse",
    "Track",
    "Verdict",
    "View",
    "Window",
    "errors",
    "judge",
    "monitor",
    "outlook",
    "read_parameters",
    "released",
    "released_as",
    "scenes_wanted",
    "screen",
    "sheet",
    "survey",
    "trajectory",
    "weights",
    "write_outputs",
    "zonal",
]

_MODULES = ("errors", "monitor", "trajectory")
_HOMES = {
    "cube.chips": ("Chip",),
    "cube.sitecube": ("SiteCube",),
    "engines": ("DaskEngine", "Engine", "LocalEngine", "Progress"),
    "errors": ("EarthError",),
    "findings": ("Finding", "Question", "Verdict"),
    "grid": ("Grid", "Window"),
    "judging": ("judge",),
    "parameters": ("ParameterSet", "read_parameters", "released", "released_as"),
    "reports": ("Results", "write_outputs"),
    "measures.scanning": ("zonal",),
    "images.scenes": ("LeftOut", "Scene", "Scenes"),
    "screening": ("Disturbance", "Outlook", "Screened", "outlook", "screen"),
    "sensors": ("SENSORS", "MaskScheme", "Sensor"),
    "series": ("QUANTITIES", "SiteSeries", "Track"),
    "sheets": ("Sheet", "View", "scenes_wanted", "sheet"),
    "sites": ("Claims", "ClimateZone", "Site", "SiteSet", "TargetUse"),
    "surveys": ("Report", "survey"),
    "measures.weights": ("weights",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
