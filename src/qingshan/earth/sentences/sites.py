"""How does the eye say what is wrong with sites, claims and parameter sets?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.parameters_unreadable": Sentence(
        zh="读不懂参数集“{file}”：{fault}。请换用随软件发布的参数集，或改正该文件。",
        en="The parameter set “{file}” cannot be read: {fault}. Use a released one or correct the file.",
    ),
    "earth.parameters_incomplete": Sentence(
        zh="参数集“{set}”的“{section}”一节缺少或多出参数：{names}。请对照发布的参数集补齐。",
        en="In the parameter set “{set}”, section “{section}” lacks or has too many parameters: {names}."
        " Compare it with a released one.",
    ),
}
