"""Pytest plugin, loaded before settings are: gives every test process a home folder of its own."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile

import pytest
from django.conf import settings

_home = tempfile.mkdtemp(prefix="qingshan-test-")
os.environ["QINGSHAN_HOME"] = _home
os.environ.setdefault("QINGSHAN_SECRET_KEY", "only-for-tests")
atexit.register(shutil.rmtree, _home, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Every test client builds the whole stack anew, and would list all static files each time."""
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay until the end: the search for garbage need not look at them each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
