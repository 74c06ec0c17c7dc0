"""The one map, its tiles, and the panel of an object."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.desk import one_map
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines import queries

MVT = "application/vnd.mapbox-vector-tile"


@open_to_signed_in
@require_GET
def the_map(request: Request) -> HttpResponse:
    """一张图: begins at the object that the address names, else at the actor's regions."""
    code, _, pk = request.GET.get("object", "").partition(":")
    bounds = one_map.bounds_for(request.actor)
    if code in one_map.MODELS and pk.isdecimal():
        shape = queries.one(one_map.MODELS[code], int(pk), actor=request.actor).geom
        bounds = one_map.bounds_of(shape) or bounds
    context = {"bounds": ",".join(f"{edge:.5f}" for edge in bounds), "layers": one_map.LAYERS.values()}
    return render(request, "desk/map.html", context)


@open_to_signed_in
@require_GET
def tile(request: Request, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """A vector tile; private, because what is in it depends on who asks."""
    content = one_map.tile_of(layer, actor=request.actor, z=z, x=x, y=y)
    response = HttpResponse(content, content_type=MVT, status=200 if content else 204)
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


@open_to_signed_in
@require_GET
def map_object(request: Request, layer: str, pk: int) -> HttpResponse:
    """The side panel's content for one object."""
    if layer not in one_map.MODELS:
        raise Http404
    found = queries.one(one_map.MODELS[layer], pk, actor=request.actor)
    return render(request, f"mines/panel_{layer}.html", {"object": found})
