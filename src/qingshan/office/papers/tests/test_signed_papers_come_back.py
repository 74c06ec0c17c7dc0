"""Printed, signed, photographed, returned: each photograph finds its paper, or says what is lacking."""

from __future__ import annotations

import io
import random
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.models import Mine
from qingshan.office.papers import actions, receiving
from qingshan.office.papers.actions import NewCopy
from qingshan.office.papers.codes import code_of, read_code
from qingshan.office.papers.documents import Item
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.papers.tests.factories import NOW, a_mine_of, an_issued_sheet, drafted, sheet
from qingshan.office.trail.models import Entry
from qingshan.rules.errors import RuleBroken
from qingshan.typesetting.tests.photographing import photographed
from qingshan.vault import StoredFile, Vault

pytestmark = pytest.mark.django_db
RETURN = "/papers/return/"


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def mine(people: People) -> Mine:
    return a_mine_of(people)


@pytest.fixture
def paper(people: People, mine: Mine) -> Paper:
    return an_issued_sheet(people, mine)


@pytest.fixture
def clerk(people: People) -> Client:
    return people.enter("county_clerk")


def printed(paper: Paper) -> list[Image.Image]:
    """The pages as they come out of a printer."""
    with Vault(settings.VAULT_ROOT).open(paper.pdf_digest) as file:
        document = pypdfium2.PdfDocument(file.read())
    return [page.render(scale=200 / 72).to_pil().convert("RGB") for page in document]


def signed(page: Image.Image) -> Image.Image:
    """With a hand's stroke and a red seal."""
    drawing = ImageDraw.Draw(page)
    drawing.line([(400, 1800), (520, 1760), (640, 1820), (700, 1770)], fill=(20, 20, 60), width=6)
    drawing.ellipse([300, 1700, 620, 2020], outline=(200, 20, 20), width=10)
    return page


def jpeg(picture: Image.Image, *, quality: int = 60) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def shot(paper: Paper, *, page: int = 1, seed: int = 1, longest_px: int = 2000) -> bytes:
    """A phone's photograph of a signed page."""
    seen = photographed(
        signed(printed(paper)[page - 1]), chance=random.Random(seed), longest_px=longest_px, blur_px=0.8
    )
    return jpeg(seen)


def upload(content: bytes, name: str = "照片.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def brought(browser: Client, *files: SimpleUploadedFile, **more: Any) -> Any:
    return browser.post(RETURN, {"file": list(files), "nothing_secret": "on", **more}, follow=True)


def test_a_photograph_is_filed_with_the_paper_that_it_shows(paper: Paper, clerk: Client) -> None:
    said = brought(clerk, upload(shot(paper)))
    assert paper.number in said.content.decode()
    copy = SignedCopy.objects.get()
    assert (copy.paper_id, copy.pages, copy.by_code) == (paper.pk, [1], True)
    paper.refresh_from_db()
    assert paper.state == "returned"
    entry = Entry.objects.get(act="papers.return_signed_copy")
    assert copy.file_digest in entry.new_json
    kept = clerk.get(f"/papers/copies/{copy.pk}/file")
    assert b"".join(kept.streaming_content)[:2] == b"\xff\xd8"
    assert kept["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("seed", range(6))
def test_it_is_found_however_the_page_lies(people: People, paper: Paper, seed: int) -> None:
    (said,) = receiving.received(
        [upload(shot(paper, seed=seed))], actor=people.actor("county_clerk"), now=NOW
    )
    assert (said.became, said.paper_id, said.pages) == ("filed", paper.pk, [1])


def test_each_of_several_files_is_told_of(people: People, mine: Mine, paper: Paper, clerk: Client) -> None:
    other = an_issued_sheet(people, mine)
    both = Image.new("RGB", (3400, 2400), "white")
    for place, one in enumerate((paper, other)):
        both.paste(printed(one)[0], (place * 1700, 30))
    good = shot(paper)
    said = brought(
        clerk,
        upload(good, "甲.jpg"),
        upload(good, "再传一次.jpg"),
        upload(shot(other, seed=2), "乙.jpg"),
        upload(jpeg(Image.new("RGB", (800, 600), "grey")), "空白.jpg"),
        upload(jpeg(both, quality=85), "两份.jpg"),
        upload(b"MZ program", "程序.exe"),
        upload(b"not a picture", "坏.jpg"),
        upload(good, "机密★.jpg"),
    )
    became = [each["became"] for each in clerk.session["papers.returned"]]
    assert became == ["filed", "before", "filed", "unnamed", "unnamed", "refused", "refused", "refused"]
    page = said.content.decode()
    for told in ("没有找到二维码", "有 2 份文书的二维码", "没有重复办理"):
        assert told in page
    assert SignedCopy.objects.count() == 2


def test_pages_of_a_long_paper_come_back_one_by_one(people: People, mine: Mine, clerk: Client) -> None:
    many = tuple(Item(f"要求 {n}：边坡治理、覆土、种植", "已核") for n in range(60))
    draft = drafted(people, mine, data=sheet(items=many))
    paper = actions.issue(draft, version=1, actor=people.actor("county_clerk"), now=NOW)
    assert paper.pages is not None
    assert paper.pages >= 3
    brought(clerk, upload(shot(paper, page=2)))
    assert "第 1、3" in clerk.get(f"/papers/{paper.pk}/").content.decode()
    rest = [page for page in range(1, paper.pages + 1) if page != 2]
    brought(clerk, *(upload(shot(paper, page=page, seed=page)) for page in rest))
    assert sorted(page for copy in SignedCopy.objects.all() for page in copy.pages) == list(
        range(1, paper.pages + 1)
    )
    assert "还没有收回" not in clerk.get(f"/papers/{paper.pk}/").content.decode()


def test_a_paper_of_many_pages_has_a_code_on_each(people: People, mine: Mine) -> None:
    many = tuple(Item(f"要求 {n}：边坡治理、覆土、种植", "已核") for n in range(200))
    draft = drafted(people, mine, data=sheet(items=many))
    paper = actions.issue(draft, version=1, actor=people.actor("county_clerk"), now=NOW)
    scan = io.BytesIO()
    pages = printed(paper)
    assert len(pages) > 4
    pages[0].save(scan, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    (said,) = receiving.received(
        [upload(scan.getvalue(), "扫描.pdf")], actor=people.actor("county_clerk"), now=NOW
    )
    assert said.pages == list(range(1, len(pages) + 1))


def unreadable(browser: Client) -> None:
    brought(browser, upload(jpeg(Image.new("RGB", (800, 600), "grey")), "空白.jpg"))


def test_where_no_code_is_found_a_person_types_the_number(paper: Paper, clerk: Client) -> None:
    unreadable(clerk)
    wrong = clerk.post(f"{RETURN}1/", {"number": "验收-990101-2026-0999"})
    assert wrong.status_code == 422
    assert "没有编号为" in wrong.content.decode()
    empty = clerk.post(f"{RETURN}1/", {"number": " "})
    assert empty.status_code == 422
    clerk.post(f"{RETURN}1/", {"number": f" {paper.number} "})
    copy = SignedCopy.objects.get()
    assert (copy.paper_id, copy.pages, copy.by_code) == (paper.pk, [], False)
    assert clerk.post(f"{RETURN}1/", {"number": paper.number}).status_code == 404


def test_or_chooses_it_from_those_that_have_not_come_back(paper: Paper, clerk: Client) -> None:
    unreadable(clerk)
    assert paper.number in clerk.get(RETURN).content.decode()
    clerk.post(f"{RETURN}1/", {"chosen": str(paper.pk)})
    assert SignedCopy.objects.get().paper_id == paper.pk


def test_the_code_may_be_typed_too(paper: Paper, clerk: Client) -> None:
    unreadable(clerk)
    clerk.post(f"{RETURN}1/", {"number": code_of(paper.pk, 1).lower()})
    assert SignedCopy.objects.get().paper_id == paper.pk


def test_without_the_declaration_nothing_is_taken(paper: Paper, clerk: Client) -> None:
    said = clerk.post(RETURN, {"file": upload(shot(paper))})
    assert said.status_code == 422
    assert not SignedCopy.objects.exists()


def test_too_many_at_once_are_refused_before_any_is_looked_at(clerk: Client) -> None:
    said = clerk.post(RETURN, {"file": [upload(b"x", f"{n}.jpg") for n in range(21)], "nothing_secret": "on"})
    assert said.status_code == 422
    assert "一次最多上传 20 份" in said.content.decode()


def test_what_another_may_not_see_is_not_theirs_to_bring_back(people: People, paper: Paper) -> None:
    stranger = people.enter("other_county_clerk")
    said = brought(stranger, upload(shot(paper))).content.decode()
    assert paper.number not in said
    assert paper.title not in said
    stranger.post(f"{RETURN}1/", {"number": paper.number})
    assert stranger.post(f"{RETURN}1/", {"chosen": str(paper.pk)}).status_code == 422
    assert not SignedCopy.objects.exists()


def test_an_enterprise_brings_back_its_own_paper(people: People, paper: Paper) -> None:
    brought(people.enter("enterprise_manager"), upload(shot(paper)))
    assert SignedCopy.objects.get().paper_id == paper.pk


@pytest.mark.parametrize("who", ["expert", "auditor", "other_county_clerk", "anonymous"])
def test_others_may_not(people: People, paper: Paper, who: str) -> None:
    copy = NewCopy("照片.jpg", StoredFile("ab" * 32, 12))
    with pytest.raises(NotAllowed):
        actions.return_signed_copy(paper, copy, actor=people.actor(who), now=NOW)
    assert not SignedCopy.objects.exists()


def test_a_withdrawn_paper_does_not_come_back(people: People, paper: Paper, clerk: Client) -> None:
    photograph = shot(paper)
    actions.withdraw(paper, reason="有误", version=paper.version, actor=people.actor("county_clerk"), now=NOW)
    said = brought(clerk, upload(photograph))
    assert clerk.session["papers.returned"][0]["became"] == "refused"
    assert "已撤回" in said.content.decode()
    assert not SignedCopy.objects.exists()


def test_the_same_file_twice_is_one_copy(people: People, paper: Paper) -> None:
    file, asked = StoredFile("ab" * 32, 12), {"actor": people.actor("county_clerk"), "now": NOW}
    actions.return_signed_copy(paper, NewCopy("甲.jpg", file), **asked)
    with pytest.raises(PaperRefused, match=r"papers\.returned_already"):
        actions.return_signed_copy(paper, NewCopy("乙.jpg", file), **asked)


def test_a_draft_cannot_come_back(people: People, mine: Mine) -> None:
    draft = drafted(people, mine)
    copy = NewCopy("照片.jpg", StoredFile("ab" * 32, 12))
    with pytest.raises(RuleBroken):
        actions.return_signed_copy(draft, copy, actor=people.actor("county_clerk"), now=NOW)


def test_a_file_that_was_swept_meanwhile_is_asked_for_again(paper: Paper, clerk: Client) -> None:
    unreadable(clerk)
    Vault(settings.VAULT_ROOT).path(clerk.session["papers.returned"][0]["digest"]).unlink()
    said = clerk.post(f"{RETURN}1/", {"number": paper.number})
    assert "请重新上传" in said.content.decode()


# --- the code itself --------------------------------------------------------------------------------


def test_a_code_names_paper_and_page() -> None:
    for paper_id, page in ((1, 1), (33, 2), (10**12, 9999)):
        said = read_code(code_of(paper_id, page))
        assert said is not None
        assert (said.paper_id, said.page) == (paper_id, page)


def changed(text: str) -> list[str]:
    mark, paper_id, page, check = text.split("-")
    return [
        f"{mark}-{paper_id[:-1]}{'2' if paper_id[-1] != '2' else '3'}-{page}-{check}",
        f"{mark}-{paper_id}-{int(page) + 1}-{check}",
        f"{mark}-{paper_id}-{page}-{check[:-1]}{'0' if check[-1] != '0' else '1'}",
        f"{mark}-{paper_id}-{page}-{check[:-1]}",
        f"{mark}-0{paper_id}-{page}-{check}",
        f"{mark}-{paper_id}-0{page}-{check}",
    ]


@pytest.mark.parametrize("place", range(6))
def test_a_code_that_was_changed_is_none_of_ours(place: int) -> None:
    assert read_code(changed(code_of(77, 3))[place]) is None


@pytest.mark.parametrize("text", ["", "QS1", "https://example.org/QS1-1-1-0000000000", "QS1-1-1-ILOUILOUIL"])
def test_other_texts_are_none_of_ours(text: str) -> None:
    assert read_code(text) is None


def test_another_installation_makes_other_codes(tmp_path: Any, settings: Any) -> None:
    here = code_of(5, 1)
    settings.KEYS_ROOT = tmp_path
    assert code_of(5, 1) != here
    assert read_code(here) is None
    assert (tmp_path / "paper-codes.key").stat().st_mode & 0o077 == 0
