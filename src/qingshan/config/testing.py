"""Pytest plugin, loaded before settings are: gives every test process a home folder of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="qingshan-test-")
os.environ["QINGSHAN_HOME"] = _home
os.environ.setdefault("QINGSHAN_SECRET_KEY", "only-for-tests")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
