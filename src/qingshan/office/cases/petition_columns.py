"""Which columns does a petition ledger (群众信访举报转办和边督边改公开情况一览表) have? The official eleven first."""

from __future__ import annotations

from qingshan.exchange.columns import Choice, Code, Column, Date, Text
from qingshan.office.cases.ledger_columns import also
from qingshan.rules.matters import Ending, Finding

FINDINGS = Choice(
    Finding,
    also={
        "true": ("是", "全部属实"),
        "partly": ("基本属实", "部分属实。", "部份属实"),
        "untrue": ("否", "查无实据", "不存在"),
    },
)
ENDINGS = Choice(
    Ending,
    also={
        "done": ("已办结", "是", "办结完成", "已完成"),
        "done_for_now": ("阶段办结", "阶段性完成", "阶段性办结。"),
        "open": ("否", "正在办理", "办理中", "未完成", "正在整改"),
    },
)
COLUMNS = (
    Column(
        "key",
        "受理编号",
        "Number",
        aliases=also("编号 举报编号 信访编号 交办编号 转办编号 举报件编号 信访件编号 案件编号"),
        type=Code(limit=60, example="D2SX202104170024"),
        help_zh="如 D2SX202104170024：D（电话）或 X（信件）、轮次和省简称或 6 位区划代码、8 位日期、4 位流水号",
        help_en="Like D2SX202104170024: D (phone) or X (letter), round and province, day, serial",
    ),
    Column(
        "content",
        "交办问题基本情况",
        "What was complained of",
        aliases=also("问题基本情况 举报内容 信访内容 反映问题 反映内容 交办问题 举报问题 主要内容 问题描述"),
        type=Text(limit=4000),
        required=True,
        sample="举报矿山扬尘扰民",
    ),
    Column(
        "region",
        "行政区域",
        "Region",
        aliases=also("行政区划 行政区划代码 区划代码 县区 所属县区 属地 所在县区 被举报地区"),
        type=Text(limit=60),
        sample="990101",
    ),
    Column(
        "pollution",
        "污染类型",
        "Kind of pollution",
        aliases=also("类型 污染类别"),
        type=Text(limit=40),
        sample="大气",
    ),
    Column(
        "found",
        "调查核实情况",
        "What was found",
        aliases=also("核实情况 调查情况 查处情况"),
        type=Text(limit=6000),
    ),
    Column("finding", "是否属实", "Whether true", aliases=also("属实情况 举报是否属实"), type=FINDINGS),
    Column(
        "handled",
        "处理和整改情况",
        "How it was handled",
        aliases=also("处理整改情况 处理情况 整改情况 办理情况 处理及整改情况"),
        type=Text(limit=6000),
    ),
    Column("ending", "是否办结", "Whether done", aliases=also("办结情况 办理状态"), type=ENDINGS),
    Column(
        "accountability",
        "责任人被处理情况",
        "Accountability",
        aliases=also("问责情况 责任人被处理情况(问责情况) 责任追究情况 责任人处理情况"),
        type=Text(limit=2000),
    ),
    Column("note", "备注", "Note", aliases=("说明",), type=Text(limit=500)),
    Column("batch", "批次", "Batch", aliases=also("交办批次 转办批次"), type=Text(limit=40)),
    Column(
        "received_on",
        "受理日期",
        "Received on",
        aliases=also("转办日期 交办日期 交办时间 受理时间 收件日期"),
        type=Date(),
    ),
    Column("due_on", "办理时限", "Deadline", aliases=also("办结时限 完成时限 要求办结日期"), type=Date()),
    Column("done_on", "办结日期", "Done on", aliases=also("办结时间"), type=Date(), sample="—"),
    Column(
        "answering",
        "责任单位",
        "Answering unit",
        aliases=also("承办单位 办理单位"),
        type=Text(limit=400),
        sample="青石县自然资源局",
    ),
    Column(
        "mine",
        "矿山编号",
        "Mine number",
        aliases=also("点位编号 所属矿山编号"),
        type=Code(limit=120, example=""),
    ),
    Column(
        "mine_name",
        "矿山名称",
        "Mine name",
        aliases=also("被举报单位 矿山 企业名称"),
        type=Text(limit=120),
        sample="—",
    ),
)
OFFICIAL = tuple(column.name for column in COLUMNS[:10])
"""In this order behind 序号 they are the official table."""
