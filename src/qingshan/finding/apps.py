"""Finding as a Django app: teaches SQLite, has the indexes of words kept after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class FindingConfig(AppConfig):
    name = "qingshan.finding"
    label = "finding"
    verbose_name = "检索"

    def ready(self) -> None:
        from qingshan.finding.index import indexes
        from qingshan.geo.index import keep_more

        keep_more(indexes)
        connection_created.connect(_teach, dispatch_uid="finding.teach")


def _teach(*, connection: Any, **signal: Any) -> None:
    from qingshan.finding.index import teach

    teach(connection)
