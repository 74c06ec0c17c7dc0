"""Are the tables as new as the program?"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qingshan.config.errors import CommandError


def is_up_to_date() -> bool:
    """Whether every migration was applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def require_up_to_date() -> None:
    """CommandError where `qingshan init` has to run first."""
    if not is_up_to_date():
        raise CommandError.because("command.not_initialised", home=str(settings.HOME))
