"""What do people fill in at the pages of the register? A file for each topic."""

from qingshan.office.mines.forms.narrowing import NarrowForm, Regions, filters_from

__all__ = ["NarrowForm", "Regions", "filters_from"]
