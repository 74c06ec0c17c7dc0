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
        "typesetting.too_slow": Sentence(
            zh="{seconds} 秒内没有完成，已停止。请简化模板，或将文件拆小后再试。",
            en="It was not done within {seconds} seconds and was stopped. Simplify the template, or split the file.",
        ),
        "typesetting.too_large": Sentence(
            zh="生成的内容过大，已停止。请检查模板中的循环。",
            en="What came out was too large and was stopped. Check the loops of the template.",
        ),
        "typesetting.fell_over": Sentence(
            zh="处理文件的进程意外停止，没有生成内容。请检查文件后再试。",
            en="The process that worked on the file stopped, so nothing was made. Check the file and try again.",
        ),
        "typesetting.template_fault": Sentence(
            zh="模板不能填写：{error}。请按模板说明改正后再上传。",
            en="The template cannot be filled in: {error}. Correct it as the guide to templates says.",
        ),
        "typesetting.fault": Sentence(
            zh="排版模板“{template}”出错，文件没有生成。请将此信息转告系统管理员：{error}",
            en="The template “{template}” failed, so no document was made. Pass this on to the system administrator:"
            " {error}",
        ),
    }
)
