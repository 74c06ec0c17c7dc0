"""Which app answers which address? Each app's `urls` holds its own full paths."""

from django.urls import include, path

urlpatterns = [
    path("", include("qingshan.office.accounts.urls")),
    path("", include("qingshan.office.trail.urls")),
    path("", include("qingshan.office.places.urls")),
    path("", include("qingshan.office.experts.urls")),
    path("", include("qingshan.office.mines.urls")),
    path("", include("qingshan.office.observations.urls")),
    path("", include("qingshan.office.cases.urls")),
    path("", include("qingshan.office.restoration.urls")),
    path("", include("qingshan.office.planting.urls")),
    path("", include("qingshan.office.batches.urls")),
    path("", include("qingshan.office.papers.urls")),
    path("", include("qingshan.office.desk.urls")),
]

handler400 = "qingshan.office.desk.errors.bad_request"
handler403 = "qingshan.office.desk.errors.not_allowed"
handler404 = "qingshan.office.desk.errors.not_found"
handler500 = "qingshan.office.desk.errors.failed"
