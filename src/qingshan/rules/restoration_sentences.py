"""What does the law book say about batches, acceptance, planting and afteruse: where, why, and what to do?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

SENTENCES = {
    # why a site weighs in the sample
    "rules.sampling.base_weight": Sentence(zh="基础权重 {points}", en="base weight {points}"),
    "rules.sampling.earlier_failure_weight": Sentence(
        zh="曾验收退回 {count} 次，加 {points}", en="sent back {count} time(s) before, +{points}"
    ),
    "rules.sampling.unsupported_weight": Sentence(
        zh="影像不支持（待核实）{count} 次，加 {points}",
        en="not supported by images (to be checked) {count} time(s), +{points}",
    ),
    "rules.sampling.late_weight": Sentence(
        zh="逾期 {count} 天完成，加 {points}", en="finished {count} day(s) late, +{points}"
    ),
    "rules.sampling.negative_fact": Sentence(
        zh="退回次数、影像核查次数、逾期天数不能为负。请核对。",
        en="Counts of failures, findings and days late cannot be negative. Check them.",
    ),
    "rules.sampling.rulebook_number": Sentence(
        zh="抽查规则中的“{name}”为 {number}，应为 1 以上的整数。请更正规则。",
        en="“{name}” is {number} in the rules of sampling; it must be 1 or more. Correct the rules.",
    ),
    # the closed list
    "rules.batch.empty": Sentence(
        zh="批次中没有点位。请先列入点位。", en="The batch holds no site. List some first."
    ),
    "rules.sampling.twice": Sentence(
        zh="编号 {id} 在名单中出现两次。请先更正。",
        en="The number {id} stands in the list twice. Correct it first.",
    ),
    "rules.sampling.strata": Sentence(
        zh="名单中各点位的分层（区划、方式、规模）不齐。请补齐后再封存。",
        en="The sites of the list are not all told apart by the same strata. Complete them, then close the list.",
    ),
    "rules.sampling.weight": Sentence(
        zh="抽查权重应为 1 以上的整数。请核对名单。",
        en="A weight in the sample is a whole number of 1 or more. Check the list.",
    ),
    "rules.sampling.size": Sentence(
        zh="抽查处数为 {size}，名单共 {count} 处。抽查处数应在 1 到名单处数之间。",
        en="The sample is {size} of {count} sites. It must be at least one and at most all.",
    ),
    # sealed numbers
    "rules.sampling.secret_form": Sentence(
        zh="封存的号码应为 32 到 128 位十六进制数字，太短可以被试出。请由系统生成，或用多枚骰子等方式产生。",
        en="A sealed number has 32 to 128 hexadecimal digits; a shorter one can be found by trying. Let the program"
        " make one.",
    ),
    "rules.sampling.no_seal": Sentence(
        zh="没有先公布号码的封签，不能封存名单或抽取。请先公布封签。",
        en="No seal of a number was published beforehand. Publish one before the list is closed.",
    ),
    "rules.sampling.side_twice": Sentence(
        zh="同一方封存了两个号码。每一方只封存一个。", en="One side sealed two numbers. Each side seals one."
    ),
    "rules.sampling.not_opened": Sentence(
        zh="{by}的号码还没有公开。名单封存后请公开号码。",
        en="The number of {by} is not opened yet. Open it now that the list is closed.",
    ),
    "rules.sampling.other_number": Sentence(
        zh="{by}公开的号码与先公布的封签不符，不能用于抽取。请公开封存时的号码；确已遗失的，作废本次封存后重新封存名单。",
        en="The number opened by {by} is not the one that was sealed. Open that one; if it is lost, cancel and close"
        " the list anew.",
    ),
    "rules.sampling.not_listed": Sentence(
        zh="名单中没有：{ids}。请核对编号。", en="Not on the list: {ids}. Check the numbers."
    ),
    "rules.sampling.drawn_twice": Sentence(
        zh="同一点位在两轮抽查中都有结果：{ids}。请更正。",
        en="The same site has results in two rounds: {ids}. Correct them.",
    ),
    "rules.sampling.rounds_out_of_order": Sentence(
        zh="抽查轮次应依次为首次、加倍、全数。请按顺序办理。",
        en="Rounds go in order: first sample, double sample, whole batch.",
    ),
    # what follows
    "rules.sampling.draw_first": Sentence(
        zh="名单共 {count} 处，首次抽查 {size} 处。",
        en="{count} sites are listed; the first sample takes {size}.",
    ),
    "rules.sampling.checks_open": Sentence(
        zh="样本中还有 {count} 处没有查完。请查完后再作结论。",
        en="{count} site(s) of the sample are not checked yet. Finish them first.",
    ),
    "rules.sampling.draw_double": Sentence(
        zh="首次抽查有 {failed} 处不合格，超过允许的 {allowed} 处：不合格的退回整改，其余加倍抽查 {size} 处。",
        en="{failed} of the first sample failed, more than the {allowed} allowed: they go back, and {size} of the rest"
        " are checked in a double sample.",
    ),
    "rules.sampling.check_whole": Sentence(
        zh="加倍抽查仍有 {failed} 处不合格，超过允许的 {allowed} 处：不合格的退回整改，其余 {size} 处全数核查。",
        en="{failed} of the double sample failed too, more than the {allowed} allowed: they go back, and all the other"
        " {size} are checked.",
    ),
    "rules.sampling.conclude": Sentence(
        zh="共查 {checked} 处，不合格 {failed} 处退回整改；{accepted} 处通过，其中 {unseen} 处未到现场，由样本推定。",
        en="{checked} checked, {failed} failed and go back; {accepted} pass, {unseen} of them unseen, on the strength"
        " of the sample.",
    ),
}
declare(SENTENCES)
