"""Documents, approved plans, determinations and numbers elsewhere: who may enter them, and what is refused?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.office.accounts.actors import on_behalf
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotAllowed
from qingshan.office.mines import actions
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.actions import NewDocument, NewPlan
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Mine,
    ResponsibleParty,
    Site,
)
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.mines.tests.factories import NOW
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.parties import PaperDecision
from qingshan.rules.errors import RuleError
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import Circumstance, DocumentKind, PlanKind
from qingshan.vault import StoredFile

pytestmark = pytest.mark.django_db
FILE = StoredFile("ab" * 32, 1234)
TODAY = NOW.date()


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def mine(people: People) -> Mine:
    return Mine.objects.create(
        key="K-1",
        name="老虎沟铁矿",
        region=people.regions["990101"],
        enterprise=people.organisations["enterprise"],
    )


@pytest.fixture
def clerk(people: People) -> dict[str, Any]:
    return {"actor": people.actor("county_clerk"), "now": NOW}


def licence(**more: Any) -> NewDocument:
    return NewDocument(
        **{"kind": DocumentKind.LICENCE, "title": "采矿许可证", "file_name": "证.pdf", "file": FILE} | more
    )


def plan(**more: Any) -> NewPlan:
    given: dict[str, Any] = {"kind": PlanKind.MINING, "title": "开采方案", "number": "青自然资方〔2024〕3号"}
    return NewPlan(**given | more)


def test_a_document_stands_in_the_dossier_with_its_digest(mine: Mine, clerk: dict[str, Any]) -> None:
    filed = actions.file_document(mine, licence(number="青〔2024〕1号", issued_on=date(2024, 5, 1)), **clerk)
    entry = Entry.objects.get()
    assert (filed.mine_id, filed.region_id, filed.enterprise_id) == (
        mine.pk,
        mine.region_id,
        mine.enterprise_id,
    )
    assert FILE.digest in entry.new_json
    assert {s.kind for s in Subject.objects.filter(entry_seq=entry.seq)} == {"mines.document", "mines.mine"}


def test_a_paper_about_a_site_stands_in_the_dossier_of_its_mine_too(
    mine: Mine, clerk: dict[str, Any]
) -> None:
    site = Site.objects.create(
        key="S-1", region_id=mine.region_id, mine=mine, enterprise_id=mine.enterprise_id
    )
    filed = actions.file_document(site, licence(), **clerk)
    assert (filed.mine_id, filed.site_id) == (mine.pk, site.pk)


@pytest.mark.parametrize(
    ("more", "code"),
    [({"title": "  "}, "mines.title_missing"), ({"issued_on": date(2027, 1, 1)}, "mines.day_in_the_future")],
)
def test_a_document_without_title_or_from_the_future_is_refused(
    mine: Mine, clerk: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(RegisterRefused) as refused:
        actions.file_document(mine, licence(**more), **clerk)
    assert refused.value.code == code
    assert not Document.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["other_county_clerk", "enterprise_manager", "expert", "county_leader"])
def test_only_the_registry_of_the_area_files(mine: Mine, people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.file_document(mine, licence(), actor=people.actor(who), now=NOW)
    assert not Document.objects.exists()


def test_a_plan_keeps_its_figures_as_they_were_written(mine: Mine, clerk: dict[str, Any]) -> None:
    figures = {
        PlanFigure.CAPACITY_T_PER_YEAR: "３００,000",
        PlanFigure.BOTTOM_LEVEL_M: "-20.50",
        PlanFigure.SLOPE_DEG: "  ",
    }
    registered = actions.register_plan(mine, plan(figures=figures), **clerk)
    registered.refresh_from_db()
    assert registered.figures == {"capacity_t_per_year": "300000", "bottom_level_m": "-20.50"}


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (PlanFigure.CAPACITY_T_PER_YEAR, "三十万"),
        (PlanFigure.CAPACITY_T_PER_YEAR, "-1"),
        (PlanFigure.CAPACITY_T_PER_YEAR, "Infinity"),
        (PlanFigure.WATER_REUSE_PERCENT, "101"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    mine: Mine, clerk: dict[str, Any], figure: PlanFigure, text: str
) -> None:
    with pytest.raises(RuleError) as refused:
        actions.register_plan(mine, plan(figures={figure: text}), **clerk)
    assert figure.zh in refused.value.say()
    assert not ApprovedPlan.objects.exists()


def test_a_newer_plan_replaces_an_older_one_of_its_kind_once(mine: Mine, clerk: dict[str, Any]) -> None:
    old = actions.register_plan(mine, plan(), **clerk)
    new = actions.register_plan(mine, plan(title="开采方案（变更）"), replaces=old, **clerk)
    assert new.replaces == old
    with pytest.raises(RegisterRefused, match=r"mines.plan_replaced_already"):
        actions.register_plan(mine, plan(), replaces=old, **clerk)
    with pytest.raises(RegisterRefused, match=r"mines.plan_of_another"):
        actions.register_plan(mine, plan(kind=PlanKind.ENVIRONMENT), replaces=new, **clerk)


def test_a_paper_of_another_mine_is_no_ground(mine: Mine, clerk: dict[str, Any]) -> None:
    other = Mine.objects.create(key="K-2", name="北沟", region_id=mine.region_id)
    paper = actions.file_document(other, licence(), **clerk)
    with pytest.raises(RegisterRefused, match=r"mines.document_of_another"):
        actions.register_plan(mine, plan(), document=paper, **clerk)


def decided(people: People, number: str = "青政认〔2026〕7号") -> Any:
    """The clerk's entry of what the county leader signed."""
    paper = PaperDecision(number=number, decided_on=date(2026, 3, 1))
    return on_behalf(people.actor("county_clerk"), decider=people["county_leader"], paper=paper)


def test_the_leaders_decision_is_entered_by_the_clerk_and_both_are_named(mine: Mine, people: People) -> None:
    determined = actions.determine_responsible_party(
        mine,
        circumstance=Circumstance.PRODUCING,
        organisation=people.organisations["enterprise"],
        actor=decided(people),
        now=NOW,
    )
    entry = Entry.objects.get()
    assert (determined.number, determined.decided_on) == ("青政认〔2026〕7号", date(2026, 3, 1))
    assert determined.decided_by == "青石县人民政府"
    assert (entry.decider_name, entry.recorder_name) == ("赵领", "陈登")


def test_the_clerk_alone_decides_nothing(mine: Mine, people: People, clerk: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        actions.determine_responsible_party(
            mine,
            circumstance=Circumstance.PRODUCING,
            organisation=people.organisations["enterprise"],
            number="青〔2026〕1号",
            **clerk,
        )


@pytest.mark.parametrize(
    ("circumstance", "organisation", "allowed"),
    [
        (Circumstance.PRODUCING, "enterprise", True),
        (Circumstance.PRODUCING, "county_government", False),
        (Circumstance.HAS_HOLDER, "enterprise", True),
        (Circumstance.HAS_HOLDER, "county_government", False),
        (Circumstance.HAS_HOLDER, "county_bureau", False),
        (Circumstance.HOLDER_EXTINCT, "county_government", True),
        (Circumstance.HOLDER_EXTINCT, "enterprise", False),
        (Circumstance.HOLDER_EXTINCT, "county_bureau", False),
    ],
)
def test_the_holder_answers_while_there_is_one_and_then_the_government(
    mine: Mine, people: People, circumstance: Circumstance, organisation: str, allowed: bool
) -> None:
    def determine() -> ResponsibleParty:
        return actions.determine_responsible_party(
            mine,
            circumstance=circumstance,
            organisation=people.organisations[organisation],
            actor=decided(people),
            now=NOW,
        )

    if allowed:
        assert determine().circumstance == circumstance
    else:
        with pytest.raises(RuleError, match=r"rules.responsible.wrong_kind"):
            determine()
        assert not ResponsibleParty.objects.exists()


def test_a_determination_without_a_number_is_refused(mine: Mine, people: People) -> None:
    with pytest.raises(RegisterRefused, match=r"mines.document_number_missing"):
        actions.determine_responsible_party(
            mine,
            circumstance=Circumstance.PRODUCING,
            organisation=people.organisations["enterprise"],
            actor=people.actor("county_leader"),
            now=NOW,
        )


def test_a_number_elsewhere_is_noted_once_and_brought_up_to_date(mine: Mine, clerk: dict[str, Any]) -> None:
    actions.note_reference(mine, system="省矿业权系统", number="A-1", reported={"面积": "4.1"}, **clerk)
    noted = actions.note_reference(mine, system="省矿业权系统", number="A-2", reported_on=TODAY, **clerk)
    assert ExternalReference.objects.count() == 1
    assert (noted.number, noted.reported, noted.reported_on, noted.version) == (
        "A-2",
        {"面积": "4.1"},
        TODAY,
        2,
    )
    other = Mine.objects.create(key="K-2", name="北沟", region_id=mine.region_id)
    with pytest.raises(RegisterRefused, match=r"mines.reference_taken"):
        actions.note_reference(other, system="省矿业权系统", number="A-2", **clerk)


def test_the_dossier_of_a_merged_mine_is_closed(mine: Mine, clerk: dict[str, Any]) -> None:
    absorbed = Mine.objects.create(key="K-2", name="北沟", region_id=mine.region_id, merged_into=mine)
    with pytest.raises(RegisterRefused, match=r"mines.dossier_closed"):
        actions.file_document(absorbed, licence(), **clerk)


def test_who_sees_the_mine_sees_its_papers(mine: Mine, people: People, clerk: dict[str, Any]) -> None:
    actions.file_document(mine, licence(), **clerk)
    actions.register_plan(mine, plan(), **clerk)
    seen = {
        who: [
            visible_to(model.objects.all(), people.actor(who)).count() for model in (Document, ApprovedPlan)
        ]
        for who in ("county_clerk", "enterprise_manager", "city_reviewer", "other_county_clerk", "expert")
    }
    assert seen == {
        "county_clerk": [1, 1],
        "enterprise_manager": [1, 1],
        "city_reviewer": [1, 1],
        "other_county_clerk": [0, 0],
        "expert": [0, 0],
    }
