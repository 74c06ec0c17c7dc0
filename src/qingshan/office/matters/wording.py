"""What are the facts called on the screen that acts on matters of any kind record?"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

RECORDED: dict[str, Promise] = {
    "doubt": gettext_lazy("存疑情形"),
    "outcome": gettext_lazy("核实结论"),
}
"""By the name in the trail."""
