"""Who may do what to the trail itself? Its own acts; everything else only adds entries to it."""

from __future__ import annotations

from qingshan.office.errors import NotAllowed
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

PROPOSE_ERASURE = Act(
    "trail.propose_erasure",
    Duty.SECURITY_ADMIN,
    Sentence(zh="提出依规删除", en="Propose an erasure"),
    Sentence(
        zh="{decider}提出删除第 {entry} 条留痕中的个人信息（{fields}），理由：{reason}",
        en="{decider} proposed to erase personal values ({fields}) of entry {entry}: {reason}",
    ),
)
CONFIRM_ERASURE = Act(
    "trail.confirm_erasure",
    Duty.AUDIT,
    Sentence(zh="确认依规删除", en="Confirm an erasure"),
    Sentence(
        zh="{decider}确认删除第 {entry} 条留痕中的个人信息（{fields}）",
        en="{decider} confirmed the erasure of personal values ({fields}) of entry {entry}",
    ),
)
SIGN_CHECKPOINT = Act(
    "trail.sign_checkpoint",
    None,
    Sentence(zh="签署检查点", en="Sign a checkpoint"),
    Sentence(
        zh="{decider}签署检查点：前 {size} 条，根摘要 {root}",
        en="{decider} signed a checkpoint over the first {size} entries, root {root}",
    ),
)
START_KEY = Act(
    "trail.start_key",
    None,
    Sentence(zh="启用签名密钥", en="Start a signing key"),
    Sentence(zh="{decider}启用首个签名密钥 {key}", en="{decider} started the first signing key {key}"),
)
CHANGE_KEY = Act(
    "trail.change_key",
    Duty.SECURITY_ADMIN,
    Sentence(zh="更换签名密钥", en="Change the signing key"),
    Sentence(
        zh="{decider}更换签名密钥为 {key}，由原密钥 {previous_key} 签认",
        en="{decider} changed the signing key to {key}, signed by the old key {previous_key}",
    ),
)
NEW_KEY_AFTER_RESTORE = Act(
    "trail.new_key_after_restore",
    None,
    Sentence(zh="恢复后启用新密钥", en="New key after a restore"),
    Sentence(
        zh="{decider}在恢复数据后启用新密钥 {key}；原密钥 {previous_key} 的私钥未随备份恢复",
        en="{decider} started the new key {key} after a restore that did not bring the private key"
        " of {previous_key}",
    ),
)

ACTS = (
    PROPOSE_ERASURE,
    CONFIRM_ERASURE,
    SIGN_CHECKPOINT,
    START_KEY,
    CHANGE_KEY,
    NEW_KEY_AFTER_RESTORE,
)


def require_duty(actor: ActorLike, act: Act) -> None:
    """NotAllowed unless the decider's post carries the duty of the act."""
    if act.duty is not None and act.duty not in actor.duties:
        duty = Duty(act.duty)
        names = {"act": act.title.zh, "act_en": act.title.en, "duty": duty.zh, "duty_en": duty.en}
        raise NotAllowed.because("office.not_allowed", **names)
