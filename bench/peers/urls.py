"""One address, and the one by which a server says that it is up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from qingshan.office.mines.models import Site


def plain_list(request: HttpRequest) -> HttpResponse:
    """The first fifty rows by id, and their names: what every tutorial shows."""
    rows = Site.objects.select_related("region", "mine").defer("geom").order_by("id")[:50]
    return render(request, "peers/plain.html", {"rows": rows})


urlpatterns = [path("sites/", plain_list), path("health/", lambda request: HttpResponse("ok"))]
