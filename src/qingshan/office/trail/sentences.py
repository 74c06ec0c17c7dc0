"""What does the trail say when it refuses?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class TrailError(OfficeError):
    """The trail refuses: what cannot be recorded, a key that cannot sign, a proof that cannot be made."""


SENTENCES: dict[str, Sentence] = {
    "trail.unreadable_text": Sentence(
        zh="“{field}”含有不能保存的字符（空字符或不完整的编码）。请删除后重试。",
        en="“{field}” holds a character that cannot be stored (a NUL or half a code point)."
        " Remove it and try again.",
    ),
}
declare(SENTENCES)
