"""How does a verification say what it found?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

_WORDS = {
    "good": (
        "核验通过：留痕 {entries} 条、涉及对象 {subjects} 项、检查点 {checkpoints} 个、"
        "现有对象 {objects} 个，全部一致（{seconds} 秒）。",
        "Verified: {entries} entries with {subjects} subjects, {checkpoints} checkpoints and {objects} live"
        " objects all agree ({seconds} s).",
    ),
    "bad": (
        "核验未通过：发现 {faults} 处不一致（留痕 {entries} 条、涉及对象 {subjects} 项、"
        "检查点 {checkpoints} 个、现有对象 {objects} 个，{seconds} 秒）。"
        "请保留现场并报告安全管理员和审计管理员。",
        "Not verified: {faults} faults ({entries} entries with {subjects} subjects, {checkpoints} checkpoints,"
        " {objects} live objects, {seconds} s). Keep everything as it is and tell the security"
        " and audit administrators.",
    ),
    "untold": ("另有 {count} 处不一致未逐条列出。", "{count} more faults are not listed."),
    "gap": (
        "缺少第 {seq} 条至第 {to} 条留痕，序号不连续。",
        "The entries {seq} to {to} are missing: the numbers have a gap.",
    ),
    "hash_differs": (
        "第 {seq} 条（{act}）：内容与摘要不符，入录后被改动。",
        "Entry {seq} ({act}): its content does not fit its hash; it was changed after it was recorded.",
    ),
    "previous_differs": (
        "第 {seq} 条：所记前一条摘要与第 {before} 条不符，链条在此断开。",
        "Entry {seq}: the hash before it is not that of entry {before}; the chain is broken here.",
    ),
    "seal_differs": (
        "第 {seq} 条：印记不符，不是由本系统写入，或被改动。",
        "Entry {seq}: its seal does not fit; it was not written by this program, or it was changed.",
    ),
    "seals_of_another_key": (
        "第 {seq} 条至第 {to} 条：印记出自另一密钥。恢复备份时未带密钥的属正常，否则不是由本系统写入。",
        "Entries {seq} to {to}: sealed by another key. After a restore without keys that is in order; otherwise"
        " they were not written by this program.",
    ),
    "seals_not_checked": (
        "本机没有印记密钥，{count} 条留痕的印记未核对。",
        "The key of the seals is not on this machine; {count} seals were not checked.",
    ),
    "head_differs": (
        "链尾记为第 {head} 条，而最后一条留痕为第 {last} 条，或摘要不符：末尾被删、被加或被改。",
        "The head stands at entry {head}, the last entry is {last}, or their hashes differ: the end was cut,"
        " extended or changed.",
    ),
    "head_missing": ("链尾记录不存在。", "The row that holds the head of the chain is missing."),
    "entries_outside": (
        "有 {count} 条留痕的序号不在链内。",
        "{count} entries have numbers outside the chain.",
    ),
    "subjects_differ": (
        "第 {seq} 条：涉及对象为 {found} 项，与所记 {count} 项的摘要不符。",
        "Entry {seq}: its {found} subjects do not fit the digest of the {count} that it recorded.",
    ),
    "subjects_without_entry": (
        "有 {count} 项涉及对象不属于任何一条留痕。",
        "{count} subjects belong to no entry.",
    ),
    "personal_without_entry": (
        "有 {count} 项个人信息不属于任何一条留痕。",
        "{count} personal values belong to no entry.",
    ),
    "personal_missing": (
        "第 {seq} 条：个人信息“{field}”不见了，且没有依规删除的记录。",
        "Entry {seq}: the personal value “{field}” is gone, and no act erased it.",
    ),
    "personal_differs": (
        "第 {seq} 条：个人信息“{field}”与所记承诺不符，被改动。",
        "Entry {seq}: the personal value “{field}” does not fit its commitment; it was changed.",
    ),
    "personal_extra": (
        "第 {seq} 条：个人信息“{field}”不属于该条留痕。",
        "Entry {seq}: the personal value “{field}” does not belong to it.",
    ),
    "personal_unreadable": (
        "第 {seq} 条至第 {to} 条：个人信息有无法读取的内容，被改动。",
        "Entries {seq} to {to}: a personal value holds something unreadable; it was changed.",
    ),
    "personal_erased_outside": (
        "第 {seq} 条：个人信息“{field}”已被清除，但没有两名管理员依规删除的记录。",
        "Entry {seq}: the personal value “{field}” was emptied, but no two administrators erased it.",
    ),
    "personal_not_erased": (
        "第 {seq} 条：个人信息“{field}”已依规删除，但内容仍在（可能来自旧备份）。请重新删除。",
        "Entry {seq}: the personal value “{field}” was erased by an act, yet it is there (perhaps from an old"
        " backup). Erase it again.",
    ),
    "key_unreadable": (
        "第 {seq} 条：密钥记录无法读取。",
        "Entry {seq}: what it says of a signing key cannot be read.",
    ),
    "key_not_handed_over": (
        "第 {seq} 条：新密钥没有得到原密钥的有效签认。",
        "Entry {seq}: the new key is not validly signed by the key before it.",
    ),
    "new_key_after_restore": (
        "第 {seq} 条：数据恢复后启用了新密钥，原私钥未随备份恢复。请确认确有恢复一事。",
        "Entry {seq}: a new key began after a restore without the private key. Make sure that there was"
        " a restore.",
    ),
    "checkpoint_unreadable": (
        "检查点（编号 {id}）有无法读取的内容，被改动。",
        "The checkpoint with the number {id} holds something unreadable; it was changed.",
    ),
    "checkpoint_beyond_end": (
        "检查点（{size} 条）超出现有留痕，末尾被截去。",
        "The checkpoint over {size} entries reaches beyond the trail: its end was cut off.",
    ),
    "checkpoint_root_differs": (
        "检查点（{size} 条）：根摘要与现有留痕不符，前 {size} 条中有改动。",
        "The checkpoint over {size} entries: its root does not fit; something among them was changed.",
    ),
    "checkpoint_signature_bad": (
        "检查点（{size} 条）：签名无效，或不是由当时的密钥签署。",
        "The checkpoint over {size} entries: its signature is not valid, or not by the key of that time.",
    ),
    "subtree_differs": (
        "校验树缓存（第 {level} 层第 {place} 个）与留痕不符。",
        "The kept tree hash at level {level}, place {place} does not fit the entries.",
    ),
    "subtree_missing": (
        "校验树缓存（第 {level} 层）缺少 {count} 个。",
        "{count} kept tree hashes of level {level} are missing.",
    ),
    "object_changed": (
        "{kind} {id}：现有内容与第 {seq} 条留痕之后的内容不符，在办理之外被改动。",
        "{kind} {id} is not as entry {seq} left it: it was changed outside an act.",
    ),
    "object_vanished": (
        "{kind} {id}：第 {seq} 条留痕之后应当存在，现已不在。",
        "{kind} {id} should be there since entry {seq}, and has vanished.",
    ),
    "object_back": (
        "{kind} {id}：第 {seq} 条留痕已将其删除，现又出现。",
        "{kind} {id} was deleted by entry {seq} and is there again.",
    ),
    "object_without_act": (
        "{kind} {id}：没有任何一条留痕记载其来历。",
        "{kind} {id} was made by no act.",
    ),
    "subjects_unreadable": (
        "{kind}：编号 {first} 起的涉及对象记录无法读取，这一段现有内容未能核对。",
        "{kind}: what was recorded of the objects from {first} on cannot be read; they were not compared.",
    ),
    "object_unreadable": (
        "{kind} {id}：有无法读取的内容，在办理之外被改动。",
        "{kind} {id} holds something unreadable: it was changed outside an act.",
    ),
    "kind_unknown": (
        "涉及对象类型“{kind}”在本版本中没有登记，未核对其现有内容。",
        "This release does not know the kind of object “{kind}”; its live rows were not compared.",
    ),
    "trigger_missing": (
        "数据库保护（触发器）{name} 不在或被改动。请先核验，再运行 qingshan doctor 恢复。",
        "The database's guard (trigger) {name} is missing or changed. Verify first, then let qingshan doctor"
        " restore it.",
    ),
    "against_too_long": (
        "所给检查点含 {size} 条，而现有留痕只有 {entries} 条：现有留痕不是其延续。",
        "The checkpoint given covers {size} entries, the trail has {entries}: it does not extend it.",
    ),
    "against_root_differs": (
        "所给检查点（{size} 条）的根摘要与现有留痕不符：现有留痕不是其延续。",
        "The root of the checkpoint given ({size} entries) does not fit: the trail does not extend it.",
    ),
    "against_signature_bad": (
        "所给检查点（{size} 条）的签名无效。请核对文件来源。",
        "The signature of the checkpoint given ({size} entries) is not valid. Check where the file comes"
        " from.",
    ),
    "against_key_unknown": (
        "所给检查点（{size} 条）由本留痕之外的密钥签署。",
        "The checkpoint given ({size} entries) is signed by a key that this trail does not know.",
    ),
    "against_good": (
        "现有留痕是所给检查点（{size} 条）的延续。",
        "The trail extends the checkpoint given ({size} entries).",
    ),
}

declare({f"trail.verify.{code}": Sentence(zh=zh, en=en) for code, (zh, en) in _WORDS.items()})
