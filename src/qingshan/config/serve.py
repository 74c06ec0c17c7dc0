"""How do web server, worker and timetable run together, come back after a fall and stop cleanly?

The supervisor loads no Django: it only starts processes, looks whether they live, and ends those it started,
by their own process ids.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from types import FrameType

from qingshan.config.processes import end_with_parent
from qingshan.jobs.stopping import StopFlag

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
GOOD_RUN_S = 60.0  # whoever lived this long has its falls forgiven
LOOK_EVERY_S = 0.2
TIME_TO_STOP_S = 15.0
WSGI = "qingshan.config.wsgi:application"


@dataclass
class Child:
    """One supervised process. `command` is told the process id that it replaces, 0 for the first."""

    name: str
    command: Callable[[int], list[str]]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    start_again_at: float = 0.0

    def start(self) -> None:
        replaced = self.process.pid if self.process else 0
        self.process = subprocess.Popen(self.command(replaced), preexec_fn=end_with_parent)
        self.started_at = monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> bool:
        """Start it again when it fell, after a pause that doubles. True in the moment that it fell."""
        if self.alive:
            return False
        if self.start_again_at == 0.0:
            self.falls = 1 if monotonic() - self.started_at > GOOD_RUN_S else self.falls + 1
            self.start_again_at = monotonic() + min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (self.falls - 1))
            return True
        if monotonic() >= self.start_again_at:
            self.start_again_at = 0.0
            self.start()
        return False


@dataclass
class Supervisor:
    """Keeps its children running until it is asked to stop."""

    children: list[Child]
    fell: Callable[[Child], None]
    stop_wanted: StopFlag = field(default_factory=StopFlag)

    def start(self) -> None:
        """The first child, alone."""
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, self._asked_to_stop)
        self.children[0].start()

    def start_others(self) -> None:
        """Those that need not be there for the first answer: on two cores they would only delay it."""
        for child in self.children[1:]:
            child.start()

    def run(self) -> None:
        """Until SIGTERM, Ctrl+C or `stop_wanted`."""
        while not self.stop_wanted.wait(LOOK_EVERY_S):
            for child in self.children:
                if child.look_after():
                    self.fell(child)

    def stop(self) -> None:
        """End every child: asked first, killed when it does not listen."""
        running = [child.process for child in self.children if child.process is not None and child.alive]
        for process in running:
            process.terminate()
        deadline = monotonic() + TIME_TO_STOP_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _asked_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stop_wanted.set()


def children(*, host: str, port: int) -> list[Child]:
    """Everything that a full installation runs."""
    return [
        Child("web", lambda _: web_command(host=host, port=port)),
        Child("worker", lambda replaced: _ourselves("worker", *_replaces(replaced))),
        Child("timetable", lambda _: _ourselves("timetable")),
    ]


def web_command(*, host: str, port: int) -> list[str]:
    """granian, 2 workers with one thread each; waitress where there is no granian for this machine."""
    if importlib.util.find_spec("granian"):
        options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws"]
        quiet = ["--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
        place = ["--host", host, "--port", str(port)]
        return [sys.executable, "-m", "granian", *options, *quiet, *place, WSGI]
    return [sys.executable, "-m", "waitress", f"--listen={host}:{port}", "--threads=4", WSGI]


def _ourselves(*words: str) -> list[str]:
    return [sys.executable, "-m", "qingshan.config.cli", *words]


def _replaces(process_id: int) -> list[str]:
    return ["--replaces", f"{socket.gethostname()}:{process_id}"] if process_id else []


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(address: str) -> bool:
    """Whether anything speaks HTTP there; proxies of the environment are for other machines."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}health/", timeout=3):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def home_of_this_machine() -> str:
    """The folder of all state, as settings read it."""
    return os.path.abspath(os.environ.get("QINGSHAN_HOME", "var"))
