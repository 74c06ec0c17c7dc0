"""What can go wrong in the office? The HTTP status of each stands in one table (desk.errors)."""

from __future__ import annotations

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence, declare


class OfficeError(QingshanError):
    """Root of the office's errors."""


class NotAllowed(OfficeError):
    """The actor lacks the duty, or the object is outside the area that the duty covers."""


class NotFound(OfficeError):
    """There is no such thing for this actor; what may not be seen does not exist."""


class ChangedMeanwhile(OfficeError):
    """Somebody else acted on the same object first: the version no longer fits."""


SENTENCES = {
    "office.not_allowed": Sentence(
        zh="不能办理“{act}”：您当前岗位没有“{duty}”职责。请换用相应岗位，或请安全管理员授权。",
        en="“{act_en}” is not possible: your post does not carry the duty “{duty_en}”. Switch to a post that does,"
        " or ask the security administrator.",
    ),
    "office.out_of_area": Sentence(
        zh="不能办理“{act}”：该对象不在您岗位的管辖范围内。",
        en="“{act_en}” is not possible: the object lies outside the area of your post.",
    ),
    "office.not_found": Sentence(
        zh="没有找到“{what}”，或您无权查看。", en="“{what}” was not found, or you may not see it."
    ),
    "office.changed_meanwhile": Sentence(
        zh="“{what}”刚被他人办理过，您的操作没有生效。请刷新后再试。",
        en="Somebody else acted on “{what}” a moment ago, so your act did not take effect."
        " Reload and try again.",
    ),
}
declare(SENTENCES)
