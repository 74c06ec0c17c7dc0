"""What is left of a mine's or a firm's name when everything that people add or leave out is taken away?

`苍岭市青石县鑫砾石料有限公司老虎沟石灰岩矿（东采区）` is the place 老虎沟, run by 鑫砾石料, part 东. The place
says which mine it is, the part which of its pits; the kind of mine (石灰岩矿, 采石场) says little.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from qingshan.rules.words import normalised


@dataclass(frozen=True)
class MineName:
    """A name taken apart."""

    place: str
    """What is particular about it: 老虎沟. Empty where the name has only a kind, a number or the firm."""
    whole: str
    """The same with the firm's own words in front, where they were written: 鑫砾石料老虎沟."""
    parts: frozenset[str]
    """Which pit of several: 1, 东, 新."""


class NameLikeness(Enum):
    """How two names stand to each other once they are taken apart."""

    EQUAL = "equal"
    ALIKE = "alike"
    """One character differs that is no landform, direction or number, or one name goes on where the other ends."""
    UNKNOWN = "unknown"
    """One of them says no place."""
    OTHER = "other"


# --- firms ---------------------------------------------------------------------------------------------

_LEGAL = r"股份有限责任公司|股份有限公司|有限责任公司|有限公司|股份公司|总公司|公司"
_LEGAL_FORM = re.compile(rf"(?:集团)?(?:{_LEGAL})|集团")
_TRADES = (
    "新材料科技", "矿产品", "新材料", "高岭土", "矿业", "建材", "石材", "石料", "砂石", "水泥", "冶金", "煤业",
    "煤电", "煤炭", "铝业", "铜业", "黄金", "萤石", "石英", "科技", "实业", "工贸", "商贸",
)  # fmt: skip
_ALSO_A_MINERAL = {"高岭土", "黄金", "萤石", "石英"}
_BY_TRADE = re.compile(rf"^..+?(?:{'|'.join(t for t in _TRADES if t not in _ALSO_A_MINERAL)})(?=..)")
_NO_FIRM = {
    "个体", "个人", "无", "无主", "不详", "未知", "责任主体灭失", "灭失", "历史遗留", "政府", "待定", "待核",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def firm_core(name: str, places: frozenset[str] = frozenset()) -> str:
    """What a firm is known by: no region in front, no legal form, no branch: 鑫砾石料. Empty where nobody is named."""
    text = _without_places(_plain(name), places)
    if text in _NO_FIRM:
        return ""
    before_branch = re.split(r"(?<=公司)(?=.+分公司$)|(?<=集团)(?=.+分公司$)", text)[0]
    return _LEGAL_FORM.sub("", before_branch) or text


def _brand(core: str) -> str:
    """鑫砾 of 鑫砾石料 or of 鑫砾石料厂."""
    stripped = _without_kind(core)
    for trade in _TRADES:
        if stripped.endswith(trade) and len(stripped) > len(trade):
            return stripped[: -len(trade)]
    return stripped


# --- places --------------------------------------------------------------------------------------------

_REGION_IN_FRONT = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}?(?:市|自治州|地区|盟))?"
    r"(?:[\u4e00-\u9fff]{1,5}?(?:自治县|县|自治旗))?(?:[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))?(?=..)"
)
_LEVELS = "省市县区旗"


def _without_places(text: str, places: frozenset[str]) -> str:
    """Without the regions in front of it: those that are known with or without 县, others only with it."""
    before = ""
    while before != text:
        before = text
        for place in sorted(places, key=len, reverse=True):
            text = _without_place(text, place)
        text = _REGION_IN_FRONT.sub("", text, count=1)
    return text


def _without_place(text: str, place: str) -> str:
    if text.startswith(place) and len(text) > len(place):
        return text[len(place) :]
    stem = place.rstrip(_LEVELS)
    rest = text[len(stem) :]
    # 青石岭 is no place called 岭 in 青石县
    if len(stem) > 1 and text.startswith(stem) and rest and len(_particular(rest)) != 1:
        return rest
    return text


# --- numbers, directions, old and new -----------------------------------------------------------------------

_DIGITS = {**{zh: n for n, zh in enumerate("零一二三四五六七八九")}, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_NUMBER = r"\d{1,3}|[一二三四五六七八九十两壹贰叁]{1,3}|viii|vii|vi|v|iv|ix|iii|ii|i|x"
_UNIT = r"矿井|采矿区|采区|矿区|采场|采坑|矿段|矿体|矿坑|矿点|标段|工区|井|坑|区|段|期|点|矿(?!业|山|产)"
_NUMBERED = re.compile(
    rf"第(?P<a>{_NUMBER})(?:{_UNIT})?|#(?P<b>{_NUMBER})(?:{_UNIT})?|(?P<c>{_NUMBER})#(?:{_UNIT})?"
    rf"|(?P<d>{_NUMBER})号(?:{_UNIT})?|(?<![\da-z])(?P<e>{_NUMBER})(?:{_UNIT})"
)
_SIDE = re.compile(
    r"(?P<side>[东西南北中]{1,2}|[甲乙丙丁]|主|副|前山|后山|左|右)(?:部|翼|侧|帮)?(?:采区|矿区|采场|采坑|矿段|井|区|坑|段)"
    r"|(?P<wing>[东西南北])(?:翼|部)$"
)
_AGE = re.compile(
    r"^(?P<age>[新老旧])(?!虎|鹰|鸦|君|庄|民|华)(?=..)|(?<=..)(?P<late>[新老旧])(?=[^新老旧]{0,8}[矿场厂]$)"
)


def _number(text: str) -> str:
    if text.isdigit():
        return str(int(text))
    if text in _ROMAN:
        return str(_ROMAN[text])
    if "十" in text:
        tens, ones = text.split("十", 1)
        return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))
    return str(_DIGITS.get(text, text))


def _parts_of(text: str) -> tuple[str, frozenset[str]]:
    """The text without its numbers, directions and ages, and these."""
    found: set[str] = set()
    text = re.sub(r"[^\w#]|_", "", text)

    def take(match: re.Match[str]) -> str:
        word = next(group for group in match.groups() if group)
        found.add(_number(word) if match.re is _NUMBERED else word)
        return ""

    for pattern in (_NUMBERED, _SIDE, _AGE):
        text = pattern.sub(take, text)
    return text, frozenset(found)


# --- kinds ---------------------------------------------------------------------------------------------

_KINDS = (
    "采石场", "采石厂", "石料厂", "石料场", "石料加工厂", "加工厂", "采石坑", "采石点", "采矿场", "采场", "采坑",
    "石场", "石厂", "石材厂", "砖瓦厂", "砖厂", "砂石厂", "砂石场", "砂石", "矿山", "矿区", "矿点", "矿场", "矿井",
    "矿", "露天", "地下", "井", "坑", "厂", "场",
)  # fmt: skip
_MINERALS = (
    "建筑石料用灰岩", "建筑石料用", "建筑石料", "水泥用石灰岩", "水泥用灰岩", "水泥灰岩", "水泥用", "水泥", "石灰岩",
    "石灰石", "灰岩", "饰面用花岗岩", "饰面石材", "饰面用", "建筑用花岗岩", "建筑用砂岩", "建筑用", "花岗岩", "花岗石",
    "砖瓦用页岩", "砖瓦用粘土", "砖瓦用", "页岩", "粘土", "冶金用", "白云岩", "白云石", "玻璃用", "石英岩", "石英",
    "砂岩", "普通萤石", "萤石", "高岭土", "铝土", "铅锌", "石材", "石料", "煤炭", "煤", "铁", "铜", "金", "铅", "锌",
    "银", "锰", "钨", "锡", "钼", "磷", "玄武岩", "安山岩", "凝灰岩", "大理岩", "大理石", "片麻岩", "辉绿岩", "石膏",
    "重晶石", "膨润土", "方解石", "长石", "硅石", "陶土", "砂砾", "河砂", "碎石",
)  # fmt: skip
_STANDING = ("已关闭", "关闭", "废弃", "闭坑", "停产", "在建", "历史遗留", "遗留", "整合", "原")
_STANDING_WORDS = re.compile(rf"[(\[【](?:{'|'.join(_STANDING)})[)\]】]|废弃|历史遗留")
_ENDINGS = frozenset({*_KINDS, *_MINERALS})
_LONGEST = max(map(len, _ENDINGS))


def _without_kind(text: str) -> str:
    """Without the words at the end that say what kind of mine it is, as many as there are."""
    while True:
        endings = (text[-length:] for length in range(min(_LONGEST, len(text)), 0, -1))
        ending = next((each for each in endings if each in _ENDINGS), "")
        if not ending or (ending in _MINERALS and _is_place(text, ending)):
            return text
        text = text[: -len(ending)]


def _is_place(text: str, ending: str) -> bool:
    """A mineral of one character that ends a text is a kind only before 矿, which stood behind it."""
    return len(ending) == 1 and len(text) == 2


def _particular(text: str) -> str:
    """What is particular about a name of a mine, once firm and region are gone."""
    bare, _parts = _parts_of(text)
    return _without_kind(bare).replace("#", "")


# --- a whole name -------------------------------------------------------------------------------------

_VARIANTS = str.maketrans("磙厰岺溝峯礦黏", "滚厂岭沟峰矿粘", "\u200b")


def _plain(text: str) -> str:
    """Narrow, lower case, no gaps, one form of a character."""
    return re.sub(r"[\s·•]", "", normalised(text)).casefold().translate(_VARIANTS)


@lru_cache(maxsize=65_536)
def mine_name(name: str, *, firm: str = "", places: frozenset[str] = frozenset()) -> MineName:
    """Take a name apart. `firm` is its enterprise's name, `places` the names of known regions."""
    text = _STANDING_WORDS.sub("", _plain(name))
    core = firm_core(firm, places) if firm else ""
    text = _without_places(_without_bracketed_firm(text, core, places), places)
    own = _LEGAL_FORM.sub("", text)
    behind = _behind_firm(text, core, places)
    part_text = behind if behind is not None else own
    _bare, parts = _parts_of(part_text)
    place = "" if behind is None and core and _brand(own) == _brand(core) else _particular(part_text)
    return MineName(place=place, whole=_particular(own), parts=parts)


def _without_bracketed_firm(text: str, core: str, places: frozenset[str]) -> str:
    """布谷岭采石场（望川县恒岩建材有限公司）: the firm is no part of the place."""
    for bracketed in re.findall(r"\(([^()]*)\)", text):
        if _LEGAL_FORM.search(bracketed) or (core and firm_core(bracketed, places) == core):
            text = text.replace(f"({bracketed})", "")
    return text


def _behind_firm(text: str, core: str, places: frozenset[str]) -> str | None:
    """What follows the firm in a mine's name; None where the firm is not in front of it."""
    after_form = re.split(_LEGAL_FORM, text)[-1]
    if after_form != text and len(after_form) > 1:
        return _without_places(after_form, places)
    own = _LEGAL_FORM.sub("", text)
    if core and own.startswith(core) and len(own) > len(core):
        return own[len(core) :]
    if traded := _BY_TRADE.match(own):
        rest = own[traded.end() :]
        if len(_particular(rest)) > 1:
            return rest
    return None


# --- two names ----------------------------------------------------------------------------------------

_APART = (
    "沟岭坡坪崖湾洼坳峪岔梁峁台垭冲坞峰山坝塬峡谷川河沟湖塘泉井寨庄屯",
    "东西南北中", "上下", "大小", "新老旧", "前后", "左右内外", "甲乙丙丁", "零一二三四五六七八九十百千双",
)  # fmt: skip


def compare_names(one: MineName, other: MineName) -> NameLikeness:
    """How two names stand to each other; numbers and directions are compared apart from this."""
    if not (one.whole and other.whole):
        both_only_numbered = not one.whole and not other.whole and one.parts and one.parts == other.parts
        return NameLikeness.EQUAL if both_only_numbered else NameLikeness.UNKNOWN
    if not (one.place and other.place):
        return _by_firm(one, other)
    return _compared(one.place, other.place)


def _by_firm(one: MineName, other: MineName) -> NameLikeness:
    """Where a name is only that of the firm, an equal text is a sign, another one is none."""
    found = _compared(one.place or one.whole, other.place or other.whole)
    return NameLikeness.UNKNOWN if found is NameLikeness.OTHER else found


def _compared(one: str, other: str) -> NameLikeness:
    if one == other:
        return NameLikeness.EQUAL
    if not (_HAN.search(one) and _HAN.search(other)):
        return (
            NameLikeness.OTHER if _NUMERALS.search(one) and _NUMERALS.search(other) else NameLikeness.UNKNOWN
        )
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 1 and longer.startswith(shorter):
        return NameLikeness.ALIKE
    return NameLikeness.ALIKE if _one_slip(one, other) else NameLikeness.OTHER


_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMERALS = re.compile(r"\d")


def _one_slip(one: str, other: str) -> bool:
    """One character typed wrongly, none that tells places apart: 白桦坪, 白华坪, but not 大柳沟, 大柳坡."""
    if len(one) != len(other) or len(one) < 3:
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and not _tells_apart(*differing[0])


def _tells_apart(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _APART)


def known_places(names: Collection[str]) -> frozenset[str]:
    """Names of regions as `mine_name` wants them."""
    return frozenset(_plain(name) for name in names if len(name) > 1)
