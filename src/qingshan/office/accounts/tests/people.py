"""The people of the tests: nine who appear in every access table, and three more.

`nine_people()` builds them on a small province of the demonstration's codes. They are written straight to the
tables, without acts, so that a test's trail holds its own acts only. Nobody has a password: use `enter`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from qingshan.office.accounts.actors import Actor, actor_of, public
from qingshan.office.accounts.models import Holding, Organisation, Person, Post
from qingshan.office.regions.models import Region
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import region_code
from qingshan.rules.register import OrganisationKind, RegionLevel

SINCE = date(2020, 1, 1)
ANONYMOUS = "anonymous"
NINE = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "enterprise_manager",
    "expert",
    "other_county_clerk",
    "auditor",
    ANONYMOUS,
)
"""The nine of every access table."""
EVERYBODY = (*NINE, "registry_officer", "system_admin", "security_admin")

REGIONS = {
    "990000": "青山省",
    "990100": "云岭市",
    "990101": "青石县",
    "990102": "白沙县",
    "990200": "东川市",
    "990201": "临河县",
}
A, G, E, C = (
    OrganisationKind.AUTHORITY,
    OrganisationKind.GOVERNMENT,
    OrganisationKind.ENTERPRISE,
    OrganisationKind.AGENCY,
)
ORGANISATIONS = {
    "province_bureau": (A, "青山省自然资源厅", "990000"),
    "city_bureau": (A, "云岭市自然资源局", "990100"),
    "county_bureau": (A, "青石县自然资源局", "990101"),
    "county_government": (G, "青石县人民政府", "990101"),
    "other_county_bureau": (A, "白沙县自然资源局", "990102"),
    "enterprise": (E, "青石矿业有限公司", "990101"),
    "agency": (C, "青山生态技术评估中心", "990100"),
}
USCC = {"enterprise": "91110000600037341L"}
WORK = {
    "county_clerk": ("county_bureau", "整改登记岗", (Duty.REGISTRY,), "陈登"),
    "county_leader": ("county_government", "副县长", (Duty.LEAD,), "赵领"),
    "city_reviewer": ("city_bureau", "审核岗", (Duty.REVIEW,), "钱审"),
    "provincial_dispatcher": ("province_bureau", "调度岗", (Duty.DISPATCH,), "孙调"),
    "enterprise_manager": ("enterprise", "环保部经理", (Duty.ENTERPRISE,), "李企"),
    "expert": ("agency", "生态修复专家", (Duty.EXPERT,), "周专"),
    "other_county_clerk": ("other_county_bureau", "整改登记岗", (Duty.REGISTRY,), "吴邻"),
    "auditor": ("province_bureau", "审计管理岗", (Duty.AUDIT,), "郑审"),
    "registry_officer": ("province_bureau", "登记岗", (Duty.REGISTRY,), "王登"),
    "system_admin": ("province_bureau", "系统管理岗", (Duty.SYSTEM_ADMIN,), "冯系"),
    "security_admin": ("province_bureau", "安全管理岗", (Duty.SECURITY_ADMIN,), "褚安"),
}


@dataclass(frozen=True)
class People:
    """The people by name, with their posts, organisations and regions."""

    persons: dict[str, Person]
    posts: dict[str, Post]
    holdings: dict[str, Holding]
    organisations: dict[str, Organisation]
    regions: dict[str, Region] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.persons[name]

    def actor(self, name: str, *, on: date = date(2026, 3, 2)) -> Actor:
        """The person at their post; `anonymous` is the public."""
        return public() if name == ANONYMOUS else actor_of(self.persons[name], on=on)

    def enter(self, name: str) -> Client:
        """A browser in which the person is logged in; `anonymous` is not."""
        client = Client()
        if name != ANONYMOUS:
            client.force_login(self.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return client


def nine_people() -> People:
    """All of them, the three administrators and the registry officer too, on regions 990000 and below."""
    regions = {code: _region(code, name) for code, name in REGIONS.items()}
    abroad = RegionLevel.ABROAD
    Region.objects.get_or_create(pk=0, defaults={"code": abroad.zh, "name": abroad.zh, "level": abroad.value})
    organisations = {
        name: Organisation.objects.create(
            kind=kind,
            name=title,
            region=regions[code],
            level=regions[code].level,
            uscc=USCC.get(name),
            from_on=SINCE,
        )
        for name, (kind, title, code) in ORGANISATIONS.items()
    }
    holdings = {name: _at_work(name, organisations) for name in WORK}
    return People(
        persons={name: holding.person for name, holding in holdings.items()},
        posts={name: holding.post for name, holding in holdings.items()},
        holdings=holdings,
        organisations=organisations,
        regions=regions,
    )


def _region(code: str, name: str) -> Region:
    read = region_code(code)
    above = read.parent
    return Region.objects.get_or_create(
        pk=read.id,
        defaults={
            "code": code,
            "name": name,
            "level": read.level.value,
            "parent_id": above.id if above else None,
            "is_local": True,
            "simulated": True,
        },
    )[0]


def _at_work(name: str, organisations: dict[str, Organisation]) -> Holding:
    where, title, duties, full_name = WORK[name]
    organisation = organisations[where]
    person = a_person(organisation, full_name, login_name=name)
    return a_holding(person, a_post(organisation, title, *duties))


def a_person(organisation: Organisation, full_name: str, *, login_name: str | None = None) -> Person:
    """A person on record; without a login name one who never logs in."""
    person = Person(
        full_name=full_name,
        organisation=organisation,
        region_id=organisation.region_id,
        login_name=login_name,
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def a_post(organisation: Organisation, title: str, *duties: Duty) -> Post:
    """A post with duties, for ever."""
    carried = [duty.value for duty in duties]
    return Post.objects.create(organisation=organisation, title=title, duties=carried, from_on=SINCE)


def a_holding(person: Person, post: Post, *, from_on: date = SINCE, to_on: date | None = None) -> Holding:
    """A person at a post."""
    return Holding.objects.create(
        person=person, post=post, from_on=from_on, to_on=to_on, document="任〔2020〕1号"
    )
