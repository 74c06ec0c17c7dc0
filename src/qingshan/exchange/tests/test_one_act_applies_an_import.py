"""Of two acts that apply one import, does one win, and does each notice what happened since the preview?"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from qingshan.exchange import preview, staging
from qingshan.exchange.errors import ExchangeError, Gone, Moved
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, staged
from qingshan.exchange.tests.quarries import Quarries
from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows.importing import ImportState
from qingshan.rules.reasons import Reason

ROWS = [["编号", "名称"], ["A1", "青石沟"], ["A2", "北坡"]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ugly.workbook(tmp_path / "表.xlsx", ROWS)


def test_an_applied_import_cannot_be_applied_again(path: Path, stage: Stage, quarries: Quarries) -> None:
    import_ = stage(path)
    assert quarries.apply(import_) == 2
    import_.refresh_from_db()
    assert (import_.state, import_.applied_entry) == (ImportState.APPLIED, 1)
    with pytest.raises(Gone) as refusal:
        quarries.apply(import_)
    assert refusal.value.say() == "导入“表.xlsx”已被处理过（已导入），不能再次办理。请刷新页面。"


def test_a_failing_act_leaves_the_import_waiting(path: Path, stage: Stage) -> None:
    import_ = stage(path)

    def act() -> None:
        with transaction.atomic():
            staging.claim(import_, actor=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert Import.objects.get(pk=import_.pk).state == ImportState.READ


def test_claiming_needs_the_transaction_of_the_act(path: Path) -> None:
    with pytest.raises(RuntimeError):
        staging.claim(Import(), actor=None)


def test_somebody_registered_the_object_meanwhile(path: Path, stage: Stage, quarries: Quarries) -> None:
    import_ = stage(path)
    quarries.apply(stage(path))
    with pytest.raises(Moved) as refusal:
        quarries.apply(import_)
    assert refusal.value.say() == (
        "预览之后，第 2 行对应的对象已被他人登记或修改（共 2 行）。导入没有进行，请重新预览。"
    )
    assert Import.objects.get(pk=import_.pk).state == ImportState.READ


@pytest.mark.parametrize("name", ["青石沟", "青石沟东"])
def test_somebody_changed_the_object_meanwhile(
    name: str, path: Path, tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    quarries.apply(stage(path))
    import_ = stage(ugly.workbook(tmp_path / "二.xlsx", [ROWS[0], ["A1", name], ["A3", "南沟"]]))
    held = quarries.held["A1",]
    quarries.held["A1",] = replace(held, version=held.version + 1)
    with pytest.raises(Moved):
        quarries.apply(import_)


def test_somebody_removed_the_object_meanwhile(
    path: Path, tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    quarries.apply(stage(path))
    import_ = stage(ugly.workbook(tmp_path / "二.xlsx", [ROWS[0], ["A1", "青石沟东"]]))
    del quarries.held["A1",]
    with pytest.raises(Moved):
        quarries.apply(import_)


def test_refused_rows_hold_back_all_others_unless_agreed(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    path = ugly.workbook(tmp_path / "表.xlsx", [*ROWS, ["A3", ""]])
    import_ = stage(path)
    with pytest.raises(ExchangeError) as refusal:
        quarries.apply(import_)
    assert refusal.value.code == "exchange.refused_rows"
    assert not quarries.held
    assert quarries.apply(stage(path, good_rows_only=True)) == 2


def test_nothing_to_apply_is_said(path: Path, stage: Stage, quarries: Quarries) -> None:
    quarries.apply(stage(path))
    with pytest.raises(RuleBroken) as refusal:
        quarries.apply(stage(path))
    assert refusal.value.code == "rules.importing.nothing_to_apply"


def test_a_cancelled_import_is_gone_with_its_rows(path: Path, stage: Stage, quarries: Quarries) -> None:
    import_ = stage(path)
    staging.cancel(import_)
    assert not StagedRow.objects.exists()
    for act in (quarries.apply, staging.cancel, lambda each: preview.stage(each, path=path, actor=None)):
        with pytest.raises((Gone, RuleBroken)):
            act(import_)


def test_reading_again_replaces_the_rows(path: Path, stage: Stage) -> None:
    import_ = stage(path)
    again = preview.stage(import_, path=path, actor=None)
    assert counts(again) == (2, 0, 0, 0)
    assert StagedRow.objects.filter(source=import_).count() == 2


def test_a_worker_that_comes_too_late_adds_nothing(path: Path, stage: Stage) -> None:
    import_ = stage(path)

    class Overtaken:
        def report(self, done: int, total: int) -> None:
            # meanwhile another worker has read the same file
            Import.objects.filter(pk=import_.pk).update(attempt=99)

    with pytest.raises(Gone):
        preview.stage(import_, path=path, actor=None, progress=Overtaken())
    assert Import.objects.get(pk=import_.pk).state == ImportState.READ


def test_half_a_reading_cannot_be_applied(path: Path, stage: Stage, quarries: Quarries) -> None:
    import_ = stage(path)

    class Killed(BaseException):
        pass

    class Fatal:
        def report(self, done: int, total: int) -> None:
            raise Killed

    with pytest.raises(Killed):
        preview.stage(import_, path=path, actor=None, progress=Fatal())
    with pytest.raises(RuleBroken):
        quarries.apply(import_)


@pytest.mark.parametrize(
    ("because", "state"),
    [((), ImportState.CANCELLED), ((Reason("exchange.no_rows", {}),), ImportState.FAILED)],
)
def test_a_reading_given_up_says_so(because: Any, state: str, path: Path, stage: Stage) -> None:
    import_ = stage(path)
    preview.give_up(import_, because)
    assert import_.state == state
    assert not StagedRow.objects.exists()


def test_old_rows_are_swept(path: Path, stage: Stage) -> None:
    stage(path)
    assert staging.sweep(older_than=datetime(2026, 1, 1, tzinfo=UTC)) == 0
    assert staging.sweep(older_than=datetime(2027, 1, 1, tzinfo=UTC)) == 2
    import_ = Import.objects.get()
    assert import_.state == ImportState.FAILED
    assert import_.faults[0]["code"] == "exchange.expired"


def test_rows_that_are_not_those_of_the_preview_are_not_applied(
    path: Path, stage: Stage, quarries: Quarries
) -> None:
    import_ = stage(path)
    StagedRow.objects.filter(position=1).delete()
    with pytest.raises(Gone):
        quarries.apply(import_)
    assert not quarries.held


def test_rows_that_were_read_again_since_they_were_prepared_are_not_applied(path: Path, stage: Stage) -> None:
    import_ = stage(path)
    reading = staging.reading_of(import_)
    with transaction.atomic():
        staging.claim(import_, actor=None, reading=reading)
        transaction.set_rollback(True)
    import_.refresh_from_db()
    again = list(StagedRow.objects.filter(source=import_))
    StagedRow.objects.filter(source=import_).delete()
    for row in again:
        row.pk = None
    StagedRow.objects.bulk_create(again)
    with pytest.raises(Gone), transaction.atomic():
        staging.claim(import_, actor=None, reading=reading)
    import_.refresh_from_db()
    assert import_.state == "read"


def test_rows_come_in_chunks_with_typed_values(tmp_path: Path, stage: Stage) -> None:
    rows = [["编号", "名称", "面积（亩）", "发现日期"]]
    rows += [[f"A{n}", "青石沟", "3", "2026-03-01"] for n in range(25)]
    import_ = stage(ugly.workbook(tmp_path / "表.xlsx", rows))
    chunks = list(staging.rows(import_, chunk=10))
    assert [len(chunk) for chunk in chunks] == [10, 10, 5]
    row = chunks[0][0]
    assert (row.sheet, row.row, row.key, row.outcome) == ("Sheet1", 2, ("A0",), Outcome.CREATED)
    assert row.values["area_m2"] == 2000
    assert row.values["found_on"].isoformat() == "2026-03-01"


def test_of_many_acts_at_once_one_wins(path: Path, committed_db: Any, quarries: Quarries) -> None:
    import_ = staged(path)
    won: list[int] = []
    lost: list[str] = []
    start = threading.Barrier(4)

    def act() -> None:
        start.wait()
        try:
            with transaction.atomic():
                staging.claim(Import.objects.get(pk=import_.pk), actor=None)
                staging.finish(Import.objects.get(pk=import_.pk), entry_sequence=7)
            won.append(1)
        except (Gone, RuleBroken) as error:
            lost.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), lost) == (1, ["exchange.gone"] * 3)
