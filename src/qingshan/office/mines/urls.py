"""Where do the pages of the register stand?"""

from django.urls import path

from qingshan.office.mines.pages import entering
from qingshan.office.mines.pages import register as pages

app_name = "mines"

urlpatterns = [
    path("register/<slug:kind>/new/", entering.register_one, name="register_one"),
    path("register/<slug:kind>/<int:pk>/correct/", entering.correct_one, name="correct_one"),
    path("mines/", pages.mines, name="mines"),
    path("mines/export.<slug:form>", pages.export_mines, name="export_mines"),
    path("mines/<int:pk>/", pages.mine, name="mine"),
    path("sites/", pages.sites, name="sites"),
    path("sites/export.<slug:form>", pages.export_sites, name="export_sites"),
    path("sites/<int:pk>/", pages.site, name="site"),
    path("patches/", pages.patches, name="patches"),
    path("patches/export.<slug:form>", pages.export_patches, name="export_patches"),
]
