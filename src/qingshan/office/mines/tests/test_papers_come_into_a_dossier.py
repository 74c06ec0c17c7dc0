"""At the pages of the acts: what was filed comes back byte for byte, what may not enter is refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingshan.office.accounts.tests.people import People, a_holding, a_person, a_post, nine_people
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Mine,
    ResponsibleParty,
    Site,
)
from qingshan.office.mines.tests.dossiers import COUNTY, PDF, a_mine, a_photograph, today
from qingshan.office.trail.models import Entry
from qingshan.rules.duties import Duty
from qingshan.vault.digests import sm3_hex

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def mine(people: People) -> Mine:
    return a_mine(people)


def paper(name: str = "许可证.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def filing(**changed: Any) -> dict[str, Any]:
    given = {
        "file": paper(),
        "kind": "licence",
        "title": "采矿许可证",
        "number": "C99",
        "openness": "internal",
        "nothing_secret": "on",
    }
    return {name: value for name, value in {**given, **changed}.items() if value is not None}


def sent(people: People, who: str, path: str, data: dict[str, Any]) -> Any:
    return people.enter(who).post(path, data)


def file_at(mine: Mine | Site) -> str:
    return f"/{mine._meta.model_name}s/{mine.pk}/documents/new/"


def test_a_document_is_filed_by_one_act_and_comes_back_as_it_was(people: People, mine: Mine) -> None:
    answer = sent(people, "county_clerk", file_at(mine), filing())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/mines/{mine.pk}/")
    document = Document.objects.get()
    entry = Entry.objects.get()
    assert (entry.act, entry.new["file_sm3"], entry.new["nothing_secret"]) == (
        "mines.file_document",
        sm3_hex(PDF),
        True,
    )
    back = people.enter("county_clerk").get(f"/documents/{document.pk}/file")
    assert b"".join(back.streaming_content) == PDF
    assert back.headers["Content-Type"] == "application/pdf"
    assert back.headers["Content-Disposition"].startswith("attachment")


def test_a_paper_about_a_site_stands_in_the_dossier_of_its_mine_too(people: People, mine: Mine) -> None:
    site = Site.objects.create(key="S1", region_id=COUNTY, mine=mine)
    sent(people, "county_clerk", file_at(site), filing(title="点位照片"))
    for path in (f"/sites/{site.pk}/", f"/mines/{mine.pk}/"):
        assert "点位照片" in people.enter("county_clerk").get(path).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nothing_secret": None}, "没有勾选"),
        ({"file": paper("机密.pdf")}, "涉密网络"),
        ({"title": "储量核实报告（秘 密）"}, "涉密网络"),
        ({"number": "机密〔2024〕1号"}, "涉密网络"),
        ({"file": paper("木马.exe", b"MZ")}, "不认识"),
        ({"file": paper("假的.pdf", b"MZ")}, "内容却不是这种格式"),
        ({"file": paper("空的.pdf", b"")}, "空"),
        ({"file": None}, "必填项"),
        ({"title": " "}, "必填项"),
        ({"kind": "secret"}, "选择一个有效的选项"),
        ({"issued_on": (date.today() + timedelta(days=9)).isoformat()}, "还没有到"),
        ({"issued_on": "2024-13-45"}, "日期"),
    ],
)
def test_what_may_not_enter_is_refused_in_words_and_leaves_nothing(
    people: People, mine: Mine, changed: dict[str, Any], said: str
) -> None:
    answer = sent(people, "county_clerk", file_at(mine), filing(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Document.objects.exists()
    assert not Entry.objects.exists()


def test_a_package_that_hides_a_secret_is_refused(people: People, mine: Mine) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("绝密/图.dwg", "x")
    answer = sent(people, "county_clerk", file_at(mine), filing(file=paper("图件.zip", content.getvalue())))
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_large_paper_is_looked_at_where_it_lies(people: People, mine: Mine, settings: Any) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    content = a_photograph()
    answer = sent(
        people, "county_clerk", file_at(mine), filing(file=paper("现状.jpg", content), kind="picture")
    )
    assert answer.status_code == 302
    assert Document.objects.get().file_digest == sm3_hex(content)


def test_nobody_takes_a_document_that_belongs_to_a_dossier_they_cannot_see(
    people: People, mine: Mine
) -> None:
    sent(people, "county_clerk", file_at(mine), filing(openness="public"))
    path = f"/documents/{Document.objects.get().pk}/file"
    assert people.enter("other_county_clerk").get(path).status_code == 404
    assert people.enter("enterprise_manager").get(path).status_code == 200


# --- plans ---


def planned(**changed: Any) -> dict[str, Any]:
    given = {
        "title": "修复方案",
        "number": "修〔2024〕3号",
        "restored_area_m2": "126,000",
        "restored_percent": "85",
    }
    return {**given, **changed}


def plans_at(mine: Mine, kind: str = "reclamation") -> str:
    return f"/mines/{mine.pk}/plans/new/?kind={kind}"


def test_the_kind_of_a_plan_is_chosen_first(people: People, mine: Mine) -> None:
    page = people.enter("county_clerk").get(f"/mines/{mine.pk}/plans/new/").content.decode()
    assert "?kind=reclamation" in page
    assert "restored_area_m2" not in page
    page = people.enter("county_clerk").get(plans_at(mine)).content.decode()
    assert "修复面积（平方米）" in page
    assert "bench_height_m" not in page


def test_a_plan_is_registered_with_its_figures_and_its_approval(people: People, mine: Mine) -> None:
    given = planned(file=paper("批复.pdf"), nothing_secret="on", approved_on="2024-04-01")
    assert sent(people, "county_clerk", plans_at(mine), given).status_code == 302
    plan = ApprovedPlan.objects.get()
    assert plan.figures == {"restored_area_m2": "126000", "restored_percent": "85"}
    assert plan.document is not None
    assert [entry.act for entry in Entry.objects.order_by("seq")] == [
        "mines.file_document",
        "mines.register_plan",
    ]


def test_the_newest_plan_is_offered_for_replacement_and_is_replaced(people: People, mine: Mine) -> None:
    sent(people, "county_clerk", plans_at(mine), planned())
    old = ApprovedPlan.objects.get()
    page = people.enter("county_clerk").get(plans_at(mine)).content.decode()
    assert f'<option value="{old.pk}" selected>' in page
    sent(people, "county_clerk", plans_at(mine), planned(title="修编", replaces=str(old.pk)))
    assert ApprovedPlan.objects.get(title="修编").replaces == old


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"restored_area_m2": "十二公顷"}, "不是数字"),
        ({"restored_percent": "120"}, "不可能"),
        ({"restored_area_m2": "-1"}, "不可能"),
        ({"number": ""}, "必填项"),
        ({"from_on": "2025-01-01", "to_on": "2024-01-01"}, "早于"),
        ({"file": paper("批复.pdf")}, "没有勾选"),
        ({"replaces": "99999"}, "选择一个有效的选项"),
    ],
)
def test_an_impossible_plan_is_refused_with_its_paper(
    people: People, mine: Mine, changed: dict[str, Any], said: str
) -> None:
    answer = sent(people, "county_clerk", plans_at(mine), planned(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ApprovedPlan.objects.exists()
    assert not Document.objects.exists()


# --- who must answer ---


def determined(people: People, **changed: Any) -> dict[str, Any]:
    given = {
        "circumstance": "producing",
        "party": str(people.organisations["enterprise"].pk),
        "number": "认〔2026〕7号",
        "decided_on": "2026-02-10",
        "decider": str(people.holdings["county_leader"].pk),
    }
    return {**given, **changed}


def determine_at(mine: Mine | Site) -> str:
    return f"/{mine._meta.model_name}s/{mine.pk}/responsible/new/"


def test_a_clerk_records_what_a_leader_determined_on_paper(people: People, mine: Mine) -> None:
    given = determined(people, file=paper("认定书.pdf"), nothing_secret="on")
    assert sent(people, "county_clerk", determine_at(mine), given).status_code == 302
    found = ResponsibleParty.objects.get()
    assert (found.decided_by, found.number, found.decided_on) == (
        "青石县人民政府",
        "认〔2026〕7号",
        date(2026, 2, 10),
    )
    entry = Entry.objects.get(act="mines.determine_responsible_party")
    assert (entry.decider_name, entry.recorder_name, entry.paper_scan) == ("赵领", "陈登", sm3_hex(PDF))
    assert found.document is not None
    page = people.enter("county_clerk").get(f"/mines/{mine.pk}/").content.decode()
    assert "赵领" in page
    assert "代录" in page


def test_a_leader_who_logs_in_decides_at_once(people: People, mine: Mine) -> None:
    given = determined(people)
    del given["decider"]
    assert sent(people, "county_leader", determine_at(mine), given).status_code == 302
    entry = Entry.objects.get()
    assert (entry.decider_name, entry.recorder_name, entry.paper_number) == ("赵领", "赵领", "")


def test_only_those_who_lead_here_or_above_are_offered_as_deciders(people: People, mine: Mine) -> None:
    elsewhere = a_person(people.organisations["other_county_bureau"], "钱邻长")
    a_holding(elsewhere, a_post(people.organisations["other_county_bureau"], "副县长", Duty.LEAD))
    above = a_person(people.organisations["city_bureau"], "孙市长")
    a_holding(above, a_post(people.organisations["city_bureau"], "局长", Duty.LEAD))
    page = people.enter("county_clerk").get(determine_at(mine)).content.decode()
    assert "赵领" in page
    assert "孙市长" in page
    assert "钱邻长" not in page
    assert "吴邻" not in page


def test_land_without_a_holder_is_the_governments(people: People, mine: Mine) -> None:
    given = determined(people, circumstance="holder_extinct")
    answer = sent(people, "county_clerk", determine_at(mine), given)
    assert answer.status_code == 422
    assert "人民政府" in answer.content.decode()
    government = str(people.organisations["county_government"].pk)
    assert sent(people, "county_clerk", determine_at(mine), {**given, "party": government}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decided_on": "2019-01-01"}, "没有担任"),
        ({"decided_on": (date.today() + timedelta(days=9)).isoformat()}, "还没有到"),
        ({"decider": ""}, "必填项"),
        ({"party": ""}, "没有选择责任主体"),
        ({"uscc": "91110000600037341X"}, "没有统一社会信用代码"),
        ({"number": "  "}, "必填项"),
        ({"file": paper("认定书.pdf")}, "没有勾选"),
    ],
)
def test_a_determination_that_cannot_be_is_refused_with_its_scan(
    people: People, mine: Mine, changed: dict[str, Any], said: str
) -> None:
    answer = sent(people, "county_clerk", determine_at(mine), determined(people, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ResponsibleParty.objects.exists()
    assert not Document.objects.exists()


def test_another_enterprise_is_named_by_its_code(people: People, mine: Mine) -> None:
    given = determined(people, party="", uscc="91110000600037341L")
    assert sent(people, "county_clerk", determine_at(mine), given).status_code == 302
    assert ResponsibleParty.objects.get().organisation == people.organisations["enterprise"]


def test_a_correction_is_a_new_entry_and_the_old_one_stays(people: People, mine: Mine) -> None:
    sent(people, "county_clerk", determine_at(mine), determined(people, number="认〔2026〕7号"))
    sent(
        people,
        "county_clerk",
        determine_at(mine),
        determined(people, number="认〔2026〕8号", decided_on="2026-02-20"),
    )
    page = people.enter("county_clerk").get(f"/mines/{mine.pk}/").content.decode()
    assert page.index("认〔2026〕8号") < page.index("以前的认定 1 次") < page.index("认〔2026〕7号")


# --- numbers elsewhere ---


def test_a_number_elsewhere_is_noted_with_what_was_reported(people: People, mine: Mine) -> None:
    given = {
        "system": "国家系统",
        "number": "N-1",
        "reported": "治理面积：1.26 公顷\n状态=在建",
        "reported_on": "2026-02-01",
    }
    path = f"/mines/{mine.pk}/references/new/"
    assert sent(people, "county_clerk", path, given).status_code == 302
    assert ExternalReference.objects.get().reported == {"治理面积": "1.26 公顷", "状态": "在建"}
    page = people.enter("county_clerk").get(f"/mines/{mine.pk}/").content.decode()
    assert "治理面积：1.26 公顷" in page


def test_a_line_without_name_and_value_is_named(people: People, mine: Mine) -> None:
    given = {"system": "国家系统", "number": "N-1", "reported": "治理面积：1.26 公顷\n没有分开"}
    answer = sent(people, "county_clerk", f"/mines/{mine.pk}/references/new/", given)
    assert answer.status_code == 422
    assert "第 2 行“没有分开”" in answer.content.decode()
    assert today() >= date(2026, 1, 1)
