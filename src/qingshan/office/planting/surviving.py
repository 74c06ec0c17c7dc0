"""How much of what was planted lives? Plots as the law book takes them, from few queries for many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from qingshan.office.planting.models import Planting, Plot, PlotObservation
from qingshan.rules import acceptance, survival
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.provisions import Rulebook
from qingshan.rules.rulebook import in_force
from qingshan.rules.survival import PlotSurvival, ReplantingAnswer, Survival
from qingshan.rules.zones import Ground


def book_of(region_id: int | None, *, on: date) -> Rulebook:
    """The rulebook of planting in force in a region; without one the national one."""
    region = None if region_id is None else region_of_id(region_id)
    return in_force(survival.RULEBOOK, on=on, region=region)


def as_law(plots: Sequence[Plot]) -> dict[int, survival.Plot]:
    """Each plot with what was counted in it, by two queries. What was sown by weight has no number and no rate."""
    ids = [plot.pk for plot in plots]
    planted: dict[int, list[survival.Planting]] = defaultdict(list)
    rows = Planting.objects.filter(plot__in=ids, withdrawn_on=None, count__isnull=False)
    for plot_id, on, count, species in rows.order_by("planted_on", "pk").values_list(
        "plot_id", "planted_on", "count", "species"
    ):
        planted[plot_id].append(survival.Planting(on, count or 0, species))
    seen: dict[int, list[survival.Observation]] = defaultdict(list)
    found = PlotObservation.objects.filter(plot__in=ids, withdrawn_on=None, examined__isnull=False)
    for plot_id, on, examined, living in found.order_by("observed_on", "pk").values_list(
        "plot_id", "observed_on", "examined", "living"
    ):
        seen[plot_id].append(survival.Observation(on, examined or 0, living or 0))
    return {plot.pk: survival.Plot(plot.key, tuple(planted[plot.pk]), tuple(seen[plot.pk])) for plot in plots}


def check_counts(*plots: Plot) -> None:
    """RuleError where counts cannot be: more living than examined, more examined than were planted by then."""
    for told in as_law(plots).values():
        survival.check(told)


def survivals(plots: Sequence[Plot], *, on: date) -> dict[int, PlotSurvival]:
    """The survival of each plot as of a day."""
    told = as_law(plots)
    books = {region_id: book_of(region_id, on=on) for region_id in {plot.region_id for plot in plots}}
    return {plot.pk: survival.survival_of(told[plot.pk], on=on, book=books[plot.region_id]) for plot in plots}


def together(of_plots: Iterable[PlotSurvival], *, on: date, region_id: int | None = None) -> Survival:
    """Over several plots: a rate when all were observed, else a partial one that says of how many."""
    return survival.survival_over(of_plots, book_of(region_id, on=on))


def replanting(plot: Plot, found: PlotSurvival, *, ground: Ground, on: date) -> ReplantingAnswer:
    """What a rate asks for (补植), by the line of acceptance of the place."""
    region = region_of_id(plot.region_id)
    return survival.replanting_of(
        found.rate,
        planted=found.planted,
        ground=ground,
        criteria=in_force(acceptance.RULEBOOK, on=on, region=region),
        book=book_of(plot.region_id, on=on),
    )
