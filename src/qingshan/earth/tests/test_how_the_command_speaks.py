"""Does the command say how far it is, what went wrong, and what to do next?"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from qingshan.earth import command
from qingshan.earth.console import Console, Telling, language_of, time_words
from qingshan.earth.engines import Progress
from qingshan.earth.errors import Cancelled, ScenesRefused


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, *seconds: float) -> str:
    ticks = iter(seconds)
    telling = Telling(stream, "zh-hans", clock=lambda: next(ticks))
    for done in range(len(seconds)):
        left = float(len(seconds) - 1 - done) if done else None
        telling(Progress(stage="images", done=done, total=len(seconds) - 1, left_s=left))
    return stream.getvalue()


def test_a_terminal_shows_one_line_that_changes() -> None:
    said = told(Screen(), 0.0, 1.0, 2.0, 3.0, 4.0)
    assert said.count("\n") == 1
    assert "读取影像 1 / 4（25%），约余 —" in said
    assert "读取影像 3 / 4（75%），约余 1 秒" in said
    assert said.endswith("读取影像 4 / 4（100%），约余 0 秒\n")


def test_a_log_gets_a_line_now_and_then_and_the_last() -> None:
    said = told(io.StringIO(), 0.0, 1.0, 2.0, 12.0, 13.0, 14.0).splitlines()
    assert [line.split("（")[0] for line in said] == ["读取影像 0 / 5", "读取影像 3 / 5", "读取影像 5 / 5"]


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (None, "—", "—"),
        (0.2, "0 秒", "0 s"),
        (59.6, "1 分", "1 min"),
        (200, "3 分 20 秒", "3 min 20 s"),
        (7265, "2 时 1 分", "2 h 1 min"),
    ],
)
def test_time_is_told_in_two_units(seconds: float | None, zh: str, en: str) -> None:
    assert time_words(seconds, "zh-hans") == zh
    assert time_words(seconds, "en") == en


def test_the_language_comes_from_the_option_then_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert language_of(None) == "zh-hans"
    monkeypatch.setenv("QINGSHAN_LANGUAGE", "en")
    assert (language_of(None), language_of("zh-hans")) == ("en", "zh-hans")


def asked(fault: BaseException | None = None, *, as_json: bool = False) -> tuple[int, str, str]:
    """What the command does with an act that fails."""

    class Arguments:
        @staticmethod
        def act(arguments: object, console: Console) -> int:
            if fault:
                raise fault
            return 0

    out, err = io.StringIO(), io.StringIO()
    console = Console(as_json=as_json, out=out, err=err)
    status = console.close(command.run(Arguments(), console))  # type: ignore[arg-type]
    return status, out.getvalue(), err.getvalue()


def test_an_error_is_a_sentence_and_a_status() -> None:
    status, out, err = asked(ScenesRefused.because("earth.scenes_path_missing", path="x"))
    assert (status, out) == (1, "")
    assert err.startswith("没有找到影像“x”")


def test_ctrl_c_says_that_resume_goes_on() -> None:
    for fault in (KeyboardInterrupt(), Cancelled.because("earth.cancelled")):
        status, _, err = asked(fault)
        assert status == 130
        assert "--resume" in err


def test_a_full_disk_is_a_sentence() -> None:
    status, _, err = asked(OSError(28, "No space left on device", "/x/series.parquet"))
    assert status == 1
    assert "/x/series.parquet" in err
    assert "磁盘空间" in err


def test_a_fault_of_the_program_is_told_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = asked(ZeroDivisionError("x"), as_json=True)
    assert status == 1
    assert json.loads(out)["error"]["code"] == "earth.fault"
    assert "Traceback" in capsys.readouterr().err


def test_arguments_that_make_no_sense_have_status_two(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(["survey", "--out", str(tmp_path)])
    assert stopped.value.code == 2
