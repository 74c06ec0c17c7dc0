"""What is said when a map service cannot be used?"""

from __future__ import annotations

from qingshan.office.errors import NotFound, OfficeError
from qingshan.rules.reasons import Sentence, declare


class ServiceRefused(NotFound):
    """There is no such service for this actor, or no such tile of it."""


class ServiceFailed(OfficeError):
    """The service did not answer, or not with what was asked."""


class NothingThere(ServiceFailed):
    """The service has no such tile: beyond the edge of its map."""


SENTENCES = {
    "places.services_unreadable": Sentence(
        zh="maps.toml 不能读取：{fault}。请按 docs/howto/maps.md 改正。",
        en="maps.toml cannot be read: {fault}. Correct it by docs/howto/maps.md.",
    ),
    "places.service_twice": Sentence(
        zh="maps.toml 中服务“{service}”出现了两次。请改用不同的 code。",
        en="maps.toml has the service “{service}” twice. Give each its own code.",
    ),
    "places.service_code_bad": Sentence(
        zh="地图服务代码“{service}”不能使用。请只用小写字母、数字和连字符，不超过 40 个字符。",
        en="The service code “{service}” cannot be used. Use lower-case letters, digits and hyphens, 40 at most.",
    ),
    "places.service_word_unknown": Sentence(
        zh="地图服务“{service}”的 {field} 没有填写或不认识。可以填写：{allowed}。",
        en="The map service “{service}”: {field} is missing or unknown. Allowed: {allowed}.",
    ),
    "places.service_address_bad": Sentence(
        zh="地图服务“{service}”的 url 不能使用。请填写 http 或 https 地址；xyz 服务须含 {{z}}、{{x}}、{{y}}。",
        en="The map service “{service}”: its url cannot be used. Give an http or https address; of type xyz with"
        " {{z}}, {{x}} and {{y}} in it.",
    ),
    "places.service_limits_bad": Sentence(
        zh="地图服务“{service}”的 min_zoom、max_zoom 或 timeout_s 超出范围（0—22 级，不超过 10 秒）。",
        en="The map service “{service}”: min_zoom, max_zoom or timeout_s is out of range (0 to 22, 10 seconds).",
    ),
    "places.service_without_approval": Sentence(
        zh="公开底图“{service}”没有填写审图号 approval_no，不能显示。请填写地图上标注的审图号。",
        en="The public base map “{service}” has no approval number (approval_no) and cannot be shown. Give the one"
        " that stands on the map.",
    ),
    "places.service_without_key": Sentence(
        zh="地图服务“{service}”的密钥没有设置。请在环境变量 {variable} 中填写后重启服务。",
        en="The map service “{service}” lacks its key. Set the environment variable {variable} and restart.",
    ),
    "places.service_silent": Sentence(
        zh="地图服务“{service}”没有应答，30 秒后会再试。其他图层不受影响。",
        en="The map service “{service}” does not answer; it is tried again after 30 seconds. Other layers work on.",
    ),
    "places.service_answered_badly": Sentence(
        zh="地图服务“{service}”的应答不能使用（{what}）。请检查 maps.toml 中的图层、样式和格式。",
        en="The answer of the map service “{service}” cannot be used ({what}). Check layer, style and format in"
        " maps.toml.",
    ),
}
declare(SENTENCES)
