"""Every act leaves exactly one entry, or nothing at all."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import OperationalError, transaction

from qingshan.office.trail.actions import NotOneEntry, OutsideAnAct, official_act, record
from qingshan.office.trail.acts import Act, UnknownAct, act, declare_acts
from qingshan.office.trail.models import NO_PREVIOUS, Entry, Head, PersonalValue, Subject
from qingshan.office.trail.parties import OPERATOR, SYSTEM, THE_SYSTEM, Nobody
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.subjects import SubjectState, UndeclaredSubject, digest_of
from qingshan.office.trail.tests.factories import (
    CLERK,
    COUNTY,
    LEADER,
    NOON,
    OTHER_COUNTY,
    Thing,
    create,
    note,
    on_behalf,
    state,
)
from qingshan.rules.reasons import Reason, Sentence


def test_an_act_leaves_one_entry_with_its_subject_and_moves_the_head(db):
    thing = create("坑口")
    entry = Entry.objects.get()
    assert (entry.seq, entry.previous, entry.act) == (1, NO_PREVIOUS, "test.create")
    subject = Subject.objects.get()
    assert (subject.entry_seq, subject.kind, subject.object_id) == (1, "test.thing", thing.pk)
    assert subject.digest == digest_of(thing)
    head = Head.objects.get()
    assert (head.seq, head.hash) == (1, entry.hash)


def test_each_entry_holds_the_hash_of_the_one_before(db):
    first, second = note(), note()
    assert second.previous == first.hash
    assert second.seq == first.seq + 1


def test_the_returned_entry_is_the_stored_one(db):
    entry = note(personal={"电话": "13800000000"})
    stored = Entry.objects.get(seq=entry.seq)
    for field in Entry._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(entry, field.attname), field.attname


def test_names_are_stored_as_they_were_at_the_act(db):
    entry = note()
    assert (entry.decider_name, entry.decider_post, entry.decider_organisation) == ("林经办", "经办", "单位1")
    assert (entry.recorder_id, entry.decider_organisation_id, entry.region_id) == (1, 1, COUNTY)


def test_a_paper_decision_names_decider_recorder_number_and_day(db):
    entry = note(actor=on_behalf(CLERK))
    assert (entry.decider_name, entry.recorder_name) == (LEADER.name, "林经办")
    assert (entry.paper_number, entry.paper_scan) == ("青自然资〔2026〕31号", "a" * 64)
    assert entry.occurred_on == entry.paper_decided_on == date(2026, 11, 17)


def test_the_day_it_happened_is_a_shanghai_day(db):
    late = NOON.replace(hour=16)
    assert note(now=late).occurred_on == date(2026, 11, 23)
    assert note(now=late.replace(hour=15, minute=59)).occurred_on == date(2026, 11, 22)


def test_the_day_and_the_region_can_be_given(db):
    with transaction.atomic():
        entry = record(
            act="test.note", actor=CLERK, now=NOON, occurred_on=date(2025, 1, 1), region_id=OTHER_COUNTY
        )
    assert (entry.occurred_on, entry.region_id) == (date(2025, 1, 1), OTHER_COUNTY)


def test_an_unknown_act_is_refused_and_leaves_nothing(db):
    @official_act
    def unheard_of():
        Thing.objects.create(name="x")
        record(act="test.unheard_of", actor=CLERK, now=NOON)

    with pytest.raises(UnknownAct):
        unheard_of()
    assert not Thing.objects.exists()


def test_an_object_of_an_undeclared_kind_is_refused(db):
    with pytest.raises(UndeclaredSubject):
        note(subjects=(SubjectState("test.typo", 1, "0" * 64),))
    with pytest.raises(UndeclaredSubject):
        note(subjects=(Head.objects.get(),))


def test_an_act_that_records_nothing_is_undone(db):
    @official_act
    def silent():
        Thing.objects.create(name="x")

    with pytest.raises(NotOneEntry, match="0 entries"):
        silent()
    assert not Thing.objects.exists()


def test_an_act_that_records_twice_is_undone(db):
    @official_act
    def talkative():
        Thing.objects.create(name="x")
        for _ in range(2):
            record(act="test.note", actor=CLERK, now=NOON)

    with pytest.raises(NotOneEntry, match="2 entries"):
        talkative()
    assert not Thing.objects.exists()
    assert not Entry.objects.exists()


def test_an_act_that_calls_a_lower_act_leaves_both_entries_the_lower_first(db):
    @official_act
    def both():
        thing = create("里")
        return record(act="test.both", actor=CLERK, now=NOON, subjects=[thing])

    assert both().seq == 2
    assert list(Entry.objects.order_by("seq").values_list("act", flat=True)) == ["test.create", "test.both"]


def test_a_lower_act_does_not_stand_for_the_upper_one(db):
    @official_act
    def leans_on_the_lower():
        create("里")

    with pytest.raises(NotOneEntry):
        leans_on_the_lower()
    assert not Entry.objects.exists()


def test_a_lower_act_that_fails_and_is_forgiven_leaves_no_trace(db):
    @official_act
    def fails():
        record(act="test.create", actor=CLERK, now=NOON)
        raise ValueError

    @official_act
    def forgives():
        with pytest.raises(ValueError):  # noqa: PT011 - any will do
            fails()
        return record(act="test.note", actor=CLERK, now=NOON)

    assert forgives().seq == 1
    assert list(Entry.objects.values_list("act", flat=True)) == ["test.note"]


def test_recording_outside_a_transaction_is_refused(committed_db):
    with pytest.raises(OutsideAnAct):
        record(act="test.note", actor=CLERK, now=NOON)


class Deadlock(Exception):
    sqlstate = "40P01"


def _failing(times: int, cause: Exception):
    tries: list[int] = []

    @official_act
    def act():
        tries.append(1)
        record(act="test.note", actor=CLERK, now=NOON)
        if len(tries) <= times:
            raise OperationalError("deadlock detected") from cause

    return act, tries


def test_a_deadlock_repeats_the_whole_act_three_times(committed_db):
    act, tries = _failing(3, Deadlock())
    act()
    assert len(tries) == 4
    assert Entry.objects.count() == 1


def test_a_fourth_deadlock_is_told(committed_db):
    act, tries = _failing(9, Deadlock())
    with pytest.raises(OperationalError):
        act()
    assert len(tries) == 4
    assert not Entry.objects.exists()


def test_another_database_error_is_not_repeated(committed_db):
    act, tries = _failing(9, ValueError())
    with pytest.raises(OperationalError):
        act()
    assert len(tries) == 1


def test_inside_another_transaction_whoever_opened_it_repeats(committed_db):
    act, tries = _failing(1, Deadlock())
    with pytest.raises(OperationalError), transaction.atomic():
        act()
    assert len(tries) == 1


def test_personal_values_stand_outside_the_hashed_text(db):
    entry = note(personal={"电话": "13800001234"})
    row = PersonalValue.objects.get()
    assert (row.field, row.value, len(row.salt)) == ("电话", "13800001234", 64)
    assert "13800001234" not in " ".join(str(v) for v in vars(entry).values())


def test_the_same_personal_value_has_another_commitment_each_time(db):
    first, second = (note(personal={"电话": "1"}).personal["电话"] for _ in range(2))
    assert first != second


def test_reasons_are_kept_as_codes_and_values(db):
    entry = note(because=(Reason("test.because", {"area_m2": 1.5}),))
    assert Entry.objects.get(seq=entry.seq).because == [{"code": "test.because", "values": {"area_m2": 1.5}}]


def test_the_same_object_twice_counts_once_and_must_agree(db):
    assert note(subjects=(state(1), state(1))).subject_count == 1
    with pytest.raises(ValueError, match="twice"):
        note(subjects=(state(1), state(1, "1" * 64)))


def test_fifty_thousand_subjects_fit_one_entry(db):
    entry = note(subjects=tuple(state(number) for number in range(50_000)))
    assert entry.subject_count == Subject.objects.count() == 50_000


@pytest.mark.parametrize("value", ["\ud800", float("nan")])
def test_what_no_database_can_hold_is_refused_in_words(db, value):
    with pytest.raises(TrailError) as caught, transaction.atomic():
        record(act="test.note", actor=CLERK, now=NOON, new={"x": value})
    assert "不能保存" in caught.value.say()
    assert caught.value.say("en")


def test_an_act_is_declared_once_with_one_meaning():
    words = Sentence(zh="做", en="do")
    declare_acts(Act("test.once", None, words, words), Act("test.once", None, words, words))
    assert act("test.once").title is words
    with pytest.raises(ValueError, match="twice"):
        declare_acts(Act("test.once", "audit", words, words))


def test_the_nameless_have_no_post_and_no_person(db):
    assert note(actor=THE_SYSTEM).decider_name == SYSTEM.name
    entry = note(actor=Nobody(OPERATOR))
    assert (entry.recorder_kind, entry.recorder_name, entry.recorder_id) == ("operator", "本机操作员", None)
