"""Background work as a Django app; finds every app's `jobs.py` when the program starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "qingshan.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        # a worker must know every kind of job and every daily one before it takes the first
        from qingshan.jobs import timetable  # noqa: F401

        autodiscover_modules("jobs")
