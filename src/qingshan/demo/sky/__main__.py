"""python -m qingshan.demo.sky FOLDER [--until DAY] [--threads N] [--scenes-only]: scenes, survey and table; needs no
database. With --scenes-only it also compiles what a survey of them runs, so that nobody waits for that later."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from qingshan.demo.province import province
from qingshan.demo.sky.claims import claimed_sites
from qingshan.demo.sky.making import make_sky
from qingshan.demo.sky.surveyed import survey_sky
from qingshan.demo.sky.table import table_of, told
from qingshan.earth.engines import LocalEngine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--until", type=date.fromisoformat, default=None, help="last day; today unless told")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are processors")
    parser.add_argument("--scenes-only", action="store_true", help="no survey")
    asked = parser.parse_args()
    today, engine = asked.until or date.today(), LocalEngine(threads=asked.threads)  # noqa: DTZ011  a person's day
    sites = claimed_sites(province(), today=today)
    make_sky(asked.folder, sites, until=today, engine=engine)
    if asked.scenes_only:
        from qingshan.earth.sensors import SENTINEL2
        from qingshan.earth.warming import warm_for

        warm_for(SENTINEL2)
        return
    report = survey_sky(asked.folder, sites, engine=engine)
    sys.stdout.write(told(table_of(sites, report.findings, today=today)) + "\n")


if __name__ == "__main__":
    main()
