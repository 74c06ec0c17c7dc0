"""Coming in and going out through the browser: right, wrong, locked, idle, with a one-time code."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from qingshan.office.accounts import actions
from qingshan.office.accounts.models import Person
from qingshan.office.accounts.tests.people import a_holding, a_post
from qingshan.office.trail import remembering
from qingshan.rules.duties import Duty

PASSWORD = "Green-Mountain-7"
KEY = "cd" * 20


@pytest.fixture
def browser(people) -> Client:
    Person.objects.filter(login_name="county_clerk").update(
        password=make_password(PASSWORD), password_changed_at=timezone.now()
    )
    return Client()


def enter(client, *, password=PASSWORD, name="county_clerk", **more):
    return client.post("/login/", {"login_name": name, "password": password, **more})


def signed_in(client):
    return client.get("/account/").status_code == 200


def test_the_password_is_kept_by_argon2(browser):
    assert Person.objects.get(login_name="county_clerk").password.startswith("argon2$argon2id$")


def test_name_and_password_lead_to_where_one_wanted_to_go(browser):
    before = browser.get("/account/")
    assert before.url == "/login/?next=%2Faccount%2F"
    response = enter(browser, next="/account/")
    assert (response.status_code, response.url) == (302, "/account/")
    assert signed_in(browser)


def test_one_is_not_led_elsewhere(browser):
    assert enter(browser, next="https://example.org/").url == "/"


def test_a_full_width_name_is_the_same_name(browser):
    assert enter(browser, name="ｃounty_clerk ").status_code == 302


def test_the_session_key_of_before_the_login_is_worth_nothing(browser):
    session = browser.session
    session["before"] = 1
    session.save()
    old = browser.cookies["sessionid"].value
    enter(browser)
    assert browser.cookies["sessionid"].value != old


def test_a_wrong_password_does_not_say_what_was_wrong(browser):
    wrong, nobody = enter(browser, password="wrong"), enter(browser, name="nobody")
    assert (wrong.status_code, nobody.status_code) == (403, 403)
    assert wrong.context["form"].non_field_errors() == nobody.context["form"].non_field_errors()
    assert not signed_in(browser)


def test_five_failures_lock_and_say_for_how_long(browser):
    for _ in range(5):
        locked = enter(browser, password="wrong")
    assert locked.status_code == 429
    assert "30 分钟" in locked.content.decode()
    assert enter(browser).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert enter(browser).status_code == 302


def test_a_security_administrator_unlocks_at_once(browser, people, now):
    for _ in range(5):
        enter(browser, password="wrong")
    person = Person.objects.get(login_name="county_clerk")
    actions.unlock_person(actor=people.actor("security_admin"), now=now, person=person)
    assert enter(browser).status_code == 302


def test_a_person_who_is_locked_is_out_with_the_next_page(browser, people, now):
    enter(browser)
    person = Person.objects.get(login_name="county_clerk")
    actions.lock_person(actor=people.actor("security_admin"), now=now, person=person, reason="调离")
    assert not signed_in(browser)
    assert enter(browser).status_code == 403


def test_thirty_minutes_without_work_end_the_session(browser):
    enter(browser)
    start = timezone.now()
    with time_machine.travel(start + timedelta(minutes=29)):
        assert signed_in(browser)
    with time_machine.travel(start + timedelta(minutes=57)):
        assert signed_in(browser)
    with time_machine.travel(start + timedelta(minutes=88)):
        assert not signed_in(browser)


def test_reading_writes_nothing_for_a_minute(browser):
    enter(browser)
    start = timezone.now()
    with time_machine.travel(start + timedelta(seconds=70)):
        assert writes_of(browser)
    with time_machine.travel(start + timedelta(seconds=100)):
        assert not writes_of(browser)


def writes_of(client):
    with CaptureQueriesContext(connection) as asked:
        assert signed_in(client)
    return [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_going_out_needs_a_form_and_ends_the_session(browser):
    enter(browser)
    assert browser.get("/logout/").status_code == 405
    assert browser.post("/logout/").url == "/login/"
    assert not signed_in(browser)


def with_codes():
    TOTPDevice.objects.create(user=Person.objects.get(login_name="county_clerk"), key=KEY, confirmed=True)


def token():
    return f"{TOTP(bytes.fromhex(KEY)).token():06d}"


def test_who_enrolled_one_time_codes_needs_one(browser):
    with_codes()
    without = enter(browser)
    assert without.status_code == 403
    assert not signed_in(browser)
    assert enter(browser, code=token()).status_code == 302
    assert signed_in(browser)


def test_a_one_time_code_is_good_once(browser):
    with_codes()
    code = token()
    enter(browser, code=code)
    assert enter(Client(), code=code).status_code == 403


def test_wrong_codes_lock_like_wrong_passwords(browser):
    with_codes()
    for _ in range(5):
        locked = enter(browser)
    assert locked.status_code == 429
    assert AccessAttempt.objects.get().username == "county_clerk"


def test_a_temporary_password_opens_nothing_but_its_change(browser):
    Person.objects.filter(login_name="county_clerk").update(must_change_password=True)
    enter(browser)
    assert browser.get("/account/").url == "/account/password/"
    assert browser.get("/account/", headers={"HX-Request": "true"}).status_code == 403
    change = {"present": PASSWORD, "new": "Blue-Mountain-8", "again": "Blue-Mountain-8"}
    assert browser.post("/account/password/", change).url == "/account/"
    assert signed_in(browser)


def test_passwords_may_be_given_an_age(browser, settings):
    enter(browser)
    assert signed_in(browser)
    settings.PASSWORD_MAX_AGE_DAYS = 90
    Person.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    assert browser.get("/account/").url == "/account/password/"


def test_changing_the_password_ends_the_other_sessions(browser):
    other = Client()
    enter(browser)
    enter(other)
    change = {"present": PASSWORD, "new": "Blue-Mountain-8", "again": "Blue-Mountain-9"}
    assert browser.post("/account/password/", change).status_code == 422
    browser.post("/account/password/", change | {"again": "Blue-Mountain-8"})
    assert signed_in(browser)
    assert not signed_in(other)


def test_the_language_that_was_chosen_comes_back_at_the_next_login(browser):
    enter(browser)
    browser.post("/language/", {"language": "en"})
    assert Person.objects.get(login_name="county_clerk").language == "en"
    assert enter(Client()).cookies["language"].value == "en"


def test_a_program_is_told_rather_than_led_to_a_form(people):
    client = Client()
    assert client.get("/account/", headers={"Accept": "application/json"}).status_code == 401
    fragment = client.get("/account/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, "/login/?next=%2Faccount%2F")
    assert client.get("/account/", headers={"Sec-Fetch-Dest": "empty"}).status_code == 401


def test_a_shut_door_says_which_duty_opens_it(people):
    page = people.enter("county_clerk").get("/people/")
    assert page.status_code == 403
    assert "安全管理" in page.content.decode()


def test_one_post_at_a_time_and_only_ones_own(people):
    clerk = people["county_clerk"]
    second = a_holding(clerk, a_post(people.organisations["county_bureau"], "审核岗", Duty.REVIEW))
    browser = people.enter("county_clerk")
    first = people.holdings["county_clerk"]
    assert browser.get("/account/").wsgi_request.actor.holding_id == first.pk
    assert browser.post("/account/post/", {"holding": second.pk}).status_code == 302
    actor = browser.get("/account/").wsgi_request.actor
    assert (actor.holding_id, actor.duties) == (second.pk, {Duty.REVIEW})
    stolen = browser.post("/account/post/", {"holding": people.holdings["auditor"].pk})
    assert stolen.status_code == 404
    assert browser.get("/account/").wsgi_request.actor.duties == {Duty.REVIEW}


def test_a_post_that_ends_while_one_is_logged_in_is_gone_with_the_next_page(people):
    browser = people.enter("county_clerk")
    assert browser.get("/account/").wsgi_request.actor.duties
    people.holdings["county_clerk"].delete()
    remembering.forget_all()  # as the act that ends a post does
    assert not browser.get("/account/").wsgi_request.actor.duties


def test_the_login_page_shows_the_demonstration_accounts_only_where_they_exist(client, settings, tmp_path):
    settings.HOME = tmp_path
    assert "演示账号" not in client.get("/login/").content.decode()
    told = [{"login": "clerk", "password": "only-for-show", "zh": "县经办人", "en": "clerk"}]
    (tmp_path / "demo-accounts.json").write_text(json.dumps(told), encoding="utf-8")
    page = client.get("/login/").content.decode()
    assert "县经办人" in page
    assert "only-for-show" in page
