"""Can a signal end a loop at whatever moment it comes?"""

from __future__ import annotations

import signal
import subprocess
import sys

from qingshan.jobs.stopping import StopFlag

LOOP = """
import signal, sys
from qingshan.jobs.stopping import StopFlag
flag = StopFlag()
signal.signal(signal.SIGTERM, lambda *_: flag.set())
print("ready", flush=True)
while not flag.wait(0.001):
    pass
print("ended", flush=True)
"""


def test_a_flag_that_is_not_set_lets_the_time_pass_and_one_that_is_ends_the_wait() -> None:
    flag = StopFlag()
    assert not flag.wait(0.01)
    flag.set()
    assert flag.wait(60)
    flag.clear()
    assert not flag.is_set()


def test_a_loop_ends_by_a_signal_thirty_times_of_thirty() -> None:
    for _ in range(30):
        process = subprocess.Popen([sys.executable, "-c", LOOP], stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=30)[0] == "ended\n"
