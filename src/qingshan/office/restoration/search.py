"""Projects in the search over the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.office.matters.search import searched
from qingshan.office.restoration.ledgers import PROJECTS

SEARCHED = (searched(PROJECTS, _("修复项目")),)
