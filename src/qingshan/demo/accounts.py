"""With which accounts can one enter the demonstration, and what is each for?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from qingshan.demo.offices import FIRST_COUNTY, SECOND_COUNTY, seats
from qingshan.demo.regions import CITIES, NAMES

PASSWORD = "Qingshan-2026"
"""One password for all demonstration accounts, printed everywhere: never for a machine that others reach."""

FILE = "demo-accounts.json"
"""Written beside the database when the demonstration is loaded, read by whoever shows the accounts."""


@dataclass(frozen=True)
class DemoAccount:
    """One line of the table of accounts."""

    login: str
    person: str
    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {
            "login": self.login,
            "password": PASSWORD,
            "person": self.person,
            "zh": f"{self.zh}（{self.person}）",
            "en": self.en,
        }


_DUTIES = {
    "registry": (
        "省自然资源厅矿山登记岗：导入和登记",
        "registry officer of the province: imports and registers",
    ),
    "dispatcher": ("省自然资源厅调度岗：看全省", "dispatcher of the province: sees all of it"),
    "city": (f"{NAMES[CITIES[0]]}审核岗：看本市", "reviewer of a city: sees that city"),
    "clerk": (
        f"{NAMES[FIRST_COUNTY]}经办人：登记本县，兼一个 B 岗",
        "clerk of a county: registers there, stands in at a second post",
    ),
    "reviewer": (
        f"{NAMES[FIRST_COUNTY]}验收审核岗：批准方案、初验",
        "reviewer of that county: approves plans, accepts what was done",
    ),
    "clerk2": (
        f"{NAMES[SECOND_COUNTY]}经办人：看不到{NAMES[FIRST_COUNTY]}",
        "clerk of another county: does not see the first one",
    ),
    "enterprise": ("矿山企业负责人：只看本企业", "manager of an enterprise: sees its own mines only"),
    "expert": ("评估专家：只看指派的点位", "expert: sees only what was assigned"),
    "auditor": ("审计管理员：查看和证明留痕", "auditor: reads and proves the trail"),
    "system": ("系统管理员：机构和区划", "system administrator: organisations and regions"),
    "security": ("安全管理员：人员和岗位", "security administrator: people and posts"),
}


@cache
def accounts() -> tuple[DemoAccount, ...]:
    """In the order in which a newcomer would try them."""
    by_login = {seat.login: seat for seat in seats() if seat.login}
    return tuple(DemoAccount(login, by_login[login].person, zh, en) for login, (zh, en) in _DUTIES.items())
