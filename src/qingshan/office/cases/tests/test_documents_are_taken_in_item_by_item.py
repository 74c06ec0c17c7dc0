"""照单全收: is a document split on one screen, and does every item wait until somebody has answered it?"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from qingshan.office.cases import actions, documents
from qingshan.office.cases.actions.intake import NewDocument
from qingshan.office.cases.models import FindingsDocument, FindingsItem
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.cases.splitting import MOST_ITEMS, Cutting
from qingshan.office.cases.tests.factories import World, a_case, a_world
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.matters.models import Matter
from qingshan.office.trail.models import Entry
from qingshan.rules.matters import SourceKind

pytestmark = pytest.mark.django_db
TEXT = """关于青石县矿山问题的反馈意见
现将问题反馈如下：
（一）老虎沟铁矿采坑未回填。
要求回填复绿。
（二）石门灰岩矿越界开采。
（三）白草沟排土场扬尘。"""
ABOUT = {
    "title": "关于青石县矿山问题的反馈意见",
    "number": "青督〔2026〕3号",
    "source": "provincial_inspection",
    "issued_by": "青山省生态环境保护督察组",
    "issued_on": "2026-02-20",
}


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def clerk(world: World) -> Client:
    return world.people.enter("county_clerk")


def a_document(world: World, *items: str, number: str = "青督〔2026〕3号") -> FindingsDocument:
    new = NewDocument(
        number, "反馈意见", SourceKind.PROVINCIAL_INSPECTION, "督察组", date(2026, 2, 20),
        world.people.regions["990101"],
    )  # fmt: skip
    return actions.take_in_document(
        new, items or ("采坑未回填", "越界开采"), actor=world.actor("county_clerk"), now=world.now
    )


def first(document: FindingsDocument) -> FindingsItem:
    return document.items.get(place=1)


def brought(clerk: Client, **more: Any) -> Any:
    """The first step."""
    return clerk.post("/findings/new/", {**ABOUT, "nothing_secret": "on", **more})


def on_screen(response: Any) -> dict[str, Any]:
    """What the second step would send as it stands."""
    cutting = response.context["cutting"]
    return {
        **ABOUT,
        "brought": response.context["brought"],
        "item": list(cutting.items),
        "left": list(cutting.left_over),
    }


def test_a_pasted_text_is_split_and_registered(world: World, clerk: Client) -> None:
    screen = brought(clerk, text=TEXT)
    assert [item.split("。")[0] for item in screen.context["cutting"].items] == [
        "（一）老虎沟铁矿采坑未回填",
        "（二）石门灰岩矿越界开采",
        "（三）白草沟排土场扬尘",
    ]
    done = clerk.post("/findings/split/", {**on_screen(screen), "do": "register"})
    document = FindingsDocument.objects.get()
    assert done.headers["Location"] == f"/findings/{document.pk}/"
    assert document.items.count() == 3
    assert document.text == TEXT
    assert Entry.objects.latest("seq").act == "cases.take_in_document"


def test_items_are_merged_split_left_out_and_taken_back_before_they_are_registered(
    world: World, clerk: Client
) -> None:
    screen = brought(clerk, text=TEXT)
    joined = clerk.post("/findings/split/", {**on_screen(screen), "do": "merge-2"})
    assert len(joined.context["cutting"].items) == 2
    apart = clerk.post("/findings/split/", {**on_screen(joined), "do": "split-1"})
    assert len(apart.context["cutting"].items) == 3
    dropped = clerk.post("/findings/split/", {**on_screen(apart), "do": "drop-0"})
    assert len(dropped.context["cutting"].items) == 2
    assert "采坑未回填" in dropped.context["cutting"].left_over[-1]
    last = len(dropped.context["cutting"].left_over) - 1
    taken = clerk.post("/findings/split/", {**on_screen(dropped), "do": f"take-{last}"})
    assert len(taken.context["cutting"].items) == 3
    typed = {**on_screen(taken), "item": ["甲", "", "乙"], "do": "register"}
    clerk.post("/findings/split/", typed)
    assert list(FindingsItem.objects.order_by("place").values_list("text", flat=True)) == ["甲", "乙"]


def test_a_word_file_is_read_with_the_numbers_that_word_puts_before_paragraphs(
    world: World, clerk: Client
) -> None:
    word = Document()
    word.add_paragraph("反馈意见")
    for text in ("采坑未回填", "越界开采"):
        word.add_paragraph(text, style="List Number")
    content = io.BytesIO()
    word.save(content)
    file = SimpleUploadedFile("反馈意见.docx", content.getvalue())
    screen = brought(clerk, file=file)
    assert screen.context["cutting"].items == ("1.采坑未回填", "2.越界开采")
    clerk.post("/findings/split/", {**on_screen(screen), "do": "register"})
    document = FindingsDocument.objects.get()
    assert (document.file_name, document.file_size_bytes) == ("反馈意见.docx", len(content.getvalue()))
    back = clerk.get(f"/findings/{document.pk}/file/")
    assert b"".join(back.streaming_content) == content.getvalue()  # type: ignore[arg-type]


def test_a_file_without_text_and_one_that_is_not_what_it_says_are_refused(clerk: Client) -> None:
    refused = brought(clerk, file=SimpleUploadedFile("来文.docx", b"no word file at all"))
    assert refused.status_code == 422
    marked = brought(clerk, text=TEXT, title="机密★1年 反馈意见")
    assert marked.status_code == 422
    nothing = brought(clerk)
    assert "没有文件，也没有正文" in nothing.content.decode()


def test_what_was_brought_cannot_be_exchanged_for_another_file(clerk: Client) -> None:
    screen = brought(clerk, text=TEXT)
    forged = {**on_screen(screen), "brought": "eyJ0ZXh0IjoiIn0:forged", "do": "register"}
    assert clerk.post("/findings/split/", forged).headers["Location"] == "/findings/new/"
    assert not FindingsDocument.objects.exists()


def test_an_item_waits_until_it_has_a_case_or_a_reason(world: World, clerk: Client) -> None:
    document = a_document(world)
    assert documents.how_many_unanswered(world.actor("county_clerk")) == 2
    assert "逐条落实来文：反馈意见" in clerk.get("/").content.decode()
    page = clerk.get(f"/findings/{document.pk}/items/{first(document).pk}/register/")
    form = page.context["form"]
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: str(value) for name, value in given.items() if value not in (None, "")}
    done = clerk.post(page.request["PATH_INFO"], {**sent, "problem": "unrestored"})
    assert done.status_code == 302
    matter = Matter.objects.get()
    assert (matter.source, matter.source_number) == ("provincial_inspection", "青督〔2026〕3号")
    assert [item.place for item in FindingsItem.objects.filter(covers__matter=matter)] == [1]
    other = document.items.get(place=2)
    clerk.post(f"/findings/{document.pk}/items/{other.pk}/no-case/", {"reason": "属工作要求"})
    assert documents.how_many_unanswered(world.actor("county_clerk")) == 0
    assert [each.waits for each in documents.answers(document, actor=world.actor("county_clerk"))] == [
        False,
        False,
    ]
    assert f'href="/cases/{matter.pk}/"' in clerk.get("/").content.decode()


def test_a_case_that_names_the_document_and_covers_no_item_is_shown_until_it_is_tied(
    world: World, clerk: Client
) -> None:
    document = a_document(world)
    matter = a_case(world, source_number=document.number)
    assert documents.strays(document, actor=world.actor("county_clerk")) == [matter]
    page = clerk.get(f"/findings/{document.pk}/")
    assert "没有对应任何条目" in page.content.decode()
    clerk.post(f"/findings/{document.pk}/items/{first(document).pk}/cover/", {"matter": matter.pk})
    assert documents.strays(document, actor=world.actor("county_clerk")) == []
    assert documents.waiting_by_document([document.pk]) == {document.pk: 1}


def test_an_item_with_a_case_cannot_be_decided_away(world: World, clerk: Client) -> None:
    document = a_document(world)
    matter = a_case(world)
    actions.cover_item(first(document), matter, actor=world.actor("county_clerk"), now=world.now)
    refused = clerk.post(f"/findings/{document.pk}/items/{first(document).pk}/no-case/", {"reason": "重复"})
    assert refused.status_code == 422


def test_an_item_that_needs_no_case_takes_none(world: World, clerk: Client) -> None:
    document, actor = a_document(world), world.actor("county_clerk")
    seen = first(document)
    actions.decide_item(first(document), "属工作要求", actor=actor, now=world.now)
    matter = a_case(world)
    refused = clerk.post(f"/findings/{document.pk}/items/{seen.pk}/cover/", {"matter": matter.pk})
    assert "已定为不立项" in refused.content.decode()
    with pytest.raises(ChangedMeanwhile):
        actions.decide_item(seen, "另有理由", actor=actor, now=world.now)
    assert first(document).no_case == "属工作要求"
    assert not seen.covers.exists()


def test_that_an_item_needs_no_case_is_taken_back_for_a_reason_and_it_waits_again(
    world: World, clerk: Client
) -> None:
    document, actor = a_document(world), world.actor("county_clerk")
    seen = first(document)
    with pytest.raises(CaseRefused):
        actions.reopen_item(seen, "仍需立项", actor=actor, now=world.now)
    actions.decide_item(seen, "属工作要求", actor=actor, now=world.now)
    page = clerk.get(f"/findings/{document.pk}/").content.decode()
    assert f'href="/findings/{document.pk}/items/{seen.pk}/take-back/"' in page
    at = f"/findings/{document.pk}/items/{seen.pk}/take-back/"
    assert clerk.post(at, {"reason": " "}).status_code == 422
    assert first(document).no_case == "属工作要求"
    assert clerk.post(at, {"reason": "现场核实仍有采坑"}).status_code == 302
    assert first(document).no_case == ""
    assert documents.how_many_unanswered(actor) == 2
    entry = Entry.objects.latest("seq")
    assert entry.act == "cases.reopen_item"
    actions.cover_item(first(document), a_case(world), actor=actor, now=world.now)


def test_who_takes_it_back_has_looked_at_it_as_it_stands(world: World) -> None:
    document, actor = a_document(world), world.actor("county_clerk")
    actions.decide_item(first(document), "属工作要求", actor=actor, now=world.now)
    seen = first(document)
    actions.reopen_item(first(document), "仍需立项", actor=actor, now=world.now)
    actions.decide_item(first(document), "与另一条重复", actor=actor, now=world.now)
    with pytest.raises(ChangedMeanwhile):
        actions.reopen_item(seen, "仍需立项", actor=actor, now=world.now)
    with pytest.raises(NotAllowed):
        actions.reopen_item(
            first(document), "仍需立项", actor=world.actor("other_county_clerk"), now=world.now
        )
    assert first(document).no_case == "与另一条重复"


def test_items_beyond_what_a_document_holds_are_put_aside_and_not_lost() -> None:
    sent = QueryDict(mutable=True)
    sent.setlist("item", [f"第{n}条" for n in range(MOST_ITEMS + 2)])
    cutting = Cutting.sent(sent)
    assert len(cutting.items) == MOST_ITEMS
    assert cutting.left_over == (f"第{MOST_ITEMS}条", f"第{MOST_ITEMS + 1}条")


def test_the_list_asks_the_same_questions_however_many_documents_there_are(
    world: World, clerk: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get("/findings/").status_code == 200
        return len(queries)

    a_document(world, number="一")
    asked()
    few = asked()
    for number in range(8):
        a_document(world, number=f"督〔2026〕{number}号")
    asked()  # what holds until the next act is asked anew
    assert asked() == few


def test_documents_are_found_by_any_part_of_title_or_number_and_by_pinyin(
    world: World, clerk: Client
) -> None:
    wanted = a_document(world, number="青督〔2026〕7号")
    other = a_document(world, number="环督〔2025〕31号")
    FindingsDocument.objects.filter(pk=other.pk).update(title="典型案例通报")
    other.refresh_from_db()
    other.save()
    for text, found in (
        ("青督", {wanted}),
        ("〔2026〕7", {wanted}),
        ("dianxing", {other}),
        ("通报", {other}),
    ):
        page = clerk.get("/findings/", {"q": text})
        assert {each.document for each in page.context["page"].rows} == found
        assert f'value="{text}"' in page.content.decode()
    nothing = clerk.get("/findings/", {"q": "没有这样的"}).content.decode()
    assert "没有符合条件的内容" in nothing
    assert "还没有登记过来文" not in nothing


def test_no_enterprise_sees_a_document(world: World) -> None:
    document = a_document(world)
    manager = world.people.enter("enterprise_manager")
    assert manager.get(f"/findings/{document.pk}/").status_code == 404
    assert re.search("还没有登记过来文", manager.get("/findings/").content.decode())


def test_an_enterprise_sees_its_problem_and_not_the_item_of_the_document(world: World, clerk: Client) -> None:
    document, matter = a_document(world, "只给主管部门看的原文"), a_case(world)
    actions.cover_item(first(document), matter, actor=world.actor("county_clerk"), now=world.now)
    path = f"/cases/{matter.pk}/"
    assert "只给主管部门看的原文" in clerk.get(path).content.decode()
    seen = world.people.enter("enterprise_manager").get(path)
    assert seen.status_code == 200
    assert "只给主管部门看的原文" not in seen.content.decode()
