"""Which fixed terms does the register of mines use? Models, spreadsheets and screens take them from here."""

from __future__ import annotations

from qingshan.rules.words import Named


class MineState(Named):
    """矿山状态: how a mining operation stands."""

    PRODUCING = "producing", "在产", "producing"
    STOPPED = "stopped", "停产", "stopped"
    CLOSED = "closed", "关闭", "closed"
    ABANDONED = "abandoned", "废弃", "abandoned"


class MiningMethod(Named):
    """开采方式: how the ore is won."""

    OPEN_PIT = "open_pit", "露天", "open-pit"
    UNDERGROUND = "underground", "地下", "underground"
    OPEN_PIT_TO_UNDERGROUND = "open_pit_to_underground", "露天转地下", "open-pit turning underground"


class MineScale(Named):
    """生产建设规模: size by yearly output; the limits per mineral stand in the rulebook `mine-scale`."""

    LARGE = "large", "大型", "large"
    MEDIUM = "medium", "中型", "medium"
    SMALL = "small", "小型", "small"


class SiteKind(Named):
    """点位类型: what one place under management is."""

    UNCLASSIFIED = "unclassified", "未分类", "unclassified"
    OPEN_PIT = "open_pit", "露天采场", "open pit"
    UNDERGROUND = "underground", "地下开采区", "underground workings"
    LEGACY = "legacy", "历史遗留废弃矿点", "legacy abandoned site"
    WASTE_DUMP = "waste_dump", "排土场", "waste dump"
    TAILINGS_POND = "tailings_pond", "尾矿库", "tailings pond"
    SUBSIDENCE = "subsidence", "采空塌陷区", "subsidence area"
    INDUSTRIAL_YARD = "industrial_yard", "工业场地", "industrial yard"
    OTHER = "other", "其他", "other"


class PatchKind(Named):
    """图斑类型: what one polygon of a site shows."""

    UNCLASSIFIED = "unclassified", "未分类", "unclassified"
    DISTURBED_LAND = "disturbed_land", "损毁土地", "disturbed land"
    QUARRY_FACE = "quarry_face", "采面边坡", "quarry face"
    DUMP = "dump", "堆场", "dump"
    POND = "pond", "库塘水面", "pond"
    BUILDINGS = "buildings", "建筑场地", "buildings"
    ROAD = "road", "矿山道路", "mine road"
    RESTORATION_PLOT = "restoration_plot", "修复地块", "restoration plot"


class OrganisationKind(Named):
    """机构类型: who an organisation is."""

    AUTHORITY = "authority", "管理部门", "authority"
    ENTERPRISE = "enterprise", "矿山企业", "mining enterprise"
    AGENCY = "agency", "第三方机构", "third-party agency"
    GOVERNMENT = "government", "人民政府", "government"
    VILLAGE = "village", "村（居）民委员会", "village committee"


class RegionLevel(Named):
    """区划级别 (GB/T 2260, GB/T 10114); abroad (境外) stands beside the five levels."""

    PROVINCE = "province", "省级", "province"
    PREFECTURE = "prefecture", "市级", "prefecture"
    COUNTY = "county", "县级", "county"
    TOWNSHIP = "township", "乡级", "township"
    VILLAGE = "village", "村级", "village"
    ABROAD = "abroad", "境外", "abroad"
