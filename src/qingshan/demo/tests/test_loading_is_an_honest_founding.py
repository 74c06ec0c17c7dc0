"""Does the province enter by real acts, completely, once, and with a trail that verifies?"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.test import Client

from qingshan.demo import pending, samples
from qingshan.demo.accounts import FILE, PASSWORD, accounts
from qingshan.demo.casting import Cast
from qingshan.demo.files import FILES, NotAllGood, bring
from qingshan.demo.load import Loaded, load
from qingshan.demo.plantings import PLOTS
from qingshan.demo.province import LABEL, Province
from qingshan.demo.tests.soundness import on_sqlite_only
from qingshan.demo.verifying import verify
from qingshan.exchange import preview
from qingshan.exchange.models import Import
from qingshan.geo.blobs import decode
from qingshan.office.accounts.actors import Actor, actor_of, public
from qingshan.office.accounts.models import Assignment, Holding, Organisation, Person, Post, TemporaryBody
from qingshan.office.cases.tests.factories import a_relapse_seen
from qingshan.office.desk import actions as desk
from qingshan.office.desk.samples import samples_here
from qingshan.office.errors import NotAllowed
from qingshan.office.experts.drawing import astray as drawn_astray
from qingshan.office.experts.models import Expert, ExpertDraw, ExpertOpinion, ExpertTie
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Facility,
    LandUse,
    Likeness,
    Mine,
    MiningRight,
    Patch,
    ResponsibleParty,
    Site,
)
from qingshan.office.observations.models import Answer, Claim, Clue, TraceBack
from qingshan.office.places.access import layers_visible_to
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.planting.models import Plot, UseChange
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.dates import shanghai_date
from qingshan.vault import Vault

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, few: Province
) -> Iterator[Loaded]:
    """The province with few matters, loaded once for all tests here and undone at the end."""
    on_sqlite_only()
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(now=NOW, facts=few)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _after_loading(loaded: Loaded, db: None) -> None:
    """Every test here sees the loaded province."""


def actor(login: str) -> Actor:
    return actor_of(Person.objects.get(login_name=login), on=shanghai_date(NOW))


def seen(login: str, model: type) -> int:
    return visible_to(model.objects.all(), actor(login)).count()


def matters_seen(login: str) -> int:
    return matters_visible_to(Matter.objects.all(), actor(login)).count()


def test_everything_arrives(loaded: Loaded, p: Province, few: Province) -> None:
    assert loaded.acts_on_matters == sum(len(each.events) for each in few.matters.all)
    told = few.matters
    assert Matter.objects.count() == len(
        (*told.cases, *told.petitions, *told.restorations.projects, *told.restorations.batches)
    )
    assert loaded.regions == Region.objects.filter(simulated=True).count() == 16
    assert loaded.offices + 2 == len(p.offices)
    assert loaded.people == Person.objects.count() == len(p.seats)
    assert loaded.enterprises == Organisation.objects.filter(kind="enterprise").count() == 150
    assert Mine.objects.count() == loaded.mines + loaded.listed_again == 414
    assert Site.objects.count() == loaded.sites == 2000
    held = [MiningRight.objects.count(), LandUse.objects.count(), Facility.objects.count()]
    assert held == [loaded.rights, loaded.land_uses, loaded.facilities]
    assert held == [len(p.rights), len(p.land_uses), len(p.facilities)]
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
    for model in (Mine, Site, Patch, MiningRight, LandUse, Facility):
        assert not model.objects.exclude(note=LABEL).exists()
    assert all("演示" in name for name in Import.objects.values_list("file_name", flat=True))


def test_a_second_load_writes_nothing(few: Province) -> None:
    before = Entry.objects.count()
    again = load(now=NOW + timedelta(days=3), facts=few)
    assert Entry.objects.count() == before
    written = {name: count for name, count in asdict(again).items() if name != "seconds"}
    assert set(written.values()) == {0}, written


def test_a_load_that_was_interrupted_goes_on(p: Province, few: Province) -> None:
    """As if the process had been killed before the last patches and arrangements."""
    keys = [patch.key for patch in p.patches[-10:]]
    Patch.objects.filter(key__in=keys).delete()
    Assignment.objects.all().delete()
    ExternalReference.objects.filter(region__code="990104").delete()
    again = load(now=NOW, facts=few)
    assert (again.patches, again.papers > 0) == (10, True)
    assert Patch.objects.filter(key__in=keys).count() == 10
    assert Assignment.objects.exists()


def test_what_somebody_changed_since_is_left_alone(few: Province) -> None:
    Site.objects.filter(key="990101-D0001").update(name="改过的名称")
    load(now=NOW, facts=few)
    assert Site.objects.get(key="990101-D0001").name == "改过的名称"


def test_the_trail_verifies_and_names_who_did_what() -> None:
    report = verify_trail()
    assert report.ok, report.lines("en")
    by_act = {
        act: Entry.objects.filter(act=act).first() for act in Entry.objects.values_list("act", flat=True)
    }
    assert by_act["mines.import_sites"].decider_name == Person.objects.get(login_name="registry").full_name
    assert by_act["mines.import_sites"].decider_post == "矿山登记岗"
    instants = list(Entry.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert instants == sorted(instants)
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
    assert matters_seen("dispatcher") == Matter.objects.count()
    assert 0 < matters_seen("enterprise") < matters_seen("clerk") < matters_seen("city")
    assert 0 < matters_seen("expert") < 12
    assert matters_seen("security") == matters_seen("system") == 0
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


def test_the_pools_are_filled_and_experts_were_drawn_by_acts() -> None:
    assert Expert.objects.count() == 40
    assert ExpertTie.objects.count() >= 10
    panel, waits = ExpertDraw.objects.order_by("pk")
    assert (panel.state, panel.drawn.filter(excused_on=None).count()) == ("drawn", panel.seats)
    assert (waits.state, waits.subject_kind) == ("closed", "matters.matter")
    assert drawn_astray() == []
    assert ExpertOpinion.objects.get().state == "given"
    counted = Counter(Entry.objects.filter(act__startswith="experts.").values_list("act", flat=True))
    assert (counted["experts.enter"], counted["experts.draw"], counted["experts.excuse"]) == (40, 1, 1)


def test_the_task_force_has_members_from_several_offices() -> None:
    body = TemporaryBody.objects.get()
    assert body.members.count() == 6
    assert len(set(body.members.values_list("person__organisation", flat=True))) > 3


def test_a_file_that_the_program_refuses_is_a_mistake_of_the_program(p: Province) -> None:
    Patch.objects.filter(key=p.patches[0].key).delete()
    with pytest.raises((NotAllGood, NotAllowed)):
        bring("patches", p, actor=actor("security"), now=NOW)


def test_files_come_in_the_order_in_which_they_refer_to_each_other() -> None:
    assert list(FILES)[:3] == ["mines", "sites", "patches"]
    assert list(FILES)[-1] == "listed again"


def test_enterprises_were_renamed_by_an_act_and_are_known_by_both_names(p: Province) -> None:
    renamed = Entry.objects.filter(act="accounts.rename_organisation")
    assert renamed.count() == 6
    for firm in p.enterprises:
        held = Organisation.objects.get(uscc=firm.uscc)
        assert held.name == firm.name
        assert held.former_names == ([firm.former_name] if firm.former_name else None)


def test_rights_end_as_they_were_drawn_counted_from_the_day_of_loading(p: Province) -> None:
    today = shanghai_date(NOW)
    soon = MiningRight.objects.filter(
        state="in_force", to_on__gte=today, to_on__lte=today + timedelta(days=90)
    )
    assert soon.count() == sum(isinstance(right.to_on, int) for right in p.rights)
    overdue = LandUse.objects.filter(returned_on=None, to_on__lt=today)
    gone_back = LandUse.objects.filter(returned_on__isnull=False, hand_backs__isnull=False).distinct()
    extended = LandUse.objects.filter(extensions__before_on__lt=today).distinct()
    since = gone_back.count() + extended.count()
    assert since == 4
    drawn = sum(land.returned_on is None and land.to_on < 0 for land in p.land_uses)
    assert overdue.count() == drawn - since


def test_plots_are_observed_or_not_and_some_of_their_aftercare_is_late() -> None:
    on = shanghai_date(NOW)
    plots = list(Plot.objects.all())
    assert len(plots) == PLOTS
    assert 0 < sum(plot.observed_on is None for plot in plots) < PLOTS
    assert Plot.objects.filter(next_due_on__lt=on).exists()
    assert not Plot.objects.exclude(note="模拟数据").exists()
    assert UseChange.objects.count() == 3


def test_determinations_are_the_leaders_and_were_entered_by_the_clerk() -> None:
    clerk = Person.objects.get(login_name="clerk")
    first = ResponsibleParty.objects.filter(region__code="990101", document__isnull=False).earliest("pk")
    entry = Entry.objects.filter(act="mines.determine_responsible_party", paper_number=first.number).earliest(
        "seq"
    )
    assert (entry.recorder_name, entry.decider_post) == (clerk.full_name, "局长")
    assert entry.decider_name != clerk.full_name
    assert first.decided_by == "青石县自然资源局"
    assert first.document is not None
    assert first.document.site_id is None


def test_papers_stand_in_the_vault_under_their_digest(p: Province) -> None:
    vault = Vault(settings.VAULT_ROOT)
    digests = set(Document.objects.values_list("file_digest", flat=True))
    assert all(vault.holds(digest) for digest in digests)
    decided = [each.paper for each in p.papers.determinations if each.paper]
    assert Document.objects.count() == len(p.papers.documents) + len(decided)
    assert ApprovedPlan.objects.filter(replaces__isnull=False).exists()
    kept = ApprovedPlan.objects.filter(document__isnull=False).select_related("document").first()
    assert kept is not None
    assert kept.document is not None
    assert kept.document.number == kept.number


def test_control_lines_came_as_layers_and_a_file_of_their_features(p: Province) -> None:
    layers = {layer.kind: layer for layer in MapLayer.objects.all()}
    assert set(layers) == {"ecological_redline", "basic_farmland", "urban_boundary"}
    assert all("演示" in layer.title and layer.note == LABEL for layer in layers.values())
    features = Counter(MapFeature.objects.values_list("layer__code", flat=True))
    assert features == Counter(feature.layer.code for feature in p.control_lines)
    seen_by = {
        login: set(layers_visible_to(actor(login)).values_list("kind", flat=True))
        for login in ("clerk", "enterprise")
    }
    assert seen_by == {"clerk": set(layers), "enterprise": {"urban_boundary"}}


def test_the_citys_list_came_as_a_second_file_of_mines() -> None:
    files = Import.objects.filter(kind="mines").order_by("pk")
    assert [file.created for file in files] == [400, 14]


def test_files_to_try_with_lie_beside_the_database() -> None:
    there = {place.name for place in samples_here()}
    assert there >= {sample.file_name for sample in samples.SAMPLES}
    assert all("演示" in sample.file_name for sample in samples.SAMPLES)


def test_the_citys_list_leaves_pairs_for_a_person_to_decide(p: Province) -> None:
    pairs = {(pair.first.key, pair.second.key) for pair in Likeness.objects.select_related("first", "second")}
    assert pairs >= {(listed.mine.key, listed.key) for listed in p.listed_again}
    assert not Likeness.objects.exclude(state="open").exists()


def brought(words: str, kind: str, p: Province) -> Import:
    """A file to try with, as the clerk would bring it."""
    (sample,) = (sample for sample in samples.SAMPLES if words in sample.file_name)
    content = io.BytesIO(samples.workbook(sample, p, today=shanghai_date(NOW)))
    clerk = actor("clerk")
    import_ = desk.receive(kind, file_name=sample.file_name, stream=content, options={}, actor=clerk, now=NOW)
    preview.stage(import_, path=Vault(settings.VAULT_ROOT).path(import_.file_digest), actor=clerk)
    import_.refresh_from_db()
    return import_


def test_the_ugly_ledger_is_read_and_refused_where_it_must_be(p: Province) -> None:
    import_ = brought("台账", "mines", p)
    assert (import_.created, import_.refused) == (0, 5)
    assert import_.changed + import_.unchanged == 9


def test_the_corners_of_a_licence_become_a_right_with_a_boundary(p: Province) -> None:
    import_ = brought("拐点", "rights", p)
    assert (import_.created, import_.refused) == (1, 0)
    assert decode(import_.staged.get().geom).contains(p.rights[0].geometry)


def test_another_offices_list_is_held_back_where_a_mine_is_there_already(p: Province) -> None:
    import_ = brought("另一单位", "mines", p)
    assert (import_.created, import_.refused) == (2, 2)
    refused = {fault["code"] for row in import_.staged.filter(outcome="refused") for fault in row.faults}
    assert refused == {"mines.same_as_registered"}


def test_people_answer_look_again_and_judge_clues_once(p: Province) -> None:
    on = shanghai_date(NOW)
    asked = Claim.objects.filter(geom__isnull=False).order_by("pk")[:3]
    values = {"verdict": "unsupported", "state": "observed", "answer_state": "asked", "answer_until": on}
    Claim.objects.filter(pk__in=[each.pk for each in asked]).update(**values)
    problems = Matter.objects.filter(kind="rectification", region__level="county").order_by("pk")
    closed = problems.filter(state="rectification.closed").first()
    other = problems.exclude(state="rectification.closed").first()
    assert closed is not None
    assert other is not None
    for matter in (other, closed):
        a_relapse_seen(matter, on=on)
    began = Entry.objects.count()
    done = verify(p, registry=actor("registry"), cast=Cast(), now=NOW)
    assert (done["answers"], done["trace_backs"]) == (3, 2)
    assert done["clues"] == Clue.objects.count() == 8
    assert sorted(Answer.objects.values_list("outcome", flat=True)) == ["", "more_work", "upheld"]
    assert sorted(TraceBack.objects.values_list("state", flat=True)) == ["cleared", "confirmed"]
    assert {"verified", "dismissed", "persistent"} <= set(Clue.objects.values_list("state", flat=True))
    assert Entry.objects.count() > began
    # what this test made by no act has none; everything else stands as its last act left it
    assert {each.code for each in verify_trail().faults} == {"trail.verify.object_without_act"}
    again = verify(p, registry=actor("registry"), cast=Cast(), now=NOW + timedelta(days=1))
    assert set(again.values()) == {0}
