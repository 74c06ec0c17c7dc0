"""What changes a matter? These are the parts of which the acts of every kind are made; each act has one entry."""

from qingshan.office.matters.actions.opening import Opening, open_matter
from qingshan.office.matters.actions.parties import Named, name_parties
from qingshan.office.matters.actions.stepping import Brought, take_step

__all__ = ["Brought", "Named", "Opening", "name_parties", "open_matter", "take_step"]
