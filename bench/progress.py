"""How long will it still take? By what each topic took the last time, and how fast this machine has been so far."""

from __future__ import annotations

import json
import os
import time

USUAL_S = {
    "importing": 75,
    "acts": 40,
    "matters": 175,
    "polygons": 10,
    "listing": 210,
    "tiles": 15,
    "register": 140,
}
"""With the filling of its ground; a topic that is not named counts for a minute."""
PLAN, BEGAN = "BENCH_PLAN", "BENCH_BEGAN"


def begin(plan: list[tuple[str, str]]) -> None:
    """Tell all processes that follow which topics there are, by database."""
    os.environ[PLAN], os.environ[BEGAN] = json.dumps(plan), str(time.time())


def left(release: str, topic: str) -> str:
    """Which topic of how many, and about how many minutes from here on; `release` begins with the database."""
    plan = json.loads(os.environ.get(PLAN, "[]"))
    here = [release.split()[0], topic]
    if here not in plan:
        return "alone"
    number, took_s = plan.index(here), time.time() - float(os.environ[BEGAN])
    before_s, rest_s = (
        sum(USUAL_S.get(name, 60) for _, name in part) for part in (plan[:number], plan[number:])
    )
    pace = took_s / before_s if before_s else 1.0
    return f"{number + 1} of {len(plan)}, about {pace * rest_s / 60:.0f} minutes left"
