"""Which experts has 青山省, from what do they stay away, and how were some of them drawn?

All of them are made up. The province's pool is filled when the province is founded, and a panel is drawn from it the
day after by a number that is as fictitious as the rest; a second draw waits for its number when the load is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction

from qingshan.demo.arrangements import held_by
from qingshan.demo.chance import Chance
from qingshan.demo.enterprises import enterprises
from qingshan.demo.names import people
from qingshan.demo.offices import FIRST_COUNTY, offices
from qingshan.demo.regions import CITIES, NAMES, PROVINCE
from qingshan.office.accounts.actors import Actor, actor_of
from qingshan.office.accounts.models import Assignment, Organisation, Person
from qingshan.office.experts import actions
from qingshan.office.experts.about import about
from qingshan.office.experts.actions import ExpertFacts, TieFacts
from qingshan.office.experts.actions.drawing import Announcement
from qingshan.office.experts.actions.opinions import Written
from qingshan.office.experts.drawing import LEAVE
from qingshan.office.experts.models import Expert, ExpertDraw
from qingshan.office.matters.models import Matter, Step
from qingshan.office.regions.models import Region
from qingshan.rules.dates import shanghai_date
from qingshan.rules.draw import ANY
from qingshan.rules.experts import Speciality, TieGrounds, TieKind

IN_THE_PROVINCE, IN_THE_CITY = 30, 10
BASIS = "青山省矿山生态修复专家库管理办法（演示）"
SOURCE = "青山省公开号码 {day} 期（演示）"
NUMBER = "07 11 16 23 29 31 + 05"
"""Made up, as the lottery is that would have it."""
DAY = timedelta(days=1)
_TITLES = (("高级工程师", 5), ("正高级工程师", 3), ("教授", 2), ("副研究员", 2), ("工程师", 1))
_TITLES_OF = {Speciality.LAW: "律师", Speciality.FINANCE: "注册会计师"}


@dataclass(frozen=True)
class ExpertInPool:
    """One made-up expert."""

    key: str
    name: str
    pool: str
    fields: tuple[str, ...]
    title: str
    employer: str
    is_the_login: bool = False


@cache
def experts() -> tuple[ExpertInPool, ...]:
    """The login's own entry first, then the province's, then those of the first city."""
    names = people(Chance("experts"))
    pools = [PROVINCE] * IN_THE_PROVINCE + [CITIES[0]] * IN_THE_CITY
    return tuple(_expert(number, next(names), pool) for number, pool in enumerate(pools, 1))


def _expert(number: int, name: str, pool: str) -> ExpertInPool:
    chance = Chance("expert", number)
    first = list(Speciality)[(number - 1) % len(Speciality)]
    others = [each for each in Speciality if each not in (first, Speciality.LAW, Speciality.FINANCE)]
    alone = first in _TITLES_OF or not chance.happens(0.6)
    fields = (first,) if alone else (first, chance.one_of([each for each in others if each != first]))
    is_the_login = number == 1
    return ExpertInPool(
        key=f"ZJ-{pool}-{number:04}",
        name=name,
        pool=pool,
        fields=tuple(each.value for each in fields),
        title=_TITLES_OF.get(first) or chance.weighted(_TITLES),
        employer=_agency() if is_the_login else _employer(first, pool, chance),
        is_the_login=is_the_login,
    )


def _agency() -> str:
    return next(office.name for office in offices() if office.key == "agency")


def _employer(field: Speciality, pool: str, chance: Chance) -> str:
    """An institute of the province or city, the agency, or now and then an enterprise of the register."""
    place = NAMES[pool]
    if field == Speciality.LAW:
        return f"{place}青岚律师事务所（演示）"
    if field == Speciality.FINANCE:
        return f"{place}远山会计师事务所（演示）"
    if chance.happens(0.15):
        return chance.one_of(enterprises()).name
    institutes = ("地质环境监测院", "矿山设计研究院", "农林科学院", "水土保持监测站", "理工大学", "测绘院")
    return chance.one_of((*(f"{place}{each}（演示）" for each in institutes), _agency()))


@transaction.atomic
def found_pools(*, registry: Actor, now: datetime) -> int:
    """Fill both pools and draw the first panel. Nothing where the province was founded before there were pools."""
    if Expert.objects.exists() or Step.objects.exists():
        return 0
    pools = {each.code: each for each in Region.objects.filter(code__in=(PROVINCE, CITIES[0])).defer("geom")}
    keepers = {PROVINCE: registry, CITIES[0]: _at(f"{CITIES[0]}/生态修复科/调度岗", now)}
    for each in experts():
        actions.enter(
            _facts(each),
            key=each.key,
            pool=pools[each.pool],
            entered_by=BASIS,
            actor=keepers[each.pool],
            now=now,
        )
    _tie_some(keepers, now)
    _draw_the_first_panel(pools[PROVINCE], now)
    return len(experts())


def _facts(each: ExpertInPool) -> ExpertFacts:
    house = Organisation.objects.filter(name=each.employer, is_division=False).first()
    person = Person.objects.get(login_name="expert") if each.is_the_login else None
    name = person.full_name if person else each.name
    return ExpertFacts(
        name=name,
        fields=each.fields,
        employer=each.employer,
        title=each.title,
        organisation=house,
        person=person,
        contact="见专家库纸质登记表（演示）",
    )


def _tie_some(keepers: dict[str, Actor], now: datetime) -> None:
    """Every third expert has to do with an enterprise, and one with the first county."""
    for number, each in enumerate(experts()):
        if number % 3 != 1:
            continue
        chance = Chance("tie", each.key)
        facts = TieFacts(
            kind=TieKind.ORGANISATION,
            named=chance.one_of(enterprises()).name,
            grounds=chance.one_of([grounds for grounds in TieGrounds if grounds != TieGrounds.OTHER]),
            from_on=shanghai_date(now) - timedelta(days=chance.whole(100, 900)),
        )
        if number == 1:
            facts = TieFacts(TieKind.REGION, FIRST_COUNTY, TieGrounds.WORKED, shanghai_date(now))
        expert = Expert.objects.get(key=each.key)
        actions.add_tie(expert, facts, actor=keepers[each.pool], now=now)


def _draw_the_first_panel(pool: Region, now: datetime) -> None:
    """Announced and closed when the province is founded, drawn on the next day; one is on leave."""
    on = shanghai_date(now)
    facts = Announcement(
        title="青山省矿山生态修复方案评审专家组（演示）",
        pool=pool,
        wanted={
            Speciality.GEOLOGY.value: 1,
            Speciality.RESTORATION.value: 2,
            Speciality.LAW.value: 1,
            ANY: 1,
        },
        closes_on=on,
        seed_source=SOURCE.format(day=(on + DAY).isoformat()),
        seed_on=on + DAY,
    )
    reviewer = _at("990000/国土空间生态修复处/生态修复审核岗", now)
    held = actions.announce_draw(facts, region=pool, actor=reviewer, now=now)
    actions.close_list(held, about=None, version=held.version, actor=reviewer, now=now)
    later = now + DAY
    actions.draw(held, number=NUMBER, version=held.version, actor=reviewer, now=later)
    first = held.drawn.select_related("expert").earliest("rank").expert
    actions.excuse(
        held,
        first,
        why=LEAVE,
        reason="出差在外，无法到会（演示）",
        version=held.version,
        actor=reviewer,
        now=later,
    )


@transaction.atomic
def draw_for_a_case(*, now: datetime) -> None:
    """A city's draw for an open case, whose number comes tomorrow; and an opinion that waits for its answer."""
    if not Expert.objects.exists() or ExpertDraw.objects.exclude(subject_kind="").exists():
        return
    reviewer = actor_of(Person.objects.get(login_name="city"), on=shanghai_date(now))
    _announce_for(reviewer, now)
    _ask_the_login(reviewer, now)


def _announce_for(reviewer: Actor, now: datetime) -> None:
    county = Region.objects.defer("geom").get(code=FIRST_COUNTY)
    open_ones = Matter.objects.filter(kind="rectification", region=county, closed_on=None, late_entry=False)
    matter = open_ones.exclude(mine=None).exclude(enterprise=None).order_by("-id").first()
    if matter is None:
        return
    on = shanghai_date(now)
    wanted_for = about("matters.matter", matter.pk, actor=reviewer)
    facts = Announcement(
        title=f"{matter.title}验收专家",
        pool=Region.objects.defer("geom").get(code=PROVINCE),
        wanted={Speciality.RESTORATION.value: 1, Speciality.GEOLOGY.value: 1},
        closes_on=on,
        seed_source=SOURCE.format(day=(on + DAY).isoformat()),
        seed_on=on + DAY,
    )
    held = actions.announce_draw(facts, region=county, about=wanted_for, actor=reviewer, now=now)
    actions.close_list(held, about=wanted_for, version=held.version, actor=reviewer, now=now)


def _ask_the_login(reviewer: Actor, now: datetime) -> None:
    expert = Expert.objects.get(person__login_name="expert")
    assigned = Assignment.objects.filter(person=expert.person, kind="matters.matter").order_by("id")
    seen = Matter.objects.filter(pk__in=assigned.values("object_id"), region__code__startswith=CITIES[0][:4])
    matter = seen.order_by("id").first()
    if matter is None:
        return
    opinion = actions.invite_opinion(
        expert,
        about("matters.matter", matter.pk, actor=reviewer),
        question="治理后的边坡和复绿是否达到方案要求，还缺什么？",
        actor=reviewer,
        now=now,
    )
    actions.give_opinion(
        opinion,
        Written("边坡总体稳定，建议补种坡脚灌木，雨季前修通截排水沟（演示）。"),
        version=opinion.version,
        actor=actor_of(Person.objects.get(login_name="expert"), on=shanghai_date(now)),
        now=now,
    )


def _at(seat_key: str, now: datetime) -> Actor:
    held = held_by(seat_key)
    return actor_of(held.person, held.post, on=shanghai_date(now))
