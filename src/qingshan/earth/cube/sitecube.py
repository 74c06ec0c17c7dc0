"""What is kept of every site from every scene, so that a new date costs only that date?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from qingshan.earth.cube.chips import Chip, Stack, chip_of, stack_of
from qingshan.earth.cube.folder import CubeFolder, KeptScene
from qingshan.earth.cube.layout import Layout
from qingshan.earth.cube.making import extend, prepare
from qingshan.earth.cube.summed import series_of
from qingshan.earth.cube.unitfiles import check_unit
from qingshan.earth.engines import Engine, LocalEngine, Watcher
from qingshan.earth.errors import CubeRefused
from qingshan.earth.grid import Window
from qingshan.earth.images.scenes import LeftOut, Scenes
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.series import SiteSeries
from qingshan.earth.sites import SiteSet

if TYPE_CHECKING:
    import xarray


@dataclass(frozen=True, kw_only=True, eq=False)
class SiteCube:
    """Sums and pixels of all sites from all scenes, in one folder.

    It is made for certain sites, with rings and windows that stay; other sites need another folder.
    """

    folder: Path
    site_ids: tuple[str, ...]
    layouts: Mapping[str, Layout]
    """key of a frame's grid -> its layout"""
    scenes: tuple[KeptScene, ...]
    """those that are whole, in order of day and id"""
    left_out: tuple[LeftOut, ...] = ()
    """scenes that were given but cannot be used"""
    kept_to: frozenset[str] | None = None
    """ids of the only scenes that count, of all that the folder holds; None: all of them"""

    @classmethod
    def build(
        cls,
        folder: str | Path,
        *,
        sites: SiteSet,
        scenes: Scenes,
        parameters: ParameterSet | None = None,
        engine: Engine | None = None,
        progress: Watcher | None = None,
        cancel: Event | None = None,
        block_rows: int | None = None,
    ) -> SiteCube:
        """Makes a cube, or goes on with one: what its folder holds already is not made again.

        Args:
            folder: made if need be; all workers of a cluster must see it.
            sites: those that the cube is for.
            scenes: those already in the cube cost nothing.
            parameters: the released set unless told.
            engine: threads of this machine unless told.
            progress: called after each unit.
            cancel: set it to stop; a later call goes on.
            block_rows: rows that are read together; what suits the files unless told. Sums of other block rows
                differ in their last digits.

        Raises:
            CubeRefused: the folder holds a cube of other sites.
            Cancelled: `cancel` was set.
        """
        parameters = parameters or released()
        prepare(CubeFolder(Path(folder)), sites, scenes, parameters=parameters, block_rows=block_rows)
        return cls.open(folder).update(
            scenes, parameters=parameters, engine=engine, progress=progress, cancel=cancel
        )

    @classmethod
    def open(cls, folder: str | Path) -> SiteCube:
        """The cube of a folder, with the scenes that are whole.

        Raises:
            CubeRefused: there is none, or its layout is damaged.
        """
        kept = CubeFolder(Path(folder))
        told = kept.read()
        layouts = kept.layouts()
        if missing := set(told["frames"]) - set(layouts):
            raise CubeRefused.because("earth.cube_damaged", file=f"{min(missing)}/layout.json")
        found = [scene for key in layouts for scene in kept.scenes(key)]
        whole = [
            scene
            for scene in found
            if scene.is_closed
            and not scene.refused
            and set(layouts[scene.frame].blocks) <= kept.rows(scene.frame, scene.stamp)
        ]
        left_out = [LeftOut(scene=scene.id, because=scene.refused) for scene in found if scene.refused]
        return cls(
            folder=Path(folder),
            site_ids=tuple(told["sites"]),
            layouts=layouts,
            scenes=tuple(sorted(whole, key=lambda scene: (scene.day, scene.id))),
            left_out=tuple(sorted(left_out, key=lambda each: each.scene)),
        )

    def update(
        self,
        scenes: Scenes,
        *,
        parameters: ParameterSet | None = None,
        engine: Engine | None = None,
        progress: Watcher | None = None,
        cancel: Event | None = None,
    ) -> SiteCube:
        """The cube with further scenes; arguments as of `build`.

        Raises:
            CubeRefused: it was made with other numbers for pixels.
            Cancelled: `cancel` was set.
        """
        off = extend(
            CubeFolder(self.folder),
            scenes,
            parameters=parameters or released(),
            engine=engine or LocalEngine(),
            progress=progress,
            cancel=cancel,
        )
        cube = SiteCube.open(self.folder)
        return replace(cube, left_out=(*cube.left_out, *off))

    def only(self, scene_ids: Iterable[str]) -> SiteCube:
        """The same cube as these scenes alone have made it: what the folder holds besides decides nothing, e.g. images
        that have been taken away since.
        """
        ids = frozenset(scene_ids)
        scenes = tuple(each for each in self.scenes if each.id in ids)
        left_out = tuple(each for each in self.left_out if each.scene in ids)
        kept_to = ids if len(scenes) < len(self.scenes) else self.kept_to
        return replace(self, scenes=scenes, left_out=left_out, kept_to=kept_to)

    def series(self, site_id: str) -> SiteSeries:
        """What was seen of one site; empty for a site outside of all scenes.

        Raises:
            CubeRefused: no such site, or a damaged file.
        """
        return self._series[self._number(site_id)]

    def series_all(self) -> tuple[SiteSeries, ...]:
        """What was seen of every site, in their order."""
        return self._series

    @cached_property
    def _series(self) -> tuple[SiteSeries, ...]:
        return series_of(CubeFolder(self.folder), self.site_ids, self.layouts, self.scenes)

    def chip(self, site_id: str, scene_id: str) -> Chip:
        """The pixels of a site's window in one scene.

        Raises:
            CubeRefused: no such site or scene, or the scene lies on another frame, or a damaged file.
        """
        scene = next((scene for scene in self.scenes if scene.id == scene_id), None)
        number = self._number(site_id)
        window = self.layouts[scene.frame].window(number) if scene else None
        if scene is None or window is None:
            raise CubeRefused.because("earth.cube_lacks", site=site_id, scene=scene_id)
        layout = self.layouts[scene.frame]
        return chip_of(CubeFolder(self.folder), layout, scene, number=number, window=window)

    def stack(self, site_id: str, *, bands: Sequence[str] | None = None) -> Stack:
        """The pixels of a site's window in all its scenes.

        Raises:
            CubeRefused: no such site, a site outside of all scenes, or a damaged file.
        """
        number = self._number(site_id)
        frame, window = self._place(number, site_id)
        return stack_of(
            CubeFolder(self.folder),
            self.layouts[frame],
            (scene for scene in self.scenes if scene.frame == frame),
            number=number,
            window=window,
            bands=bands,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process go the folder, and which scenes count where not all do; there it is opened once."""
        return _opened, (self.folder, hash(tuple(scene.stamp for scene in self.scenes)), self.kept_to)

    def to_xarray(self, site_id: str) -> xarray.Dataset:
        """The pixels of a site as a dataset of (time, y, x); needs the extra `xarray`."""
        from qingshan.earth.images.xarrays import stack_dataset

        dataset: xarray.Dataset = stack_dataset(self.stack(site_id))
        return dataset

    def damaged(self) -> tuple[str, ...]:
        """Reads every file and removes those that are damaged; their names. `build` makes them anew."""
        return tuple(_removed(self._units()))

    def _units(self) -> Iterator[Path]:
        kept = CubeFolder(self.folder)
        for scene in self.scenes:
            for row in sorted(kept.rows(scene.frame, scene.stamp)):
                yield kept.unit(scene.frame, scene.stamp, row)

    def _number(self, site_id: str) -> int:
        try:
            return self._numbers[site_id]
        except KeyError:
            raise CubeRefused.because("earth.cube_lacks", site=site_id, scene=None) from None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id_: number for number, id_ in enumerate(self.site_ids)}

    def _place(self, number: int, site_id: str) -> tuple[str, Window]:
        for key, layout in self.layouts.items():
            window = layout.window(number)
            if window is not None:
                return key, window
        raise CubeRefused.because("earth.cube_lacks", site=site_id, scene=None)


def _removed(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        try:
            check_unit(file)
        except CubeRefused:
            file.unlink()
            yield f"{file.parent.name}/{file.name}"


@lru_cache(maxsize=4)
def _opened(folder: Path, state: int, kept_to: frozenset[str] | None) -> SiteCube:
    """A cube as it was when it was handed on; `state` tells other states of the same folder apart."""
    cube = SiteCube.open(folder)
    return cube if kept_to is None else cube.only(kept_to)
