"""Where are the pages of the desk?"""

from django.urls import path

from qingshan.office.desk import pages

app_name = "desk"

urlpatterns = [
    path("", pages.home, name="home"),
    path("language/", pages.language, name="language"),
    path("health/", pages.health, name="health"),
    path("jobs/<int:pk>/", pages.job, name="job"),
    path("jobs/<int:pk>/cancel/", pages.cancel_job, name="cancel_job"),
]
