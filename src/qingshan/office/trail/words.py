"""What are the values of an entry called on screen? Acts record them under short English names.

A name or value without words here is shown as it was recorded: a later release may have forgotten it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import DocumentKind, OrganisationKind
from qingshan.rules.words import names_of

ENGLISH_TWIN = "_en"
"""`word` and `word_en` say the same: each language shows its own."""

NAMES: dict[str, Sentence] = {
    name: Sentence(zh=zh, en=en)
    for name, zh, en in (
        ("about", "所属档案或事项", "Dossier or matter"),
        ("absent_name", "被代行人员", "Acting for"),
        ("algorithm", "签名算法", "Signature algorithm"),
        ("changed", "更新", "Changed"),
        ("circumstance", "认定情形", "Circumstance"),
        ("code", "代码", "Code"),
        ("codes", "代码", "Codes"),
        ("created", "新增", "Created"),
        ("day", "日期", "Day"),
        ("decided_on", "认定日期", "Decided on"),
        ("document", "依据文件", "Document"),
        ("due_on", "完成时限", "Deadline"),
        ("duties", "职责", "Duties"),
        ("duty_words", "职责名称", "Duties in words"),
        ("edition", "版次", "Edition"),
        ("entry", "留痕序号", "Trail number"),
        ("fields", "项目", "Items"),
        ("figures", "方案指标", "Figures"),
        ("file", "文件", "File"),
        ("file_sm3", "文件摘要", "Digest of the file"),
        ("first_year", "起始年份", "First year"),
        ("from_on", "起始日期", "From"),
        ("grounds", "依据", "Grounds"),
        ("is_working", "上班", "Working day"),
        ("key", "公钥摘要", "Digest of the public key"),
        ("kind", "类型", "Kind"),
        ("last_year", "截止年份", "Last year"),
        ("login_name", "登录名", "Login name"),
        ("members", "成员数", "Members"),
        ("name", "名称", "Name"),
        ("names", "名称", "Names"),
        ("note", "说明", "Note"),
        ("nothing_secret", "已声明不含涉密内容", "Declared to hold nothing secret"),
        ("number", "文号或编号", "Number"),
        ("object_id", "对象编号", "Object number"),
        ("organisation", "责任主体", "Responsible party"),
        ("organisation_name", "机构", "Organisation"),
        ("previous_key", "原公钥摘要", "Digest of the previous key"),
        ("public_key", "公钥", "Public key"),
        ("reason", "理由", "Reason"),
        ("refused", "退回", "Refused"),
        ("reported", "最近报送内容", "Last reported"),
        ("revision", "版本", "Revision"),
        ("root", "根摘要", "Root digest"),
        ("signature", "签名", "Signature"),
        ("size", "条目数", "Entries"),
        ("source", "来源", "Source"),
        ("state", "状态", "State"),
        ("system", "系统名称", "System"),
        ("title", "名称", "Title"),
        ("to_on", "截止日期", "To"),
        ("unchanged", "不变", "Unchanged"),
        ("uscc", "统一社会信用代码", "Unified social credit code"),
        ("valid_to", "停用日期", "Valid to"),
        ("word", "说明", "In words"),
    )
}
_NAMES_OF_ROOMS: dict[str, dict[str, Promise]] = {}
_VALUES: dict[str, dict[str, Sentence]] = {
    "kind": {**names_of(OrganisationKind), **names_of(DocumentKind)},
    "duties": {**names_of(Duty)},
}


def declare_names(room: str, names: Mapping[str, Promise]) -> None:
    """What names mean that the acts of one room record; `room` is what the codes of the acts begin with."""
    _NAMES_OF_ROOMS.setdefault(room, {}).update(names)


def declare_values(name: str, values: Mapping[str, Sentence]) -> None:
    """What codes recorded under a name mean."""
    _VALUES.setdefault(name, {}).update(values)


def name_in_words(name: str, language: str, *, room: str = "") -> str:
    """The name of a recorded value in the reader's language; what a room calls it comes first."""
    own = _NAMES_OF_ROOMS.get(room, {})
    if name in own:
        with override(language):
            return str(own[name])
    return NAMES[name].say({}, language) if name in NAMES else name


def value_in_words(name: str, value: Any, language: str) -> Any:
    """Fixed terms in the reader's language, in lists too; anything else as it is."""
    if isinstance(value, list):
        return [value_in_words(name, each, language) for each in value]
    words = _VALUES.get(name, {})
    return words[value].say({}, language) if isinstance(value, str) and value in words else value


def in_one_language(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Without the twin of the other language, and under one name in either."""
    chosen = dict(values)
    for twin in [name for name in values if name.endswith(ENGLISH_TWIN)]:
        said = chosen.pop(twin)
        if language.lower().startswith("en"):
            chosen[twin.removesuffix(ENGLISH_TWIN)] = said
    return chosen
