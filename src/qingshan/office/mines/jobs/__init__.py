"""Which work of the register goes on in the background? A file for each."""

from qingshan.office.mines.jobs.likeness import FIND, look_in_background
from qingshan.office.mines.jobs.packing import PACK_DOSSIER, pack_in_background

__all__ = ["FIND", "PACK_DOSSIER", "look_in_background", "pack_in_background"]
