"""Who gets what at the addresses of problems and petitions?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.utils import timezone

from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.cases import actions
from qingshan.office.cases.actions.inspecting import Found, NewInspection
from qingshan.office.cases.actions.intake import NewDocument
from qingshan.office.cases.actions.registering import NewCase, NewPetition
from qingshan.office.matters.actions import Opening
from qingshan.office.matters.models import Doubt, Evidence, Plan, Stage
from qingshan.office.matters.models.plans import PlanState
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import Channel, ProblemKind, Route, SourceKind
from qingshan.vault import Vault

REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
OF_THE_COUNTY = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "enterprise_manager",
    "auditor",
    "registry_officer",
)
BUT_THE_ENTERPRISE = tuple(name for name in OF_THE_COUNTY if name != "enterprise_manager")
"""who see a case that has no mine"""
RECORDS = ("county_clerk", "provincial_dispatcher", "registry_officer")


def prepare(world: World) -> None:
    """A problem at the mine of 青石县 with a photograph, and a petition."""
    clerk, now = world.people.actor("county_clerk"), timezone.now()
    place = {"region": world.people.regions["990101"], "mine": world.things["mine"]}
    opening = Opening("", "", "采坑未回填", source=SourceKind.SELF_CHECK, **place)
    case = actions.register_case(
        NewCase(opening, Route.BY_DATE, ProblemKind.UNRESTORED), actor=clerk, now=now
    )
    petition = actions.register_petition(
        NewPetition(
            Opening("", "", "扬尘扰民", source=SourceKind.PETITION, **place),
            Channel.PHONE,
            "举报扬尘",
            complainant="某居民",
        ),
        actor=clerk,
        now=now,
    )
    stored = Vault(settings.VAULT_ROOT).put(b"\xff\xd8\xff picture")
    shown = Evidence.objects.create(
        matter=case, kind="photograph", title="采坑", file_name="采坑.jpg", file_digest=stored.digest,
        thumbnail_digest=stored.digest, added_on=shanghai_date(now),
    )  # fmt: skip
    document = actions.take_in_document(
        NewDocument(
            "青督〔2026〕3号",
            "反馈意见",
            SourceKind.NOTICE,
            "督察组",
            shanghai_date(now),
            place["region"],
            file_name="反馈意见.pdf",
            file_digest=stored.digest,
            file_size_bytes=stored.size_bytes,
        ),
        ["采坑未回填"],
        actor=clerk,
        now=now,
    )
    inspection = actions.open_inspection(
        NewInspection(world.things["mine"], shanghai_date(now), "自然资源"), actor=clerk, now=now
    )
    seen = Found(
        None, text="截水沟淤塞", photographs=({"name": "沟.jpg", "digest": stored.digest, "size_bytes": 10},)
    )
    [finding] = actions.record_findings(inspection, [seen], actor=clerk, now=now)
    world.things.update(findings=document, item=document.items.get(), inspection=inspection, finding=finding)
    doubt = Doubt.objects.create(
        matter=case, code="used_before", values={}, raised_on=shanghai_date(now), state="open"
    )
    area = actions.register_case(
        NewCase(replace(opening, title="片区治理", mine=None), Route.BY_DATE, ProblemKind.UNRESTORED),
        actor=clerk,
        now=now,
    )
    plan = Plan.objects.create(matter=case, number=1, title="整改方案", state=PlanState.APPROVED.value)
    Stage.objects.create(plan=plan, place=1, name="回填", term="short", days=5)
    order = actions.draft_stop_order(
        "停产决定",
        {world.things["mine"]: "边坡失稳"},
        region=place["region"],
        resume_when="治理后核查",
        number="青自然资〔2026〕9号",
        decided_on=shanghai_date(now),
        actor=world.people.actor("provincial_dispatcher"),
        now=now,
    )
    world.things.update(order=order, stopped=order.mines.get())
    world.things.update(case=case, petition=petition, evidence=shown, area=area, doubt=doubt)


def of(thing: str, below: str = "") -> Callable[[World], str]:
    return lambda world: f"/cases/{world.things[thing].pk}/{below}"


def of_case_on_map(layer: str) -> Callable[[World], str]:
    """A problem in the panel of a layer; it is none of the layer of petitions."""
    return lambda world: f"/map/{layer}/{world.things['case'].pk}/"


def of_evidence(below: str) -> Callable[[World], str]:
    def at(world: World) -> str:
        return f"/cases/{world.things['case'].pk}/evidence/{world.things['evidence'].pk}/{below}"

    return at


def of_document(below: str = "") -> Callable[[World], str]:
    return lambda world: f"/findings/{world.things['findings'].pk}/{below}"


def of_item(below: str) -> Callable[[World], str]:
    def at(world: World) -> str:
        return f"/findings/{world.things['findings'].pk}/items/{world.things['item'].pk}/{below}"

    return at


def of_inspection(below: str = "") -> Callable[[World], str]:
    return lambda world: f"/inspections/{world.things['inspection'].pk}/{below}"


def of_finding(below: str) -> Callable[[World], str]:
    def at(world: World) -> str:
        return f"/inspections/{world.things['inspection'].pk}/items/{world.things['finding'].pk}/{below}"

    return at


AUTHORITIES = tuple(name for name in OF_THE_COUNTY if name != "enterprise_manager")
REGISTRY_THERE = only(*REGISTRY) | {"other_county_clerk": 404}


def of_doubt(world: World) -> str:
    return f"/cases/{world.things['case'].pk}/doubts/{world.things['doubt'].pk}/"


def doing(*directly: str, status: int = 200) -> dict[str, int]:
    """Those who may, and those who may record it for them; others who see the matter get 403."""
    seen = dict.fromkeys(OF_THE_COUNTY, 403)
    return found_by() | seen | dict.fromkeys((*directly, *RECORDS), status)


OFFICE = ("county_clerk", "county_leader", "city_reviewer", "provincial_dispatcher", "registry_officer")
"""who draft papers of 青石县; the clerk of the other county finds no such matter"""


def may_print(*kind: str, status: int = 200) -> dict[str, int]:
    """Those whose duty a kind of paper is; the others of the office get 403 too."""
    return only(*kind, status=status) | {"other_county_clerk": 404}


def of_order(below: str = "") -> Callable[[World], str]:
    return lambda world: f"/stops/{world.things['order'].pk}/{below}"


def lifting(world: World) -> str:
    return f"/stops/{world.things['order'].pk}/mines/{world.things['stopped'].pk}/lift/"


READS_ORDERS = (*OFFICE, "other_county_clerk", "auditor", "enterprise_manager")


def may_ask(status: int = 200) -> dict[str, int]:
    """Who may see a complainant of 青石县: never the enterprise, and no clerk of another county."""
    return only(*RECORDS, status=status) | {"other_county_clerk": 404}


ROWS = [
    Row(
        "GET",
        of("petition", "papers/assignment/"),
        may_print("county_clerk", "county_leader", "provincial_dispatcher", "registry_officer"),
    ),
    Row(
        "POST",
        of("petition", "papers/assignment/"),
        may_print("county_clerk", "county_leader", "provincial_dispatcher", "registry_officer", status=422),
    ),
    Row("GET", of("petition", "complainant/"), may_ask()),
    Row("POST", of("petition", "complainant/"), may_ask(status=422)),
    Row("GET", of("case", "complainant/"), may_ask(status=404)),
    Row("GET", "/stops/", only(*READS_ORDERS)),
    Row("GET", "/stops/new/", only("provincial_dispatcher")),
    Row("POST", "/stops/new/", only("provincial_dispatcher")),
    Row("GET", of_order(), only(*READS_ORDERS) | {"other_county_clerk": 404}),
    Row("GET", of_order("issue/"), only("provincial_dispatcher")),
    Row("POST", of_order("issue/"), only("provincial_dispatcher", status=422)),
    Row("GET", lifting, only(*RECORDS) | {"other_county_clerk": 404}),
    Row("POST", lifting, only(*RECORDS, status=422) | {"other_county_clerk": 404}),
    # no act that asks for it can be done yet
    Row(
        "GET",
        of("case", "papers/acceptance/"),
        may_print("county_clerk", "county_leader", "city_reviewer", "registry_officer", status=404),
    ),
    Row("GET", of("case", "papers/nothing/"), may_print(*OFFICE, status=404)),
    Row("GET", "/cases/", SIGNED_IN),
    Row("GET", "/cases/?view=overdue&q=采坑&source=self_check", SIGNED_IN),
    Row("GET", "/cases/?view=turn", SIGNED_IN),
    Row("GET", "/cases/export.xlsx", SIGNED_IN),
    Row("GET", "/cases/export.exe", {"*": 404, "anonymous": 302}),
    Row("GET", "/map/?layers=cases,petitions&cases=overdue&petitions=ended", SIGNED_IN),
    Row("GET", of_case_on_map("cases"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_case_on_map("petitions"), found_by()),
    Row("GET", "/tiles/cases/0/0/0.mvt?category=overdue", {"*": 204, "anonymous": 302}),
    Row("GET", "/petitions/", SIGNED_IN),
    Row("GET", "/petitions/export.xlsx", SIGNED_IN),
    Row("GET", "/clues/999999/register/", only(*REGISTRY, status=404)),
    Row("POST", "/clues/999999/register/", only(*REGISTRY, status=404)),
    Row("GET", "/cases/new/", only(*REGISTRY)),
    Row("POST", "/cases/new/", only(*REGISTRY, status=422)),
    Row("GET", "/petitions/new/", only(*REGISTRY)),
    Row("POST", "/petitions/new/", only(*REGISTRY, status=422)),
    Row("GET", "/stock/", SIGNED_IN),
    Row("GET", "/stock/items/?what=opened", SIGNED_IN),
    Row("GET", "/stock/items/?what=opening", SIGNED_IN),
    Row("GET", "/stock/items/?what=nothing", {"*": 404, "anonymous": 302}),
    Row("GET", of("case"), found_by(*OF_THE_COUNTY)),
    Row("GET", of("petition"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_evidence("file"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_evidence("small"), found_by(*OF_THE_COUNTY)),
    Row("GET", of("case", "verify/"), doing()),
    Row("GET", of("case", "dismiss/"), doing("county_leader")),
    Row("POST", of("case", "dismiss/"), doing("county_leader", status=422)),
    Row("GET", of("case", "nothing/"), found_by()),
    Row("GET", of("case", "plan/"), found_by(*OF_THE_COUNTY)),
    Row("GET", of("case", "plan/1/"), found_by(*OF_THE_COUNTY)),
    Row("GET", of("case", "plan/2/"), found_by()),
    Row("GET", of("case", "plan/1/task-map.xlsx"), found_by(*OF_THE_COUNTY)),
    Row("GET", of("case", "plan/backward/"), found_by(*OF_THE_COUNTY)),
    Row("POST", of("case", "plan/backward/"), found_by(*OF_THE_COUNTY, status=422)),
    Row("GET", of("case", "plan/area/"), found_by()),
    Row("GET", of("area", "plan/area/"), found_by(*BUT_THE_ENTERPRISE)),
    Row("POST", of("area", "plan/area/"), found_by(*BUT_THE_ENTERPRISE, status=422)),
    Row("GET", of("petition", "plan/"), found_by()),
    Row("GET", of("case", "closing-file.pdf"), found_by(*OF_THE_COUNTY)),
    Row("GET", of("petition", "closing-file.pdf"), found_by()),
    Row("GET", of_doubt, found_by() | dict.fromkeys(OF_THE_COUNTY, 403) | {"city_reviewer": 200}),
    Row("POST", of_doubt, found_by() | dict.fromkeys(OF_THE_COUNTY, 403) | {"city_reviewer": 422}),
    Row("GET", of("petition", "pass_on/"), doing()),
    Row("POST", of("petition", "pass_on/"), doing(status=422)),
    Row("GET", "/cases/ledger.xlsx", SIGNED_IN),
    Row("GET", "/cases/ledger.exe", {"*": 404, "anonymous": 302}),
    Row("GET", "/cases/completion.xlsx", SIGNED_IN),
    Row("GET", "/findings/", SIGNED_IN),
    Row("GET", "/findings/new/", only(*REGISTRY)),
    Row("POST", "/findings/new/", only(*REGISTRY, status=422)),
    Row("POST", "/findings/split/", only(*REGISTRY, status=302)),
    Row("GET", of_document(), found_by(*AUTHORITIES)),
    Row("GET", of_document("file/"), found_by(*AUTHORITIES)),
    Row("GET", of_item("register/"), REGISTRY_THERE),
    Row("POST", of_item("register/"), only(*REGISTRY, status=422) | {"other_county_clerk": 404}),
    Row("GET", of_item("cover/"), REGISTRY_THERE),
    Row("POST", of_item("cover/"), only(*REGISTRY, status=422) | {"other_county_clerk": 404}),
    Row("GET", of_item("no-case/"), REGISTRY_THERE),
    Row("POST", of_item("no-case/"), only(*REGISTRY, status=422) | {"other_county_clerk": 404}),
    Row("GET", of_item("take-back/"), REGISTRY_THERE),
    Row("POST", of_item("take-back/"), only(*REGISTRY, status=422) | {"other_county_clerk": 404}),
    Row("GET", "/inspections/", SIGNED_IN),
    Row("GET", "/inspections/new/", only(*REGISTRY)),
    Row("POST", "/inspections/new/", only(*REGISTRY, status=422)),
    Row("GET", of_inspection(), found_by(*OF_THE_COUNTY)),
    Row("POST", of_inspection(), found_by("county_clerk", "registry_officer", status=422)),
    Row("GET", of_inspection("print/"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_finding("problem/"), REGISTRY_THERE),
    Row("POST", of_finding("problem/"), only(*REGISTRY, status=422) | {"other_county_clerk": 404}),
    Row("GET", of_finding("photographs/0/"), found_by(*OF_THE_COUNTY)),
    Row("GET", of_finding("photographs/1/"), found_by()),
]
