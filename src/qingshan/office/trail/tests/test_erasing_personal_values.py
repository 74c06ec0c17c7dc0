"""Two administrators together erase a personal value; the record stays and still verifies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.trail import queries, telling
from qingshan.office.trail.actions import confirm_erasure, propose_erasure, sign_checkpoint
from qingshan.office.trail.models import Entry, Erasure, PersonalValue
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.tests.factories import AUDITOR, BOTH, CLERK, NOON, SECURITY, note, on_behalf
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.duties import Duty


@pytest.fixture
def entry(db) -> Entry:
    return note(personal={"电话": "13800001234", "住址": "青石路 1 号"})


def _propose(entry: Entry, *fields: str, **changes: object) -> Erasure:
    given = {"fields": fields or ("电话",), "reason": "涉密误传", "actor": SECURITY, "now": NOON, **changes}
    return propose_erasure(entry, **given)


def _erase(entry: Entry, *fields: str) -> Erasure:
    return confirm_erasure(_propose(entry, *fields), actor=AUDITOR, now=NOON)


def test_after_both_have_agreed_value_and_salt_are_gone_and_the_trail_verifies(entry):
    sign_checkpoint(now=NOON)
    _erase(entry)
    row = PersonalValue.objects.get(field="电话")
    assert (row.value, row.salt) == ("", "")
    assert Entry.objects.get(seq=row.erased_by).act == "trail.confirm_erasure"
    assert PersonalValue.objects.get(field="住址").value == "青石路 1 号"
    assert verify_trail().ok


def test_the_value_is_nowhere_in_the_database_afterwards(committed_db):
    entry = note(personal={"电话": "13800001234"})
    _erase(entry)
    rows = [str(vars(row)) for model in (Entry, PersonalValue, Erasure) for row in model.objects.all()]
    assert "13800001234" not in "".join(rows)


def test_a_proposal_alone_erases_nothing(entry):
    _propose(entry)
    assert PersonalValue.objects.get(field="电话").value == "13800001234"


def test_both_steps_are_acts_with_reason(entry):
    _erase(entry, "电话", "住址")
    proposed, confirmed = Entry.objects.order_by("seq")[1:]
    assert (
        telling.sentence(proposed)
        == f"安全员提出删除第 {entry.seq} 条留痕中的个人信息（住址、电话），理由：涉密误传"
    )
    assert telling.sentence(confirmed, "en").startswith(
        "省审计 confirmed the erasure of personal values (住址, 电话)"
    )
    assert telling.reasons(confirmed) == ["依规删除：涉密误传"]


def test_the_timeline_says_that_it_was_erased(entry):
    _erase(entry)
    shown = {each.field: each.state for each in queries.personal_of(entry, actor=AUDITOR)}
    assert shown == {"电话": "erased", "住址": "shown"}


def test_the_same_person_cannot_do_both(entry):
    with pytest.raises(TrailError) as caught:
        confirm_erasure(_propose(entry), actor=BOTH, now=NOON)
    assert "两名管理员" in caught.value.say()


def test_not_even_the_database_lets_one_person_do_both(entry):
    erasure = _propose(entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(confirmed_by=erasure.proposed_by)


@pytest.mark.parametrize("actor", [CLERK, AUDITOR])
def test_only_a_security_administrator_proposes(entry, actor):
    with pytest.raises(NotAllowed):
        _propose(entry, actor=actor)


@pytest.mark.parametrize("actor", [CLERK, replace(SECURITY, person_id=7)])
def test_only_an_auditor_confirms(entry, actor):
    with pytest.raises(NotAllowed):
        confirm_erasure(_propose(entry), actor=actor, now=NOON)


def test_neither_on_behalf_nor_by_the_system(entry):
    everything = frozenset({Duty.SECURITY_ADMIN, Duty.AUDIT})
    for actor in (on_behalf(SECURITY), replace(THE_SYSTEM, duties=everything)):
        with pytest.raises(TrailError) as caught:
            _propose(entry, actor=actor)
        assert "本人" in caught.value.say()


def test_a_second_confirmation_finds_nothing_to_do(entry):
    erasure = _erase(entry)
    with pytest.raises(ChangedMeanwhile):
        confirm_erasure(erasure, actor=AUDITOR, now=NOON)


def test_what_is_not_there_cannot_be_erased(entry):
    for fields in (("传真",), ("电话", "传真")):
        with pytest.raises(TrailError):
            _propose(entry, *fields)
    _erase(entry)
    with pytest.raises(TrailError):
        _propose(entry)


def test_a_reason_is_needed(entry):
    with pytest.raises(TrailError) as caught:
        _propose(entry, reason="  ")
    assert "理由" in caught.value.say()


def test_an_old_backup_that_brings_the_value_back_is_found(entry):
    row = PersonalValue.objects.get(field="电话")
    _erase(entry)
    PersonalValue.objects.filter(field="电话").update(value=row.value, salt=row.salt, erased_by=None)
    [fault] = verify_trail().faults
    assert fault.code == "trail.verify.personal_not_erased"
