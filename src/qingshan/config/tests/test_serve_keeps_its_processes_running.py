"""The supervisor starts again what falls, with growing pauses, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from qingshan.config import serve
from qingshan.config.serve import Child, Supervisor, port_is_free
from qingshan.config.tests.commands import Qingshan

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FALL = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


def wait_until(holds: Callable[[], Any], *, at_most_s: float = 30.0) -> None:
    deadline = time.monotonic() + at_most_s
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def ended() -> Iterator[list[Child]]:
    """Children that are certainly gone after the test."""
    children: list[Child] = []
    yield children
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.kill()
            child.process.wait()


def child(ended: list[Child], command: list[str]) -> Child:
    one = Child("one", lambda _: command)
    ended.append(one)
    one.start()
    return one


def test_a_child_that_falls_comes_back_after_a_pause_that_doubles(ended: list[Child]) -> None:
    one = child(ended, FALL)
    pauses = []
    for _ in range(3):
        assert one.process is not None
        one.process.wait()
        assert one.look_after()
        pauses.append(one.start_again_at - time.monotonic())
        one.start_again_at = time.monotonic()
        one.look_after()
    assert [round(pause, 1) for pause in pauses] == [0.5, 1.0, 2.0]


def test_a_long_good_run_is_forgiven_its_earlier_falls(
    ended: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = child(ended, FALL)
    one.falls = 9
    monkeypatch.setattr(serve, "GOOD_RUN_S", 0.0)
    assert one.process is not None
    one.process.wait()
    one.look_after()
    assert one.falls == 1


def test_the_next_child_is_told_whom_it_replaces(ended: list[Child]) -> None:
    told: list[int] = []
    one = Child("one", lambda replaced: told.append(replaced) or SLEEP)
    ended.append(one)
    one.start()
    assert one.process is not None
    first = one.process.pid
    one.process.kill()
    one.process.wait()
    one.look_after()
    one.start_again_at = time.monotonic()
    one.look_after()
    assert told == [0, first]


def test_a_child_that_does_not_listen_is_killed(ended: list[Child], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "TIME_TO_STOP_S", 0.3)
    deaf = Child("deaf", lambda _: DEAF)
    ended.append(deaf)
    deaf.process = subprocess.Popen(DEAF, stdout=subprocess.PIPE)
    assert deaf.process.stdout is not None
    deaf.process.stdout.readline()
    Supervisor([deaf], fell=lambda _: None).stop()
    assert deaf.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_children_end_with_a_supervisor_that_is_killed() -> None:
    program = (
        "import time; from qingshan.config.serve import Child\n"
        f"one = Child('one', lambda _: {SLEEP!r}); one.start(); print(one.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    wait_until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_taken_port_is_said_before_anything_is_started(
    qingshan: Qingshan, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGSHAN_HOME", str(tmp_path))
    (tmp_path / "qingshan.sqlite3").touch()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
        ran = qingshan("serve", "--port", port)
    assert ran.status == 1
    assert f"--port {port + 1}" in ran.err


def test_a_home_without_a_database_is_sent_to_init(
    qingshan: Qingshan, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGSHAN_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    ran = qingshan("serve", "--port", _free_port())
    assert ran.status == 1
    assert "qingshan init" in ran.err


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children_of(pid: int) -> dict[str, int]:
    """Names of the processes below a supervisor, by what their command line says."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as file:
                parent = int(file.read().rsplit(")", 1)[1].split()[1])
            with open(f"/proc/{name}/cmdline", encoding="utf-8", errors="replace") as file:
                words = file.read().split("\0")
        except OSError:
            continue
        if parent == pid:
            found[next((word for word in ("granian", "worker", "timetable") if word in words), "")] = int(
                name
            )
    return found


@pytest.mark.kill
@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_whole_installation_starts_heals_and_stops(committed_db: Any) -> None:
    port = _free_port()
    served = committed_db.start("-m", "qingshan.config.cli", "serve", "--port", str(port))
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(served.stdout), daemon=True)
    reader.start()
    try:
        wait_until(lambda: any(f"http://127.0.0.1:{port}/" in line for line in lines), at_most_s=60)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        assert opener.open(f"http://127.0.0.1:{port}/health/", timeout=10).status == 200
        before = _children_of(served.pid)
        assert set(before) == {"granian", "worker", "timetable"}
        os.kill(before["worker"], signal.SIGKILL)
        wait_until(lambda: _children_of(served.pid).get("worker", before["worker"]) != before["worker"])
        served.send_signal(signal.SIGTERM)
        assert served.wait(30) == 0
    finally:
        served.kill()
        served.wait()
    wait_until(lambda: not any(map(_runs, before.values())))
    assert any("worker 意外退出" in line for line in lines)
