"""Do threads and a cluster give the same results, each exactly once, whatever dies meanwhile?"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import DaskEngine, Engine, LocalEngine, Progress, watched
from qingshan.earth.errors import Cancelled
from qingshan.earth.tests import small_images as small


def twice(number: int) -> int:
    return 2 * number


def broken(number: int) -> int:
    raise ZeroDivisionError(number)


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_threads_do_every_unit_once(threads: int) -> None:
    results = list(LocalEngine(threads=threads).run(range(100), twice))
    assert sorted(results) == [2 * number for number in range(100)]


def test_units_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def units() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    running = LocalEngine(threads=2).run(units(), twice)
    next(running)
    assert len(taken) < 30
    running.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_of_a_unit_comes_out(threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(LocalEngine(threads=threads).run(range(3), broken))


@pytest.mark.parametrize("threads", [1, 2])
def test_a_stop_is_heeded(threads: int) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Cancelled) as stopped:
        list(LocalEngine(threads=threads).run(range(3), twice, cancel=cancel))
    assert stopped.value.code == "earth.cancelled"


def test_the_time_left_is_told() -> None:
    told: list[Progress] = []
    assert list(watched(range(4), stage="images", total=4, progress=told.append)) == [0, 1, 2, 3]
    assert [each.done for each in told] == [0, 1, 2, 3, 4]
    assert all(each.left_s is not None and each.left_s >= 0 for each in told[1:])


@pytest.mark.kill
@pytest.mark.timeout(300)
def test_a_cluster_gives_the_same_bits_though_a_worker_dies(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    days = list(small.DAYS)
    folder = small.folder_of(tmp_path / "scenes", days)
    scenes = small.Scenes.from_folder(folder)
    local = build(tmp_path / "local", scenes, LocalEngine(threads=1))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        victims = iter([cluster.workers[0].pid])

        def kill(progress: Progress) -> None:
            if progress.done == 2 and (victim := next(victims, None)):
                os.kill(victim, signal.SIGKILL)

        remote = build(tmp_path / "remote", scenes, DaskEngine(client=client), kill)
        assert next(victims, None) is None
    assert small.bits(remote.series_all()) == small.bits(local.series_all())
    files = {file.relative_to(remote.folder): file.read_bytes() for file in remote.folder.rglob("*.unit")}
    assert files == {
        file.relative_to(local.folder): file.read_bytes() for file in local.folder.rglob("*.unit")
    }


def build(folder: Path, scenes: small.Scenes, engine: Engine, progress: object = None) -> SiteCube:
    return SiteCube.build(
        folder,
        sites=small.SITES,
        scenes=scenes,
        engine=engine,
        block_rows=small.BLOCK,
        progress=progress,  # type: ignore[arg-type]
    )
