"""To which regions, mines, sites and units do the rows of a ledger refer? Read at once for a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.exchange import staging
from qingshan.exchange.columns import Column
from qingshan.exchange.models import Outcome
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases.late_rows import from_facts, late_rows
from qingshan.office.cases.ledger_columns import ROLE_OF
from qingshan.office.matters.actions import Named
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.rules.roles import Role

LEADER_POST = "责任领导"


@dataclass(frozen=True)
class References:
    """What the rows of a batch refer to, read at once."""

    regions: Mapping[int, Region]
    mines: Mapping[int, Mine]
    sites: Mapping[int, Site]
    units: Mapping[int, Organisation]

    @classmethod
    def of(cls, batch: Sequence[staging.Row]) -> References:
        ids = {
            name: {row.values[name] for row in batch if row.values.get(name)}
            for name in ("region_id", "mine_id", "site_id")
        }
        units = {
            pk
            for row in batch
            for named in (row.values.get("units") or {}).values()
            for pk, _name in named
            if pk
        }
        return cls(
            regions=Region.objects.defer("geom").in_bulk(ids["region_id"]),
            mines=Mine.objects.in_bulk(ids["mine_id"]),
            sites=Site.objects.in_bulk(ids["site_id"]),
            units=Organisation.objects.select_related("unit").in_bulk(units),
        )

    def named(self, values: Mapping[str, Any]) -> dict[str, tuple[Named, ...]]:
        """Units and persons by column, only for columns that the ledger has."""
        units = values.get("units") or {}
        found = {
            column: tuple(self._unit(role, *each) for each in units[column])
            for column, role in ROLE_OF.items()
            if column in units
        }
        if (person := values.get("person")) and found.get("answering"):
            first, *others = found["answering"]
            found["answering"] = (
                Named(first.role, first.organisation, first.unit_name, person_name=person),
                *others,
            )
        if leader := values.get("leader"):
            first = next(iter(found.get("leading") or found.get("answering") or ()), Named(Role.LEADING))
            leads = Named(Role.LEADING, first.organisation, first.unit_name, LEADER_POST, person_name=leader)
            found["leading"] = (leads, *(found.get("leading") or ())[1:])
        return found

    def _unit(self, role: Role, pk: int | None, name: str) -> Named:
        return Named(role, self.units.get(pk or 0), name[:160])


def said_before(batch: Sequence[staging.Row], columns: Sequence[Column]) -> dict[str, dict[str, Any]]:
    """What earlier ledgers said of the rows that change, by number."""
    changed = [row.key[0] for row in batch if row.outcome == Outcome.CHANGED]
    known = late_rows(changed, lambda facts: from_facts(columns, facts))
    return {number: row.said for number, row in known.items()}
