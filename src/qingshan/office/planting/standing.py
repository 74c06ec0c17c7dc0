"""How does lent land stand: how much of it is back, until when is it lent, by when is it to be restored?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from qingshan.office.mines.models import LandUse, Site
from qingshan.office.planting.models import HandBack
from qingshan.office.restoration.models import cm2
from qingshan.rules import land_return, temporary_land
from qingshan.rules.identifiers import ABROAD_ID, region_of_id
from qingshan.rules.land_return import Returned
from qingshan.rules.provisions import Rulebook
from qingshan.rules.restoration import CM2_PER_M2
from qingshan.rules.rulebook import in_force
from qingshan.rules.temporary_land import Lent


def lent_m2(about: LandUse | Site) -> Decimal | None:
    """How large it is: temporary land as it was approved, a site as it was measured; to the square centimetre."""
    if isinstance(about, LandUse):
        own = about.reported_area_m2 if about.reported_area_m2 is not None else about.area_m2
    else:
        own = about.area_m2 if about.area_m2 is not None else about.reported_area_m2
    whole = cm2(own)
    return None if whole is None else Decimal(whole) / CM2_PER_M2


def hand_backs_of(about: LandUse | Site) -> list[HandBack]:
    """What went back of one piece of land, the newest first; what was withdrawn stands among it."""
    field = "land_use" if isinstance(about, LandUse) else "site"
    return list(HandBack.objects.filter(**{field: about}).order_by("-returned_on", "-pk"))


def standing_of(rows: Iterable[HandBack]) -> list[HandBack]:
    """Those that nobody has withdrawn."""
    return [row for row in rows if row.withdrawn_on is None]


def as_law(rows: Iterable[HandBack]) -> list[land_return.HandBack]:
    """Each part as the law book takes it; what was withdrawn is none."""
    return [
        land_return.HandBack(Decimal(row.area_cm2) / CM2_PER_M2, row.receiver, row.returned_on, row.paper)
        for row in standing_of(rows)
    ]


def returned_of(about: LandUse | Site, rows: Iterable[HandBack], *, on: date) -> Returned:
    """What of it is back on a day, and what is doubtful about that."""
    until = about.to_on if isinstance(about, LandUse) else None
    return land_return.returned(as_law(rows), lent_m2=lent_m2(about), until=until, on=on)


def lent_of(about: LandUse, *, on: date) -> Lent:
    """Where the term of temporary land stands."""
    book = term_book(about.region_id, on=on)
    return temporary_land.lent(about.from_on, about.to_on, about.returned_on, on=on, book=book)


def term_book(region_id: int | None, *, on: date) -> Rulebook:
    """The rulebook of terms in a region; without one, and abroad, the national one."""
    region = None if region_id in (None, ABROAD_ID) else region_of_id(region_id or 0)
    return in_force(temporary_land.RULEBOOK, on=on, region=region)
