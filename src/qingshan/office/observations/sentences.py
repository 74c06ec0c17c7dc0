"""Which acts on claims, images and runs are refused, and why? And what is said of land without a shape?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class ObservationRefused(OfficeError):
    """The act on a claim, on images or on a run is not possible; the reasons say why."""


class NothingLeft(ObservationRefused):
    """What the program was about to do by itself is done, or is not to be done any more."""


_WHERE_ZH = "第 {row} 行“{column}”："
_WHERE_EN = "Row {row}, “{column}”: "

SENTENCES = {
    # said of a claim that was never looked at
    "observations.no_shape": Sentence(
        zh="缺图形：“{about}”没有多边形范围，影像无从核查，无法判定；不作为不利依据。请补充点位范围，再“按点位范围补图形”。",
        en="No shape: “{about}” has no polygon, so images cannot be asked; undecidable, and counts against nobody. Add"
        " the outline of the site, then let the claim take it.",
    ),
    # where a claim has its target from; the project, which not everybody may see, stands in the values alone
    "observations.target_planned": Sentence(
        zh="申报时没有填写，取自该点位修复项目登记的{side}“{use}”，修复方式为{mode}。",
        en="Not said in the claim: taken from the {side_en} by the restoration project of the site, {use_en};"
        " way of restoring: {mode_en}.",
    ),
    "observations.target_of_parts": Sentence(
        zh="申报时没有填写，沿用本事项此前申报 {number} 的治理去向。",
        en="Not said in the claim: taken from the earlier claim {number} of this matter.",
    ),
    # images
    "observations.name_missing": Sentence(
        zh="没有填写影像目录名称。", en="The set of images has no name. Give it one."
    ),
    "observations.path_outside": Sentence(
        zh="“{path}”不在影像目录 {root} 之下。请把影像放进该目录，填写相对路径；"
        "目录由系统管理员用 QINGSHAN_SCENES 设定。",
        en="“{path}” does not lie below {root}. Put the images there and give the path below it; the system"
        " administrator sets the folder by QINGSHAN_SCENES.",
    ),
    "observations.path_missing": Sentence(
        zh="影像目录下没有“{path}”。请核对路径。", en="There is no “{path}” among the images. Check the path."
    ),
    "observations.path_taken": Sentence(
        zh="“{path}”已登记为“{name}”。", en="“{path}” is registered already, as “{name}”."
    ),
    "observations.no_scenes": Sentence(
        zh="“{path}”里没有一景能用的影像。", en="Not one image in “{path}” can be used."
    ),
    "observations.grounds_missing": Sentence(
        zh="没有写明停用理由。请填写。", en="Nothing is said of why it is retired. Give the reason."
    ),
    "observations.scenes_retired": Sentence(
        zh="影像目录“{name}”已于 {day} 停用，不能再用。请另选影像目录，或先恢复使用。",
        en="The set of images “{name}” was retired on {day} and is used no more. Choose another one, or bring it"
        " back into use first.",
    ),
    "observations.secret": Sentence(
        zh="涉密影像不得登记。请按保密规定在涉密网络使用；本系统只用公开或内部影像。",
        en="Secret images are not registered here. Use them on the network for secrets; here they are"
        " public or internal.",
    ),
    # runs
    "observations.nothing_asked": Sentence(
        zh="{region}没有可核查的申报。申报验收后会自动列入；没有范围的申报不能用影像核查。",
        en="Nothing in {region} can be tested. Claims are queued when acceptance is applied for; without a shape"
        " none can be tested.",
    ),
    "observations.none_covered": Sentence(
        zh="{region}的 {claims} 项申报已有别的影像的结论，“{name}”的影像都没有覆盖到。请登记覆盖这些地块的影像。",
        en="{claims} claims in {region} could be tested again; other images have judged them, and no image of “{name}”"
        " covers any. Register images of that land.",
    ),
    "observations.run_not_in_state": Sentence(
        zh="任务 {number} 现为“{state}”，不能这样办理。",
        en="Run {number} is now “{state_en}”: this is not possible.",
    ),
    "observations.another_run": Sentence(
        zh="任务 {number} 正在核查同一批申报。请等它结束。",
        en="Run {number} is testing the same claims. Wait until it ends.",
    ),
    "observations.images_elsewhere": Sentence(
        zh="“{name}”是{region}的影像，不能用于这一范围。",
        en="“{name}” holds images of {region} and cannot be used here.",
    ),
    # the program's own work of the night
    "observations.done_meanwhile": Sentence(
        zh="其间已由别人办理或撤回，不必再办。",
        en="Somebody has done or withdrawn it in the meantime; nothing is left to do.",
    ),
    "observations.night_fault": Sentence(
        zh="处理“{what}”时程序出错（{error}），本次没有办理；下次自动核验时再办。详情见服务器日志。",
        en="The program failed at “{what}” ({error}); it was left for the next night. The log of the server says more.",
    ),
    # screenings and clues
    "observations.screening_not_in_state": Sentence(
        zh="筛查任务 {number} 现为“{state}”，不能这样办理。",
        en="Screening {number} is now “{state_en}”: this is not possible.",
    ),
    "observations.screening_days_wrong": Sentence(
        zh="影像截至日期早于起始日期。请改正。",
        en="The last day of images lies before the first day. Correct it.",
    ),
    "observations.screening_too_early": Sentence(
        zh="“{name}”最早的影像是 {first}，到 {since} 不足一年半，认不出一块地平常的样子。"
        "请把起始日期改到 {possible} 以后。",
        en="The first image of “{name}” is of {first}: up to {since} that is less than a year and a half, too little to"
        " know how land usually looks. Begin after {possible}.",
    ),
    "observations.clue_not_in_state": Sentence(
        zh="图斑 {number} 现为“{state}”，不能这样办理。",
        en="Clue {number} is now “{state_en}”: this is not possible.",
    ),
    "observations.clue_not_verified": Sentence(
        zh="图斑 {number} 还没有现场核实，不能登记为问题。请先到现场，属实的办理“现场核实属实”，再登记。",
        en="Clue {number} has not been confirmed on site and cannot become a case. Go there first and record what was"
        " found, then register it.",
    ),
    "observations.visit_missing": Sentence(
        zh="没有填写到场日期。现场核实须写明哪一天到场。",
        en="The day of the visit is missing. Say on which day somebody went on site.",
    ),
    # polygons from elsewhere; where a row is meant, the sentence begins with it
    "observations.clue_row_incomplete": Sentence(
        zh=_WHERE_ZH + "没有填写。请在表中填写，或在上传文件时统一填写。",
        en=_WHERE_EN + "it is empty. Fill it in, or say it once for the whole file when you bring it.",
    ),
    "observations.clue_day_to_come": Sentence(
        zh=_WHERE_ZH + "{day} 晚于今天。期次按最后一日计，请等本期结束，或填写实际日期。",
        en=_WHERE_EN
        + "{day} is a day to come. A period counts by its last day: wait, or give the day itself.",
    ),
    "observations.coverage_unknown": Sentence(
        zh=_WHERE_ZH + "没有代码为“{value}”的行政区划。请按最新区划代码填写。",
        en=_WHERE_EN + "there is no region “{value}”. Give its newest code.",
    ),
    "observations.coverage_not_yours": Sentence(
        zh=_WHERE_ZH + "“{value}”不全在您岗位的管辖范围内，不能由您说明那里有没有图斑。",
        en=_WHERE_EN + "“{value}” reaches beyond the area of your post: you cannot say what there is in it.",
    ),
    "observations.outside_coverage": Sentence(
        zh=_WHERE_ZH + "图斑位于{region}，不在覆盖区划“{value}”内。请改正其中之一。",
        en=_WHERE_EN + "the polygon lies in {region}, outside “{value}”. Correct one of both.",
    ),
    "observations.sighting_differs": Sentence(
        zh=_WHERE_ZH + "来源“{source}”的 {value} 在 {day} 期已有记录，范围不同。发现记录不改写；"
        "更正后的范围请用新的编号或期次。",
        en=_WHERE_EN
        + "“{source}” has delivered {value} for {day} already, with another shape. What was seen is not"
        " rewritten: give the corrected shape a new number or period.",
    ),
    "observations.clue_of_others": Sentence(
        zh=_WHERE_ZH + "与您岗位管辖范围以外的图斑重叠 {share}%，属于同一处。请交由上级或当地导入。",
        en=_WHERE_EN
        + "{share}% of it overlap a clue outside the area of your post: they are one. Leave it to the"
        " level above or to the region concerned.",
    ),
    "observations.clue_in_plan": Sentence(
        zh=_WHERE_ZH + "在采矿权和经批准的方案范围以内，没有疑点，不列为线索。",
        en=_WHERE_EN + "it lies within the mining right and its approved plan: nothing about it is doubtful.",
    ),
    "observations.clue_abroad": Sentence(
        zh=_WHERE_ZH + "位于境外，不在任何岗位的管辖范围内。境外图斑只能由管理服务器的人员用命令行导入。",
        en=_WHERE_EN
        + "it lies abroad, in nobody's area. Only whoever runs the server can import it, by the command"
        " line.",
    ),
    "observations.no_such_clue": Sentence(
        zh=_WHERE_ZH + "没有系统编号为“{value}”的图斑，或您无权查看。外部图斑不填系统编号。",
        en=_WHERE_EN
        + "there is no clue “{value}”, or you may not see it. Polygons from elsewhere have no such"
        " number.",
    ),
    "observations.clue_not_by_table": Sentence(
        zh=_WHERE_ZH + "图斑 {value} 在系统中与此不同。已入库的图斑不由表格改写；"
        "新的发现请不填系统编号，写明来源和期次。",
        en=_WHERE_EN
        + "clue {value} differs from it. A clue that is recorded is not changed by a table: for what was"
        " seen anew, leave its number here empty and give source and period.",
    ),
    "observations.clue_new": Sentence(zh="新增图斑：{kinds}。", en="A new clue: {kinds_en}."),
    "observations.clue_merges": Sentence(
        zh="与图斑 {number}（{state}）重叠 {share}%，并入该图斑。",
        en="{share}% of it overlap clue {number} ({state_en}), which it is merged into.",
    ),
    "observations.clue_merges_in_file": Sentence(
        zh="与本文件第 {other} 行重叠 {share}%，合为一处图斑。",
        en="{share}% of it overlap row {other} of this file: both become one clue.",
    ),
    "observations.clue_seen_before": Sentence(
        zh="此前已导入，为图斑 {number} 的发现记录。", en="Brought before: a sighting of clue {number}."
    ),
    # answers
    "observations.nothing_to_answer": Sentence(
        zh="{number} 没有待书面回应的结论。", en="Nothing about {number} waits for a written answer."
    ),
    "observations.answer_missing": Sentence(
        zh="没有填写回应内容。请写明现场情况和依据。",
        en="The answer is empty. Say how things are on site, and by what it shows.",
    ),
    "observations.not_yours_to_answer": Sentence(
        zh="书面回应由申报的矿山企业或所在地登记、调度岗位办理。",
        en="The enterprise that claims, or the registry or dispatch post of the place, answers.",
    ),
    "observations.no_answer_to_decide": Sentence(
        zh="{number} 没有待核定的书面回应。", en="No answer about {number} waits for a decision."
    ),
    "observations.own_answer": Sentence(
        zh="书面回应由您提出，须由他人核定。",
        en="You wrote the answer; somebody else has to decide about it.",
    ),
    "observations.opinion_missing": Sentence(
        zh="“{outcome}”须写明理由。", en="“{outcome_en}” needs a reason."
    ),
    "observations.trace_back_decided": Sentence(
        zh="{number} 的回头看已了结：{state}。请刷新核验页查看。",
        en="The trace-back of {number} is over: {state_en}. Look at the page of the claim once more.",
    ),
    "observations.signed_it": Sentence(
        zh="{number} 的验收或销号由您决定，回头看须由没有参与决定的人核实。请交本单位其他审核人员或上级审核岗位办理。",
        en="You decided that the land of {number} was accepted or its matter closed. Somebody who did not has to check"
        " it: another reviewer of your unit, or one of the level above.",
    ),
    "observations.note_missing": Sentence(
        zh="没有写明核实情况。请写明谁、何时到现场、看到什么。",
        en="Nothing is said of what was found. Say who went on site, when, and what they saw.",
    ),
    # what a claim says
    "observations.claim_ended": Sentence(
        zh="{number} 已撤回或已被取代，不能更改。",
        en="{number} was withdrawn or superseded and cannot be changed.",
    ),
    "observations.has_shape": Sentence(
        zh="{number} 已有图形，不必再补。", en="{number} has a shape already; nothing is to be added."
    ),
    "observations.no_outline": Sentence(
        zh="“{about}”的点位还没有多边形范围。请先导入或补录点位图形，再办理。",
        en="The site of “{about}” has no outline yet. Import or draw it first, then do this.",
    ),
    "observations.days_reversed": Sentence(
        zh="{later}（{later_on}）早于{earlier}（{earlier_on}）。请改正。",
        en="{later_en} ({later_on}) lies before {earlier_en} ({earlier_on}). Correct the days.",
    ),
    "observations.day_to_come": Sentence(
        zh="日期 {day} 晚于今天。请改正。", en="{day} is a day to come. Correct it."
    ),
}
declare(SENTENCES)
