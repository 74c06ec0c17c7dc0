"""A test that commits has a database of its own, which other processes find, and which leaves no trace."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from qingshan.office.trail.models import Head

READS = "import django; django.setup(); from qingshan.office.trail.models import Head; print(Head.objects.get().seq)"
SEEN: list[tuple[str, Path]] = []


def test_what_is_committed_is_seen_by_threads_and_other_processes(committed_db):
    with transaction.atomic():
        Head.objects.update(seq=5)
    assert _in_a_thread() == 5
    assert committed_db.python("-c", READS).stdout.strip() == "5"
    process = committed_db.start("-c", READS)
    assert process.communicate(timeout=60)[0].strip() == "5"
    SEEN.append((str(connection.settings_dict["NAME"]), committed_db.home))


def _in_a_thread() -> int:
    found: list[int] = []

    def look() -> None:
        found.append(Head.objects.get().seq)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


def test_the_next_test_finds_nothing_of_it(db):
    assert Head.objects.get().seq == 0
    for name, home in SEEN:
        assert not home.exists()
        assert name != str(connection.settings_dict["NAME"])


def test_folders_are_the_tests_own_too(committed_db):
    assert Head.objects.get().seq == 0
    for folder in (settings.HOME, settings.VAULT_ROOT, settings.KEYS_ROOT, settings.FILE_UPLOAD_TEMP_DIR):
        assert Path(folder).is_relative_to(committed_db.home)
        assert Path(folder).is_dir()
    assert committed_db.env["QINGSHAN_HOME"] == str(committed_db.home)


def test_nothing_is_left_on_the_server(db):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            left = {name for (name,) in cursor.fetchall()}
        assert not left & {name for name, _ in SEEN}


def test_random_moments_can_be_repeated(seed):
    assert isinstance(seed, int)
