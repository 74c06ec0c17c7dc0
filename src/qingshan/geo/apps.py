"""Geometry as a Django app: teaches SQLite, brings PostGIS, keeps indexes and triggers after every
migration.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class GeoConfig(AppConfig):
    name = "qingshan.geo"
    label = "geo"
    verbose_name = "空间数据"

    def ready(self) -> None:
        from qingshan.geo import lookups  # noqa: F401  registers them on the field
        from qingshan.geo.index import index_triggers
        from qingshan.geo.triggers import declare_triggers_by

        declare_triggers_by(index_triggers)
        connection_created.connect(_teach, dispatch_uid="geo.teach")
        pre_migrate.connect(_bring_postgis, dispatch_uid="geo.postgis")
        post_migrate.connect(_install, dispatch_uid="geo.install")


def _teach(*, connection: Any, **signal: Any) -> None:
    from qingshan.geo.sqlite import teach

    teach(connection)


def _bring_postgis(*, using: str, **signal: Any) -> None:
    from qingshan.geo.postgis import bring_postgis

    bring_postgis(connections[using])


def _install(*, using: str, **signal: Any) -> None:
    from qingshan.geo.index import install_indexes

    install_indexes(connections[using])
