"""From files to findings: is every claim answered once, and does a second run only what is new?"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from qingshan.earth.engines import LocalEngine, Progress
from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.judged import as_json, from_json
from qingshan.earth.series import SiteSeries
from qingshan.earth.sites import Claims, Site, SiteSet, TargetUse
from qingshan.earth.surveys import Report, survey
from qingshan.earth.tests import small_images as small
from qingshan.rules.reasons import Reason

JULY = date(2023, 7, 1)
CLAIMS = (
    Claims(site_id="two block rows", restored_since=JULY, target=TargetUse.VEGETATION),
    Claims(site_id="one block row", restored_since=JULY),
    Claims(site_id="elsewhere", accepted_on=JULY),
    Claims(site_id="nobody's", accepted_on=JULY),
)
judged: list[str] = []


def judge(
    site: Site, series: SiteSeries, claims: Claims, *, parameters: Any, changes: Any
) -> Sequence[Finding]:
    """Notes whom it was asked about; few dates decide nothing."""
    judged.append(site.id)
    verdict = Verdict.SUPPORTED if len(series) >= 4 else Verdict.UNDECIDABLE
    question = Question.RESTORED if claims.restored_since else Question.KEPT
    return (
        Finding(
            site_id=site.id,
            question=question,
            verdict=verdict,
            target=claims.target,
            considered=len(series),
            effect=float(series.inside.mean["ndvi"][0]) if len(series) else None,
            parameters=parameters.label,
            signs=(Reason("earth.cancelled"),) if changes else (),
        ),
    )


def surveyed(folder: Path, scenes: Scenes | None = None, **options: Any) -> Report:
    judged.clear()
    told = {"claims": CLAIMS, "judge": judge, "engine": LocalEngine(threads=1), **options}
    return survey(small.SITES, scenes or small.scenes(), out=folder, **told)


def test_every_claim_is_answered_in_the_order_of_the_sites(tmp_path: Path) -> None:
    report = surveyed(tmp_path)
    assert [finding.site_id for finding in report.findings] == [
        "one block row",
        "two block rows",
        "elsewhere",
    ]
    assert report.counts == {
        (Question.RESTORED, Verdict.SUPPORTED): 2,
        (Question.KEPT, Verdict.UNDECIDABLE): 1,
    }
    assert [series.site_id for series in report.series] == [site.id for site in small.SITES]
    assert [scene.id for scene in report.scenes] == [scene.id for scene in small.scenes()]
    assert [(reason.code, reason.values["site"]) for reason in report.warnings] == [
        ("earth.claim_without_site", "nobody's")
    ]
    assert report.parameters.startswith("qingshan-earth")


def test_a_second_run_judges_nobody_again_and_a_new_date_everybody_whom_it_shows(tmp_path: Path) -> None:
    first = surveyed(tmp_path, small.scenes(small.DAYS[:3]))
    assert len(judged) == 3
    again = surveyed(tmp_path, small.scenes(small.DAYS[:3]))
    assert judged == []
    assert again.findings == first.findings
    surveyed(tmp_path)
    assert sorted(judged) == ["one block row", "two block rows"]


def test_scenes_that_are_not_given_any_more_say_nothing(tmp_path: Path) -> None:
    surveyed(tmp_path / "kept")
    few = small.scenes(small.DAYS[:3])
    left, fresh = surveyed(tmp_path / "kept", few), surveyed(tmp_path / "fresh", few)
    assert left.findings == fresh.findings
    assert small.bits(left.series) == small.bits(fresh.series)
    assert [scene.id for scene in left.scenes] == [scene.id for scene in few]
    sent = pickle.loads(pickle.dumps(left.cube))  # as a worker of a cluster gets it
    assert [scene.id for scene in sent.scenes] == [scene.id for scene in few]


def test_a_run_that_is_cut_short_while_judging_goes_on(tmp_path: Path) -> None:
    whole = surveyed(tmp_path / "whole")

    def fail(progress: Progress) -> None:
        if (progress.stage, progress.done) == ("judging", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        surveyed(tmp_path / "cut", progress=fail)
    assert len(judged) == 2
    rest = surveyed(tmp_path / "cut")
    assert len(judged) == 1
    assert rest.findings == whole.findings


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_change_nothing(tmp_path: Path, threads: int) -> None:
    one = surveyed(tmp_path / "one")
    more = surveyed(tmp_path / "more", engine=LocalEngine(threads=threads))
    assert more.findings == one.findings
    assert small.bits(more.series) == small.bits(one.series)


def test_pixels_are_looked_at_only_where_there_is_a_boundary(tmp_path: Path) -> None:
    asked: list[str] = []

    def changes_of(cube: Any, site: Site, claims: Claims, *, parameters: Any) -> object:
        asked.append(site.id)
        return cube.stack(site.id)

    box = small.SITES.sites[0].shape
    claims = [
        Claims(site_id="one block row", accepted_on=JULY, permitted=box),
        Claims(site_id="two block rows", accepted_on=JULY),
    ]
    report = surveyed(tmp_path, claims=claims, changes_of=changes_of)
    assert asked == ["one block row"]
    assert [bool(finding.signs) for finding in report.findings] == [True, False]


def test_a_site_without_an_outline_is_named_in_the_report(tmp_path: Path) -> None:
    sites = SiteSet(small.SITES.sites, left_out=(Reason("earth.site_without_shape", {"site": "x"}),))
    report = survey(sites, small.scenes(), out=tmp_path, engine=LocalEngine(threads=1))
    assert [reason.code for reason in report.warnings] == ["earth.site_without_shape"]
    assert report.findings == ()


def test_a_finding_is_the_same_after_it_was_kept() -> None:
    finding = Finding(
        site_id="a",
        question=Question.WITHIN,
        verdict=Verdict.UNSUPPORTED,
        target=TargetUse.NATURAL,
        claimed_on=JULY,
        since=date(2023, 8, 1),
        is_provisional=True,
        effect=0.1 + 0.2,
        share=1 / 3,
        dates=(JULY, date(2023, 8, 1)),
        because=(Reason("earth.cancelled", {"n": 1, "x": None}),),
        before="s1",
    )
    assert from_json(as_json(finding)) == finding
    assert (
        from_json(as_json(Finding(site_id="a", question=Question.KEPT, verdict=Verdict.TOO_EARLY))).since
        is None
    )


def test_the_union_of_two_sites_has_their_weighted_mean(tmp_path: Path) -> None:
    left, right = small.site("l", 40.3, 50.2, 7.7, 30.5), small.site("r", 48.0, 50.2, 12.4, 30.5)
    both = Site(id="b", shape=shapely.union(left.shape, right.shape))
    scenes = small.scenes()
    report = survey(SiteSet.of([left, right, both]), scenes, out=tmp_path, engine=LocalEngine(threads=1))
    one, other, union = (series.inside for series in report.series)
    weight = one.clear_px + other.clear_px
    assert union.clear_px == pytest.approx(weight, rel=1e-6)
    for name in ("ndvi", "bsi", "fvc", "green"):
        mean = (one.mean[name] * one.clear_px + other.mean[name] * other.clear_px) / weight
        assert union.mean[name] == pytest.approx(mean, rel=1e-6, abs=1e-9)
