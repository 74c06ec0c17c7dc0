"""Who stands behind a seat, an office or a mine when the acts of the demonstration are played?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache, cached_property

from django.db.models import QuerySet

from qingshan.demo.offices import offices, seats
from qingshan.office.accounts.actors import Actor, actor_of, on_behalf
from qingshan.office.accounts.models import Holding, Organisation
from qingshan.office.compiled import compiled
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import PaperDecision


@cache
def _seat_people() -> dict[str, tuple[str, str]]:
    """Person and title by seat."""
    return {seat.key: (seat.person, seat.title) for seat in seats()}


class Cast:
    """The rows that the acts need, each read once."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._holdings: dict[str, Holding] = {}

    def actor(self, seat: str, *, on: date) -> Actor:
        """The person at the seat on a day; posts of the demonstration are held throughout."""
        if seat not in self._actors:
            holding = self.holding(seat)
            self._actors[seat] = actor_of(holding.person, holding.post, on=on)
        return replace(self._actors[seat], on=on)

    def on_paper(self, seat: str, recorder: str, *, number: str, on: date) -> Actor:
        """What the leader decided on paper that day, as somebody else enters it."""
        leader, paper = self.holding(seat), PaperDecision(number, on)
        return on_behalf(self.actor(recorder, on=on), decider=leader.person, paper=paper, post=leader.post)

    def holding(self, seat: str) -> Holding:
        if seat not in self._holdings:
            person, title = _seat_people()[seat]
            held = Holding.objects.select_related("person", "post__organisation__unit")
            self._holdings[seat] = held.get(person__full_name=person, post__title=title, acting_for=None)
        return self._holdings[seat]

    def organisation(self, key: str) -> Organisation:
        """An office by its key, an enterprise by its 统一社会信用代码."""
        return self._organisations[key]

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        held = {
            (row.name, row.region.code if row.region else "", row.unit_id): row
            for row in Organisation.objects.select_related("unit", "region").defer("region__geom")
        }
        found = {row.uscc: row for row in held.values() if row.uscc}
        for office in offices():
            unit = found[office.parent].pk if office.parent else None
            found[office.key] = held[office.name, office.region, unit]
        return found

    @cached_property
    def regions(self) -> dict[str, Region]:
        """By code."""
        return {row.code: row for row in Region.objects.filter(code__startswith="99").defer("geom")}

    @cached_property
    def mines(self) -> dict[str, Mine]:
        """By number."""
        return {row.key: row for row in Mine.objects.defer("geom", "region__geom").select_related("region")}

    @staticmethod
    def site(key: str) -> Site:
        (found,) = _sites(key)
        return found


@compiled
def _sites(key: str) -> QuerySet[Site]:
    return Site.objects.select_related("mine").defer("mine__geom").filter(key=key)
