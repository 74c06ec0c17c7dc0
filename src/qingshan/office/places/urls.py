"""Where do the pages of days, layers and overlaps stand?"""

from django.urls import path

from qingshan.office.places import pages

app_name = "places"

urlpatterns = [
    path("holidays/", pages.holidays, name="holidays"),
    path("holidays/edit/", pages.edit_day, name="edit_day"),
    path("holidays/<str:day>/forget/", pages.forget_day, name="forget_day"),
    path("layers/", pages.layers, name="layers"),
    path("layers/new/", pages.new_layer, name="new_layer"),
    path("layers/<int:pk>/", pages.layer, name="layer"),
    path("layers/<int:pk>/replace/", pages.replace_layer, name="replace_layer"),
    path("layers/<int:pk>/withdraw/", pages.withdraw_layer, name="withdraw_layer"),
    path("layers/<int:pk>/export.<slug:form>", pages.export_features, name="export_features"),
    path("services/<slug:code>/<int:z>/<int:x>/<int:y>", pages.service_tile, name="service_tile"),
    path("overlaps/opinions/<int:pk>/file/", pages.opinion_file, name="opinion_file"),
    path("overlaps/<str:kind>/<int:pk>/", pages.overlap_card, name="overlaps"),
    path("overlaps/<str:kind>/<int:pk>/new/", pages.new_opinion, name="new_opinion"),
]
