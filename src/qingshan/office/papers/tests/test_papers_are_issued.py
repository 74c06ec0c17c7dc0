"""A paper is drafted, issued under its number, and withdrawn; each act leaves one entry, each refusal nothing."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from docx import Document

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.mines.models import Mine
from qingshan.office.papers import actions, numbers
from qingshan.office.papers.access import papers_of
from qingshan.office.papers.models import NumberCounter, Paper
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.papers.tests.factories import NOW, a_mine_of, drafted, notice, sheet
from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.errors import RuleBroken
from qingshan.rules.numbering import DOCUMENT, PETITION
from qingshan.typesetting import pages_of
from qingshan.vault import Vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def mine(people: People) -> Mine:
    return a_mine_of(people)


@pytest.fixture
def clerk(people: People) -> dict[str, Any]:
    return {"actor": people.actor("county_clerk"), "now": NOW}


def stored(digest: str) -> bytes:
    with Vault(settings.VAULT_ROOT).open(digest, verified=True) as file:
        return file.read()


def issued(paper: Paper, clerk: dict[str, Any]) -> Paper:
    return actions.issue(paper, version=paper.version, **clerk)


def test_a_sheet_is_issued_with_both_files_and_one_entry(
    people: People, mine: Mine, clerk: dict[str, Any]
) -> None:
    newest = sign_checkpoint(now=NOW)
    paper = issued(drafted(people, mine), clerk)
    assert (paper.number, paper.state, paper.version) == ("验收-990101-2026-0001", "issued", 2)
    assert paper.pages == pages_of(stored(paper.pdf_digest)) == 1
    assert paper.checkpoint == checkpoints.printed(newest)
    words = Document(io.BytesIO(stored(paper.docx_digest)))
    assert paper.number in [line.text for line in words.paragraphs]
    entry = Entry.objects.get(act="papers.issue")
    assert paper.pdf_digest in entry.new_json
    assert paper.docx_digest in entry.new_json
    drafting = Entry.objects.get(act="papers.draft")
    subjects = Subject.objects.filter(entry_seq=drafting.seq).values_list("kind", flat=True)
    assert set(subjects) == {"papers.paper", "mines.mine"}
    # the people and the mine of the tests are written without acts; the paper is not
    assert not [fault for fault in verify_trail().faults if "papers" in str(fault.values)]


def test_a_notice_is_issued_in_its_own_series(people: People, mine: Mine, clerk: dict[str, Any]) -> None:
    first, second = (
        issued(drafted(people, mine, kind="notice", title="公示", data=notice()), clerk) for _ in range(2)
    )
    assert [first.number, second.number] == ["公示-990101-2026-0001", "公示-990101-2026-0002"]
    table = Document(io.BytesIO(stored(first.docx_digest))).tables[0]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["反馈问题（整改任务）", "整改时限"]
    assert table.rows[1].cells[6].text == "已完成治理 1.26 公顷"


def test_a_number_guessed_wrongly_is_corrected_under_the_lock(
    people: People, mine: Mine, clerk: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from qingshan.office.papers.actions import issuing

    monkeypatch.setattr(issuing, "coming_number", lambda *_, **__: "验收-990101-2026-0009")
    paper = issued(drafted(people, mine), clerk)
    assert paper.number == "验收-990101-2026-0001"
    text = "".join(line.text for line in Document(io.BytesIO(stored(paper.docx_digest))).paragraphs)
    assert paper.number in text


def test_the_same_draft_gives_the_same_bytes(people: People, mine: Mine) -> None:
    from qingshan.office.papers.rendering import made

    paper = drafted(people, mine)
    assert made(paper, number="验收-990101-2026-0001", now=NOW) == made(
        paper, number="验收-990101-2026-0001", now=NOW
    )


def test_an_act_that_is_undone_gives_its_number_back(
    people: People, mine: Mine, clerk: dict[str, Any]
) -> None:
    paper = drafted(people, mine)

    def undone() -> None:
        with transaction.atomic():
            issued(paper, clerk)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    paper.refresh_from_db()
    assert paper.state == "drafted"
    assert issued(paper, clerk).number == "验收-990101-2026-0001"


def test_each_region_house_and_year_counts_from_one() -> None:
    county, town, other = 990101000000, 990101100000, 990102000000
    day = date(2026, 3, 1)
    taken = [numbers.next_number(PETITION, holder=where, on=day) for where in (county, town, other)]
    # a town counts with its county, whose digits its numbers bear
    assert taken == ["信转-990101-2026-0001", "信转-990101-2026-0002", "信转-990102-2026-0001"]
    assert numbers.coming_number(PETITION, holder=county, on=day) == "信转-990101-2026-0003"
    assert numbers.next_number(PETITION, holder=county, on=date(2027, 1, 1)) == "信转-990101-2027-0001"
    letter = numbers.next_number(DOCUMENT, holder=7, on=day, prefix="青石自然资")
    assert letter == "青石自然资〔2026〕1号"
    assert NumberCounter.objects.count() == 4


def test_a_draft_is_revised_before_it_is_issued_only(
    people: People, mine: Mine, clerk: dict[str, Any]
) -> None:
    paper = drafted(people, mine)
    changed = actions.revise(paper, sheet(opinion="限期补正。"), title="新标题", version=1, **clerk)
    assert (changed.version, changed.data["opinion"]) == (2, "限期补正。")
    with pytest.raises(PaperRefused, match=r"papers\.nothing_differs"):
        actions.revise(paper, sheet(opinion="限期补正。"), title="新标题", version=2, **clerk)
    out = issued(changed, clerk)
    with pytest.raises(RuleBroken, match=r"rules\.flow\.not_from_here"):
        actions.revise(out, sheet(), title="又改", version=out.version, **clerk)


def test_whoever_revises_an_older_draft_on_the_page_is_told(
    people: People, mine: Mine, clerk: dict[str, Any]
) -> None:
    paper, browser = drafted(people, mine), people.enter("county_clerk")
    shown = browser.get(f"/papers/{paper.pk}/revise/").context["form"]
    given = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    sent = {name: str(value) for name, value in given.items() if value not in (None, "")}
    actions.revise(paper, sheet(opinion="甲改"), title="改", version=1, **clerk)
    late = browser.post(f"/papers/{paper.pk}/revise/", {**sent, "opinion": "乙改"})
    assert late.status_code == 422
    paper.refresh_from_db()
    assert paper.data["opinion"] == "甲改"
    now = browser.post(f"/papers/{paper.pk}/revise/", {**sent, "opinion": "乙改", "version": "2"})
    assert now.status_code == 302


def test_a_withdrawn_paper_keeps_number_and_files(people: People, mine: Mine, clerk: dict[str, Any]) -> None:
    paper = issued(drafted(people, mine), clerk)
    gone = actions.withdraw(paper, reason="日期有误", version=2, **clerk)
    assert (gone.state, gone.number, gone.withdrawn_because) == (
        "withdrawn",
        "验收-990101-2026-0001",
        "日期有误",
    )
    assert issued(drafted(people, mine), clerk).number == "验收-990101-2026-0002"
    with pytest.raises(RuleBroken):
        actions.withdraw(gone, reason="再撤", version=gone.version, **clerk)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": "  "}, "papers.title_missing"),
        ({"data": sheet(attendants=())}, "papers.nobody_on_site"),
        ({"kind": "notice", "data": notice(tasks=())}, "papers.no_tasks"),
        ({"kind": "notice", "data": notice(notice_to=date(2026, 11, 1))}, "papers.days_reversed"),
        (
            {"kind": "notice", "data": notice(objection_phone="", objection_address="")},
            "papers.no_channel",
        ),
    ],
)
def test_what_lacks_something_is_refused_and_leaves_nothing(
    people: People, mine: Mine, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(PaperRefused) as refused:
        drafted(people, mine, **more)
    assert refused.value.code == code
    assert not Paper.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "who", ["other_county_clerk", "enterprise_manager", "expert", "auditor", "system_admin", "anonymous"]
)
def test_others_may_neither_draft_nor_issue_nor_withdraw(people: People, mine: Mine, who: str) -> None:
    paper, other = drafted(people, mine), {"actor": people.actor(who), "now": NOW}
    before = Entry.objects.count()
    for refused in (
        lambda: drafted(people, mine, who=who),
        lambda: actions.issue(paper, version=1, **other),
        lambda: actions.withdraw(paper, reason="误", version=1, **other),
        lambda: actions.revise(paper, sheet(opinion="改"), title="改", version=1, **other),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Entry.objects.count() == before


def test_whoever_saw_an_older_version_is_told(people: People, mine: Mine, clerk: dict[str, Any]) -> None:
    paper = drafted(people, mine)
    actions.revise(paper, sheet(opinion="改"), title="改", version=1, **clerk)
    with pytest.raises(ChangedMeanwhile):
        actions.issue(paper, version=1, **clerk)
    assert not NumberCounter.objects.exists()


def test_an_enterprise_sees_its_papers_once_they_are_issued(
    people: People, mine: Mine, clerk: dict[str, Any]
) -> None:
    paper = drafted(people, mine)

    def seen() -> set[str]:
        names = ("county_clerk", "county_leader", "city_reviewer", "enterprise_manager", "auditor")
        others = ("other_county_clerk", "expert", "system_admin", "anonymous")
        return {name for name in (*names, *others) if papers_of(people.actor(name)).exists()}

    in_the_house = {"county_clerk", "county_leader", "city_reviewer", "auditor"}
    assert seen() == in_the_house
    issued(paper, clerk)
    assert seen() == in_the_house | {"enterprise_manager"}


def test_data_of_another_kind_are_a_mistake_of_the_program(people: People, mine: Mine) -> None:
    with pytest.raises(TypeError):
        drafted(people, mine, kind="notice")
