"""Organisations, divisions and enterprises: created, renamed, closed, each once in the trail."""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.accounts import actions
from qingshan.office.accounts.models import Organisation
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.accounts.tests.people import USCC
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.subjects import digest_of
from qingshan.rules.errors import RuleError
from qingshan.rules.register import OrganisationKind

GOOD_USCC = "9114000057595565X4"


@pytest.fixture
def create(people, now):
    def created(**more):
        given = {
            "kind": OrganisationKind.AUTHORITY,
            "name": "青石县林业局",
            "region": people.regions["990101"],
        }
        return actions.create_organisation(actor=people.actor("system_admin"), now=now, **given | more)

    return created


def code_of(act, **given):
    with pytest.raises(AccountRefused) as refused:
        act(**given)
    return refused.value.code


def test_an_organisation_is_created_with_one_entry(create):
    organisation = create(document="青编〔2026〕2号", sector="林业")
    entry = Entry.objects.get()
    assert entry.act == "accounts.create_organisation"
    assert entry.region_id == 990101000000
    assert entry.new["name"] == "青石县林业局"
    stored = Organisation.objects.get(pk=organisation.pk)
    assert Subject.objects.get().digest == digest_of(stored)
    assert (stored.level, stored.from_on) == ("county", date(2026, 3, 2))


def test_a_division_belongs_to_its_unit_however_deep(people, create):
    bureau = people.organisations["county_bureau"]
    division = create(name="修复股", parent=bureau, is_division=True)
    team = create(name="一组", parent=division, is_division=True)
    assert (division.unit, team.unit) == (bureau, bureau)


def test_two_divisions_of_one_unit_cannot_share_a_name_but_two_units_can(people, create):
    create(name="办公室", parent=people.organisations["county_bureau"], is_division=True)
    other = create(name="办公室", parent=people.organisations["other_county_bureau"], is_division=True)
    assert other.pk
    assert (
        code_of(create, name="办公室", parent=people.organisations["county_bureau"], is_division=True)
        == "accounts.name_taken"
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "accounts.name_missing"),
        ({"name": "青石县自然资源局"}, "accounts.name_taken"),
        ({"uscc": USCC["enterprise"]}, "accounts.uscc_taken"),
    ],
)
def test_what_is_missing_or_taken_is_refused(create, given, code):
    before = Organisation.objects.count()
    assert code_of(create, **given) == code
    assert Organisation.objects.count() == before
    assert not Entry.objects.exists()


def test_a_wrong_code_is_refused_by_the_law_book(create):
    with pytest.raises(RuleError):
        create(uscc="911100006000373412")


def test_a_new_name_leaves_old_entries_as_they_were(people, now, create):
    organisation = create()
    rename = {
        "actor": people.actor("system_admin"),
        "now": now,
        "organisation": organisation,
        "name": "林草局",
    }
    assert code_of(actions.rename_organisation, **rename, document=" ") == "accounts.document_missing"
    actions.rename_organisation(**rename, document="青编〔2026〕9号")
    newest = Entry.objects.order_by("-seq").first()
    assert (newest.old["name"], newest.new["name"]) == ("青石县林业局", "林草局")
    assert Organisation.objects.get(pk=organisation.pk).version == 2


def test_of_two_who_rename_at_once_one_wins(people, now, create):
    first = create()
    second = Organisation.objects.get(pk=first.pk)
    rename = {"actor": people.actor("system_admin"), "now": now, "document": "文"}
    actions.rename_organisation(**rename, organisation=first, name="甲")
    with pytest.raises(ChangedMeanwhile):
        actions.rename_organisation(**rename, organisation=second, name="乙")
    assert Organisation.objects.get(pk=first.pk).name == "甲"


def test_an_organisation_closes_when_nothing_goes_on_in_it(people, now, create):
    close = {
        "actor": people.actor("system_admin"),
        "now": now,
        "last_day": date(2026, 3, 31),
        "document": "文",
    }
    bureau = people.organisations["county_bureau"]
    assert code_of(actions.close_organisation, **close, organisation=bureau) == "accounts.still_in_use"
    empty = create()
    lower = create(name="林业站", parent=empty)
    assert code_of(actions.close_organisation, **close, organisation=empty) == "accounts.still_in_use"
    actions.close_organisation(**close, organisation=lower)
    assert actions.close_organisation(**close, organisation=empty).to_on == date(2026, 3, 31)
    assert code_of(create, name="新站", parent=empty, from_on=date(2026, 4, 1)) == "accounts.closed"


def test_another_provinces_organisations_are_out_of_reach(people, create, now):
    abroad = people.regions["990101"].__class__.objects.create(
        pk=500000000000, code="500000", name="邻省", level="province"
    )
    with pytest.raises(NotAllowed):
        create(region=abroad)


@pytest.fixture
def register(people, now):
    def registered(*enterprises, who="county_clerk"):
        return actions.register_enterprises(actor=people.actor(who), now=now, enterprises=enterprises)

    return registered


def enterprise(name="新矿公司", region_id=990101000000, uscc=GOOD_USCC):
    return actions.NewEnterprise(name=name, region_id=region_id, uscc=uscc)


def test_a_clerk_registers_enterprises_of_the_county(register):
    (row,) = register(enterprise())
    assert (row.kind, row.uscc, row.level) == ("enterprise", GOOD_USCC, "county")
    assert Entry.objects.get().subject_count == 1


def test_all_enterprises_or_none(register):
    before = Organisation.objects.count()
    assert code_of(lambda: register(enterprise(), enterprise(name="重复"))) == "accounts.uscc_taken"
    with pytest.raises(NotAllowed):
        register(enterprise(), enterprise(uscc=USCC["enterprise"], region_id=990102000000))
    with pytest.raises(NotAllowed):
        register(enterprise(), who="enterprise_manager")
    assert Organisation.objects.count() == before
    assert not Entry.objects.exists()


def test_many_enterprises_take_few_queries(register, django_assert_max_num_queries):
    from qingshan.rules.identifiers import organisation_check_character, uscc_check_character

    def code(serial):
        body = f"MA{serial:06d}"
        first = f"91990101{body}{organisation_check_character(body)}"
        return first + uscc_check_character(first)

    many = [enterprise(name=f"企业{n}", uscc=code(n)) for n in range(150)]
    with django_assert_max_num_queries(16):
        assert len(register(*many)) == 150
