"""What do the tables of problems and petitions look like? Declared here, in the order in which offices bring them."""

from qingshan.exchange.kinds import declare_kind
from qingshan.office.cases.columns.ledger import CASES
from qingshan.office.cases.columns.petitions import PETITIONS

for _kind in (CASES, PETITIONS):
    declare_kind(_kind)

__all__ = ["CASES", "PETITIONS"]
