"""What do regions say when they refuse?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class RegionRefused(OfficeError):
    """A region that cannot be added or closed as asked."""


SENTENCES: dict[str, Sentence] = {
    "regions.code_taken": Sentence(
        zh="区划代码 {code} 已是“{name}”，不能再作自编代码。请换一个代码。",
        en="The code {code} already is “{name}”. Choose another code for the local region.",
    ),
    "regions.no_parent": Sentence(
        zh="区划代码 {code} 的上级不存在。请先增设上级，或改正代码。",
        en="There is no region above the code {code}. Add that first, or correct the code.",
    ),
    "regions.not_local": Sentence(
        zh="“{name}”出自国家标准，不能在此停用。请更新区划代码。",
        en="“{name}” comes from the national standard and is not closed here. Update the register.",
    ),
    "regions.nothing_given": Sentence(
        zh="没有要增设的区划。请至少填写一个。", en="There is no region to add. Give at least one."
    ),
}
declare(SENTENCES)
