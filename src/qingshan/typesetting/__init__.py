"""Documents as PDF. Knows nothing of Django."""

from qingshan.typesetting.errors import TypesettingError
from qingshan.typesetting.photographs import for_print
from qingshan.typesetting.setting import typeset

__all__ = ["TypesettingError", "for_print", "typeset"]
