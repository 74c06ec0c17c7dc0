"""What can go wrong with sites, claims and images? (Tree: rules.errors; the words: earth.sentences.)

EarthError
├── SitesRefused        sites or claims that cannot be read, or that contradict each other
├── ScenesRefused       a description of scenes that cannot be used at all
│   └── SceneRefused    one scene that is named and left out
├── GridMismatch        arrays, weights and scenes that lie on different grids
├── Cancelled           work that was stopped on request, and may go on later
├── SeriesRefused       days and values that do not belong together
├── CubeRefused         a site cube that is damaged or was made for other sites
└── ParametersRefused   a parameter set that is incomplete or was changed after its release
"""

from __future__ import annotations

import qingshan.earth.sentences  # noqa: F401  declares the words of these errors
from qingshan.rules.errors import QingshanError


class EarthError(QingshanError):
    """Root of the earth room's errors."""


class SitesRefused(EarthError):
    """Sites or claims that cannot be read, or that contradict each other."""


class ScenesRefused(EarthError):
    """A description of scenes that cannot be used at all."""


class SceneRefused(ScenesRefused):
    """One scene that cannot be used: it is named and left out, the others go on."""


class GridMismatch(EarthError):
    """Arrays, weights and scenes that lie on different grids."""


class SeriesRefused(EarthError):
    """Days (or years) and values that do not belong together."""


class CubeRefused(EarthError):
    """A site cube that is damaged, or that was made for other sites or another grid."""


class ParametersRefused(EarthError):
    """A parameter set that is incomplete, or that was changed after its release."""


class Cancelled(EarthError):
    """Work that was stopped on request; what is done is kept, and a later call goes on."""
