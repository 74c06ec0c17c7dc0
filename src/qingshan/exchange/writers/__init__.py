"""What goes out: templates, exports, the workbook of refused rows, and the description of a file's columns."""

from __future__ import annotations

from qingshan.exchange.writers.describing import ColumnHelp, documentation
from qingshan.exchange.writers.exporting import FORMS, Exported, Form, export, export_together
from qingshan.exchange.writers.refusals import refused_workbook
from qingshan.exchange.writers.templates import template

__all__ = [
    "FORMS",
    "ColumnHelp",
    "Exported",
    "Form",
    "documentation",
    "export",
    "export_together",
    "refused_workbook",
    "template",
]
