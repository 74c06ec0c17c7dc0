"""Files that people bring and take away, as a Django app; finds every app's `columns.py` and `filling.py` at start."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    name = "qingshan.exchange"
    label = "exchange"
    verbose_name = "导入导出"

    def ready(self) -> None:
        # before the first request every kind of file must be known
        autodiscover_modules("columns", "filling")
