"""Problems and petitions in the search over the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.matters.search import searched

SEARCHED = (searched(CASES, _("整改问题")), searched(PETITIONS, _("信访转办")))
