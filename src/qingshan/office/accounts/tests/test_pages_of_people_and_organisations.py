"""Do the administrators' pages list, show and change what they should, with few queries?"""

from __future__ import annotations

import pytest
from django.test import Client

from qingshan.office.accounts.models import Holding, Organisation, Person, Post
from qingshan.office.accounts.tests.people import SINCE, a_holding, a_person, a_post
from qingshan.office.trail.models import Entry
from qingshan.rules.duties import Duty


@pytest.fixture
def security(people) -> Client:
    return people.enter("security_admin")


@pytest.fixture
def system(people) -> Client:
    return people.enter("system_admin")


@pytest.fixture
def _many(people):
    bureau = people.organisations["county_bureau"]
    post = a_post(bureau, "登记岗", Duty.REGISTRY)
    for n in range(60):
        a_holding(a_person(bureau, f"人{n}"), post)
        a_post(bureau, f"岗{n}", Duty.REVIEW)
        Organisation.objects.create(
            kind="authority", name=f"局{n}", region=bureau.region, parent=bureau, from_on=SINCE
        )


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize(
    ("who", "address", "at_most"),
    # one of them for the number beside 工作台: what waits for the reader
    [("security", "/people/", 9), ("security", "/people/posts/", 9), ("system", "/organisations/", 8)],
)
def test_a_list_asks_as_often_for_fifty_rows_as_for_none(
    request, who, address, at_most, django_assert_max_num_queries
):
    client = request.getfixturevalue(who)
    client.get(address)
    with django_assert_max_num_queries(at_most):
        page = client.get(address)
    assert len(page.context["page"].rows) == 50
    assert page.context["page"].next_mark
    with django_assert_max_num_queries(at_most):
        empty = client.get(address, {"q": "没有这个"})
    assert not empty.context["page"].rows


def test_people_are_found_by_name_or_login(security):
    assert [p.login_name for p in security.get("/people/", {"q": "陈"}).context["page"].rows] == [
        "county_clerk"
    ]
    assert len(security.get("/people/", {"q": "expert"}).context["page"].rows) == 1


def test_a_county_administrators_list_stops_at_the_border(people):
    bureau = people.organisations["other_county_bureau"]
    local = a_person(bureau, "白安", login_name="local_security")
    a_holding(local, a_post(bureau, "安全管理岗", Duty.SECURITY_ADMIN))
    people.persons["local"] = local
    client = people.enter("local")
    assert {p.full_name for p in client.get("/people/").context["page"].rows} == {"白安", "吴邻"}
    clerk, held = people["county_clerk"], people.holdings["county_clerk"]
    for address in (
        f"/people/{clerk.pk}/",
        f"/people/{clerk.pk}/password/",
        f"/people/holdings/{held.pk}/end/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}


def test_a_person_with_a_login_is_registered_and_the_password_is_shown_once(security, people):
    bureau = people.organisations["county_bureau"]
    given = {"full_name": "蒋新", "organisation": f"{bureau.name} · {bureau.pk}", "login_name": "jiang"}
    page = security.post("/people/new/", given)
    password = page.context["password"]
    assert password in page.content.decode()
    person = Person.objects.get(login_name="jiang")
    assert person.check_password(password)
    assert password not in security.get(f"/people/{person.pk}/").content.decode()
    assert Client().post("/login/", {"login_name": "jiang", "password": password}).status_code == 302


def test_a_name_alone_picks_the_only_one_and_asks_where_there_are_several(security, people):
    bureau = people.organisations["county_bureau"]
    assert security.post("/people/new/", {"full_name": "甲", "organisation": bureau.name}).status_code == 302
    Organisation.objects.create(
        kind="authority", name=bureau.name, region=people.regions["990201"], from_on=SINCE
    )
    for name in (bureau.name, "没有的局", f"{bureau.name} · 999999"):
        page = security.post("/people/new/", {"full_name": "乙", "organisation": name})
        assert page.status_code == 422
        assert page.context["form"].errors["organisation"]


def test_a_post_is_made_handed_over_and_given_back(security, people):
    bureau = people.organisations["county_bureau"]
    made = {"organisation": bureau.name, "title": "新岗", "duties": ["review"]}
    assert security.post("/people/posts/new/", made).status_code == 302
    post, person = Post.objects.get(title="新岗"), people["county_leader"]
    hand = {"post": f"新岗 · {bureau.name} · {post.pk}", "document": "青人〔2026〕1号"}
    assert security.post(f"/people/{person.pk}/post/", hand).status_code == 302
    held = Holding.objects.get(post=post)
    assert security.post(f"/people/holdings/{held.pk}/end/", {"last_day": "2099-01-01"}).status_code == 302
    assert "新岗" in security.get(f"/people/{person.pk}/").content.decode()


def test_a_refusal_stands_above_the_form_in_words(security, people):
    own = people["security_admin"]
    post = people.posts["county_clerk"]
    page = security.post(f"/people/{own.pk}/post/", {"post": f"x · {post.pk}", "document": "文"})
    assert page.status_code == 422
    assert "不能给自己任职" in page.content.decode()
    assert not Entry.objects.exists()


def test_an_organisation_is_made_renamed_and_closed(system, people):
    given = {"kind": "authority", "name": "青石县水务局", "region": "青石县"}
    assert system.post("/organisations/new/", given).status_code == 302
    made = Organisation.objects.get(name="青石县水务局")
    here = f"/organisations/{made.pk}/"
    assert system.post(here + "rename/", {"name": "青石县水利局", "document": "文"}).status_code == 302
    assert "青石县水利局" in system.get(here).content.decode()
    assert system.post(here + "close/", {"last_day": "2099-01-01", "document": "文"}).status_code == 302
    assert [e.act for e in Entry.objects.order_by("seq")] == [
        "accounts.create_organisation", "accounts.rename_organisation", "accounts.close_organisation",
    ]  # fmt: skip


def test_a_division_needs_a_parent(system):
    given = {"kind": "authority", "name": "股", "region": "青石县", "is_division": "on"}
    page = system.post("/organisations/new/", given)
    assert page.context["form"].errors["parent"]


def test_the_page_that_enrols_codes_shows_the_key_and_a_link(people):
    page = people.enter("county_clerk").get("/account/code/")
    assert page.context["uri"].startswith("otpauth://totp/")
    assert page.context["secret"] in page.content.decode()


def test_every_page_speaks_english_too(people, security, system):
    person, bureau = people["county_clerk"], people.organisations["county_bureau"]
    for client, address in (
        (Client(), "/login/"),
        (security, "/people/"),
        (security, f"/people/{person.pk}/"),
        (security, "/people/posts/"),
        (system, f"/organisations/{bureau.pk}/"),
        (system, "/account/"),
    ):
        client.cookies["language"] = "en"
        assert client.get(address).status_code == 200
