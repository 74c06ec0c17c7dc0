"""Where do the pages of days stand?"""

from django.urls import path

from qingshan.office.places import pages

app_name = "places"

urlpatterns = [
    path("holidays/", pages.holidays, name="holidays"),
    path("holidays/edit/", pages.edit_day, name="edit_day"),
    path("holidays/<str:day>/forget/", pages.forget_day, name="forget_day"),
]
