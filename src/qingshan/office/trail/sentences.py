"""What does the trail say when it refuses?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class TrailError(OfficeError):
    """The trail refuses: what cannot be recorded, a key that cannot sign, a proof that cannot be made."""


SENTENCES: dict[str, Sentence] = {
    "trail.unstorable": Sentence(
        zh="“{field}”含有不能保存的内容（不完整的字符或无效的数字）。请改正后重试。",
        en="“{field}” holds something that cannot be stored (half a character or no number). Correct it and"
        " try again.",
    ),
    "trail.key_file_wrong": Sentence(
        zh="密钥文件 {file} 的内容与文件名不符。请从备份恢复该文件，或移走后由系统启用新密钥。",
        en="The key file {file} does not hold the key that its name says. Restore it from a backup, or move"
        " it away and let a new key begin.",
    ),
    "trail.key_begun_meanwhile": Sentence(
        zh="另一进程刚刚启用了签名密钥。请重试。",
        en="Another process started a signing key a moment ago. Try again.",
    ),
    "trail.not_sealed": Sentence(
        zh="第 {seq} 条留痕的印记不符，不是由本系统写入，因此不签署检查点。"
        "请核验留痕并报告安全管理员；如系恢复备份时缺少印记密钥，请安全管理员更换签名密钥以确认。",
        en="The seal of entry {seq} does not fit: this program did not write it, so no checkpoint is signed."
        " Verify the trail and tell the security administrator, who confirms a restore without the key of the"
        " seals by changing the signing key.",
    ),
    "trail.no_key_to_hand_over": Sentence(
        zh="本机没有正在使用的签名私钥，不能由其签认新密钥。请在保存私钥的机器上更换，或恢复私钥后再试。",
        en="The private key in use is not on this machine, so it cannot sign for a new one. Change the key"
        " where it is kept, or restore it first.",
    ),
    "trail.no_checkpoint_in_file": Sentence(
        zh="文件中没有检查点。请选择从“检查点”页面保存的文件，或输入打印件上的条目数和 64 位根摘要。",
        en="The file holds no checkpoint. Choose a file saved from the page “checkpoints”, or enter the"
        " number of entries and the 64 digits of the root from a printed page.",
    ),
    "trail.key_not_in_trail": Sentence(
        zh="留痕中没有公钥 {key}，不能出证。请先核验留痕。",
        en="The trail does not know the key {key}, so nothing can be proved by it. Verify the trail first.",
    ),
    "trail.erasure_needs_reason": Sentence(
        zh="依规删除须写明理由。请填写依据和理由后再提出。",
        en="An erasure needs a reason. State the basis and the reason, then propose it.",
    ),
    "trail.nothing_to_erase": Sentence(
        zh="第 {seq} 条留痕中没有所选的个人信息，或已经删除。请重新选择项目。",
        en="Entry {seq} does not hold the personal values chosen, or they are erased already. Choose again.",
    ),
    "trail.erasure_needs_two": Sentence(
        zh="依规删除须由两名管理员共同办理：{name}已提出，不能再由本人确认。请另一名审计管理员确认。",
        en="An erasure takes two administrators: {name} proposed it and cannot confirm it too. Ask another"
        " audit administrator.",
    ),
    "trail.erasure_in_person": Sentence(
        zh="依规删除须由管理员本人登录办理，不能代录，也不能由系统办理。",
        en="An erasure is done by administrators in person: neither on behalf of another nor by the system.",
    ),
    "trail.night_found": Sentence(
        zh="夜间核验发现 {faults} 处与留痕不符。请审计管理员运行 qingshan trail verify 查看是哪些对象。",
        en="The verification of the night found {faults} places that do not agree with the trail. Have the audit"
        " administrator run qingshan trail verify to see which objects.",
    ),
    "trail.erasure_reason": Sentence(zh="依规删除：{reason}", en="erased by rule: {reason}"),
}
declare(SENTENCES)
