"""What does one square of the map show of these rows? Vector tiles, small enough and quick at a million
rows.
"""

from qingshan.geo.tiles.making import MAX_BYTES, etag, tile
from qingshan.geo.tiles.window import Drawn, Sample, sample

__all__ = ["MAX_BYTES", "Drawn", "Sample", "etag", "sample", "tile"]
