"""Who gets what at the addresses of days?"""

from __future__ import annotations

from qingshan.office.accounts.tests.access import Row, only

SYSTEM = only("system_admin")
DAY = {"day": "2031-10-01", "name": "国庆节", "source": "通知"}

ROWS = [
    Row("GET", "/holidays/", SYSTEM),
    Row("GET", "/holidays/?year=abc", SYSTEM),
    Row("GET", "/holidays/edit/", SYSTEM),
    Row("POST", "/holidays/edit/", only("system_admin", status=302), data=DAY),
    Row("GET", "/holidays/2031-10-01/forget/", SYSTEM),
    Row("GET", "/holidays/yesterday/forget/", only("system_admin", status=404)),
    Row("POST", "/holidays/2031-10-01/forget/", only("system_admin", status=422), data={}),
]
