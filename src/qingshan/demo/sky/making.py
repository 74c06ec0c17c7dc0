"""How do claimed sites become a folder of scenes? As an office receives them; the truth lies beside.

sky/scenes/     GeoTIFFs and scenes.toml, as docs/howto/satellite-engine.md describes them
sky/truth/      what is true of each site; nothing but `make bench` opens it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from threading import Event

from qingshan.demo.sky.claims import ClaimedSite
from qingshan.earth.engines import Engine, Watcher
from qingshan.earth.simulation.country import DAYS_BACK, Country, Written, write_country
from qingshan.earth.simulation.drawing import world_of
from qingshan.earth.simulation.toldsites import ToldSite
from qingshan.earth.sites import Claims, Site

WORLD = world_of("青山省", name="qingshan")
"""no world that thresholds were chosen on"""
SEED = 99


def make_sky(
    folder: str | Path, sites: Iterable[ClaimedSite], *, until: date, known_until: date | None = None,
    watch: Watcher | None = None, engine: Engine | None = None, cancel: Event | None = None,
) -> Written:  # fmt: skip
    """Some three years of scenes over all sites: the same bytes for the same sites and day.

    Scenes that are there already stay; a call with a later day adds those that have come since.

    Args:
        folder: made if need be.
        sites: what is claimed and what is true; one that lies across another shows the other's ground there.
        until: day after which nothing has been seen yet.
        known_until: last day that the truth knows of, when scenes are added later; `until` unless told.
        watch: told how far it is.
        engine: threads of this machine unless told.
        cancel: set it to stop.
    """
    known = known_until or until
    country = Country(
        seed=SEED, world=WORLD, since=known - timedelta(days=DAYS_BACK), until=until, known_until=known
    )
    told = [told_site(site) for site in sites]
    return write_country(folder, told, country=country, engine=engine, watch=watch, cancel=cancel)


def told_site(site: ClaimedSite) -> ToldSite:
    """With its truth, for those who simulate."""
    return ToldSite(
        site=Site(id=site.id, shape=site.shape, zone=site.zone),
        claims=claims_of(site),
        scenario=site.truth.scenario,
        is_true=site.truth.is_true,
        lost_on=site.truth.lost_on,
    )


def claims_of(site: ClaimedSite) -> Claims:
    """Without its truth, for those who judge."""
    return Claims(
        site_id=site.id,
        target=site.target,
        disturbed_since=site.disturbed_since,
        planted_on=site.planted_on,
        restored_since=site.restored_since,
        accepted_on=site.accepted_on,
    )
