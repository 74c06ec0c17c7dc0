"""Where do the pages of the register stand?"""

from django.urls import path

from qingshan.office.mines import pages
from qingshan.office.mines.columns import KIND_OF

app_name = "mines"

urlpatterns = [
    path("mines/<int:pk>/", pages.mine, name="mine"),
    path("sites/<int:pk>/", pages.site, name="site"),
    path("enterprises/", pages.enterprises, name="enterprises"),
    path("enterprises/<int:pk>/", pages.enterprise, name="enterprise"),
]
for _model, _kind in KIND_OF.items():
    urlpatterns += [
        path(f"{_kind.code}/", pages.list_of(_model), name=_kind.code),
        path(f"{_kind.code}/export.<slug:form>", pages.export_of(_model), name=f"export_{_kind.code}"),
    ]
