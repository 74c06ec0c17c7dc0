"""Where are the pages of the desk?"""

from django.urls import path

from qingshan.office.desk import import_pages, map_pages, pages

app_name = "desk"

urlpatterns = [
    path("", pages.home, name="home"),
    path("language/", pages.language, name="language"),
    path("health/", pages.health, name="health"),
    path("jobs/<int:pk>/", pages.job, name="job"),
    path("jobs/<int:pk>/cancel/", pages.cancel_job, name="cancel_job"),
    path("imports/", import_pages.imports, name="imports"),
    path("imports/template/<slug:kind>.xlsx", import_pages.empty_template, name="template"),
    path("imports/new/<slug:kind>/", import_pages.new_import, name="new_import"),
    path("imports/<int:pk>/", import_pages.one_import, name="import"),
    path("imports/<int:pk>/reading/", import_pages.import_reading, name="import_reading"),
    path("imports/<int:pk>/answer/", import_pages.answer_import, name="answer_import"),
    path("imports/<int:pk>/apply/", import_pages.apply_import, name="apply_import"),
    path("imports/<int:pk>/cancel/", import_pages.cancel_import, name="cancel_import"),
    path("imports/<int:pk>/refused.xlsx", import_pages.refused_rows, name="refused"),
    path("files/<slug:digest>", import_pages.file, name="file"),
    path("map/", map_pages.the_map, name="map"),
    path("map/<slug:layer>/<int:pk>/", map_pages.map_object, name="map_object"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", map_pages.tile, name="tile"),
    path("search/", map_pages.search, name="search"),
]
