"""What can go wrong with stored files?"""

from __future__ import annotations

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence, declare


class VaultError(QingshanError):
    """A stored file cannot be given."""


declare(
    {
        "vault.bad_digest": Sentence(
            zh="“{digest}”不是文件摘要。摘要为 64 位十六进制数字，请从页面链接打开文件。",
            en="“{digest}” is no file digest. A digest has 64 hexadecimal digits; open the file from"
            " a page's link.",
        ),
        "vault.missing": Sentence(
            zh="文件库中没有文件 {digest}。请从备份恢复，或重新上传原件。",
            en="The file store has no file {digest}. Restore it from a backup, or upload the original again.",
        ),
        "vault.damaged": Sentence(
            zh="文件 {digest} 已损坏：现有内容的摘要为 {found}。请从备份恢复该文件。",
            en="The file {digest} is damaged: its content now has the digest {found}."
            " Restore it from a backup.",
        ),
    }
)
