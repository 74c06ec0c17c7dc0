"""Where are the pages of the desk?"""

from django.urls import path

from qingshan.office.desk import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("language/", pages.language, name="language"),
    path("health/", pages.health, name="health"),
]
