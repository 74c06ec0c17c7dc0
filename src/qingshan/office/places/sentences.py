"""What do days and places say when they refuse?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class PlaceRefused(OfficeError):
    """A day or a place that cannot be changed as asked."""


_WHERE_ZH = "第 {row} 行“{column}”："
_WHERE_EN = "Row {row}, “{column}”: "

SENTENCES: dict[str, Sentence] = {
    "places.source_missing": Sentence(
        zh="没有填写依据。请写明国务院办公厅通知的名称和文号。",
        en="The basis is missing. Give the title and number of the State Council's notice.",
    ),
    "places.works_anyway": Sentence(
        zh="{day} 是工作日，不需要定为调休上班。只有周末才会调休上班。",
        en="{day} is a weekday and worked anyway: only weekend days are worked in exchange.",
    ),
    "places.day_not_set": Sentence(zh="{day} 没有节假日安排。", en="There is no arrangement for {day}."),
    "places.secret_refused": Sentence(
        zh="涉密数据不能进入本系统。请在涉密网络中使用；需要在这里核查的，请数据保管单位出具套合核查意见，只登记意见。",
        en="Classified data may not enter this system. Use it on the classified network; where a check is needed"
        " here, ask the office that keeps the data for an overlap opinion and record only that.",
    ),
    "places.layer_code_bad": Sentence(
        zh="图层代码“{code}”不能使用。请用字母或数字开头，只含字母、数字、下划线和连字符，不超过 40 个字符。",
        en="The layer code “{code}” cannot be used. Begin with a letter or digit and use only letters, digits,"
        " underscores and hyphens, 40 at most.",
    ),
    "places.layer_code_taken": Sentence(
        zh="图层代码“{code}”已经使用。请换一个，例如加上年份。",
        en="The layer code “{code}” is in use. Choose another one, for instance with the year.",
    ),
    "places.layer_source_missing": Sentence(
        zh="没有填写数据来源。请写明提供单位和成果名称。",
        en="The data source is missing. Name the office that provides it and its title.",
    ),
    "places.layer_day_to_come": Sentence(
        zh="数据时点 {day} 晚于今天。请填写数据反映的日期。",
        en="The data cannot be of {day}, a day to come. Give the day that the data reflects.",
    ),
    "places.layer_of_other_kind": Sentence(
        zh="图层“{code}”不能由“{other}”替换：应是同一类别的另一个图层。请另选，或先登记新图层。",
        en="The layer “{code}” cannot be replaced by “{other}”: it must be another layer of the same kind."
        " Choose another one, or register the new layer first.",
    ),
    "places.layer_empty": Sentence(
        zh="图层“{code}”还没有要素，不能用来替换。请先导入图层要素。",
        en="The layer “{code}” has no features yet and cannot replace another. Import its features first.",
    ),
    "places.layer_not_in_force": Sentence(
        zh="图层“{code}”{state}，不能再办理。请刷新后查看现行图层。",
        en="The layer “{code}” is {state_en}, so nothing can be done with it. Reload and look for the present one.",
    ),
    "places.layer_reason_missing": Sentence(
        zh="没有填写理由。请写明为什么撤下这个图层。",
        en="The reason is missing. Say why the layer is withdrawn.",
    ),
    "places.no_such_layer": Sentence(
        zh=_WHERE_ZH + "没有代码为“{value}”的现行图层，或您无权查看。请先登记图层，或改正代码。",
        en=_WHERE_EN
        + "there is no layer “{value}” in force, or you may not see it. Register the layer first,"
        " or correct the code.",
    ),
    "places.layer_out_of_area": Sentence(
        zh=_WHERE_ZH + "图层“{value}”的覆盖范围超出您岗位的管辖范围，不能导入要素。请交由上级登记。",
        en=_WHERE_EN
        + "the layer “{value}” covers more than the area of your post. Leave it to the level above.",
    ),
    "places.opinion_unnamed": Sentence(
        zh="没有填写出具单位或文号。请按意见原件填写。",
        en="The issuing office or the document number is missing. Fill them in as on the paper.",
    ),
    "places.opinion_day_to_come": Sentence(
        zh="出具日期 {day} 晚于今天。请按意见原件改正。",
        en="The opinion cannot be of {day}, a day to come. Correct it by the paper.",
    ),
    "places.opinion_file_missing": Sentence(
        zh="没有上传意见原件。请扫描或拍照后上传。",
        en="The paper itself is missing. Scan or photograph it and upload it.",
    ),
    "places.opinion_says_nothing": Sentence(
        zh="没有选择任何套合结论。请至少就一类控制线填写结论。",
        en="No conclusion was chosen. Give one for at least one kind of control line.",
    ),
    "places.opinion_contradicts": Sentence(
        zh="“{kind}”的套合面积与结论不一致。只有结论为“涉及”时才填写面积，且不小于 0。",
        en="The overlap area of “{kind_en}” contradicts its conclusion. Give an area only where it overlaps,"
        " and none below 0.",
    ),
}
declare(SENTENCES)
