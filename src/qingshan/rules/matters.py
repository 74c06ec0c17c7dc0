"""Which fixed terms do problems, petitions and what belongs to them use?"""

from __future__ import annotations

from qingshan.rules.words import Named


class SourceKind(Named):
    """来源: where a matter comes from."""

    CENTRAL_INSPECTION = "central_inspection", "中央生态环境保护督察", "central inspection"
    PROVINCIAL_INSPECTION = "provincial_inspection", "省级生态环境保护督察", "provincial inspection"
    NOTICE = "notice", "上级通报交办", "notice of a superior"
    SATELLITE = "satellite", "卫星遥感线索", "satellite clue"
    CAMPAIGN = "campaign", "专项行动", "campaign"
    JOINT_INSPECTION = "joint_inspection", "联合检查", "joint inspection"
    SELF_CHECK = "self_check", "自查发现", "self-check"
    PETITION = "petition", "信访举报", "petition"
    LOOK_BACK = "look_back", "回头看", "look-back"
    OTHER = "other", "其他", "other"


class Severity(Named):
    """严重程度."""

    GRAVE = "grave", "重大", "grave"
    SERIOUS = "serious", "较大", "serious"
    ORDINARY = "ordinary", "一般", "ordinary"


class Route(Named):
    """整改类型: how long a rectification may take."""

    AT_ONCE = "at_once", "立行立改", "at once"
    BY_DATE = "by_date", "限期整改", "by a date"
    LASTING = "lasting", "长期坚持", "lasting"


class ProblemKind(Named):
    """问题类型."""

    OUTSIDE_BOUNDARY = "outside_boundary", "越界开采", "mining outside the boundary"
    WITHOUT_RIGHT = "without_right", "无证开采", "mining without a right"
    UNRESTORED = "unrestored", "应修复未修复", "land not restored"
    SLAG = "slag", "弃渣乱堆", "slag dumped at random"
    SLOPE = "slope", "边坡隐患", "unstable slope"
    DUST = "dust", "扬尘污染", "dust"
    WATER = "water", "废水污染", "waste water"
    TAILINGS = "tailings", "尾矿库问题", "tailings pond"
    SOIL_AND_WATER = "soil_and_water", "水土流失", "soil erosion"
    LAND_USE = "land_use", "违法占地", "land used without approval"
    TEMPORARY_LAND = "temporary_land", "临时用地到期未还", "temporary land not returned"
    PLAN_NOT_FOLLOWED = "plan_not_followed", "未按方案实施", "approved plan not followed"
    FUND = "fund", "基金未提未用", "fund not accrued or spent"
    OTHER = "other", "其他", "other"


class Finding(Named):
    """是否属实."""

    TRUE = "true", "属实", "true"
    PARTLY = "partly", "部分属实", "partly true"
    UNTRUE = "untrue", "不属实", "untrue"


class Ending(Named):
    """是否办结."""

    DONE = "done", "办结", "done"
    DONE_FOR_NOW = "done_for_now", "阶段性办结", "done for now"
    OPEN = "open", "未办结", "open"


class Channel(Named):
    """来件方式."""

    PHONE = "phone", "来电", "by phone"
    LETTER = "letter", "来信", "by letter"
    VISIT = "visit", "来访", "in person"
    ONLINE = "online", "网上", "online"
    PASSED = "passed", "上级转办", "passed on by a superior"


class EvidenceKind(Named):
    """佐证类型."""

    PHOTOGRAPH = "photograph", "照片", "photograph"
    DOCUMENT = "document", "文件", "document"
    MEASUREMENT = "measurement", "测量成果", "measurement"


class Phase(Named):
    """拍摄时段: 前/中/后 of one fixed photo point."""

    BEFORE = "before", "整改前", "before"
    DURING = "during", "整改中", "during"
    AFTER = "after", "整改后", "after"


class DueStanding(Named):
    """时限情况: how a matter stands to its deadline, for narrowing lists and maps."""

    OPEN = "open", "在册", "open"
    OVERDUE = "overdue", "逾期", "overdue"
    SOON = "soon", "将到期", "due soon"
    IN_TIME = "in_time", "在期限内", "in time"
    UNDATED = "undated", "未定时限", "without a deadline"
    ENDED = "ended", "已了结", "ended"


class StageTerm(Named):
    """阶段类型."""

    SHORT = "short", "短期攻坚", "short"
    MEDIUM = "medium", "中期推进", "medium"
    LASTING = "lasting", "长期坚持", "lasting"


class EnforcementState(Named):
    """查处追责情况."""

    OPEN = "open", "查处中", "under way"
    DONE = "done", "查处追责到位", "done"
    NONE_NEEDED = "none_needed", "无需查处", "none needed"


class ObjectionState(Named):
    """异议办理情况."""

    OPEN = "open", "待答复", "to be answered"
    UPHELD = "upheld", "异议成立", "upheld"
    ANSWERED = "answered", "已答复", "answered"
