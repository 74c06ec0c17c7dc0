"""Which fixed terms do map layers and the checks against them use?"""

from __future__ import annotations

from qingshan.rules.words import Named


class LayerKind(Named):
    """图层类别: the three control lines, and other areas that work at a mine is checked against."""

    ECOLOGICAL_REDLINE = "ecological_redline", "生态保护红线", "ecological redline"
    BASIC_FARMLAND = "basic_farmland", "永久基本农田", "permanent basic farmland"
    URBAN_BOUNDARY = "urban_boundary", "城镇开发边界", "urban development boundary"
    NATURE_RESERVE = "nature_reserve", "自然保护地", "nature reserve"
    MINING_ZONE = "mining_zone", "集中开采区", "concentrated mining zone"
    OTHER = "other", "其他图层", "other layer"


CHECKED = (
    LayerKind.ECOLOGICAL_REDLINE,
    LayerKind.BASIC_FARMLAND,
    LayerKind.URBAN_BOUNDARY,
    LayerKind.NATURE_RESERVE,
    LayerKind.MINING_ZONE,
)
"""What every overlap check answers for, whether or not a layer of it is held here."""


class Openness(Named):
    """公开属性: how far a layer, a service or a file may be shown. 涉密 is none of them: it never enters."""

    PUBLIC = "public", "公开", "public"
    INTERNAL = "internal", "内部", "internal"


SECRET = "secret"
"""涉密 as an answer that is refused at the door with instructions; it is never stored."""


class LayerState(Named):
    """图层状态: whether a layer still holds."""

    IN_FORCE = "in_force", "现行", "in force"
    REPLACED = "replaced", "已替换", "replaced"
    WITHDRAWN = "withdrawn", "已撤下", "withdrawn"


class OverlapConclusion(Named):
    """套合结论: what the office that holds a control line says about an area."""

    CLEAR = "clear", "不涉及", "clear"
    OVERLAPS = "overlaps", "涉及", "overlaps"
    UNDETERMINED = "undetermined", "未能判定", "undetermined"
