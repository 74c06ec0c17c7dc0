"""What do the tables of the register look like? A file for each group of kinds; declared here, in the order
in which a province brings them."""

from qingshan.exchange.kinds import declare_kind
from qingshan.office.mines.columns.exporting import KIND_OF, REFERRED, exported_rows, value_at
from qingshan.office.mines.columns.extents import EXTENTS

for _kind in (*KIND_OF.values(), EXTENTS):
    declare_kind(_kind)

__all__ = ["KIND_OF", "REFERRED", "exported_rows", "value_at"]
