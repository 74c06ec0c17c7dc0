"""How are the offices of 青山省 founded, its people appointed, its accounts opened?

Whoever is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.test.utils import override_settings

from qingshan.demo.accounts import PASSWORD
from qingshan.demo.offices import (
    FOUNDED_BY,
    FOUNDED_ON,
    RENAMED_BY,
    OfficeFacts,
    SeatFacts,
    enterprise_of_the_login,
)
from qingshan.demo.province import Province
from qingshan.office.accounts import actions
from qingshan.office.accounts.actors import Actor, actor_of, setting_up, system
from qingshan.office.accounts.models import Organisation, Person
from qingshan.office.accounts.passwords import temporary_password
from qingshan.office.regions.actions import LocalRegion, add_local_regions
from qingshan.office.regions.models import Region
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import ADMINISTRATORS
from qingshan.rules.identifiers import region_code

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Founded:
    """What was written, and who goes on."""

    regions: int
    offices: int
    people: int
    enterprises: int
    registry: Actor


def found(facts: Province, *, now: datetime, tell: Tell) -> Founded:
    """Regions, administrators, offices, people, enterprises: each phase whole or not at all."""
    house = _House(now)
    regions = _add_regions(facts, now=now)
    tell(f"行政区划 {regions}", f"regions: {regions}")
    with _quick_hashes():
        administrators = _appoint_administrators(house, facts)
        offices = house.set_up(facts.offices, actor=house.actor("system"))
        tell(f"机构 {offices}", f"offices: {offices}")
        in_offices = [seat for seat in facts.seats if seat.office in house.offices]
        people = administrators + house.appoint(in_offices, actor=house.actor("security"))
        registry = house.actor("registry")
        enterprises = _register(facts, actor=registry, now=now)
        _rename(facts, actor=house.actor("system"), now=now)
        tell(f"企业 {enterprises}", f"enterprises: {enterprises}")
        house.know_enterprise()
        people += house.appoint(facts.seats, actor=house.actor("security"))
        tell(f"人员和岗位 {people}", f"people with posts: {people}")
    return Founded(regions, offices, people, enterprises, registry)


def _add_regions(facts: Province, *, now: datetime) -> int:
    known = set(Region.objects.filter(code__startswith="99").values_list("code", flat=True))
    missing = [
        LocalRegion(region.code, region.name, geom=region.outline, simulated=True)
        for region in facts.regions
        if region.code not in known
    ]
    if missing:
        add_local_regions(actor=system(), now=now, regions=missing)
    return len(missing)


@transaction.atomic
def _appoint_administrators(house: _House, facts: Province) -> int:
    """The three, by the operator of this machine; they appoint all others themselves."""
    three = [seat for seat in facts.seats if set(seat.duties) & ADMINISTRATORS]
    if all(map(house.person_of, three)):
        return 0
    operator = setting_up()
    needed = {seat.office for seat in three}
    needed |= {office.parent for office in facts.offices if office.key in needed and office.parent}
    house.set_up([office for office in facts.offices if office.key in needed], actor=operator)
    return house.appoint(three, actor=operator)


@transaction.atomic
def _register(facts: Province, *, actor: Actor, now: datetime) -> int:
    known = set(Organisation.objects.filter(uscc__isnull=False).values_list("uscc", flat=True))
    missing = [
        actions.NewEnterprise(firm.first_name, region_code(firm.county).id, firm.uscc)
        for firm in facts.enterprises
        if firm.uscc not in known
    ]
    if missing:
        actions.register_enterprises(actor=actor, now=now, enterprises=missing, from_on=FOUNDED_ON)
    return len(missing)


@transaction.atomic
def _rename(facts: Province, *, actor: Actor, now: datetime) -> None:
    """Enterprises that were registered under a former name get their own."""
    renamed = {firm.uscc: firm for firm in facts.enterprises if firm.former_name}
    for held in Organisation.objects.filter(uscc__in=renamed, former_names__isnull=True):
        firm = renamed[held.uscc or ""]
        if held.name == firm.former_name:
            actions.rename_organisation(
                actor=actor, now=now, organisation=held, name=firm.name, document=RENAMED_BY
            )


class _House:
    """The offices and people that are there so far."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.offices: dict[str, Organisation] = {}

    @transaction.atomic
    def set_up(self, offices: Iterable[OfficeFacts], *, actor: Actor) -> int:
        """Create the offices that are missing; how many."""
        created = 0
        for office in offices:
            found = self._office(office)
            self.offices[office.key] = found or self._create(office, actor)
            created += found is None
        return created

    def _office(self, office: OfficeFacts) -> Organisation | None:
        same = Organisation.objects.filter(name=office.name, region_id=region_code(office.region).id)
        if office.parent:
            same = same.filter(unit=self.offices[office.parent])
        return same.first()

    def _create(self, office: OfficeFacts, actor: Actor) -> Organisation:
        return actions.create_organisation(
            actor=actor,
            now=self.now,
            kind=office.kind,
            name=office.name,
            region=Region.objects.defer("geom").get(code=office.region),
            from_on=FOUNDED_ON,
            parent=self.offices[office.parent] if office.parent else None,
            is_division=office.parent is not None,
            uscc=office.uscc or "",
            sector=office.sector,
            document=FOUNDED_BY,
        )

    def know_enterprise(self) -> None:
        """The enterprise that has an account."""
        uscc = enterprise_of_the_login().uscc
        self.offices[uscc] = Organisation.objects.get(uscc=uscc)

    @transaction.atomic
    def appoint(self, seats: Iterable[SeatFacts], *, actor: Actor) -> int:
        """Bring the people who are missing to their posts; how many."""
        missing = [seat for seat in seats if self.person_of(seat) is None]
        for seat in missing:
            self._appoint(seat, actor)
        return len(missing)

    def person_of(self, seat: SeatFacts) -> Person | None:
        """Who holds the seat, or None; those who log in are known by that."""
        if seat.login:
            return Person.objects.filter(login_name=seat.login).first()
        office = self.offices.get(seat.office)
        return Person.objects.filter(full_name=seat.person, organisation=office).first() if office else None

    def _appoint(self, seat: SeatFacts, actor: Actor) -> None:
        office, now = self.offices[seat.office], self.now
        first_password = temporary_password() if seat.login else ""
        person = actions.create_person(
            actor=actor,
            now=now,
            full_name=seat.person,
            organisation=office,
            login_name=seat.login or "",
            temporary_password=first_password,
        )
        post = actions.create_post(
            actor=actor,
            now=now,
            organisation=office,
            title=seat.title,
            duties=seat.duties,
            from_on=FOUNDED_ON,
        )
        holding = actions.hand_post(
            actor=actor, now=now, post=post, person=person, document=FOUNDED_BY, from_on=FOUNDED_ON
        )
        if seat.login:
            self._choose_password(holding.person, first_password)

    def _choose_password(self, person: Person, present: str) -> None:
        """As at a first login: from the temporary password to the documented one."""
        own = actor_of(person, on=shanghai_date(self.now))
        actions.change_own_password(actor=own, now=self.now, person=person, present=present, new=PASSWORD)

    def actor(self, login: str) -> Actor:
        """The person of a demonstration account at their post."""
        return actor_of(Person.objects.get(login_name=login), on=shanghai_date(self.now))


class QuickArgon2(Argon2PasswordHasher):
    """For a password that is printed on the login page: a slow hash of it would protect nothing."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1


@contextmanager
def _quick_hashes() -> Iterator[None]:
    # the acts hash as the settings say; forty slow hashes would be a third of the whole load
    name = f"{QuickArgon2.__module__}.{QuickArgon2.__qualname__}"
    with override_settings(PASSWORD_HASHERS=[name]):
        yield
