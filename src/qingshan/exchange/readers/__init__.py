"""What stands in the file that somebody brought? Sheets and layers, read in batches, after hygiene."""

from __future__ import annotations

from qingshan.exchange.readers.asking import Question
from qingshan.exchange.readers.opening import opened
from qingshan.exchange.readers.tables import Batch, Expected, Table

__all__ = ["Batch", "Expected", "Question", "Table", "opened"]
