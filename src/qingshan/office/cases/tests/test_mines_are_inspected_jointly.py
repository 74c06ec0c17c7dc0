"""联合检查: is the ground held against the plans item by item, and does what departs become a problem by a person?"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from qingshan.office.cases import actions
from qingshan.office.cases.actions.inspecting import Found, NewInspection
from qingshan.office.cases.inspections import findings_of
from qingshan.office.cases.models import Inspection, InspectionFinding
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.cases.tests.factories import World, a_case, a_world
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import ApprovedPlan
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.inspecting import Keeping

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """A mine with a mining plan, a replaced one, and a restoration plan."""
    world = a_world()
    _plan(world, "mining", "开采方案（旧）", {"capacity_t_per_year": "200000"})
    old = ApprovedPlan.objects.get()
    _plan(world, "mining", "开采方案", {"capacity_t_per_year": "300000", "slope_deg": "45"}, replaces=old)
    _plan(world, "reclamation", "生态修复方案", {"restored_percent": "80"})
    return world


def _plan(world: World, kind: str, title: str, figures: dict[str, str], **more: Any) -> None:
    ApprovedPlan.objects.create(
        mine=world.mine, region=world.mine.region, kind=kind, title=title, figures=figures, **more
    )


@pytest.fixture
def clerk(world: World) -> Client:
    return world.people.enter("county_clerk")


def an_inspection(world: World, by: str = "county_clerk") -> Inspection:
    new = NewInspection(world.mine, date(2026, 3, 1), "自然资源、水利、生态环境")
    return actions.open_inspection(new, actor=world.actor(by), now=world.now)


def of_figure(inspection: Inspection, figure: str) -> InspectionFinding:
    return inspection.findings.get(figure=figure)


def a_picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "JPEG")
    return SimpleUploadedFile("采坑.jpg", content.getvalue())


def test_the_checklist_is_every_figure_of_the_plans_in_force(world: World) -> None:
    inspection = an_inspection(world)
    told = [
        (each.place, each.figure, each.planned, each.department)
        for each in inspection.findings.order_by("place")
    ]
    assert told == [
        (1, "capacity_t_per_year", Decimal(300000), "自然资源"),
        (2, "slope_deg", Decimal(45), "自然资源"),
        (3, "restored_percent", Decimal(80), "自然资源"),
    ]
    assert Entry.objects.latest("seq").act == "cases.open_inspection"


def test_each_figure_is_compared_on_its_own_side_and_nothing_measured_is_nothing_known(world: World) -> None:
    inspection = an_inspection(world)
    found = [
        Found(of_figure(inspection, "capacity_t_per_year"), Decimal(420000), "自然资源", "超产"),
        Found(of_figure(inspection, "restored_percent"), Decimal(85), "自然资源"),
    ]
    actions.record_findings(inspection, found, actor=world.actor("county_clerk"), now=world.now)
    compared = {each.figure: each.compared for each in inspection.findings.all()}
    keeping = {figure: each.keeping for figure, each in compared.items() if each}
    assert keeping == {
        "capacity_t_per_year": Keeping.DEPARTS,
        "slope_deg": Keeping.UNMEASURED,
        "restored_percent": Keeping.KEPT,
    }
    assert compared["capacity_t_per_year"].difference == 120000  # type: ignore[union-attr]


def test_findings_of_all_departments_are_recorded_on_one_screen_with_photographs(
    world: World, clerk: Client
) -> None:
    inspection = an_inspection(world)
    slope = of_figure(inspection, "slope_deg")
    sent = {
        f"item{slope.pk}-measured": "52",
        f"item{slope.pk}-department": "应急管理",
        f"item{slope.pk}-text": "北帮边坡过陡",
        f"item{slope.pk}-photographs": a_picture(),
        "more0-department": "水利",
        "more0-text": "截水沟淤塞",
    }
    undeclared = clerk.post(f"/inspections/{inspection.pk}/", sent)
    assert undeclared.status_code == 422
    assert "不含涉密内容" in undeclared.content.decode()
    slope.refresh_from_db()
    assert (slope.measured, slope.photographs) == (None, None)
    sent |= {f"item{slope.pk}-photographs": a_picture(), "nothing_secret_in_files": "on"}
    assert clerk.post(f"/inspections/{inspection.pk}/", sent).status_code == 302
    slope.refresh_from_db()
    assert (slope.measured, slope.department) == (Decimal(52), "应急管理")
    assert [each["name"] for each in slope.photographs or []] == ["采坑.jpg"]
    beside = inspection.findings.get(place=4)
    assert (beside.department, beside.text, beside.plan) == ("水利", "截水沟淤塞", None)
    picture = clerk.get(f"/inspections/{inspection.pk}/items/{slope.pk}/photographs/0/")
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")  # type: ignore[arg-type]
    again = clerk.post(f"/inspections/{inspection.pk}/", {f"item{slope.pk}-measured": "很陡"})
    assert again.status_code == 422


def test_a_finding_becomes_a_problem_with_its_source_and_department(world: World, clerk: Client) -> None:
    known = a_case(world, title="旧采坑")
    inspection = an_inspection(world)
    slope = of_figure(inspection, "slope_deg")
    found = Found(slope, Decimal(52), "应急管理", "北帮边坡过陡")
    actions.record_findings(inspection, [found], actor=world.actor("county_clerk"), now=world.now)
    address = f"/inspections/{inspection.pk}/items/{slope.pk}/problem/"
    page = clerk.get(address)
    assert [each.matter for each in page.context["near"]] == [known]
    form = page.context["form"]
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: str(value) for name, value in given.items() if value not in (None, "")}
    assert sent["problem"] == "slope"
    assert clerk.post(address, sent).status_code == 302
    slope.refresh_from_db()
    matter = Matter.objects.select_related("case").get(pk=slope.matter_id)
    assert (matter.source, matter.case.department) == ("joint_inspection", "应急管理")
    assert "方案 45，实测 52" in matter.title
    assert clerk.post(address, sent).status_code == 422
    faults = verify_trail().faults
    assert [
        each for each in faults if str(each.values.get("kind", "")).startswith(("matters.", "cases."))
    ] == []


def test_what_became_a_problem_stays_as_it_was_seen(world: World) -> None:
    inspection = an_inspection(world)
    item = of_figure(inspection, "slope_deg")
    InspectionFinding.objects.filter(pk=item.pk).update(matter=a_case(world))
    with pytest.raises(CaseRefused, match="finding_is_a_problem"):
        actions.record_findings(
            inspection, [Found(item, Decimal(40))], actor=world.actor("county_clerk"), now=world.now
        )


def test_another_county_neither_inspects_nor_sees(world: World) -> None:
    with pytest.raises(NotAllowed):
        an_inspection(world, by="other_county_clerk")
    inspection = an_inspection(world)
    other = world.people.enter("other_county_clerk")
    assert other.get(f"/inspections/{inspection.pk}/").status_code == 404
    assert findings_of(inspection, actor=world.actor("other_county_clerk")) == []


def test_the_printed_checklist_has_a_box_to_sign_for_each_department(world: World, clerk: Client) -> None:
    inspection = an_inspection(world)
    page = clerk.get(f"/inspections/{inspection.pk}/print/").content.decode()
    assert page.count('class="sign-box"') == 4
    assert "最终边坡角（度）" in page


def test_the_list_asks_the_same_questions_however_many_inspections_there_are(
    world: World, clerk: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get("/inspections/").status_code == 200
        return len(queries)

    an_inspection(world)
    asked()
    few = asked()
    for _number in range(6):
        an_inspection(world)
    asked()
    assert asked() == few
