"""Which columns does a rectification ledger in use (整改台账) have?"""

from __future__ import annotations

from qingshan.exchange.columns import Choice, Code, Column, Date, Text
from qingshan.office.cases.ledger_cells import Deadline, Loose, Percent, Period, Standing
from qingshan.rules.matters import ProblemKind, Route, Severity, SourceKind
from qingshan.rules.roles import Role

STANDING = Standing()
ROLE_OF = {
    "leading": Role.LEADING,
    "answering": Role.ANSWERING,
    "executing": Role.EXECUTING,
    "joint": Role.JOINT,
    "supervising": Role.SUPERVISING,
}
"""Which part in a matter the units have that a column names."""


def also(names: str) -> tuple[str, ...]:
    """Other names of a column, parted by spaces."""
    return tuple(names.split())


_PROBLEMS = Choice(
    ProblemKind,
    also={
        "outside_boundary": ("越界", "越界越层开采", "超层越界", "超越批准范围开采"),
        "without_right": ("无证", "非法开采", "私挖乱采", "盗采"),
        "unrestored": ("未修复", "未治理", "生态修复不到位", "未回填", "矿山修复", "未恢复治理", "生态破坏"),
        "slag": ("弃渣", "废渣乱堆", "渣土乱堆", "违规排土", "固废堆存"),
        "slope": ("边坡", "高陡边坡", "地质灾害隐患", "地灾隐患"),
        "dust": ("扬尘", "粉尘污染", "大气污染", "大气"),
        "water": ("废水", "水污染", "污水直排", "水"),
        "tailings": ("尾矿库", "尾矿"),
        "soil_and_water": ("水土保持",),
        "land_use": ("占地", "违规占地", "非法占地", "占用林地", "毁林占地", "占用耕地", "违法用地"),
        "temporary_land": ("临时用地", "临时用地到期"),
        "plan_not_followed": ("未按方案", "未按方案开采", "未按设计开采"),
        "fund": ("基金", "基金计提"),
    },
)
_SOURCES = Choice(
    SourceKind, also={"central_inspection": ("中央督察", "央督", "中央环保督察"), "satellite": ("卫片",)}
)
_ROUTES = Choice(
    Route,
    also={
        "at_once": ("立行立改类", "立即整改", "立整立改", "即知即改", "短期攻坚"),
        "by_date": ("限期", "限期整改类", "限期完成", "中期推进", "阶段性整改"),
        "lasting": ("长期", "长期坚持类", "长期整改", "持续整改", "持续推进"),
    },
)

COLUMNS = (
    Column(
        "key",
        "编号",
        "Number",
        aliases=also(
            "问题编号 任务编号 整改编号 台账编号 清单编号 反馈问题编号 整改任务编号 问题序号 任务序号"
        ),
        type=Code(limit=60, example="QS-2025-001"),
        help_zh="用来识别同一问题；只有序号或没有编号的，按行政区划、来源和问题摘要识别",
        help_en="By it the same problem is recognised; without one, region, source and title stand in for it",
    ),
    Column(
        "source",
        "来源",
        "Source",
        aliases=also("问题来源 来源渠道 发现方式 任务来源"),
        type=Loose(_SOURCES, limit=120),
    ),
    Column("batch", "批次", "Batch", aliases=also("轮次 督察批次 督察轮次 来文批次"), type=Text(limit=60)),
    Column(
        "source_number",
        "来源文号",
        "Document number",
        aliases=also("文号 交办文号 来文文号 文件依据 反馈文号"),
        type=Text(limit=120),
    ),
    Column(
        "name",
        "问题摘要",
        "Problem",
        aliases=also(
            "问题 反馈问题 整改任务 存在问题 主要问题 问题内容 具体问题"
            " 问题概述 整改问题 反馈问题(整改任务) 问题名称 问题清单 督察反馈问题 存在的问题"
        ),
        type=Text(limit=4000),
        help_zh="一句话写明问题；超过 200 字的，全文写入问题描述",
        help_en="The problem in one sentence; what is longer goes on in the description",
        sample="采坑未回填复绿",
    ),
    Column(
        "description",
        "问题描述",
        "Description",
        aliases=also("问题详情 具体情况 问题基本情况 基本情况 问题具体表现"),
        type=Text(limit=4000),
    ),
    Column(
        "region",
        "行政区划",
        "Region",
        aliases=also(
            "行政区划代码 行政区域 所在县区 县区 区县 县(市、区) 县(区) 属地"
            " 地区 所属地区 区划代码 所在地 所属县区 县(市)区 县市区 所属行政区"
        ),
        type=Text(limit=60),
        help_zh="6 位代码或名称；留空时按矿山、点位所在地，或本单位所在县区",
        help_en="6-digit code or name; where empty, that of the mine or site, or the own county",
        sample="990101",
    ),
    Column(
        "mine",
        "矿山或点位编号",
        "Mine or site number",
        aliases=also("点位/矿山编号 矿山编号 点位编号 图斑号 图斑编号 矿山/点位编号 所属矿山编号 点位"),
        type=Code(limit=120, example=""),
    ),
    Column(
        "mine_name",
        "矿山名称",
        "Mine name",
        aliases=also("矿山 涉及矿山 所属矿山 点位名称"),
        type=Text(limit=120),
        sample="—",
    ),
    Column(
        "problem",
        "问题类型",
        "Problem kind",
        aliases=also("问题类别 问题分类 类别"),
        type=Loose(_PROBLEMS, limit=60),
    ),
    Column(
        "severity",
        "严重程度",
        "Severity",
        aliases=("问题等级", "等级"),
        type=Choice(
            Severity,
            {"grave": ("特别严重", "重大问题"), "serious": ("严重", "较重"), "ordinary": ("轻微", "普通")},
        ),
    ),
    Column(
        "route",
        "整改类型",
        "Type of rectification",
        aliases=also("整改方式 任务类型 整改类别 阶段类型"),
        type=_ROUTES,
    ),
    Column("requirement", "整改要求", "Requirement", aliases=("工作要求",), type=Text(limit=2000)),
    Column(
        "target",
        "整改目标",
        "Target",
        aliases=also("目标 治理目标 工作目标"),
        type=Text(limit=1000),
        sample="回填采坑，复绿 3.2 公顷",
    ),
    Column(
        "measures",
        "整改措施",
        "Measures",
        aliases=also("措施 整改措施(编号) 治理措施 具体措施 主要措施"),
        type=Text(limit=5000),
        help_zh="有编号的，按编号拆成一条一条的措施",
        help_en="Numbered measures are taken one by one",
        sample="1.清运弃渣；2.回填采坑；3.覆土复绿。",
    ),
    Column(
        "due_on",
        "完成时限",
        "Deadline",
        aliases=also(
            "整改时限 整改完成时限 完成期限 整改期限 时限 计划完成时间 完成时间要求 整改完成时间 计划完成日期"
        ),
        type=Deadline(),
    ),
    Column(
        "leading",
        "牵头单位",
        "Lead unit",
        aliases=also("牵头部门 牵头责任单位 市级牵头单位"),
        type=Text(limit=400),
        sample="青石县人民政府",
    ),
    Column(
        "answering",
        "责任单位",
        "Answering unit",
        aliases=also("整改责任单位 责任部门 整改责任主体 责任主体 主体责任单位 承办单位"),
        type=Text(limit=400),
        sample="青石县自然资源局",
    ),
    Column(
        "executing",
        "实施单位",
        "Executing unit",
        aliases=also("整改单位 实施主体 整改主体 责任企业 企业名称 矿山企业 涉及企业"),
        type=Text(limit=400),
        sample="青石矿业有限公司",
    ),
    Column(
        "joint",
        "配合单位",
        "Joint units",
        aliases=also("配合部门 协同单位 协办单位"),
        type=Text(limit=400),
        sample="青石县水利局、青石县林业局",
    ),
    Column(
        "leader",
        "责任领导",
        "Leader",
        aliases=also("包保领导 包联领导 责任县领导 牵头领导 分管领导"),
        type=Text(limit=60),
        sample="赵某",
    ),
    Column(
        "person",
        "责任人",
        "Person",
        aliases=also("整改责任人 具体责任人 经办人 联系人"),
        type=Text(limit=60),
        sample="李某",
    ),
    Column(
        "supervising",
        "督导单位",
        "Supervising unit",
        aliases=also("督办单位 监督单位 督促单位 督导部门 行业监管部门"),
        type=Text(limit=400),
        sample="青石县自然资源局",
    ),
    Column(
        "accepting",
        "验收单位",
        "Accepting unit",
        aliases=also("验收销号单位 销号单位 验收部门"),
        type=Text(limit=400),
        sample="云岭市自然资源局",
    ),
    Column(
        "state",
        "状态",
        "Status",
        aliases=also("整改状态 进展状态 进展/状态 当前状态 完成状态 整改进度状态 销号情况 办理状态"),
        type=STANDING,
    ),
    Column(
        "percent",
        "进度",
        "Progress",
        aliases=also("整改进度 完成比例 进展(%) 完成率 整改完成率 进展比例"),
        type=Percent(),
    ),
    Column(
        "progress",
        "进展情况",
        "What was done",
        aliases=also("整改进展 整改情况 完成情况 进展 工作进展 整改落实情况 整改进展情况 整改完成情况"),
        type=Text(limit=4000),
        sample="已清运弃渣 1.2 万立方米",
    ),
    Column(
        "evidence",
        "佐证",
        "Evidence",
        aliases=("佐证材料", "证明材料"),
        type=Text(limit=1000),
        sample="照片 6 张",
    ),
    Column(
        "plan_number",
        "方案批准文号",
        "Approval of the plan",
        aliases=also("整改方案文号 方案文号 批准文号"),
        type=Text(limit=120),
        sample="青自然资〔2025〕3号",
    ),
    Column(
        "found_on", "发现日期", "Found on", aliases=also("发现时间 检查日期 反馈日期 反馈时间"), type=Date()
    ),
    Column("assigned_on", "交办日期", "Assigned on", aliases=also("交办时间 下达日期 转办日期"), type=Date()),
    Column(
        "opened_on",
        "登记日期",
        "Registered on",
        aliases=also("登记时间 入账日期 立项日期 建账日期 挂账日期"),
        type=Date(),
    ),
    Column(
        "self_checked_on",
        "自验日期",
        "Self-checked on",
        aliases=also("自验时间 自查自验日期 自验收日期"),
        type=Date(),
        sample="—",
    ),
    Column(
        "accepted_on",
        "验收日期",
        "Accepted on",
        aliases=("验收时间", "验收通过日期"),
        type=Date(),
        sample="—",
    ),
    Column(
        "acceptance_number",
        "验收意见文号",
        "Acceptance sheet",
        aliases=("验收文号", "验收意见"),
        type=Text(limit=120),
        sample="—",
    ),
    Column(
        "notice",
        "公示起止",
        "Notice",
        aliases=also("公示起止日期 公示起止时间 公示期 公示时间 公示日期"),
        type=Period(),
        sample="—",
    ),
    Column(
        "notice_from_on",
        "公示开始日期",
        "Notice from",
        aliases=also("公示开始 公示起始日期 公示开始时间"),
        type=Date(),
        sample="—",
    ),
    Column(
        "notice_to_on",
        "公示结束日期",
        "Notice to",
        aliases=also("公示结束 公示截止日期 公示结束时间"),
        type=Date(),
        sample="—",
    ),
    Column(
        "notice_where",
        "公示方式",
        "Where the notice stood",
        aliases=also("公示载体 公示渠道 公示网址"),
        type=Text(limit=200),
        sample="—",
    ),
    Column(
        "closed_on",
        "销号日期",
        "Closed on",
        aliases=also("销号时间 完成销号日期 销号完成时间"),
        type=Date(),
        sample="—",
    ),
    Column(
        "closing_number",
        "销号文号",
        "Decision to close",
        aliases=("销号批准文号", "销号批复文号"),
        type=Text(limit=120),
        sample="—",
    ),
    Column("look_back_on", "回头看日期", "Look-back on", aliases=("回头看时间",), type=Date(), sample="—"),
    Column(
        "accountability",
        "追责情况",
        "Accountability",
        aliases=also("追责问责情况 问责情况 查处情况 责任追究情况"),
        type=Text(limit=1000),
        sample="—",
    ),
    Column("note", "备注", "Note", aliases=("说明",), type=Text(limit=500)),
)
