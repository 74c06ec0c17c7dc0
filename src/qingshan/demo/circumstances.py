"""Who takes part in the matters of a county: at which seats, under which names, at which mines?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from qingshan.demo.chance import Chance
from qingshan.demo.names import somebody
from qingshan.demo.offices import FIRST_COUNTY, enterprise_of_the_login
from qingshan.demo.regions import NAMES, PROVINCE, parent_of
from qingshan.demo.sites import SiteFacts, sites_and_patches

KNOWN_BY = date(2023, 12, 31)
"""Sites found until this day may have a matter: they are in the register before its first one."""


@dataclass(frozen=True)
class Seats:
    """Seats by which the acts on a county's matters are done; see `offices`."""

    county: str

    @property
    def city_code(self) -> str:
        return str(parent_of(self.county))

    @property
    def clerk(self) -> str:
        """Enters, verifies, and writes for the bureau what the work came to."""
        return f"{self.county}/生态修复股/整改经办岗"

    @property
    def registrar(self) -> str:
        """The one of the first county is on leave: its clerk stands in."""
        if self.county == FIRST_COUNTY:
            return self.clerk
        return f"{self.county}/矿产资源管理股/矿产经办岗"

    @property
    def dispatcher(self) -> str:
        """Assigns, urges, and enters what the leader decided on paper."""
        return f"{self.county}/生态修复股/整改调度岗"

    @property
    def reviewer(self) -> str:
        return f"{self.county}/生态修复股/验收审核岗"

    @property
    def leader(self) -> str:
        return f"{self.county}/natural/局长"

    @property
    def city(self) -> str:
        return f"{self.city_code}/生态修复科/审核岗"

    @property
    def city_dispatcher(self) -> str:
        return f"{self.city_code}/生态修复科/调度岗"

    @property
    def city_leader(self) -> str:
        return f"{self.city_code}/natural/局长"


PROVINCE_REVIEWER = f"{PROVINCE}/国土空间生态修复处/生态修复审核岗"
PROVINCE_DISPATCHER = f"{PROVINCE}/调度督察处/调度岗"
PROVINCE_REGISTRY = f"{PROVINCE}/矿业权管理处/矿山登记岗"


def enterprise_seat(uscc: str) -> str | None:
    """Where an enterprise reports for itself; None for those that the bureau reports for."""
    return f"{uscc}/矿山修复负责人" if uscc == enterprise_of_the_login().uscc else None


@cache
def sites_of(county: str) -> tuple[SiteFacts, ...]:
    """Sites that were known early enough, in an order of their own."""
    there = [site for site in sites_and_patches()[0] if site.county == county and site.found_on <= KNOWN_BY]
    return tuple(Chance("sites with matters", county).shuffled(there))


@cache
def heads_of(county: str) -> tuple[str, str, str]:
    """Head of the county's government, Party secretary and the deputy in charge, who are nobody's account."""
    chance = Chance("heads of", county)
    return somebody(chance), somebody(chance), somebody(chance)


@cache
def managers_of(key: str) -> tuple[str, str]:
    """General manager of an enterprise, and who is in charge of restoration there."""
    chance = Chance("managers", key)
    return somebody(chance), somebody(chance)


def head_title(county: str) -> str:
    return "区长" if NAMES[county].endswith("区") else "县长"


def number_of(code: str, word: str, serial: int) -> str:
    """文号 with the year left open."""
    return f"{NAMES[code][:2]}{word}〔{{year}}〕{serial}号"
