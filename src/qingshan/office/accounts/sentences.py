"""What do accounts say when they refuse?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class AccountRefused(OfficeError):
    """An act on organisations, posts or people that cannot be done as asked."""


SENTENCES: dict[str, Sentence] = {
    "accounts.already_set_up": Sentence(
        zh="本系统已有可登录的管理员，不能再次初始设置。请由安全管理员登录后办理。",
        en="This installation already has an administrator who can log in, so it is not set up again."
        " Ask the security administrator.",
    ),
    "accounts.log_in_first": Sentence(
        zh="您尚未登录，或因长时间未操作已自动退出。请登录后继续。",
        en="You are not logged in, or were logged out after a while without work. Please log in.",
    ),
    "accounts.door_shut": Sentence(
        zh="您当前岗位没有打开此页所需的职责（{duties}）。请换用相应岗位，或请安全管理员授权。",
        en="Your post does not carry the duty that opens this page ({duties_en}). Switch to a post that does,"
        " or ask the security administrator.",
    ),
    "accounts.not_your_post": Sentence(
        zh="{name} 今日不任“{post}”，不能以该岗位办理。请选择现任岗位。",
        en="{name} does not hold “{post}” today. Choose a post that is held.",
    ),
    "accounts.may_not_record": Sentence(
        zh="{name} 的当前岗位不能代录：代录须有登记或调度职责。",
        en="{name} may not record on behalf: that needs the duty of registry or dispatch.",
    ),
    "accounts.decider_without_post": Sentence(
        zh="不能代录：{name} 在 {day} 没有担任可作决定的岗位。请核对决定人和日期。",
        en="Not recorded: on {day} {name} held no post that decides. Check the decider and the date.",
    ),
    "accounts.decider_post_unclear": Sentence(
        zh="{name} 在 {day} 担任多个岗位（{posts}）。请选明以哪个岗位作出决定。",
        en="On {day} {name} held several posts ({posts}). Say at which of them the decision was taken.",
    ),
    "accounts.decider_elsewhere": Sentence(
        zh="不能代录：{name}（{post}）的管辖范围不在您岗位的范围内。",
        en="Not recorded: the area of {name} ({post}) lies outside that of your post.",
    ),
    "accounts.administrators_overlap": Sentence(
        zh="{name} 已任或将任{held}，不能再任{wanted}：三员（系统、安全、审计）不得由一人兼任。"
        "请另选他人，或先结束原任职。",
        en="{name} holds or will hold {held_en} and cannot hold {wanted_en} too: nobody is two of the three"
        " administrators. Choose another person, or end the other holding first.",
    ),
    "accounts.mixed_duties": Sentence(
        zh="一个岗位不能把{administrator}与其他职责放在一起。请分设岗位。",
        en="A post cannot join {administrator_en} to other duties. Make two posts of it.",
    ),
    "accounts.duty_elsewhere": Sentence(
        zh="岗位“{title}”不能承担“{duty}”职责：该机构是{kind}。",
        en="The post “{title}” cannot carry the duty “{duty_en}”: its organisation is of the kind {kind_en}.",
    ),
    "accounts.reason_missing": Sentence(
        zh="没有填写理由。请写明理由。", en="The reason is missing. Give it."
    ),
    "accounts.not_own_account": Sentence(
        zh="“{act}”只能由本人办理。", en="“{act_en}” can only be done by the person concerned."
    ),
    "accounts.password_kinds_help": Sentence(
        zh="密码须在大写字母、小写字母、数字、符号中至少用三类。",
        en="Use three kinds of characters: capitals, small letters, digits, signs.",
    ),
    "accounts.no_duty": Sentence(
        zh="岗位“{title}”没有写明职责。请至少选择一项。",
        en="The post “{title}” has no duty. Choose at least one.",
    ),
    "accounts.own_grant": Sentence(
        zh="不能给自己任职或委托：须由另一名安全管理员办理。",
        en="Nobody gives a post to themselves: another security administrator has to do it.",
    ),
    "accounts.own_account": Sentence(
        zh="不能对自己的账户办理“{act}”：须由另一名安全管理员办理。",
        en="“{act_en}” cannot be done to one's own account: another security administrator has to do it.",
    ),
    "accounts.already_holds": Sentence(
        zh="{name} 在这段时间内已任“{post}”。", en="{name} already holds “{post}” during that time."
    ),
    "accounts.days_reversed": Sentence(
        zh="截止日期 {to_on} 早于起始日期 {from_on}。请改正日期。",
        en="The last day {to_on} is before the first day {from_on}. Correct the dates.",
    ),
    "accounts.delegation_outside": Sentence(
        zh="代行期间 {from_on} 至 {to_on} 不在 {name} 任“{post}”的期间内。请缩短代行期间。",
        en="From {from_on} to {to_on} {name} does not hold “{post}” throughout. Shorten the delegation.",
    ),
    "accounts.delegated_twice": Sentence(
        zh="“{post}”本身是代行岗位，不能再转委托。请由 A 岗重新委托。",
        en="“{post}” is itself held for another and cannot be passed on. Its holder has to delegate it.",
    ),
    "accounts.document_missing": Sentence(
        zh="没有填写依据文件。请写明文件名称和文号。",
        en="The document is missing. Give its title and number.",
    ),
    "accounts.name_missing": Sentence(
        zh="没有填写名称。请填写全称。", en="The name is missing. Give it in full."
    ),
    "accounts.name_taken": Sentence(
        zh="{where}已有名为“{name}”的机构。请核对是否重复。",
        en="{where} already has an organisation named “{name}”. Check whether it is the same.",
    ),
    "accounts.uscc_taken": Sentence(
        zh="统一社会信用代码 {uscc} 已登记在“{name}”名下。", en="The code {uscc} already belongs to “{name}”."
    ),
    "accounts.login_taken": Sentence(
        zh="登录名 {login_name} 已被使用。请换一个。",
        en="The login name {login_name} is taken. Choose another.",
    ),
    "accounts.has_login": Sentence(
        zh="{name} 已有登录名。需要新密码时请办理“重置密码”。",
        en="{name} already has a login name. For a new password use “Reset a password”.",
    ),
    "accounts.no_login": Sentence(
        zh="{name} 没有登录名，不能设置密码。请先开通登录。",
        en="{name} has no login name, so no password can be set. Give a login first.",
    ),
    "accounts.still_in_use": Sentence(
        zh="“{name}”下还有在用的{what} {count} 个，不能撤销。请先结束它们。",
        en="“{name}” still has {count} {what_en} in use and cannot be closed. End them first.",
    ),
    "accounts.not_enterprise": Sentence(
        zh="“{name}”的机构类型须是矿山企业。", en="“{name}” has to be a mining enterprise."
    ),
    "accounts.closed": Sentence(zh="“{name}”已于 {to_on} 停用。", en="“{name}” was closed after {to_on}."),
    "accounts.not_expert": Sentence(
        zh="{name} 在这段时间内不任专家岗位，不能指派。", en="{name} holds no expert's post during that time."
    ),
    "accounts.nothing_there": Sentence(
        zh="要指派的对象不存在，或不在您岗位的管辖范围内。",
        en="The object to be assigned does not exist, or lies outside the area of your post.",
    ),
    "accounts.password_few_kinds": Sentence(
        zh="密码只含 {kinds} 类字符。请在大写字母、小写字母、数字、符号中至少用三类。",
        en="The password has only {kinds} kinds of characters. Use three of: capitals, small letters, digits,"
        " signs.",
    ),
    "accounts.password_reused": Sentence(
        zh="不能使用最近 {count} 次用过的密码。请换一个新的。",
        en="The password was among the last {count}. Choose a new one.",
    ),
    "accounts.password_wrong": Sentence(
        zh="当前密码不正确，密码没有修改。请重新输入。",
        en="The present password is wrong, so nothing was changed. Enter it again.",
    ),
    "accounts.password_weak": Sentence(zh="{sentence}", en="{sentence}"),
    "accounts.code_wrong": Sentence(
        zh="动态口令不正确或已过期。请核对手机时间后，输入新出现的 6 位数字。",
        en="The one-time code is wrong or too old. Check the phone's clock and enter the newest six digits.",
    ),
    "accounts.code_enrolled": Sentence(
        zh="已启用动态口令。更换手机时请先停用。",
        en="One-time codes are enrolled already. For another phone remove them first.",
    ),
    "accounts.code_not_enrolled": Sentence(
        zh="{name} 没有启用动态口令。", en="{name} has no one-time codes enrolled."
    ),
    "accounts.no_members": Sentence(
        zh="临时机构至少要有一名成员。请填写成员。", en="A temporary body needs at least one member."
    ),
}
declare(SENTENCES)
