"""python -m qingshan.demo.sky FOLDER [--until DAY] [--threads N]: scenes, survey and table; needs no database."""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

from qingshan.demo.province import province
from qingshan.demo.sky.claims import claimed_sites
from qingshan.demo.sky.making import make_sky
from qingshan.demo.sky.surveyed import survey_sky
from qingshan.demo.sky.table import table_of
from qingshan.earth.engines import LocalEngine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--until", type=date.fromisoformat, default=None, help="last day; today unless told")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are processors")
    asked = parser.parse_args()
    today, engine = asked.until or date.today(), LocalEngine(threads=asked.threads)  # noqa: DTZ011  a person's day
    time.monotonic()
    sites = claimed_sites(province(), today=today)
    make_sky(asked.folder, sites, until=today, engine=engine)
    report = survey_sky(asked.folder, sites, engine=engine)
    table_of(sites, report.findings, today=today)


if __name__ == "__main__":
    main()
