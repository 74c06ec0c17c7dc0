"""What do we hold about a mine? A file for each topic."""

from qingshan.office.mines.models.holdings import Facility, LandUse, MiningRight
from qingshan.office.mines.models.likeness import Likeness
from qingshan.office.mines.models.papers import ApprovedPlan, Document, ExternalReference, ResponsibleParty
from qingshan.office.mines.models.register import Mine, Patch, Site, Tally

__all__ = [
    "ApprovedPlan",
    "Document",
    "ExternalReference",
    "Facility",
    "LandUse",
    "Likeness",
    "Mine",
    "MiningRight",
    "Patch",
    "ResponsibleParty",
    "Site",
    "Tally",
]
