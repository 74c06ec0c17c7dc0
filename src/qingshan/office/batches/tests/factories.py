"""Batches and single sites at any point of the way, made by the acts themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from qingshan.office.accounts.tests.people import a_holding, a_person, a_post
from qingshan.office.batches import actions
from qingshan.office.batches.actions import Chosen, Finished, Found, NewBatch, Notice, Seat, Visit
from qingshan.office.batches.facts import batch_of, listed_rows, numbers_of, panel_of, rows_of
from qingshan.office.batches.models import BatchSite
from qingshan.office.cases.actions.working import NewEvidence
from qingshan.office.matters.actions import Brought, Named, Opening
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.restoration.tests.factories import NOW, World, square
from qingshan.office.restoration.tests.factories import a_world as a_county
from qingshan.rules.acceptance import Criterion, PanelPart, Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.duties import Duty
from qingshan.rules.matters import EvidenceKind, SourceKind
from qingshan.rules.roles import Role
from qingshan.rules.sampling import Check, seal_of

SECRETS = {"city_reviewer": "1f" * 16, "provincial_reviewer": "2e" * 20}
"""Which number each side keeps to itself."""
MORE = {
    "city_clerk": ("city_bureau", "登记岗", (Duty.REGISTRY,), "蒋登"),
    "county_dispatcher": ("county_bureau", "调度岗", (Duty.DISPATCH,), "沈调"),
}
GOOD = {
    Criterion.COVER_PERCENT: Decimal(80),
    Criterion.CANOPY_PERCENT: Decimal(45),
    Criterion.SURVIVAL_PERCENT: Decimal(92),
    Criterion.SOIL_DEPTH_M: Decimal("0.5"),
    Criterion.AFTERCARE_YEARS: Decimal(3),
    Criterion.IS_STABLE: True,
    Criterion.NO_HAZARD: True,
    Criterion.NO_POLLUTION: True,
}
OWN = {Criterion.COVER_PERCENT: Decimal(70)}
"""What the site's own plan asks for where the rulebook has no number."""
PASSES = Found(measured=GOOD, own=OWN, source="修复实施方案（云自然资〔2025〕3号）")
FAILS = Found(
    measured={**GOOD, Criterion.SURVIVAL_PERCENT: Decimal(41)},
    own=OWN,
    source="修复实施方案（云自然资〔2025〕3号）",
)
NUMBERED = Brought(number="云自然资修验〔2026〕8号")


def a_world() -> World:
    """The people of restoration, and some more at the desks of county and city."""
    world = a_county()
    people = world.people
    for name, (where, title, duties, full_name) in MORE.items():
        organisation = people.organisations[where]
        person = a_person(organisation, full_name, login_name=name)
        people.persons[name] = person
        people.holdings[name] = a_holding(person, a_post(organisation, title, *duties))
    return world


def chosen(*sites: Site) -> list[Chosen]:
    """Sites that were planted to become forest."""
    return [Chosen(site, RestorationMode.TO_FOREST, Afteruse.FOREST) for site in sites]


def some_sites(world: World, count: int, *, county: str = "990101") -> list[Site]:
    """Pits side by side."""
    return [world.site(square(122.2 + world.made / 100), county=county) for _ in range(count)]


def opening(world: World, **changes: Any) -> Opening:
    """The county's bureau answers, the enterprise carries the works out."""
    units = {Role.ANSWERING: "county_bureau", Role.EXECUTING: "enterprise"}
    values: dict[str, Any] = {
        "kind": "",
        "number": "",
        "title": "2026 年第一批历史遗留矿山修复",
        "region": world.people.regions["990101"],
        "source": SourceKind.OTHER,
        "parties": tuple(Named(role, world.people.organisations[name]) for role, name in units.items()),
    }
    return Opening(**{**values, **changes})


def a_batch(
    world: World, *sites: Site, by: str = "county_clerk", payer: Payer = Payer.OBLIGED, **changes: Any
) -> Matter:
    """A batch that is being put together."""
    new = NewBatch(opening(world, **changes), chosen(*(sites or some_sites(world, 5))), payer)
    return world.fresh(actions.form_batch(new, **world.by(by)))


def a_single(world: World, site: Site | None = None, **changes: Any) -> Matter:
    """A single site under restoration."""
    new = NewBatch(opening(world, title="东采坑单项修复", **changes), chosen(site or some_sites(world, 1)[0]))
    return world.fresh(actions.take_up_single(new, **world.by("county_clerk")))


def rows(matter: Matter) -> list[BatchSite]:
    """Its sites as they stand."""
    return rows_of(batch_of(matter))


def finished(world: World, matter: Matter) -> list[Finished]:
    """All sites are said to be done since today."""
    return [Finished(row, world.today) for row in listed_rows(batch_of(matter))]


def shown(world: World, matter: Matter) -> None:
    """A document that shows what was done."""
    new = NewEvidence(EvidenceKind.DOCUMENT, "竣工测量报告", file_name="竣工.pdf", file_digest="a" * 64)
    actions.add_evidence(matter, Brought(), evidence=[new], **world.by("enterprise_manager"))


def seal(world: World, matter: Matter, who: str) -> None:
    """One side publishes the digest of its number."""
    unit = world.people.holdings[who].post.organisation.name
    digest = seal_of(SECRETS[who], subject=batch_of(matter).subject, by=unit)
    actions.seal_number(matter, Brought(), seal=digest, **world.by(who))


def open_all(world: World, matter: Matter) -> Matter:
    """Both sides open their numbers."""
    for who in SECRETS:
        unit = world.people.holdings[who].post.organisation.pk
        for number in numbers_of(batch_of(matter)):
            if number.organisation_id == unit and not number.secret:
                actions.open_number(matter, number, Brought(), secret=SECRETS[who], **world.by(who))
                matter = world.fresh(matter)
    return matter


def look_at(
    world: World, matter: Matter, found: Found = PASSES, *, only: Sequence[int] | None = None
) -> Matter:
    """Everything that was drawn and waits is looked at."""
    for row in rows(matter):
        if row.check_named is Check.OPEN and (only is None or row.pk in only):
            visit = Visit("钱审、周专", world.today)
            actions.record_check(
                matter, row, Brought(), found=found, visit=visit, **world.by("city_reviewer")
            )
            matter = world.fresh(matter)
    return matter


def seats(world: World) -> list[Seat]:
    """A panel that has signed."""
    organisations = world.people.organisations
    signed = {"signed_on": world.today, "paper": "验收意见书（签字扫描件）1 号"}
    return [
        Seat(PanelPart.NATURAL_RESOURCES, "钱审", organisations["city_bureau"], **signed),
        Seat(PanelPart.ECOLOGY, "许环", unit_name="云岭市生态环境局", **signed),
        Seat(PanelPart.EXPERT, "周专", organisations["agency"], **signed),
        Seat(PanelPart.RESIDENTS, "村民代表马某", unit_name="老虎沟村", **signed),
    ]


def a_notice(**changes: Any) -> Notice:
    """Five working days, by a rule of the city."""
    given: dict[str, Any] = {
        "working_days": 5,
        "basis": "云岭市修复验收办法第十条",
        "where": "市局门户网站",
        "contact": "0990-1234567",
    }
    return Notice(**{**given, **changes})


# --- the way, step by step ---------------------------------------------------------------------------------------


def _finish(world: World, matter: Matter) -> None:
    actions.finish_batch(
        matter, Brought(), finished=finished(world, matter), **world.by("enterprise_manager")
    )


def _apply(world: World, matter: Matter) -> None:
    shown(world, matter)
    actions.apply_for_acceptance(world.fresh(matter), Brought(), **world.by("enterprise_manager"))


def _close(world: World, matter: Matter) -> None:
    for who in SECRETS:
        seal(world, matter, who)
        matter = world.fresh(matter)
    actions.close_list(matter, Brought(), **world.by("city_reviewer"))


def _draw(world: World, matter: Matter) -> None:
    matter = open_all(world, matter)
    actions.draw_sample(matter, Brought(), **world.by("city_reviewer"))


def _panel(world: World, matter: Matter) -> Matter:
    if not panel_of(batch_of(matter)):
        actions.name_panel(matter, Brought(), seats=seats(world), **world.by("county_clerk"))
    return world.fresh(matter)


def accept(world: World, matter: Matter) -> None:
    """Looked at, the panel signed, accepted."""
    matter = _panel(world, look_at(world, matter))
    actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))


def _notice(world: World, matter: Matter) -> None:
    actions.give_notice(matter, Brought(), notice=a_notice(), **world.by("county_clerk"))


def _conclude(world: World, matter: Matter) -> None:
    world.later(14)
    actions.conclude(matter, NUMBERED, **world.by("city_leader"))


def accept_single(world: World, matter: Matter, found: Found = PASSES) -> None:
    """Looked at, the panel signed, accepted."""
    matter = _panel(world, matter)
    visit = Visit("钱审、周专", world.today)
    actions.accept_single(matter, NUMBERED, found=found, visit=visit, **world.by("city_reviewer"))


Steps = dict[str, Callable[[World, Matter], None]]
BATCH_STEPS: Steps = {
    "finished": _finish,
    "applied": _apply,
    "sealed": _close,
    "checking": _draw,
    "accepted": accept,
    "in_notice": _notice,
    "done": _conclude,
}
SINGLE_STEPS: Steps = {
    "finished": _finish,
    "applied": _apply,
    "accepted": accept_single,
    "in_notice": _notice,
    "done": _conclude,
}


def led_to(world: World, matter: Matter, state: str) -> Matter:
    """The batch or item led along the way to a state."""
    steps = SINGLE_STEPS if batch_of(matter).is_single else BATCH_STEPS
    way = list(steps)
    here = way.index(matter.state_name) + 1 if matter.state_name in way else 0
    for to in way[here : way.index(state) + 1]:
        steps[to](world, matter)
        matter = world.fresh(matter)
    return matter


__all__ = ["NOW", "World", "a_batch", "a_single", "a_world", "led_to", "square"]
