"""What does the engine answer to the claims, when it is given the scenes and nothing else?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from qingshan.demo.sky.claims import ClaimedSite
from qingshan.demo.sky.making import claims_of
from qingshan.earth.engines import Engine, Watcher
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.simulation.country import SCENES
from qingshan.earth.sites import Site, SiteSet
from qingshan.earth.surveys import Report, survey

OUT = "survey"


def survey_sky(
    folder: str | Path, sites: Sequence[ClaimedSite], *, engine: Engine | None = None, watch: Watcher | None = None,
    cancel: Event | None = None,
) -> Report:  # fmt: skip
    """Surveys all sites with the scenes that `make_sky` wrote into the folder. The truth is not asked.

    Args:
        folder: of the sky; cube and findings are kept below it, so that a second call repeats nothing.
        sites: what is claimed.
        engine: threads of this machine unless told.
        watch: told how far it is.
        cancel: set it to stop.
    """
    folder = Path(folder)
    return survey(
        SiteSet.of(Site(id=each.id, shape=each.shape, zone=each.zone) for each in sites),
        Scenes.from_folder(folder / SCENES),
        [claims_of(each) for each in sites],
        out=folder / OUT,
        engine=engine,
        progress=watch,
        cancel=cancel,
    )
