"""Which app answers which address? Each app's `urls` holds its own full paths."""

from importlib.util import find_spec

from django.urls import include, path

ROOMS = (
    "qingshan.office.accounts.urls",
    "qingshan.office.trail.urls",
    "qingshan.office.places.urls",
    "qingshan.office.mines.urls",
    "qingshan.office.desk.urls",
)

urlpatterns = [path("", include(room)) for room in ROOMS if find_spec(room)]

handler400 = "qingshan.office.desk.errors.bad_request"
handler403 = "qingshan.office.desk.errors.not_allowed"
handler404 = "qingshan.office.desk.errors.not_found"
handler500 = "qingshan.office.desk.errors.failed"
