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


class RightState(Named):
    """采矿权状态: whether the right stands; that its term is over is read from the date, never from here."""

    IN_FORCE = "in_force", "有效", "in force"
    SUSPENDED = "suspended", "冻结", "suspended"
    CANCELLED = "cancelled", "已注销", "cancelled"
    REVOKED = "revoked", "已吊销", "revoked"
    MERGED = "merged", "已整合", "merged into another right"


class LandPurpose(Named):
    """临时用地用途: what land is lent to a mine for."""

    EXTRACTION = "extraction", "采场", "extraction"
    DUMPING = "dumping", "排土", "dumping"
    ROAD = "road", "道路", "road"
    YARD = "yard", "场地", "yard"
    STOCKPILE = "stockpile", "表土堆存", "topsoil stockpile"
    EXPLORATION = "exploration", "勘查", "exploration"
    OTHER = "other", "其他", "other"


class FacilityKind(Named):
    """设施类型: what else stands at a mine."""

    ORE_DRESSING_WORKS = "ore_dressing_works", "选矿厂", "ore-dressing works"
    TAILINGS_POND = "tailings_pond", "尾矿库", "tailings pond"
    WASTE_DUMP = "waste_dump", "排土场", "waste dump"
    GANGUE_DUMP = "gangue_dump", "矸石场", "gangue dump"
    PROCESSING_LINE = "processing_line", "破碎加工线", "crushing line"
    OTHER = "other", "其他设施", "other facility"


class FacilityState(Named):
    """运行状态: how a facility stands."""

    BUILDING = "building", "在建", "under construction"
    IN_USE = "in_use", "运行", "in use"
    IDLE = "idle", "停用", "idle"
    CLOSED = "closed", "已关闭（闭库）", "closed"
    REMOVED = "removed", "已拆除", "removed"


class Circumstance(Named):
    """责任主体认定情形: who must restore and pay follows from it (Mineral Resources Law 2024, art. 45)."""

    PRODUCING = "producing", "在产", "producing"
    HAS_HOLDER = "has_holder", "停产或关闭但有主体", "stopped or closed, with a holder"
    HOLDER_EXTINCT = "holder_extinct", "主体灭失", "holder extinct"


class DocumentKind(Named):
    """文件类型: what a stored paper is."""

    LICENCE = "licence", "采矿许可证", "mining licence"
    PLAN = "plan", "方案及批复", "plan and its approval"
    DETERMINATION = "determination", "责任主体认定", "determination of the responsible party"
    LAND_USE = "land_use", "用地批准", "land use approval"
    PERMIT = "permit", "其他许可", "other permit"
    OPINION = "opinion", "核查意见", "opinion on a check"
    PICTURE = "picture", "照片", "picture"
    DRAWING = "drawing", "图件", "drawing"
    REPORT = "report", "报告", "report"
    OTHER = "other", "其他", "other"


class Openness(Named):
    """公开属性: who may read a file or a layer. What is secret (涉密) never enters."""

    PUBLIC = "public", "公开", "public"
    INTERNAL = "internal", "内部", "internal"


class PlanKind(Named):
    """方案类型: which approved plan an inspection holds against the ground."""

    MINING = "mining", "开采方案", "mining plan"
    SOIL_AND_WATER = "soil_and_water", "水土保持方案", "soil and water conservation plan"
    ENVIRONMENT = "environment", "环境影响评价", "environmental impact assessment"
    RECLAMATION = "reclamation", "矿区生态修复方案", "restoration and reclamation plan"


class LikenessState(Named):
    """What became of a pair that looks like one mine."""

    OPEN = "open", "存疑待核", "to be checked"
    DIFFERENT = "different", "不是同一矿山", "not the same mine"
    MERGED = "merged", "已合并", "merged"


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
