"""How is something of a stranger (a photograph, a scan, an office's template) worked on without harm to the server?

In a process of its own, which knows neither database nor keys, may use only so much time and memory, and may fall
over: then the work has failed, and nothing else has.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from qingshan.typesetting.errors import TypesettingError

TASKS = {
    "codes": "qingshan.typesetting.codes",
    "fill": "qingshan.typesetting.filling",
}
"""What can be done apart; each module has a function `apart(asked)` from plain data to plain data."""
MEMORY_BYTES = 3 * 2**30
MOST_ANSWER_BYTES = 64 * 2**20
_KNOWS = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LANG")


class Failed(TypesettingError):
    """The work was not done: out of time or memory, or the process fell over."""


def done_apart(task: str, asked: Mapping[str, Any], *, limit_s: float) -> Any:
    """The answer of the task. Raises Failed, or the error that the task has named."""
    command = (sys.executable, "-m", "qingshan.typesetting.apart", task)
    try:
        ran = subprocess.run(
            command,
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=limit_s,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise Failed.because("typesetting.too_slow", seconds=limit_s) from None
    try:
        answer = json.loads(ran.stdout)
    except ValueError:
        raise Failed.because("typesetting.fell_over") from None
    if fault := answer.get("fault"):
        raise Failed.because(fault["code"], **fault["values"])
    return answer["answer"]


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KNOWS if name in os.environ} | {"PYTHONUTF8": "1"}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(task: str) -> None:
    """In the process apart: plain data comes in, an answer or a fault goes out."""
    _limit_memory()
    asked = json.load(sys.stdin)
    try:
        said: dict[str, Any] = {"answer": import_module(TASKS[task]).apart(asked)}
    except TypesettingError as error:
        said = {"fault": {"code": error.code, "values": dict(error.reasons[0].values)}}
    text = json.dumps(said)
    if len(text) > MOST_ANSWER_BYTES:
        text = json.dumps({"fault": {"code": "typesetting.too_large", "values": {}}})
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
