"""What are the valleys, firms and people of the demonstration called?

Everything here is made up from lists. Every firm bears the name of a county or city that does not exist, so
that none can be taken for a real one.
"""

from __future__ import annotations

from collections.abc import Iterator

from qingshan.demo.chance import Chance

_VALLEY_FIRST = (  # two characters each
    "老虎野鹿石门青杨白桦黑松红叶黄栌大柳小槐双井三岔半坡官道石磨水磨油房瓦窑砖窑炭窑铁匠木桥石桥"
    "干柴野猪狐狸画眉布谷喜鹊乌鸦山羊牧牛饮马卧龙飞云落霞望月朝阳背阴向阳滴水响水断崖滚石乱石卵石"
    "杏花桃花梨花山楂酸枣核桃板栗柿子葛藤荆条茅草芦苇松针苔石寒泉温汤枯井古槐孤松双峰三台四方五里"
    "八里九曲百步千尺"
)
_VALLEY_LAST = "沟岭坡坪崖湾洼坳峪岔梁峁台垭冲坞"

_BRAND_FIRST = "鑫宏恒瑞嘉永盛泰隆兴昌振裕万广中金铭天德"
_BRAND_LAST = "砾岩峰磊岳峦矾碚垒硕源泽原川石基垚矗峻岗"

_SURNAMES = "林周陈李王赵孙郑冯蒋沈韩杨许何吕孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛"
_GIVEN_FIRST = "青石岚岩松柏枫禾川云霁砚望晓映知远修若溪"
_GIVEN_LAST = "山禾林舟原然之平远安宁序和信成行言明朗微"


def valleys(chance: Chance) -> Iterator[str]:
    """Names of places, each once."""
    firsts = [_VALLEY_FIRST[place : place + 2] for place in range(0, len(_VALLEY_FIRST), 2)]
    yield from chance.shuffled(first + last for first in firsts for last in _VALLEY_LAST)


def brands(chance: Chance) -> Iterator[str]:
    """Names of firms, each once."""
    yield from chance.shuffled(first + last for first in _BRAND_FIRST for last in _BRAND_LAST)


def people(chance: Chance) -> Iterator[str]:
    """Names of people, each once."""
    yield from chance.shuffled(
        surname + first + last for surname in _SURNAMES for first in _GIVEN_FIRST for last in _GIVEN_LAST
    )


def somebody(chance: Chance) -> str:
    """A name for one person who holds no seat."""
    return chance.one_of(_SURNAMES) + chance.one_of(_GIVEN_FIRST) + chance.one_of(_GIVEN_LAST)
