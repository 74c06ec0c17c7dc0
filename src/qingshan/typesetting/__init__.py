"""Documents as PDF and .docx, and the codes on them. Knows nothing of Django."""

from qingshan.typesetting.errors import TypesettingError
from qingshan.typesetting.photographs import for_print
from qingshan.typesetting.setting import pages_of, typeset

__all__ = ["TypesettingError", "for_print", "pages_of", "typeset"]
