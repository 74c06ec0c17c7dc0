"""Does a load that dies go on where it stopped, and is the whole province as sound as a part of it?"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest

from qingshan.demo import doing, playing
from qingshan.demo.load import founded_at, load, play_since
from qingshan.demo.province import Province
from qingshan.demo.tests.soundness import (
    KINDS,
    NOW,
    TODAY,
    flows_balance,
    found,
    is_sound,
    on_sqlite_only,
    silent,
)
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import FlowState, Matter, Step

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


def test_what_was_interrupted_goes_on_as_if_nothing_had_happened(
    few: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies in the middle of a week, twice: what stands afterwards is what would have stood."""
    on_sqlite_only()
    found(few)
    verify, asked = doing.DOING["verify"], Counter[str]()

    def dies_now_and_then(now: playing.Now) -> None:
        asked["verify"] += 1
        if asked["verify"] in (20, 47):
            raise KeyboardInterrupt
        verify(now)

    monkeypatch.setitem(doing.DOING, "verify", dies_now_and_then)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            playing.play(few.matters, today=TODAY, tell=silent)
        assert astray() == []
    playing.play(few.matters, today=TODAY, tell=silent)
    events = playing.in_order(few.matters.all, today=TODAY)
    restored = few.matters.restorations
    matters = (*few.matters.cases, *few.matters.petitions, *restored.projects, *restored.batches)
    acts = sum(each.event.act not in _NO_STEPS for each in events)
    parts = sum(bool(getattr(each, "part_of", "")) for each in matters)
    turned = sum(bool(getattr(each, "turned_from", "")) for each in matters)
    assert Step.objects.count() == acts + parts + turned
    assert Matter.objects.count() == len(matters)
    is_sound()


_OF_DOCUMENTS = {"take_in_document", "decide_item", "determine", "ask_expert"}
_OF_LISTS_AND_LAND = {"create_list", "move_in", "move_out", "disturb_land", "move_land"}
_OF_PLOTS = {"register_plot", "note_planting", "plan_care", "note_care", "note_observation"}
_NO_STEPS = _OF_DOCUMENTS | _OF_LISTS_AND_LAND | _OF_PLOTS


def test_a_province_that_an_older_program_founded_gets_no_history_in_days_to_come(few: Province) -> None:
    found(few)
    told: list[str] = []
    acts = play_since(
        few, then=founded_at(NOW), now=NOW - timedelta(days=5), tell=lambda zh, en: told.append(en)
    )
    assert (acts, Matter.objects.count()) == (0, 0)
    assert "QINGSHAN_HOME" in told[0]


@pytest.mark.walk
@pytest.mark.timeout(1500)
@pytest.mark.skipif(
    os.environ.get("CI") == "true", reason="a minute of CI's half hour: by `make.py test walks`"
)
def test_the_whole_province_loads_soundly(p: Province, capsys: pytest.CaptureFixture[str]) -> None:
    on_sqlite_only()
    loaded = load(now=NOW)
    standing = Counter(Matter.objects.values_list("state_id", flat=True))
    with capsys.disabled():
        print(f"\n{loaded}")
        print("\n".join(f"{state:36}{count:5}" for state, count in sorted(standing.items())))
    assert [Matter.objects.filter(kind=kind).count() for kind in KINDS] == [900, 250, 50]
    final = FlowState.objects.filter(kind__in=KINDS, is_final=True).values_list("code", flat=True)
    assert all(standing[state] > 0 for state in final)
    in_stock = Matter.objects.filter(kind="rectification", closed_on=None)
    assert 0.42 * 900 < standing["rectification.closed"] < 0.52 * 900
    assert 60 < in_stock.filter(due_on__lt=TODAY).count() < 130
    is_sound()
    flows_balance()
