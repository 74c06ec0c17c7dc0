"""Plain pages, as one would write them first, and the address by which a server says that it is up."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Mine, Patch, Site

FEW = 50


def plain_list(request: HttpRequest) -> HttpResponse:
    """The first fifty rows by id, and their names: what every tutorial shows."""
    rows = Site.objects.select_related("region", "mine").defer("geom").order_by("id")[:FEW]
    return render(request, "peers/plain.html", {"rows": rows})


def plain_mines(request: HttpRequest) -> HttpResponse:
    rows = Mine.objects.select_related("region", "enterprise").defer("geom").order_by("id")[:FEW]
    return render(request, "peers/mines.html", {"mines": rows})


def plain_cases(request: HttpRequest) -> HttpResponse:
    rows = Matter.objects.select_related("region", "mine").defer("geom").order_by("id")[:FEW]
    return render(request, "peers/cases.html", {"rows": rows})


def plain_search(request: HttpRequest) -> HttpResponse:
    """Whose name or number contains the text, of each kind twenty: `icontains`, as everybody begins."""
    text = request.GET.get("q", "")
    asked = Q(name__icontains=text) | Q(key=text)
    mines = Mine.objects.filter(asked).select_related("region", "enterprise").defer("geom").order_by("id")
    sites = Site.objects.filter(asked).select_related("region", "mine").defer("geom").order_by("id")
    return render(request, "peers/mines.html", {"mines": mines[:20], "rows": sites[:20]})


def plain_mine(request: HttpRequest, pk: int) -> HttpResponse:
    """A mine with all its sites and their patches."""
    mine = get_object_or_404(Mine.objects.select_related("region", "enterprise"), pk=pk)
    sites = Site.objects.filter(mine=mine).select_related("region", "mine").defer("geom").order_by("id")
    patches = Patch.objects.filter(site__mine=mine).defer("geom").order_by("id")
    return render(request, "peers/mines.html", {"mines": [mine], "rows": sites, "patches": patches})


urlpatterns = [
    path("sites/", plain_list),
    path("mines/", plain_mines),
    path("cases/", plain_cases),
    path("mines/<int:pk>/", plain_mine),
    path("search/", plain_search),
    path("health/", lambda request: HttpResponse("ok")),
]
