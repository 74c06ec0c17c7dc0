"""Has this machine what the program needs? Looks at nothing of ours and needs no database."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from qingshan.config.doctor.findings import Finding, bad, good, hint

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 31, 0)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LEAST_FREE_BYTES = 2 * 1024**3
CHINESE_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "/Library/Fonts")
FONT_NAMES = ("*CJK*", "wqy*", "SimSun*", "simsun*", "SourceHan*", "NotoSansSC*", "NotoSerifSC*")
STATIC = Path(__file__).resolve().parents[2] / "static" / "lib"
MESSAGES = Path(__file__).resolve().parents[2] / "locale" / "en" / "LC_MESSAGES" / "django.mo"


def look_at_the_machine(home: Path) -> Iterator[Finding]:
    """Everything that can be said without loading the application."""
    yield python()
    yield from sqlite()
    yield fonts()
    yield browser()
    yield disk(home)
    yield pages()


def python() -> Finding:
    version = platform.python_version()
    if sys.version_info >= OLDEST_PYTHON:
        return good("machine.python", zh=f"Python {version}", en=f"Python {version}")
    return bad(
        "machine.python",
        zh=f"Python {version} 太旧",
        en=f"Python {version} is too old",
        do_zh="安装 Python 3.11 或更新版本。",
        do_en="Install Python 3.11 or newer.",
    )


def sqlite() -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        yield good("machine.sqlite", zh=f"SQLite {version}", en=f"SQLite {version}")
    else:
        yield bad(
            "machine.sqlite",
            zh=f"SQLite {version} 太旧",
            en=f"SQLite {version} is too old",
            do_zh="使用自带较新 SQLite 的 Python，或用 DATABASE_URL 改用 PostgreSQL。",
            do_en="Use a Python that carries a newer SQLite, or PostgreSQL by DATABASE_URL.",
        )
    for feature, statement in (("FTS5", "USING fts5(a)"), ("R*Tree", "USING rtree(i, a, b)")):
        yield _sqlite_feature(feature, statement)


def _sqlite_feature(feature: str, statement: str) -> Finding:
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute(f"CREATE VIRTUAL TABLE t {statement}")
        except sqlite3.OperationalError:
            return hint(
                f"machine.{feature.lower().replace('*', '')}",
                zh=f"SQLite 没有 {feature}",
                en=f"SQLite lacks {feature}",
                do_zh="可以使用，但检索较慢；换用带该功能的 Python，或改用 PostgreSQL。",
                do_en="It works, only slower; use a Python that has it, or PostgreSQL.",
            )
    return good(
        f"machine.{feature.lower().replace('*', '')}", zh=f"SQLite 有 {feature}", en=f"SQLite has {feature}"
    )


def fonts() -> Finding:
    places = [Path(place).expanduser() for place in CHINESE_FONTS]
    found = [font for place in places if place.is_dir() for name in FONT_NAMES for font in place.rglob(name)]
    if found:
        return good("machine.fonts", zh=f"中文字体：{found[0].name}", en=f"Chinese font: {found[0].name}")
    return hint(
        "machine.fonts",
        zh="本机没有中文字体",
        en="This machine has no Chinese font",
        do_zh="只影响本机浏览器截图和测试：apt install fonts-noto-cjk。",
        do_en="Only pictures taken on this machine need one: apt install fonts-noto-cjk.",
    )


def browser() -> Finding:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        return hint(
            "machine.browser",
            zh="本机没有 Chromium",
            en="This machine has no Chromium",
            do_zh="只有浏览器测试需要：apt install chromium。",
            do_en="Only the browser tests need it: apt install chromium.",
        )
    told = subprocess.run([found, "--version"], check=False, capture_output=True, text=True, timeout=20)
    name = told.stdout.strip() or found
    return good("machine.browser", zh=f"浏览器：{name}", en=f"Browser: {name}")


def disk(home: Path) -> Finding:
    existing = next(place for place in (home, *home.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    gigabytes = f"{free / 1024**3:.1f} GB"
    if free >= LEAST_FREE_BYTES:
        return good("machine.disk", zh=f"磁盘可用 {gigabytes}", en=f"{gigabytes} of disk free")
    return bad(
        "machine.disk",
        zh=f"磁盘只剩 {gigabytes}",
        en=f"Only {gigabytes} of disk free",
        do_zh=f"清理 {existing} 所在磁盘；数据库写满时无法办理业务。",
        do_en=f"Free space on the disk of {existing}; nothing can be recorded on a full disk.",
    )


def pages() -> Finding:
    if (STATIC / "htmx.min.js").exists() and MESSAGES.exists():
        return good("machine.pages", zh="页面文件和译文齐全", en="Page files and messages are in place")
    return bad(
        "machine.pages",
        zh="页面文件或译文不全",
        en="Page files or messages are missing",
        do_zh="在源码目录运行 make setup，或重新安装软件包。",
        do_en="Run make setup in the source folder, or install the package again.",
    )
