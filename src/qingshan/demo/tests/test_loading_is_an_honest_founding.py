"""Does the province enter by real acts, completely, once, and with a trail that verifies?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.test import Client

from qingshan.demo import pending
from qingshan.demo.accounts import FILE, PASSWORD, accounts
from qingshan.demo.files import FILES, NotAllGood, bring
from qingshan.demo.load import Loaded, load
from qingshan.demo.province import LABEL, Province
from qingshan.exchange.models import Import
from qingshan.office.accounts.actors import Actor, actor_of, public
from qingshan.office.accounts.models import Assignment, Holding, Organisation, Person, Post, TemporaryBody
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.dates import shanghai_date

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Loaded]:
    """The province, loaded once for all tests here and undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(now=NOW)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _after_loading(loaded: Loaded, db: None) -> None:
    """Every test here sees the loaded province."""


def actor(login: str) -> Actor:
    return actor_of(Person.objects.get(login_name=login), on=shanghai_date(NOW))


def seen(login: str, model: type) -> int:
    return visible_to(model.objects.all(), actor(login)).count()


def test_everything_arrives(loaded: Loaded, p: Province) -> None:
    assert loaded.regions == Region.objects.filter(simulated=True).count() == 16
    assert loaded.offices + 2 == len(p.offices)
    assert loaded.people == Person.objects.count() == len(p.seats)
    assert loaded.enterprises == Organisation.objects.filter(kind="enterprise").count() == 150
    assert [Mine.objects.count(), Site.objects.count()] == [loaded.mines, loaded.sites] == [400, 2000]
    assert Patch.objects.count() == loaded.patches == len(p.patches)


def test_shapes_and_links_arrive_as_they_were_drawn(p: Province) -> None:
    for drawn in p.sites[::200]:
        site = Site.objects.select_related("mine", "region").get(key=drawn.key)
        assert site.geom.equals_exact(drawn.geometry, 1e-9)
        assert site.area_m2 == pytest.approx(drawn.area_m2, rel=0.006)
        assert (site.region.code, site.kind, site.found_on) == (drawn.county, drawn.kind, drawn.found_on)
        assert (site.mine.key if site.mine else None) == (drawn.mine.key if drawn.mine else None)
        assert site.enterprise_id == (site.mine.enterprise_id if site.mine else None)


def test_everything_says_that_it_is_simulated() -> None:
    for model in (Mine, Site, Patch):
        assert not model.objects.exclude(note=LABEL).exists()
    assert all("演示" in name for name in Import.objects.values_list("file_name", flat=True))


def test_a_second_load_writes_nothing() -> None:
    before = Entry.objects.count()
    again = load(now=NOW)
    assert Entry.objects.count() == before
    assert {again.regions, again.offices, again.people, again.mines, again.sites, again.patches} == {0}


def test_a_load_that_was_interrupted_goes_on(p: Province) -> None:
    """As if the process had been killed before the last patches and arrangements."""
    keys = [patch.key for patch in p.patches[-10:]]
    Patch.objects.filter(key__in=keys).delete()
    Assignment.objects.all().delete()
    assert load(now=NOW).patches == 10
    assert Patch.objects.filter(key__in=keys).count() == 10
    assert Assignment.objects.exists()


def test_what_somebody_changed_since_is_left_alone() -> None:
    Site.objects.filter(key="990101-D0001").update(name="改过的名称")
    load(now=NOW)
    assert Site.objects.get(key="990101-D0001").name == "改过的名称"


def test_the_trail_verifies_and_names_who_did_what() -> None:
    report = verify_trail()
    assert report.ok, report.lines("en")
    by_act = {
        act: Entry.objects.filter(act=act).first() for act in Entry.objects.values_list("act", flat=True)
    }
    assert by_act["mines.import_sites"].decider_name == Person.objects.get(login_name="registry").full_name
    assert by_act["mines.import_sites"].decider_post == "矿山登记岗"
    first = Entry.objects.filter(act="accounts.create_person").order_by("seq").first()
    assert first.decider_kind == "operator"
    system = Person.objects.get(login_name="system")
    assert Entry.objects.filter(act="accounts.create_organisation", decider_id=system.pk).count() == 97


@pytest.mark.parametrize("account", accounts(), ids=lambda account: account.login)
def test_every_account_printed_can_log_in_at_once(account, client: Client) -> None:
    person = Person.objects.get(login_name=account.login)
    assert person.full_name == account.person
    assert check_password(PASSWORD, person.password)
    assert not person.must_change_password
    assert actor(account.login).duties


def test_the_accounts_stand_in_a_file_for_whoever_greets_people() -> None:
    told = json.loads((Path(settings.HOME) / FILE).read_text(encoding="utf-8"))
    assert [one["login"] for one in told] == [account.login for account in accounts()]
    assert all(set(one) >= {"login", "password", "zh", "en"} for one in told)


def test_each_account_sees_its_part_of_the_province(p: Province) -> None:
    counties = Counter(site.county for site in p.sites)
    city = sum(count for county, count in counties.items() if county.startswith("9901"))
    assert seen("dispatcher", Site) == 2000
    assert seen("city", Site) == city
    assert seen("clerk", Site) == counties["990101"]
    assert seen("clerk2", Site) == counties["990102"]
    assert 0 < seen("enterprise", Mine) <= 10
    assert 0 < seen("enterprise", Site) < counties["990101"]
    assert seen("expert", Site) == 6
    assert seen("security", Site) == seen("system", Site) == 0
    assert visible_to(Site.objects.all(), public()).count() == 0


def test_one_clerk_has_two_posts_and_a_leader_has_no_login() -> None:
    held = Holding.objects.filter(person__login_name="clerk").select_related("acting_for")
    assert [holding.acting_for is not None for holding in held.order_by("id")] == [False, True]
    leaders = Post.objects.filter(duties=["lead"], organisation__region__code="990101")
    assert [post.holdings.get().person.login_name for post in leaders] == [None]


def test_a_workbook_waits_for_the_clerk_with_all_four_outcomes() -> None:
    waiting = Import.objects.get(file_name=pending.FILE_NAME)
    assert waiting.state == "read"
    assert waiting.owner_id == Person.objects.get(login_name="clerk").pk
    assert (waiting.created, waiting.changed, waiting.unchanged, waiting.refused) == (3, 5, 9, 3)


def test_the_task_force_has_members_from_several_offices() -> None:
    body = TemporaryBody.objects.get()
    assert body.members.count() == 6
    assert len(set(body.members.values_list("person__organisation", flat=True))) > 3


def test_a_file_that_the_program_refuses_is_a_mistake_of_the_program(p: Province) -> None:
    Patch.objects.filter(key=p.patches[0].key).delete()
    with pytest.raises((NotAllGood, NotAllowed)):
        bring("patches", p, actor=actor("security"), now=NOW)


def test_files_come_in_the_order_in_which_they_refer_to_each_other() -> None:
    assert list(FILES) == ["mines", "sites", "patches"]
