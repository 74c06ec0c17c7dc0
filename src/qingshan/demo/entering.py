"""How do the problems, petitions and documents of the demonstration enter?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from qingshan.demo.acting import Now, brought, done_by
from qingshan.demo.cases import CaseFacts
from qingshan.demo.diary import workday
from qingshan.demo.sky.claims import restored_before, said_of
from qingshan.office.cases import actions
from qingshan.office.cases.actions.intake import NewDocument
from qingshan.office.cases.actions.registering import NewCase, NewPetition
from qingshan.office.cases.claims import Restored
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.mines.models import Site
from qingshan.rules.matters import SourceKind
from qingshan.rules.register import SiteKind
from qingshan.rules.roles import Role
from qingshan.rules.verification import TargetUse, claims_land


def _opening(now: Now, of: Any, **more: Any) -> Opening:
    cast = now.show.cast
    values = {
        "kind": "",
        "number": "",
        "title": of.title,
        "region": cast.regions[of.county],
        "mine": cast.mines[of.mine_key] if of.mine_key else None,
        "site": cast.site(of.site_key),
    }
    return Opening(**{**values, **more})


def _new_case(now: Now, of: Any) -> NewCase:
    document = now.show.document(of.item[0]) if of.item else None
    return NewCase(
        _opening(
            now,
            of,
            source=of.source,
            severity=of.severity,
            source_number=document.number if document else "",
        ),
        of.route,
        of.problem,
        description=of.description,
        requirement=of.requirement,
        found_on=now.on - timedelta(days=2),
        department=of.department,
        item=document.items.get(place=of.item[1]) if document else None,
    )


def register(now: Now) -> None:
    now.show.keep(now.of.key, actions.register_case(_new_case(now, now.of), **done_by(now)))


def register_late(now: Now) -> None:
    """补录: as it stood in the ledger that was kept before."""
    of, value, organisation = now.of, now.event.value, now.show.cast.organisation
    closed = value("closed")
    opening = _opening(
        now,
        of,
        source=of.source,
        severity=of.severity,
        state=value("state"),
        occurred_on=now.day(value("began")),
        closed_on=None if closed is None else now.day(closed),
        due_on=now.day(value("due")),
        missing_papers=tuple(value("missing")),
        note="据原纸质台账补录",
        parties=(
            Named(Role.ANSWERING, organisation(value("answering"))),
            Named(Role.EXECUTING, organisation(value("executing"))),
        ),
    )
    new = replace(
        _new_case(now, of),
        opening=opening,
        levels=("county",),
        found_on=opening.occurred_on,
        restored=_restored_before(now, opening),
    )
    now.show.keep(of.key, actions.register_late(new, **done_by(now)))


def _restored_before(now: Now, opening: Opening) -> Restored:
    """What the ledger on paper says of the land of a case that it closed."""
    if opening.closed_on is None or opening.site is None or opening.occurred_on is None:
        return Restored()
    restored = restored_before(now.of, opening.closed_on)
    return said_by(now.of, opening.site, begun=opening.occurred_on, restored=restored)


def applied(now: Now) -> dict[str, Any]:
    """What is said of the land when acceptance is applied for."""
    site = now.matter.site
    if site is None or not claims_land(now.of.problem):
        return {}
    begun = workday(now.of.events[0].day, today=now.show.today)
    return {"restored": said_by(now.of, site, begun=begun, restored=now.on)}


def said_by(of: CaseFacts, site: Site, *, begun: date, restored: date) -> Restored:
    """The words of the ledger for what is said of a site."""
    if not claims_land(of.problem):
        return Restored()
    said = said_of(of, site.key, SiteKind(site.kind), begun=begun, restored=restored)
    return Restored(TargetUse(said.target.value), said.restored_since, said.planted_on)


def register_petition(now: Now) -> None:
    of = now.of
    new = NewPetition(
        _opening(
            now,
            of,
            source=SourceKind.PETITION,
            number=of.number.format(day=f"{now.on:%Y%m%d}"),
        ),
        of.channel,
        of.content,
        batch=of.batch,
        pollution=of.pollution,
        complainant=of.complainant,
        contact="模拟联系方式" if of.complainant else "",
    )
    now.show.keep(of.key, actions.register_petition(new, **done_by(now)))


def turn(now: Now) -> None:
    case = next(each for each in now.show.facts.values() if getattr(each, "turned_from", "") == now.of.key)
    new = _new_case(now, case)
    made = actions.turn_petition_into_case(now.matter, brought(now), new=new, **done_by(now))
    now.show.keep(case.key, made)


def take_in_document(now: Now) -> None:
    of, region = now.of, now.show.cast.regions[now.of.region]
    issued = now.day(of.day)
    new = NewDocument(
        number=of.number.format(year=issued.year),
        title=of.title,
        source=of.source,
        issued_by=of.issued_by,
        issued_on=issued,
        region=region,
        text="\n".join(f"{place}. {item}" for place, item in enumerate(of.items, start=1)),
    )
    actions.take_in_document(new, of.items, **done_by(now))


def decide_item(now: Now) -> None:
    item = now.show.document(now.of.key).items.get(place=now.event.value("place"))
    actions.decide_item(item, now.event.said, **done_by(now))
