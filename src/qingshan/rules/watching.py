"""Until when is accepted land looked at from above (管护期核验), and when is a finding due next?

Each year of aftercare ends with a finding; the last day of aftercare is the last of them. How long: what the acceptance
says, else the years of the site's own plan, else of the rulebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.rules.dates import months_later
from qingshan.rules.provisions import Rulebook

MONTHS = 12
RULEBOOK = "verification"


@dataclass(frozen=True)
class Watch:
    """Land that is to stay as it was accepted."""

    accepted_on: date
    until: date
    """last day of aftercare"""

    def next_on(self, *, found_on: date | None) -> date | None:
        """From which day a finding is due, the newest being of `found_on`; None once the last year has its own."""
        year = 1
        while (day := min(months_later(self.accepted_on, MONTHS * year), self.until)) and (
            found_on is not None and day <= found_on
        ):
            if day == self.until:
                return None
            year += 1
        return day


def watch_from(accepted_on: date, *, years: int) -> Watch:
    """Aftercare of so many years from the day of acceptance."""
    return Watch(accepted_on, months_later(accepted_on, MONTHS * max(1, years)))


def years_by(book: Rulebook, *, planned: str | None) -> int:
    """Years of aftercare: of the site's own plan where it gives whole years, else of the rulebook `verification`."""
    if planned is not None and planned.isdigit() and int(planned) > 0:
        return int(planned)
    return book.whole("watch_years")
