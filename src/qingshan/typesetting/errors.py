"""What can go wrong when a document is set?"""

from __future__ import annotations

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence, declare


class TypesettingError(QingshanError):
    """A document cannot be set."""


declare(
    {
        "typesetting.no_fonts": Sentence(
            zh="没有找到排版字体，文件没有生成。请在安装目录运行 make setup，或请系统管理员处理。",
            en="The fonts for typesetting are missing, so no document was made. Run make setup where the program is"
            " installed, or ask the system administrator.",
        ),
        "typesetting.fault": Sentence(
            zh="排版模板“{template}”出错，文件没有生成。请将此信息转告系统管理员：{error}",
            en="The template “{template}” failed, so no document was made. Pass this on to the system administrator:"
            " {error}",
        ),
    }
)
