"""Where do the pages of the register stand?"""

from django.urls import path

from qingshan.office.mines.columns import KIND_OF
from qingshan.office.mines.pages import entering, likeness
from qingshan.office.mines.pages import register as pages

app_name = "mines"

urlpatterns = [
    path("register/<slug:kind>/new/", entering.register_one, name="register_one"),
    path("register/<slug:kind>/<int:pk>/correct/", entering.correct_one, name="correct_one"),
    path("mines/likeness/", likeness.pairs, name="pairs"),
    path("mines/likeness/find/", likeness.find, name="find_pairs"),
    path("mines/likeness/<int:pk>/", likeness.pair, name="pair"),
    path("mines/likeness/<int:pk>/merge/", likeness.merge, name="merge_pair"),
    path("mines/likeness/<int:pk>/apart/", likeness.apart, name="tell_apart"),
    path("mines/likeness/<int:pk>/undo/", likeness.undo, name="undo_merge"),
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
