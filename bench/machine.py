"""On which machine, at which load, with which releases was this measured?"""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("django", "shapely", "granian", "psycopg", "django-import-export", "django-simple-history")
GIB = 2**30


def described() -> list[tuple[str, str]]:
    """Facts in the order in which they are printed."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return [
        ("date", now()),
        ("processor", f"{processor()}, {os.cpu_count()} cores"),
        ("memory", f"{memory / GIB:.0f} GiB"),
        ("system", f"{platform.system()} {platform.release()}, Python {platform.python_version()}"),
        ("SQLite", sqlite3.sqlite_version),
        ("packages", ", ".join(f"{name} {version(name)}" for name in (*PACKAGES, "mapbox-vector-tile"))),
    ]


def now() -> str:
    """The minute of this measurement."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def load() -> str:
    """Processes that wanted a core, over 1, 5 and 15 minutes."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def most_memory_gib() -> float:
    """The most memory that this process held (not `ru_maxrss`: there a child also tells what its parent held)."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    kib = next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM:"))
    return int(kib) * 1024 / GIB


def processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
