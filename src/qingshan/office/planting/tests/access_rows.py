"""Who gets what at the addresses of planting?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone
from shapely.geometry import box

from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.mines.models import LandUse, Site
from qingshan.office.planting import actions
from qingshan.office.planting.actions import NewPlot, Planted, Receipt, Seen
from qingshan.office.planting.models import Evaluation, HandBack, ObservationPhoto
from qingshan.office.restoration.actions import NewProject, Planned, register_project
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.matters import SourceKind
from qingshan.rules.planting import PlantForm
from qingshan.rules.roles import Role
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.zones import Ground, Zone

REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
KEEPERS = (*REGISTRY, "enterprise_manager")
RECORDERS = (*REGISTRY, "provincial_dispatcher", "city_reviewer")
OF_THE_COUNTY = (
    "county_clerk", "county_leader", "city_reviewer", "provincial_dispatcher", "auditor", "registry_officer",
)  # fmt: skip
WITH_ENTERPRISE = (*OF_THE_COUNTY, "enterprise_manager")
MOVERS = ("county_clerk", "registry_officer")


def prepare(world: World) -> None:
    """A planted and counted plot on a site of 青石县, land lent there, and a project on the site."""
    county, mine = world.people.regions["990101"], world.things["mine"]
    clerk, now = world.people.actor("county_clerk"), timezone.now()
    site = Site.objects.create(
        key="P-1", name="废弃采坑", region=county, geom=box(122.4, 33.1, 122.402, 33.102), area_m2=40_000.0,
        mine=mine, enterprise=mine.enterprise,
    )  # fmt: skip
    new = NewPlot(site, "北坡", area_m2=20_000.0, ground=Ground(Zone.CENTRAL))
    plot = actions.register_plot(new, actor=clerk, now=now)
    planting = actions.note_planting(
        plot, Planted("刺槐", PlantForm.TREE, date(2025, 4, 1), 100), actor=clerk, now=now
    )
    plot.refresh_from_db()
    seen = Seen(date(2025, 9, 1), "林查", SurveyMethod.WHOLE, 100, 90)
    observation = actions.note_observation(plot, seen, actor=clerk, now=now)
    plot.refresh_from_db()
    care = actions.note_care(
        plot, kind=CareKind.WATERING, done_on=date(2025, 8, 1), done_by="林护", actor=clerk, now=now
    )
    photo = ObservationPhoto.objects.create(
        observation=observation, file_name="a.jpg", file_digest="0" * 64, file_size_bytes=1
    )
    land = LandUse.objects.create(
        key="LS-1", name="便道", region=county, mine=mine, enterprise=mine.enterprise,
        reported_area_m2=10_000.0, from_on=date(2025, 1, 1), to_on=date(2030, 1, 1), purpose="other",
    )  # fmt: skip
    actions.hand_back(land, Receipt(100.0, "下河村", date(2025, 9, 1), "交1号"), actor=clerk, now=now)
    opening = Opening(
        "", "", "采坑修复", region=county, source=SourceKind.OTHER, mine=mine,
        parties=(Named(Role.ANSWERING, world.people.organisations["county_bureau"]),),
    )  # fmt: skip
    register_project(
        NewProject(opening, RestorationMode.TO_FOREST, [Planned(site, use=Afteruse.FOREST)]),
        actor=clerk,
        now=now,
    )
    evaluation = Evaluation.objects.create(
        site=site,
        region=county,
        accepted_on=date(2025, 1, 1),
        made_on=date(2026, 1, 1),
        number="评1号",
        result="良好",
    )
    world.things.update(
        evaluation=evaluation, planted_site=site,
        plot=plot, plot_planting=planting, plot_observation=observation, plot_photo=photo,
        plot_care=care, lent=land, hand_back=HandBack.objects.get(), use=ProjectSite.objects.get(site=site),
    )  # fmt: skip


def at(path: str, *names: str) -> Callable[[World], str]:
    """The address of prepared objects."""
    return lambda world: path.format(*(world.things[name].pk for name in names))


def seen_by(
    *names: str, among: tuple[str, ...], blind: tuple[str, ...] = (), status: int = 200
) -> dict[str, int]:
    """Behind a door for some duties: done by few, refused to those who see it, not found by the others."""
    refused = dict.fromkeys((each for each in among if each not in blind), 403)
    return only(*among, status=404) | refused | dict.fromkeys(names, status)


STRANGE = ("other_county_clerk",)


def act(name: str, *may: str) -> list[Row]:
    """The form of an act on a plot, looked at and sent empty."""
    path = at(f"/planting/{{}}/{name}/", "plot")
    return [
        Row("GET", path, seen_by(*may, among=KEEPERS, blind=STRANGE)),
        Row("POST", path, seen_by(*may, among=KEEPERS, blind=STRANGE, status=422)),
    ]


def list_of(path: str, query: str) -> list[Row]:
    """A list, narrowed by nonsense, and as a table."""
    return [
        Row("GET", path, SIGNED_IN),
        Row("GET", f"{path}?{query}", SIGNED_IN),
        Row("GET", f"{path}export.xlsx", SIGNED_IN),
        Row("GET", f"{path}export.exe", SIGNED_IN | {"*": 404}),
    ]


ROWS = [
    *list_of("/planting/", "view=overdue&region=990101000000&q=%00x&after=x"),
    *list_of("/planting/care/", "view=nothing&region=1&kind=x&before=x"),
    *list_of("/planting/lasting/", "view=evaluate&region=990101000000&after=x"),
    *list_of("/planting/returned/", "region=x&after=x"),
    *list_of("/planting/lent/", "view=ended&q=cq&after=x"),
    *list_of("/planting/uses/", "view=differs&use=x&region=990101000000"),
    Row("GET", "/planting/plantings/export.xlsx", SIGNED_IN),
    Row("GET", "/planting/plantings/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/planting/observations/export.xlsx", SIGNED_IN),
    Row("GET", "/planting/observations/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/planting/survival/", SIGNED_IN),
    Row("GET", "/planting/survival/?region=990101000000", SIGNED_IN),
    Row("GET", "/planting/survival/export.xlsx?region=990101000000", SIGNED_IN),
    Row("GET", "/planting/survival/export.exe", SIGNED_IN | {"*": 404}),
    Row("GET", "/planting/new/", only(*REGISTRY)),
    Row("GET", "/planting/new/?key=nothing", only(*REGISTRY, status=404)),
    Row("GET", at("/planting/new/?site={}", "planted_site"), only(*MOVERS) | {"other_county_clerk": 404}),
    Row(
        "POST",
        at("/planting/new/?site={}", "planted_site"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", at("/planting/{}/", "plot"), found_by(*WITH_ENTERPRISE)),
    *act("plant", *MOVERS, "enterprise_manager"),
    *act("observe", *MOVERS, "enterprise_manager"),
    *act("care", *MOVERS, "enterprise_manager"),
    *act("plan_care", *MOVERS),
    *act("correct", *MOVERS),
    *act("withdraw", *MOVERS),
    Row("GET", at("/planting/{}/nothing/", "plot"), only(*KEEPERS, status=404)),
    Row(
        "GET",
        at("/planting/{}/plantings/{}/withdraw/", "plot", "plot_planting"),
        only(*MOVERS) | {"other_county_clerk": 404},
    ),
    Row(
        "POST",
        at("/planting/{}/observations/{}/withdraw/", "plot", "plot_observation"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
    Row(
        "POST",
        at("/planting/{}/care/{}/withdraw/", "plot", "plot_care"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", at("/planting/{}/nothing/{}/withdraw/", "plot", "plot"), only(*REGISTRY, status=404)),
    Row("GET", at("/planting/photos/{}/small/", "plot_photo"), found_by()),
    Row("GET", "/planting/photos/999999/", found_by()),
    Row("GET", at("/planting/returned/{}/file/", "hand_back"), found_by()),
    Row("GET", at("/planting/evaluations/{}/file/", "evaluation"), found_by()),
    *(
        row
        for path in (
            at("/planting/evaluations/{}/withdraw/", "evaluation"),
            at("/planting/lasting/sites/{}/", "planted_site"),
        )
        for row in (
            Row("GET", path, only(*MOVERS) | {"other_county_clerk": 404}),
            Row("POST", path, only(*MOVERS, status=422) | {"other_county_clerk": 404}),
        )
    ),
    Row(
        "GET",
        at("/planting/returned/{}/withdraw/", "hand_back"),
        only(*MOVERS) | {"other_county_clerk": 404},
    ),
    Row(
        "POST",
        at("/planting/returned/{}/withdraw/", "hand_back"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
    Row(
        "GET",
        at("/planting/returned/sites/{}/", "planted_site"),
        only(*MOVERS) | {"other_county_clerk": 404},
    ),
    Row(
        "POST",
        at("/planting/returned/sites/{}/", "planted_site"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", at("/planting/lent/{}/", "lent"), found_by(*WITH_ENTERPRISE)),
    Row("GET", at("/planting/lent/{}/hand_back/", "lent"), only(*MOVERS) | {"other_county_clerk": 404}),
    Row(
        "POST",
        at("/planting/lent/{}/hand_back/", "lent"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", at("/planting/lent/{}/extend/", "lent"), only(*RECORDERS) | {"other_county_clerk": 404}),
    Row(
        "POST",
        at("/planting/lent/{}/extend/", "lent"),
        only(*RECORDERS, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", at("/planting/uses/{}/", "use"), found_by(*WITH_ENTERPRISE)),
    Row("GET", at("/planting/uses/{}/planned/", "use"), only(*RECORDERS) | {"other_county_clerk": 404}),
    Row(
        "POST",
        at("/planting/uses/{}/planned/", "use"),
        only(*RECORDERS, status=422) | {"other_county_clerk": 404},
    ),
    Row("GET", at("/planting/uses/{}/actual/", "use"), only(*MOVERS) | {"other_county_clerk": 404}),
    Row(
        "POST",
        at("/planting/uses/{}/actual/", "use"),
        only(*MOVERS, status=422) | {"other_county_clerk": 404},
    ),
]
