"""The one map, its tiles, and the panel of an object."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.desk import one_map
from qingshan.office.doors import open_to_signed_in
from qingshan.office.places.layers import layer_for, layers_for

MVT = "application/vnd.mapbox-vector-tile"


@open_to_signed_in
@require_GET
def the_map(request: Request) -> HttpResponse:
    """一张图: begins at the object that the address names, else at the actor's regions."""
    code, _, pk = request.GET.get("object", "").partition(":")
    bounds = one_map.bounds_for(request.actor)
    if pk.isdecimal() and (one := layer_for(code, request.actor).one):
        bounds = one_map.bounds_of(one(int(pk), request.actor).geom) or bounds
    context = {"bounds": ",".join(f"{edge:.5f}" for edge in bounds), "layers": layers_for(request.actor)}
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
    return render(request, found.panel, {"object": found.one(pk, request.actor)})
