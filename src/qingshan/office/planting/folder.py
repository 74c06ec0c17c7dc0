"""What stands on the page of a plot? Everything is read only when the page asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.places.picture import picture_of
from qingshan.office.planting import queries
from qingshan.office.planting.access import (
    CORRECT,
    NOTE_CARE,
    NOTE_PLANTING,
    OBSERVE,
    PLAN_CARE,
    WITHDRAW_PLOT,
    may_do,
    may_keep,
)
from qingshan.office.planting.fitting import Doubted, doubted, ground_of
from qingshan.office.planting.models import CareEntry, CareTask, Planting, Plot, PlotObservation
from qingshan.office.planting.showing import (
    ShownRate,
    amount,
    by_book_words,
    density,
    language,
    rate_of_plot,
    standing_of,
    task_standing,
)
from qingshan.office.planting.surviving import book_of, replanting, survivals
from qingshan.office.trail.acts import Act
from qingshan.office.trail.queries import timeline
from qingshan.rules.areas import area_text
from qingshan.rules.reasons import say
from qingshan.rules.survival import CONFIDENCE, PlotSurvival, Replanting, ReplantingAnswer, Survival

PICTURE_PX = (360, 240)
REPLANTING_LOOKS = {
    Replanting.NONE: "good",
    Replanting.REPLANT: "due",
    Replanting.PLANT_ANEW: "late",
    Replanting.UNKNOWN: "none",
}


@dataclass(frozen=True)
class PlantedRow:
    """What was planted on a day."""

    row: Planting
    amount: str
    density: str
    doubts: list[Doubted]
    is_first: bool


@dataclass(frozen=True)
class Link:
    """An act that can be done now."""

    title: str
    path: str


class Folder:
    """地块的全部."""

    def __init__(self, plot: Plot, *, actor: Actor, on: date) -> None:
        self.plot, self.actor, self.on = plot, actor, on

    # --- acts ----------------------------------------------------------------------------------------------

    @cached_property
    def keeps(self) -> bool:
        return may_keep(self.actor, self.plot.site)

    @property
    def registers(self) -> bool:
        """Whether the reader may also plan, correct and withdraw."""
        return may_do(self.actor, CORRECT, self.plot.region_id)

    @cached_property
    def acts(self) -> list[Link]:
        """Every act of the reader, what comes next first."""
        found = [("observe", OBSERVE), ("plant", NOTE_PLANTING), ("care", NOTE_CARE)] if self.keeps else []
        if self.registers:
            found += [("plan_care", PLAN_CARE), ("correct", CORRECT)]
            found += [] if self._has_records else [("withdraw", WITHDRAW_PLOT)]
        if self.plot.withdrawn_on:
            return []
        if not self.plantings:
            found = [each for each in found if each[0] in ("plant", "correct", "withdraw")]
        return [self._link(name, act) for name, act in found]

    @property
    def _has_records(self) -> bool:
        """Whether anything stands that a plot entered by mistake would not have."""
        rows: list[Any] = [*self.plantings, *self.observations, *self.care]
        return any(each.withdrawn_on is None for each in rows)

    def _link(self, name: str, act: Act) -> Link:
        return Link(act.title.say({}, language()), f"{self.plot.get_absolute_url()}{name}/")

    @property
    def primary(self) -> Link | None:
        return self.acts[0] if self.acts else None

    @property
    def plain_acts(self) -> list[Link]:
        return self.acts[1:]

    # --- what it is -----------------------------------------------------------------------------------------

    @cached_property
    def plantings(self) -> list[Planting]:
        return queries.plantings_of(self.plot)

    @property
    def planted_rows(self) -> list[PlantedRow]:
        standing = [row for row in self.plantings if row.withdrawn_on is None]
        first = min((row.planted_on for row in standing), default=None)
        return [
            PlantedRow(
                row,
                amount(row),
                density(row, self.plot),
                doubted(row.doubts, language()),
                row.planted_on == first,
            )
            for row in self.plantings
        ]

    @cached_property
    def observations(self) -> list[PlotObservation]:
        return queries.observations_of(self.plot)

    @cached_property
    def survival(self) -> PlotSurvival:
        return survivals([self.plot], on=self.on)[self.plot.pk]

    @property
    def rate(self) -> ShownRate:
        return rate_of_plot(self.survival)

    @property
    def interval_source(self) -> str:
        """Where the confidence of the interval comes from."""
        return book_of(self.plot.region_id, on=self.on).cite(CONFIDENCE, language())

    @cached_property
    def site_survival(self) -> Survival:
        return queries.survival_of(self.plot.site_id, on=self.on)

    @property
    def site_said(self) -> str:
        return self.site_survival.say(language())

    @property
    def is_only_sown(self) -> bool:
        """Whether everything was sown by weight: then there is a cover, and no rate."""
        standing = [row for row in self.plantings if row.withdrawn_on is None]
        return bool(standing) and all(row.count is None for row in standing)

    @cached_property
    def replanting(self) -> ReplantingAnswer | None:
        if self.is_only_sown or not self.survival.planted:
            return None
        return replanting(self.plot, self.survival, ground=ground_of(self.plot), on=self.on)

    @property
    def replanting_said(self) -> tuple[str, str, str, list[str]]:
        """Look, word, sentence and doubts."""
        found = self.replanting
        assert found is not None
        doubts = [say(each, language()) for each in found.doubts]
        return (
            REPLANTING_LOOKS[found.replanting],
            found.replanting.say(language()),
            say(found.because, language()),
            doubts,
        )

    @cached_property
    def tasks(self) -> list[CareTask]:
        return queries.tasks_of(self.plot)

    @property
    def task_rows(self) -> list[tuple[CareTask, str, str, str]]:
        """Each date with look and words, and whether the rulebook set it."""
        for task in self.tasks:
            task.plot = self.plot
        return [
            (task, *task_standing(task, on=self.on), by_book_words(task, on=self.on)) for task in self.tasks
        ]

    @cached_property
    def care(self) -> list[CareEntry]:
        return queries.care_of(self.plot)

    @property
    def due(self) -> tuple[str, str]:
        return standing_of(self.plot.next_due_on, on=self.on)

    @property
    def facts(self) -> list[tuple[str, Any]]:
        plot, spoken = self.plot, language()
        water = {True: _("有灌溉"), False: _("无灌溉"), None: None}[plot.is_irrigated]
        return [
            (_("地块编号"), plot.key),
            (_("点位"), str(plot.site)),
            (_("县区"), plot.region.name),
            (_("修复项目"), plot.project.matter.title if plot.project else None),
            (_("图形面积"), None if plot.area_m2 is None else area_text(plot.area_m2, spoken)),
            (
                _("填报面积"),
                None if plot.reported_area_m2 is None else area_text(plot.reported_area_m2, spoken),
            ),
            (_("土地复垦类型区"), plot.zone_named.say(spoken) if plot.zone_named else None),
            (_("年降水量（毫米）"), None if plot.rain_mm is None else f"{plot.rain_mm:g}"),
            (_("有无灌溉"), water),
            (_("管护期起"), plot.care_from_on and plot.care_from_on.isoformat()),
            (_("管护期止"), plot.care_until_on and plot.care_until_on.isoformat()),
            (_("备注"), plot.note),
        ]

    @property
    def entries(self) -> Any:
        return timeline("planting.plot", self.plot.pk)

    @property
    def picture(self) -> Any:
        """The plot, drawn on the server; None without a shape."""
        if self.plot.geom is None:
            return None
        return picture_of(
            self.plot.geom,
            actor=self.actor,
            width_px=PICTURE_PX[0],
            height_px=PICTURE_PX[1],
            highlight=self.plot.geom,
            title=self.plot.name or self.plot.key,
            layers=("sites",),
            with_legend=False,
            on=self.on,
        )
