"""Who gets what at the addresses of experts, draws and opinions?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from qingshan.office.accounts.tests.access import ANYBODY, Row, World, only
from qingshan.office.experts.models import DrawnExpert, Expert, ExpertDraw, ExpertOpinion, ExpertTie

OFFICE = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "other_county_clerk",
    "auditor",
    "registry_officer",
)
"""Who reads a pool at all."""
OF_THE_COUNTY = tuple(name for name in OFFICE if name != "other_county_clerk")
REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
AT = datetime(2026, 3, 1, 1, tzinfo=UTC)


def prepare(world: World) -> None:
    """In the pool of 青石县 the expert of the tests and a colleague; a draw and an opinion of that county."""
    county = world.people.regions["990101"]
    base = {"region": county, "employer": "某院", "entered_on": date(2026, 1, 1), "entered_by": "名单"}
    own = Expert.objects.create(
        key="ZJ-1", name="周专", fields=["soil"], person=world.people.persons["expert"], **base
    )
    other = Expert.objects.create(key="ZJ-2", name="沈望舟", fields=["law"], **base)
    tie = ExpertTie.objects.create(
        expert=own, kind="organisation", name="某单位", grounds="paid", from_on=date(2026, 1, 1)
    )
    facts = {
        "region": county, "pool": county, "wanted": {"soil": 1}, "seed_kind": "stated", "seed_number": "42",
        "seed_source": "某号", "seed_on": date(2026, 3, 1), "closes_on": date(2026, 3, 1), "announced_at": AT,
        "announced_by": "县局",
    }  # fmt: skip
    open_draw = ExpertDraw.objects.create(title="公告", **facts)
    listing = [{"id": "ZJ-1", "name": "周专", "fields": ["soil"], "because": []}]
    held = ExpertDraw.objects.create(
        title="抽取", state="drawn", listing=listing, list_digest="0" * 64, closed_at=AT, drawn_at=AT, **facts
    )
    DrawnExpert.objects.create(draw=held, expert=own, seat="soil", rank=1)
    opinion = ExpertOpinion.objects.create(
        expert=own, region=county, subject_kind="x", subject_id=1, subject_name="某事项", question="是否稳定？",
        invited_on=date(2026, 3, 1),
    )  # fmt: skip
    world.things.update(
        expert=own,
        expert_other=other,
        expert_tie=tie,
        draw_open=open_draw,
        draw_held=held,
        expert_opinion=opinion,
    )


def at(name: str, path: str) -> Callable[[World], str]:
    """The address of a prepared object."""
    return lambda world: path.format(world.things[name].pk)


def tie_of(world: World) -> str:
    return f"/experts/{world.things['expert'].pk}/ties/{world.things['expert_tie'].pk}/end/"


def excused_of(world: World) -> str:
    return f"/experts/draws/{world.things['draw_held'].pk}/excuse/{world.things['expert'].pk}/"


def seen(*names: str, among: tuple[str, ...], status: int = 200) -> dict[str, int]:
    """Open to the duty of some, found by fewer: others of the duty get 404, all others 403."""
    return only(*among, status=404) | dict.fromkeys(names, status)


EXPERT_OR_OFFICE = (*OFFICE, "expert")
KEEPERS = ("county_clerk", "registry_officer")
ROWS = [
    Row("GET", "/experts/", only(*EXPERT_OR_OFFICE)),
    Row("GET", "/experts/?q=szw&field=soil&level=county&state=in_pool", only(*EXPERT_OR_OFFICE)),
    Row("GET", "/experts/?field=x&level=x&state=x&after=x&q=%00%22", only(*EXPERT_OR_OFFICE)),
    Row("GET", "/experts/export.xlsx", only(*OFFICE)),
    Row("GET", "/experts/export.exe", only(*OFFICE, status=404)),
    Row("GET", "/experts/new/", only(*REGISTRY)),
    Row("POST", "/experts/new/", only(*REGISTRY, status=422)),
    Row("GET", at("expert", "/experts/{}/"), seen(*OF_THE_COUNTY, "expert", among=EXPERT_OR_OFFICE)),
    Row("GET", at("expert_other", "/experts/{}/"), seen(*OF_THE_COUNTY, among=EXPERT_OR_OFFICE)),
    *(
        Row("GET", at("expert", f"/experts/{{}}/{act}/"), seen(*KEEPERS, among=REGISTRY))
        for act in ("correct", "suspend", "resume", "leave")
    ),
    *(
        Row("POST", at("expert", f"/experts/{{}}/{act}/"), seen(*KEEPERS, among=REGISTRY, status=422))
        for act in ("correct", "suspend", "resume", "leave")
    ),
    Row("GET", at("expert", "/experts/{}/ties/new/"), seen(*KEEPERS, "expert", among=(*REGISTRY, "expert"))),
    Row("GET", at("expert_other", "/experts/{}/ties/new/"), seen(*KEEPERS, among=(*REGISTRY, "expert"))),
    Row("GET", tie_of, seen(*KEEPERS, among=REGISTRY)),
    Row("POST", tie_of, seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", at("expert", "/experts/{}/ties/999999/end/"), only(*REGISTRY, status=404)),
    Row("GET", "/experts/draws/", only(*OFFICE)),
    Row("GET", "/experts/draws/?state=x&after=x", only(*OFFICE)),
    Row("GET", "/experts/draws/?q=%00&state=announced", only(*OFFICE)),
    Row("GET", "/experts/draws/export.xlsx?q=x", only(*OFFICE)),
    Row("GET", "/experts/draws/export.exe", only(*OFFICE, status=404)),
    Row("GET", "/experts/draws/recompute.py", ANYBODY),
    Row("GET", "/experts/draws/new/", only("city_reviewer")),
    Row("GET", "/experts/draws/new/?kind=nothing&object=1", only("city_reviewer", status=404)),
    Row("POST", "/experts/draws/new/", only("city_reviewer", status=422)),
    Row("GET", at("draw_open", "/experts/draws/{}/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", at("draw_held", "/experts/draws/{}/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", at("draw_held", "/experts/draws/{}/record.json"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", at("draw_held", "/experts/draws/{}/lots.xlsx"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", at("draw_open", "/experts/draws/{}/lots.xlsx"), only(*OFFICE, status=404)),
    Row("GET", at("draw_open", "/experts/draws/{}/close/"), only("city_reviewer")),
    Row("POST", at("draw_open", "/experts/draws/{}/close/"), only("city_reviewer", status=422)),
    Row("GET", at("draw_open", "/experts/draws/{}/draw/"), only("city_reviewer")),
    Row("POST", at("draw_open", "/experts/draws/{}/draw/"), only("city_reviewer", status=422)),
    Row("GET", at("draw_open", "/experts/draws/{}/cancel/"), only("city_reviewer")),
    Row("POST", at("draw_open", "/experts/draws/{}/cancel/"), only("city_reviewer", status=422)),
    Row("GET", excused_of, only("city_reviewer")),
    Row("POST", excused_of, only("city_reviewer", status=422)),
    Row("GET", at("draw_held", "/experts/draws/{}/excuse/999999/"), only("city_reviewer", status=404)),
    Row("GET", "/experts/opinions/", only(*EXPERT_OR_OFFICE)),
    Row("GET", "/experts/opinions/?state=x", only(*EXPERT_OR_OFFICE)),
    Row(
        "GET",
        at("expert_opinion", "/experts/opinions/{}/"),
        seen(*OF_THE_COUNTY, "expert", among=EXPERT_OR_OFFICE),
    ),
    Row(
        "GET",
        at("expert_opinion", "/experts/opinions/{}/give/"),
        seen(*KEEPERS, "city_reviewer", "expert", among=(*REGISTRY, "city_reviewer", "expert")),
    ),
    Row(
        "POST",
        at("expert_opinion", "/experts/opinions/{}/give/"),
        seen(*KEEPERS, "city_reviewer", "expert", among=(*REGISTRY, "city_reviewer", "expert"), status=422),
    ),
    Row("GET", at("expert_opinion", "/experts/opinions/{}/answer/"), only("city_reviewer")),
    Row("POST", at("expert_opinion", "/experts/opinions/{}/answer/"), only("city_reviewer", status=422)),
    Row("GET", at("expert_opinion", "/experts/opinions/{}/withdraw/"), only("city_reviewer")),
    Row("POST", at("expert_opinion", "/experts/opinions/{}/withdraw/"), only("city_reviewer", status=422)),
    Row("GET", at("expert_opinion", "/experts/opinions/{}/file"), only(*EXPERT_OR_OFFICE, status=404)),
    Row("GET", "/experts/about/nothing/1/", only(*EXPERT_OR_OFFICE, status=404)),
    Row("GET", "/experts/about/nothing/1/card/", only(*EXPERT_OR_OFFICE, status=404)),
    Row("GET", "/experts/about/nothing/1/assign/", only("city_reviewer", status=404)),
    Row("GET", "/experts/about/nothing/1/assign/1/end/", only("city_reviewer", status=404)),
    Row("GET", "/experts/about/nothing/1/invite/", only("city_reviewer", status=404)),
]
__all__ = ["ROWS", "prepare"]
