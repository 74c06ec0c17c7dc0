"""Which acts concern organisations and people, and whose are they?

The three administrators (三员) share no act: a test holds the three columns of this table apart.
"""

from __future__ import annotations

from qingshan.office.trail.acts import Act
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence


def _act(code: str, duty: Duty | None, title: tuple[str, str], sentence: tuple[str, str]) -> Act:
    return Act(f"accounts.{code}", duty, Sentence(*title), Sentence(*sentence))


ORGANISATIONS = (
    _act(
        "create_organisation",
        Duty.SYSTEM_ADMIN,
        ("设立机构", "Create an organisation"),
        ("设立机构“{name}”，依据：{document}", "Created the organisation “{name}”, basis: {document}"),
    ),
    _act(
        "rename_organisation",
        Duty.SYSTEM_ADMIN,
        ("机构更名", "Rename an organisation"),
        (
            "机构“{old_name}”更名为“{name}”，依据：{document}",
            "Renamed “{old_name}” to “{name}”, basis: {document}",
        ),
    ),
    _act(
        "close_organisation",
        Duty.SYSTEM_ADMIN,
        ("撤销机构", "Close an organisation"),
        (
            "撤销机构“{name}”，截至 {to_on}，依据：{document}",
            "Closed “{name}” after {to_on}, basis: {document}",
        ),
    ),
)

PEOPLE = (
    _act(
        "create_person",
        Duty.SECURITY_ADMIN,
        ("登记人员", "Register a person"),
        ("登记人员 {name}（{organisation_name}）", "Registered {name} ({organisation_name})"),
    ),
    _act(
        "give_login",
        Duty.SECURITY_ADMIN,
        ("开通登录", "Give a login"),
        ("为 {name} 开通登录名 {login_name}", "Gave {name} the login name {login_name}"),
    ),
    _act(
        "create_post",
        Duty.SECURITY_ADMIN,
        ("设置岗位", "Create a post"),
        (
            "在{organisation_name}设置岗位“{title}”，职责：{duty_words}",
            "Created the post “{title}” at {organisation_name}: {duty_words_en}",
        ),
    ),
    _act(
        "close_post",
        Duty.SECURITY_ADMIN,
        ("撤销岗位", "Close a post"),
        ("撤销岗位“{title}”，截至 {to_on}", "Closed the post “{title}” after {to_on}"),
    ),
    _act(
        "hand_post",
        Duty.SECURITY_ADMIN,
        ("任职", "Hand a post to a person"),
        (
            "由 {name} 任“{title}”，自 {from_on} 起，依据：{document}",
            "{name} holds “{title}” from {from_on}, basis: {document}",
        ),
    ),
    _act(
        "end_holding",
        Duty.SECURITY_ADMIN,
        ("结束任职", "End a holding"),
        ("{name} 不再任“{title}”，截至 {to_on}", "{name} holds “{title}” no longer after {to_on}"),
    ),
    _act(
        "delegate",
        Duty.SECURITY_ADMIN,
        ("委托代行（B 岗）", "Delegate a post"),
        (
            "由 {name} 代 {absent_name} 行使“{title}”职责，{from_on} 至 {to_on}，依据：{document}",
            "{name} acts for {absent_name} as “{title}” from {from_on} to {to_on}, basis: {document}",
        ),
    ),
    _act(
        "reset_password",
        Duty.SECURITY_ADMIN,
        ("重置密码", "Reset a password"),
        ("为 {name} 设置临时密码，首次登录须修改", "Gave {name} a temporary password, to be changed at once"),
    ),
    _act(
        "lock_person",
        Duty.SECURITY_ADMIN,
        ("锁定人员", "Lock a person"),
        ("锁定 {name}：{reason}", "Locked {name}: {reason}"),
    ),
    _act(
        "unlock_person",
        Duty.SECURITY_ADMIN,
        ("解锁人员", "Unlock a person"),
        ("解锁 {name}", "Unlocked {name}"),
    ),
    _act(
        "withdraw_one_time_code",
        Duty.SECURITY_ADMIN,
        ("停用他人动态口令", "Withdraw somebody's one-time codes"),
        ("停用 {name} 的动态口令：{reason}", "Withdrew the one-time codes of {name}: {reason}"),
    ),
)

OWN = (
    _act(
        "change_own_password",
        None,
        ("修改本人密码", "Change one's password"),
        ("{name} 修改了本人密码", "{name} changed the own password"),
    ),
    _act(
        "enrol_one_time_code",
        None,
        ("启用动态口令", "Enrol one-time codes"),
        ("{name} 启用动态口令", "{name} enrolled one-time codes"),
    ),
    _act(
        "remove_one_time_code",
        None,
        ("停用动态口令", "Remove one-time codes"),
        ("{name} 停用动态口令", "{name} removed the one-time codes"),
    ),
)

WORK = (
    _act(
        "register_enterprises",
        Duty.REGISTRY,
        ("登记企业", "Register enterprises"),
        ("登记企业 {created} 家：{names}", "Registered {created} enterprises: {names}"),
    ),
    _act(
        "assign_expert",
        Duty.REVIEW,
        ("指派专家", "Assign an expert"),
        ("指派 {name} 办理，{from_on} 至 {to_on}", "Assigned {name} from {from_on} to {to_on}"),
    ),
    _act(
        "end_assignment",
        Duty.REVIEW,
        ("结束指派", "End an assignment"),
        ("结束对 {name} 的指派，截至 {to_on}", "Ended the assignment of {name} after {to_on}"),
    ),
    _act(
        "convene_temporary_body",
        Duty.DISPATCH,
        ("成立临时机构", "Convene a temporary body"),
        (
            "成立{word}“{name}”，成员 {members} 人，依据：{document}",
            "Convened “{name}” with {members} members, basis: {document}",
        ),
    ),
    _act(
        "dissolve_temporary_body",
        Duty.DISPATCH,
        ("撤销临时机构", "Dissolve a temporary body"),
        (
            "撤销“{name}”，截至 {to_on}，依据：{document}",
            "Dissolved “{name}” after {to_on}, basis: {document}",
        ),
    ),
)

ACTS = ORGANISATIONS + PEOPLE + OWN + WORK
