"""How does a ledger of matters leave as a sheet, a few hundred rows read at a time?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import Exported
from qingshan.office.matters.models import Matter

AT_ONCE = 500


@dataclass(frozen=True)
class Table:
    """What a ledger looks like as a sheet."""

    kind: Kind
    write: Callable[[list[Matter], int], Iterable[Exported]]
    beside: tuple[str, ...] = ()
    """what of each row has to be read already when it is written"""

    def rows(self, matters: Iterable[Matter]) -> Iterator[Exported]:
        """One row each, in their order, with what stands beside them fetched a few hundred at a time."""
        rest, place = iter(matters), 0
        while part := list(islice(rest, AT_ONCE)):
            yield from self.write(part, place)
            place += len(part)
