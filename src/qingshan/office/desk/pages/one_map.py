"""The one map: its page, tiles, panels, picture, print."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.desk import one_map
from qingshan.office.desk.forms import MapFilters, PrintForm
from qingshan.office.desk.map_address import MapAddress, as_text, read_address
from qingshan.office.desk.map_print import printed
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines import queries
from qingshan.office.places.layers import layer_for
from qingshan.office.places.picture import Frame, credit_of, ground_of, picture_of

MVT = "application/vnd.mapbox-vector-tile"
PICTURE_PX = (1000, 640)
STEP = 0.5
NEARER, FARTHER = 0.5, 2.0


@open_to_signed_in
@require_GET
def the_map(request: Request) -> HttpResponse:
    """一张图: begins at the object, the bounds or the region that the address names, else at the actor's regions."""
    address = read_address(request.GET.dict(), actor=request.actor)
    context = {
        "address": address,
        "bounds": as_text(address.bounds),
        "rows": [(layer, address.tiles_of(layer), layer in address.shown) for layer in address.layers],
        "bases": [service for service in address.services if service.is_base],
        "overlays": [(each, address.is_on(each.code)) for each in address.services if not each.is_base],
        "credits": [(each, credit_of(each)) for each in address.services],
        "filters": MapFilters.over(queries.regions_below(request.actor), address),
        "kept": {
            name: address.given.get(name, "") for name in ("layers", "base", "bounds", *address.own_names)
        },
        "picture": _picture(address) if "picture" in request.GET else None,
    }
    return render(request, "desk/map.html", context)


@open_to_signed_in
@require_GET
def tile(request: Request, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """A vector tile; private, because what is in it depends on who asks."""
    content = one_map.tile_of(layer, actor=request.actor, z=z, x=x, y=y, query=request.GET)
    response = HttpResponse(content, content_type=MVT, status=200 if content else 204)
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


@open_to_signed_in
@require_GET
def map_object(request: Request, layer: str, pk: int) -> HttpResponse:
    """The side panel's content for one object."""
    found = layer_for(layer, request.actor)
    if found.one is None:
        raise Http404
    context = {"object": found.one(pk, request.actor), "layer": found, "chosen": f"{layer}:{pk}"}
    return render(request, "desk/map_object.html", context)


@open_to_signed_in
@require_GET
def map_here(request: Request) -> HttpResponse:
    """What lies under a clicked place, of every layer that is on; a single object is shown at once."""
    address = read_address(request.GET.dict(), actor=request.actor)
    layers = [(layer, address.query_of(layer)) for layer in address.shown]
    point = one_map.point_of(request.GET.get("at", ""))
    within = _degrees(request.GET.get("within", ""))
    found = one_map.under(point, layers, actor=request.actor, within_degrees=within)
    if len(found) == 1:
        return map_object(request, layer=found[0].layer.code, pk=found[0].pk)
    return render(request, "desk/map_here.html", {"found": found, "point": point})


def _degrees(text: str) -> float:
    """How near is near enough; a click is never wider than a hundredth of the world."""
    try:
        return min(max(float(text), 0.0), 3.6)
    except ValueError:
        return 0.0


@open_to_signed_in
@require_GET
def map_measure(request: Request) -> HttpResponse:
    """A distance or an area on the ellipsoid, of points that were clicked or typed."""
    as_area = request.GET.get("of") == "area"
    found = one_map.measured(request.GET.get("points", "")[:40_000], as_area=as_area)
    return render(request, "desk/map_measured.html", {"found": found})


@open_to_signed_in
@require_GET
def map_picture(request: Request) -> HttpResponse:
    """The map as a picture with links to the neighbouring ones, for browsers that draw no maps."""
    address = read_address(request.GET.dict(), actor=request.actor)
    return render(request, "desk/map_picture.html", {"picture": _picture(address)})


def _picture(address: MapAddress) -> dict[str, Any]:
    width_px, height_px = PICTURE_PX
    base = address.base
    svg = picture_of(
        address.bounds,
        actor=address.actor,
        width_px=width_px,
        height_px=height_px,
        layers=[layer.code for layer in address.shown],
        narrow=address.query_of,
        ground=ground_of(base),
        more_credits=[credit_of(base)] if base else (),
    )
    frame = Frame.around(address.bounds, width_px=width_px, height_px=height_px)
    moves = {
        "north": frame.moved(0, -STEP),
        "south": frame.moved(0, STEP),
        "west": frame.moved(-STEP, 0),
        "east": frame.moved(STEP, 0),
        "nearer": frame.nearer(NEARER),
        "farther": frame.nearer(FARTHER),
    }
    layers = [(layer, address.query_of(layer)) for layer in address.shown]
    listed, count = one_map.in_window(frame.bounds, layers, actor=address.actor)
    links = {name: _on_earth(address, bounds) for name, bounds in moves.items()}
    return {"svg": svg, "links": links, "listed": listed, "count": count}


def _on_earth(address: MapAddress, bounds: one_map.Bounds) -> dict[str, str]:
    """The page and the fragment of a neighbouring picture, kept on the earth."""
    west, south, east, north = bounds
    kept = (max(west, -180.0), max(south, -85.0), min(east, 180.0), min(north, 85.0))
    text = as_text(kept)
    return {
        "page": address.link(bounds=text, object=None, picture="1"),
        "part": address.link("/map/picture/", bounds=text, object=None, picture=None),
    }


@open_to_signed_in
@require_GET
def map_print(request: Request) -> HttpResponse:
    """The map on a sheet of A3 or A4, drawn by the server at the size of the paper."""
    address = read_address(request.GET.dict(), actor=request.actor)
    form = PrintForm(request.GET)
    context = {
        "sheet": printed(address, form.sheet),
        "form": form,
        "back": address.link(paper=None, title=None),
    }
    return render(request, "desk/map_print.html", context)
