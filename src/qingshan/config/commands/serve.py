"""Runs web server, worker and timetable until Ctrl+C or SIGTERM, and starts again what falls."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from time import monotonic

from qingshan.config.commands.output import Output
from qingshan.config.dump import SQLITE_FILE, uses_postgres
from qingshan.config.errors import CommandError
from qingshan.config.serve import Child, Supervisor, answers, children, home_of_this_machine, port_is_free

TIME_TO_ANSWER_S = 60.0
DEMO_ACCOUNTS = "demo-accounts.json"  # written by init --demo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    port = int(os.environ.get("PORT", "8000"))
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=port, help="端口 · port (PORT, or 8000)")


def run(arguments: argparse.Namespace, output: Output) -> int:
    host, port = arguments.host, arguments.port
    _require_a_database()
    if not port_is_free(host, port):
        raise CommandError.because("command.port_taken", port=port, other=port + 1)
    supervisor = Supervisor(children(host=host, port=port), fell=lambda child: _fell(child, output))
    supervisor.start()
    try:
        address = f"http://{_in_address(host)}:{port}/"
        if not _wait_for(address, supervisor):
            return _never_answered(supervisor)
        supervisor.start_others()
        _greet(address, output)
        supervisor.run()
    finally:
        supervisor.stop()
    output.say(zh="已停止。", en="Stopped.")
    return 0


def _require_a_database() -> None:
    home = home_of_this_machine()
    if not uses_postgres() and not Path(home, SQLITE_FILE).exists():
        raise CommandError.because("command.not_initialised", home=home)


def _in_address(host: str) -> str:
    if host in {"0.0.0.0", "::"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _wait_for(address: str, supervisor: Supervisor) -> bool:
    deadline = monotonic() + TIME_TO_ANSWER_S
    web = supervisor.children[0]
    while monotonic() < deadline and web.alive and not supervisor.stop_wanted.wait(0.1):
        if answers(address):
            return True
    return False


def _never_answered(supervisor: Supervisor) -> int:
    if supervisor.stop_wanted.is_set():
        return 0
    raise CommandError.because("command.never_answered", seconds=round(TIME_TO_ANSWER_S))


def _greet(address: str, output: Output) -> None:
    output.say(zh=f"青山已启动：{address}", en=f"Qingshan is running: {address}")
    accounts = Path(home_of_this_machine(), DEMO_ACCOUNTS)
    if accounts.exists():
        output.say(zh="演示账号（数据均为模拟）：", en="Demonstration accounts (all data simulated):")
        for one in json.loads(accounts.read_text(encoding="utf-8")):
            words = output.pick(zh=one["zh"], en=one["en"])
            output.say(**dict.fromkeys(("zh", "en"), f"  {one['login']:<14} {one['password']:<18} {words}"))
    output.say(zh="按 Ctrl+C 停止。", en="Ctrl+C stops it.")


def _fell(child: Child, output: Output) -> None:
    code = child.process.returncode if child.process else None
    output.say(
        zh=f"{child.name} 意外退出（退出码 {code}），正在重新启动。",
        en=f"{child.name} ended unexpectedly (exit status {code}); starting it again.",
    )
