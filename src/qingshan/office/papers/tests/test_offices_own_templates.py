"""An office adopts a .docx of its own once it was tried; its papers go out in it, and nobody else's do."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.models import Mine
from qingshan.office.papers import actions
from qingshan.office.papers.models import Paper, PaperTemplate
from qingshan.office.papers.tests.factories import NOW, a_mine_of, an_issued_sheet, drafted
from qingshan.office.trail.models import Entry
from qingshan.typesetting import TypesettingError
from qingshan.vault import Vault

pytestmark = pytest.mark.django_db
TEMPLATES = "/papers/templates/"
OWN = ("本局验收表 {{ number }}", "{{ subject }} {{ visited_on }}", "{%p for one in attendants %}",
       "{{ one.name }}（{{ one.organisation }}）", "{%p endfor %}", "{{ issuer }} {{ day }}")  # fmt: skip


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def mine(people: People) -> Mine:
    return a_mine_of(people)


def docx(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def adopted(people: People, *lines: str, who: str = "county_clerk") -> PaperTemplate:
    file = Vault(settings.VAULT_ROOT).put(docx(*(lines or OWN)))
    asked = {"actor": people.actor(who), "now": NOW}
    return actions.adopt_template(file, kind="acceptance", file_name="本局模板.docx", **asked)


def lines_of(paper: Paper) -> list[str]:
    with Vault(settings.VAULT_ROOT).open(paper.docx_digest) as file:
        return [line.text for line in Document(io.BytesIO(file.read())).paragraphs]


def test_a_paper_goes_out_in_the_offices_own_template(people: People, mine: Mine) -> None:
    template = adopted(people)
    paper = an_issued_sheet(people, mine)
    assert lines_of(paper) == [
        f"本局验收表 {paper.number}",
        "老虎沟铁矿排土场边坡治理 2026年11月20日",
        "钱审（云岭市自然资源局）",
        "周专（青山生态技术评估中心）",
        "青石县自然资源局 2026年11月21日",
    ]
    assert (paper.template, paper.template_digest) == (f"office/{template.pk}", template.file_digest)


def test_another_offices_papers_keep_the_look_of_the_house(people: People, mine: Mine) -> None:
    adopted(people)
    draft = drafted(people, mine, who="city_reviewer")
    paper = actions.issue(draft, version=1, actor=people.actor("city_reviewer"), now=NOW)
    assert paper.template == "house/acceptance"


def test_a_newer_template_takes_the_place_of_the_older_and_can_be_given_up(
    people: People, mine: Mine
) -> None:
    first, second = adopted(people), adopted(people, "第二版 {{ number }}")
    first.refresh_from_db()
    assert (first.in_use, second.in_use) == (False, True)
    assert Entry.objects.filter(act="papers.adopt_template").count() == 2
    actions.retire_template(second, actor=people.actor("county_clerk"), now=NOW)
    assert an_issued_sheet(people, mine).template == "house/acceptance"


@pytest.mark.parametrize("line", ["{{ no_such_name }}", "{{ number.__class__ }}", "{% for one in items %}"])
def test_a_template_that_cannot_be_filled_in_is_not_adopted(people: People, line: str) -> None:
    with pytest.raises(TypesettingError, match=r"typesetting\.template_fault"):
        adopted(people, line)
    assert not PaperTemplate.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["enterprise_manager", "expert", "auditor", "provincial_dispatcher"])
def test_others_adopt_none(people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        adopted(people, who=who)


def brought(people: People, content: bytes, name: str = "模板.docx", **more: Any) -> Any:
    given = {"kind": "acceptance", "file": SimpleUploadedFile(name, content), "nothing_secret": "on"}
    return people.enter("county_clerk").post(TEMPLATES, given | more, follow=True)


def test_at_its_page_a_template_is_brought_and_tried(people: People) -> None:
    said = brought(people, docx(*OWN)).content.decode()
    assert "已启用模板" in said
    assert PaperTemplate.objects.get().organisation == people.organisations["county_bureau"]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (docx("{{ nothing_of_this_name }}"), "模板.docx", "nothing_of_this_name"),
        (b"%PDF-1.7", "模板.pdf", "不是 Word 模板"),
        (b"MZ", "模板.docx", "模板.docx"),
    ],
)
def test_what_is_no_template_is_refused_in_words(
    people: People, content: bytes, name: str, told: str
) -> None:
    said = brought(people, content, name)
    assert said.status_code == 422
    assert told in said.content.decode()
    assert not PaperTemplate.objects.exists()
