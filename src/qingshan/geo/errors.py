"""What can go wrong with coordinates, reference systems and shapes? (Tree: rules.errors.)"""

from __future__ import annotations

import qingshan.geo.sentences  # noqa: F401  declares the words of these errors
from qingshan.rules.errors import QingshanError


class GeoError(QingshanError):
    """Root of the geo room's errors."""


class ShapeRefused(GeoError):
    """A shape that cannot be stored as it is: the reason names the place."""


class CoordinatesRefused(GeoError):
    """Coordinates that lie where they may not, or whose reference system is unknown."""
