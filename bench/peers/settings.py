"""The settings of the house, with the peers' app added: for topics that measure inside one process."""

from qingshan.config.settings import *  # noqa: F403
from qingshan.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "import_export", "simple_history", "peers"]

# their tables are made at once, when a database is set up
MIGRATION_MODULES = {"peers": None}
