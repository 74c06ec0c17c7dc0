"""What does a server do under requests that come at their own pace, whether or not it keeps up?

An open loop: every request has its moment, and its time counts from that moment, so that a server which falls
behind is not measured kindly (a loop that waits for answers would ask less of a slow server).
"""

from __future__ import annotations

import http.client
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measuring import SMALL, Check

from qingshan.config.serve import answers, port_is_free, web_command

CONNECTIONS = 32
TIMEOUT_S = 60
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """One answered request: seconds from its moment on, its status and its body."""

    path: str
    seconds: float
    status: int
    body: bytes
    dropped: int = 0
    """connections that the server closed before answering"""


@contextmanager
def server(*, application: str = "") -> Iterator[int]:
    """The web server as `qingshan serve` starts it, on a free port of loopback; ended by its own process id."""
    port = next(port for port in range(18_400, 18_500) if port_is_free(HOST, port))
    command = web_command(host=HOST, port=port)
    if SMALL and "--workers" in command:  # starting a second one takes longer than all that is asked of it
        command[command.index("--workers") + 1] = "1"
    if application:
        command[-1] = application
    process = subprocess.Popen(command, cwd=Path(__file__).parent, stdout=sys.stderr)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not answers(f"http://{HOST}:{port}/"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Check(f"the server did not come up (exit status {process.poll()})")
        time.sleep(0.05)


def ask(port: int, paths: Sequence[str], *, cookie: str, per_second: float) -> list[Answer]:
    """Ask for every path at its moment, by persistent connections as browsers hold them."""
    waiting: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
    answered: list[Answer] = []
    clients = [
        threading.Thread(target=_client, args=(port, cookie, waiting, answered)) for _ in range(CONNECTIONS)
    ]
    for client in clients:
        client.start()
    _pace(paths, waiting, per_second)
    for _ in clients:
        waiting.put(None)
    for client in clients:
        client.join()
    if len(answered) != len(paths) or {answer.status for answer in answered} != {200}:
        statuses = sorted({answer.status for answer in answered})
        raise Check(f"{len(answered)} of {len(paths)} requests answered, statuses {statuses}")
    return answered


def _pace(paths: Sequence[str], waiting: queue.SimpleQueue, per_second: float) -> None:
    began = time.perf_counter()
    for number, path in enumerate(paths):
        moment = began + number / per_second
        if (early := moment - time.perf_counter()) > 0:
            time.sleep(early)
        waiting.put((moment, path))


def _client(port: int, cookie: str, waiting: queue.SimpleQueue, answered: list[Answer]) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_S)
    headers = {"Cookie": cookie} if cookie else {}
    while (asked := waiting.get()) is not None:
        moment, path = asked
        try:
            status, body, dropped = *_answer(connection, path, headers), 0
        except http.client.RemoteDisconnected:
            # as browsers do: once more on a new connection, the time runs on
            connection.close()
            status, body, dropped = *_answer(connection, path, headers), 1
        answered.append(Answer(path, time.perf_counter() - moment, status, body, dropped))
    connection.close()


def _answer(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read()
