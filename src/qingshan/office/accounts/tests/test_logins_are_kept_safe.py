"""Passwords, locks and one-time codes: the acts that give, change and take them."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from qingshan.office.accounts import actions, passwords
from qingshan.office.accounts.models import Person, UsedPassword
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.accounts.tests.people import a_person
from qingshan.office.errors import NotAllowed
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.subjects import digest_of

OLD, NEW = "Old-Mountain-1", "New-Mountain-2"
KEY = "ab" * 20


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """The strength of argon2 is its own business and Django's; here many passwords are made."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clerk(people):
    Person.objects.filter(login_name="county_clerk").update(password=make_password(OLD))
    return Person.objects.get(login_name="county_clerk")


@pytest.fixture
def own(people, clerk, now):
    return {"actor": people.actor("county_clerk"), "now": now, "person": clerk}


@pytest.fixture
def security(people, now):
    return {"actor": people.actor("security_admin"), "now": now}


def code_of(act, **given):
    with pytest.raises(AccountRefused) as refused:
        act(**given)
    return refused.value.code


def test_a_password_is_changed_and_the_row_is_what_the_trail_says(own, clerk):
    actions.change_own_password(**own, present=OLD, new=NEW)
    stored = Person.objects.get(pk=clerk.pk)
    assert stored.check_password(NEW)
    assert Subject.objects.get().digest == digest_of(stored)


def test_looking_at_a_password_changes_no_row(clerk, settings):
    """Django would re-hash a password made by an older hasher when it is next typed."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert clerk.check_password(OLD)
    assert Person.objects.get(pk=clerk.pk).password == clerk.password


@pytest.mark.parametrize(
    ("present", "new", "code"),
    [
        ("wrong", NEW, "accounts.password_wrong"),
        (OLD, "Short-1", "accounts.password_weak"),
        (OLD, "onlysmallletters", "accounts.password_weak"),
        (OLD, "Password123", "accounts.password_weak"),
        (OLD, "1234567890", "accounts.password_weak"),
        (OLD, OLD, "accounts.password_reused"),
    ],
)
def test_a_wrong_weak_or_old_password_is_refused(own, clerk, present, new, code):
    assert code_of(actions.change_own_password, **own, present=present, new=new) == code
    assert Person.objects.get(pk=clerk.pk).check_password(OLD)
    assert not Entry.objects.exists()


def test_none_of_the_last_five_comes_back_but_the_sixth_may(own, clerk):
    names = [f"Mountain-{n}-{'x' * n}" for n in range(1, 6)]
    for before, after in zip([OLD, *names], names, strict=False):
        actions.change_own_password(**own, present=before, new=after)
    present = names[-1]
    assert (
        code_of(actions.change_own_password, **own, present=present, new=names[0])
        == "accounts.password_reused"
    )
    assert actions.change_own_password(**own, present=present, new=OLD).check_password(OLD)
    assert UsedPassword.objects.filter(person=clerk).count() == 6


def test_nobody_changes_anothers_password_by_the_own_act(people, own):
    given = own | {"actor": people.actor("county_leader")}
    assert code_of(actions.change_own_password, **given, present=OLD, new=NEW) == "accounts.not_own_account"


def test_a_reset_gives_a_temporary_password_that_must_be_changed(security, clerk, own):
    temporary = passwords.temporary_password()
    actions.reset_password(**security, person=clerk, temporary_password=temporary)
    assert Person.objects.get(pk=clerk.pk).must_change_password
    clerk.refresh_from_db()
    actions.change_own_password(**own | {"person": clerk}, present=temporary, new=NEW)
    assert not Person.objects.get(pk=clerk.pk).must_change_password


def test_the_trail_never_holds_a_password(security, clerk):
    temporary = passwords.temporary_password()
    actions.reset_password(**security, person=clerk, temporary_password=temporary)
    entry = Entry.objects.get()
    everything = "".join(str(getattr(entry, field.attname)) for field in entry._meta.concrete_fields)
    assert temporary not in everything
    assert clerk.password not in everything


@pytest.mark.parametrize("act", ["reset_password", "lock_person", "unlock_person", "withdraw_one_time_code"])
def test_nobody_administers_their_own_account(people, security, act):
    more = {
        "reset_password": {"temporary_password": NEW},
        "lock_person": {"reason": "x"},
        "withdraw_one_time_code": {"reason": "x"},
    }
    given = security | {"person": people["security_admin"]} | more.get(act, {})
    assert code_of(getattr(actions, act), **given) == "accounts.own_account"


def test_a_lock_ends_with_unlocking(security, clerk):
    assert code_of(actions.lock_person, **security, person=clerk, reason=" ") == "accounts.reason_missing"
    actions.lock_person(**security, person=clerk, reason="调离")
    assert not Person.objects.get(pk=clerk.pk).is_active
    actions.unlock_person(**security, person=clerk)
    assert Person.objects.get(pk=clerk.pk).is_active


def test_a_login_is_given_once_and_its_name_is_nobody_elses(people, security):
    leader = a_person(people.organisations["county_government"], "许副")
    give = security | {"person": leader, "temporary_password": NEW}
    assert code_of(actions.give_login, **give, login_name="county_clerk") == "accounts.login_taken"
    assert (
        code_of(actions.reset_password, **security, person=leader, temporary_password=NEW)
        == "accounts.no_login"
    )
    actions.give_login(**give, login_name=" ｘufu ")
    assert Person.objects.get(pk=leader.pk).login_name == "xufu"
    assert code_of(actions.give_login, **give, login_name="other") == "accounts.has_login"


def test_a_one_time_code_is_enrolled_with_a_code_of_its_key(own, clerk):
    wrong = f"{(TOTP(bytes.fromhex(KEY)).token() + 1) % 1_000_000:06d}"
    assert code_of(actions.enrol_one_time_code, **own, key=KEY, code=wrong) == "accounts.code_wrong"
    assert not TOTPDevice.objects.exists()
    right = f"{TOTP(bytes.fromhex(KEY)).token():06d}"
    actions.enrol_one_time_code(**own, key=KEY, code=right)
    assert code_of(actions.enrol_one_time_code, **own, key=KEY, code=right) == "accounts.code_enrolled"
    assert code_of(actions.remove_one_time_code, **own, present="wrong") == "accounts.password_wrong"
    actions.remove_one_time_code(**own, present=OLD)
    assert code_of(actions.remove_one_time_code, **own, present=OLD) == "accounts.code_not_enrolled"


def test_a_lost_phone_is_withdrawn_by_the_security_administrator(security, own, clerk, people):
    actions.enrol_one_time_code(**own, key=KEY, code=f"{TOTP(bytes.fromhex(KEY)).token():06d}")
    with pytest.raises(NotAllowed):
        actions.withdraw_one_time_code(
            actor=people.actor("system_admin"), now=own["now"], person=clerk, reason="手机丢失"
        )
    actions.withdraw_one_time_code(**security, person=clerk, reason="手机丢失")
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize(
    ("password", "kinds"),
    [("abc", 1), ("abcDEF", 2), ("abcDEF1", 3), ("abc-1", 3), ("青山abc1", 3), ("aB1-", 4), ("", 0)],
)
def test_kinds_of_characters(password, kinds):
    assert passwords.kinds_of(password) == kinds


def test_two_kinds_are_too_few_and_the_sentence_says_so():
    with pytest.raises(ValidationError) as weak:
        passwords.ThreeKindsOfCharacters().validate("abcdefghij12")
    assert "2 类" in weak.value.messages[0]


def test_temporary_passwords_pass_the_rules_and_differ():
    made = {passwords.temporary_password() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        passwords.check_rules(each, None)
