"""In which reference system were these numbers written, and where on CGCS2000 do they lie? (no Django)"""

from qingshan.geo.crs.china import outside_china, refuse_outside_china
from qingshan.geo.crs.recognition import Order, Reading, Recognition, fits, reading_of, recognise
from qingshan.geo.crs.systems import CGCS2000, WGS84, Crs, crs_of
from qingshan.geo.crs.transform import lonlat, to_cgcs2000

__all__ = [
    "CGCS2000",
    "WGS84",
    "Crs",
    "Order",
    "Reading",
    "Recognition",
    "crs_of",
    "fits",
    "lonlat",
    "outside_china",
    "reading_of",
    "recognise",
    "refuse_outside_china",
    "to_cgcs2000",
]
