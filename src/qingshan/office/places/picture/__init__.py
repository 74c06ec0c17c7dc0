"""How is a map drawn without any browser engine? As SVG, for pages, print and papers."""

from qingshan.office.places.picture.frame import Bounds, Frame
from qingshan.office.places.picture.ground import credit_of, ground_of
from qingshan.office.places.picture.making import picture_of

__all__ = ["Bounds", "Frame", "credit_of", "ground_of", "picture_of"]
