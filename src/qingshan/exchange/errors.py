"""What can go wrong with a file that somebody brings?

ExchangeError
├── FileRefused   the file as a whole cannot be taken in: damaged, dangerous, of no known kind
├── Moved         the data changed between the preview and the import
├── Gone          the import left the state that the act needs: applied, cancelled or read again
└── Undeclared    a mistake of ours: a kind of import that no app declares
"""

from __future__ import annotations

from qingshan.exchange.sentences import SENTENCES
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import declare


class ExchangeError(QingshanError):
    """Root of the exchange's errors."""


class FileRefused(ExchangeError):
    """The file as a whole cannot be taken in."""


class Moved(ExchangeError):
    """Somebody changed the same objects after the preview was made."""


class Gone(ExchangeError):
    """The import is no longer in the state that this act needs."""


class Undeclared(ExchangeError):
    """No app declares this kind of import."""


declare(SENTENCES)
