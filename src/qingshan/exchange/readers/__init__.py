"""What stands in the file that somebody brought? Sheets and layers, read in batches, after hygiene."""

from __future__ import annotations

from qingshan.exchange.readers.opening import Question, opened
from qingshan.exchange.readers.tables import Batch, Table

__all__ = ["Batch", "Question", "Table", "opened"]
