"""How does a person get a login, keep it safe, lose it and get it back?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import check_password, make_password
from django_otp.plugins.otp_totp.models import TOTPDevice

from qingshan.office.accounts import passwords
from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change, given
from qingshan.office.accounts.models import Person, UsedPassword
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.regions.permission import names_of, require_duty
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.acts import act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.words import normalised


def with_login(person: Person, login_name: str, temporary_password: str, *, now: datetime) -> Person:
    """Set, without storing it, a login name and a password that must be changed at the first login."""
    login_name = given(normalised(login_name), "accounts.name_missing")
    if Person.objects.filter(login_name=login_name).exists():
        raise AccountRefused.because("accounts.login_taken", login_name=login_name)
    person.login_name = login_name
    passwords.check_rules(temporary_password, person)
    person.password = make_password(temporary_password)
    person.must_change_password = True
    person.password_changed_at = now
    return person


@official_act
def give_login(
    *, actor: ActorLike, now: datetime, person: Person, login_name: str, temporary_password: str
) -> Person:
    """Let a person who is on record log in. Refused: one who can already, a login name that is taken."""
    _may_act_on(actor, "accounts.give_login", person)
    if person.login_name is not None:
        raise AccountRefused.because("accounts.has_login", name=person.full_name)
    with_login(person, login_name, temporary_password, now=now)
    change(
        person,
        login_name=person.login_name,
        password=person.password,
        must_change_password=True,
        password_changed_at=now,
    )
    told = {"name": person.full_name, "login_name": person.login_name}
    _record("accounts.give_login", actor, now, person, told)
    return person


@official_act
def reset_password(*, actor: ActorLike, now: datetime, person: Person, temporary_password: str) -> Person:
    """Give a temporary password, to be changed at the next login. Refused for one's own account."""
    _may_act_on(actor, "accounts.reset_password", person)
    _can_log_in(person)
    passwords.check_rules(temporary_password, person)
    _set_password(person, temporary_password, now=now, must_change=True)
    _record("accounts.reset_password", actor, now, person, {"name": person.full_name})
    return person


@official_act
def change_own_password(*, actor: ActorLike, now: datetime, person: Person, present: str, new: str) -> Person:
    """A person changes their password. Refused: a wrong present one, a weak one, one of the last five."""
    _is_own(actor, "accounts.change_own_password", person)
    if not person.check_password(present):
        raise AccountRefused.because("accounts.password_wrong")
    passwords.check_rules(new, person)
    _not_used_lately(person, new)
    _set_password(person, new, now=now, must_change=False)
    _record("accounts.change_own_password", actor, now, person, {"name": person.full_name})
    return person


def _not_used_lately(person: Person, new: str) -> None:
    kept = passwords.KEPT
    earlier = person.used_passwords.order_by("-id").values_list("password", flat=True)[: kept - 1]
    if any(check_password(new, each) for each in [person.password, *earlier]):
        raise AccountRefused.because("accounts.password_reused", count=kept)


def _set_password(person: Person, new: str, *, now: datetime, must_change: bool) -> None:
    UsedPassword.objects.create(person=person, password=person.password, used_until=now)
    change(person, password=make_password(new), must_change_password=must_change, password_changed_at=now)


@official_act
def lock_person(*, actor: ActorLike, now: datetime, person: Person, reason: str) -> Person:
    """Shut a person out at once, with the next page they ask for. Refused for oneself."""
    _may_act_on(actor, "accounts.lock_person", person)
    reason = given(reason, "accounts.reason_missing")
    change(person, locked_at=now)
    _record("accounts.lock_person", actor, now, person, {"name": person.full_name, "reason": reason})
    return person


@official_act
def unlock_person(*, actor: ActorLike, now: datetime, person: Person) -> Person:
    """Let a person in again, whether an administrator locked them or too many wrong passwords did."""
    _may_act_on(actor, "accounts.unlock_person", person)
    _can_log_in(person)
    change(person, locked_at=None)
    forget_failures(username=person.login_name)
    _record("accounts.unlock_person", actor, now, person, {"name": person.full_name})
    return person


@official_act
def enrol_one_time_code(*, actor: ActorLike, now: datetime, person: Person, key: str, code: str) -> Person:
    """Ask for a one-time code at every login from now on. Refused: a code that the key does not give."""
    _is_own(actor, "accounts.enrol_one_time_code", person)
    if TOTPDevice.objects.filter(user=person).exists():
        raise AccountRefused.because("accounts.code_enrolled")
    device = TOTPDevice(user=person, name="动态口令", key=key, confirmed=True)
    device.save(force_insert=True)
    if not device.verify_token(code):
        raise AccountRefused.because("accounts.code_wrong")
    _record("accounts.enrol_one_time_code", actor, now, person, {"name": person.full_name})
    return person


@official_act
def remove_one_time_code(*, actor: ActorLike, now: datetime, person: Person, present: str) -> Person:
    """Log in without one-time codes again. Refused: a wrong password, none enrolled."""
    _is_own(actor, "accounts.remove_one_time_code", person)
    if not person.check_password(present):
        raise AccountRefused.because("accounts.password_wrong")
    _remove_devices(person)
    _record("accounts.remove_one_time_code", actor, now, person, {"name": person.full_name})
    return person


@official_act
def withdraw_one_time_code(*, actor: ActorLike, now: datetime, person: Person, reason: str) -> Person:
    """The phone is lost: somebody else's one-time codes end. Refused for oneself, and without a reason."""
    _may_act_on(actor, "accounts.withdraw_one_time_code", person)
    reason = given(reason, "accounts.reason_missing")
    _remove_devices(person)
    told = {"name": person.full_name, "reason": reason}
    _record("accounts.withdraw_one_time_code", actor, now, person, told)
    return person


def _remove_devices(person: Person) -> None:
    if not TOTPDevice.objects.filter(user=person).delete()[0]:
        raise AccountRefused.because("accounts.code_not_enrolled", name=person.full_name)


def _may_act_on(actor: ActorLike, code: str, person: Person) -> None:
    require(actor, code, region_id=person.region_id)
    if person.pk in {actor.person_id, actor.decider.id}:
        raise AccountRefused.because("accounts.own_account", **names_of(act(code)))


def _is_own(actor: ActorLike, code: str, person: Person) -> None:
    wanted = require_duty(actor, code)
    if person.pk != actor.person_id:
        raise AccountRefused.because("accounts.not_own_account", **names_of(wanted))


def _can_log_in(person: Person) -> None:
    if person.login_name is None:
        raise AccountRefused.because("accounts.no_login", name=person.full_name)


def _record(
    code: str, actor: ActorLike, now: datetime, person: Person, told: Mapping[str, str | None]
) -> None:
    record(act=code, actor=actor, now=now, subjects=[person], new=told, region_id=person.region_id)
