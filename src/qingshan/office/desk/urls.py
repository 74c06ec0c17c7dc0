"""Where are the pages of the desk?"""

from django.urls import path

from qingshan.office.desk.pages import checkup, filling, home, imports, one_map, rulebooks, search

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", home.language, name="language"),
    path("health/", home.health, name="health"),
    path("jobs/<int:pk>/", home.job, name="job"),
    path("jobs/<int:pk>/cancel/", home.cancel_job, name="cancel_job"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template/<slug:kind>.xlsx", imports.empty_template, name="template"),
    path("imports/samples/<int:number>/", imports.sample, name="sample"),
    path("imports/new/<slug:kind>/", imports.new_import, name="new_import"),
    path("imports/<int:pk>/", imports.one_import, name="import"),
    path("imports/<int:pk>/reading/", imports.import_reading, name="import_reading"),
    path("imports/<int:pk>/answer/", imports.answer_import, name="answer_import"),
    path("imports/<int:pk>/doubles/", imports.answer_doubles, name="answer_doubles"),
    path("imports/<int:pk>/apply/", imports.apply_import, name="apply_import"),
    path("imports/<int:pk>/cancel/", imports.cancel_import, name="cancel_import"),
    path("imports/<int:pk>/refused.xlsx", imports.refused_rows, name="refused"),
    path("checkup/", checkup.check_up_table, name="checkup"),
    path("checkup/marked.xlsx", checkup.marked_table, name="marked"),
    path("filling/", filling.tables, name="fillings"),
    path("filling/<int:pk>/", filling.table, name="filling"),
    path("filling/<int:pk>/progress/", filling.table_progress, name="filling_progress"),
    path("filling/<int:pk>/filled.xlsx", filling.filled_table, name="filled"),
    path("filling/<int:pk>/forget/", filling.forget_table, name="forget_filling"),
    path("files/<slug:digest>", imports.file, name="file"),
    path("map/", one_map.the_map, name="map"),
    path("map/here/", one_map.map_here, name="map_here"),
    path("map/measure/", one_map.map_measure, name="map_measure"),
    path("map/picture/", one_map.map_picture, name="map_picture"),
    path("map/print/", one_map.map_print, name="map_print"),
    path("map/<slug:layer>/<int:pk>/", one_map.map_object, name="map_object"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", one_map.tile, name="tile"),
    path("rulebooks/", rulebooks.listed, name="rulebooks"),
    path("rulebooks/<slug:layer>/<slug:book_id>/<str:version>/", rulebooks.one, name="rulebook"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
]
