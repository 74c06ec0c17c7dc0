"""Where do the pages of the register stand?"""

from typing import Any

from django.urls import URLPattern, path

from qingshan.office.mines.columns import KIND_OF
from qingshan.office.mines.models import Mine, Site
from qingshan.office.mines.pages import dossier, entering, likeness, papers, register, taking_away

app_name = "mines"


def _of_a_dossier(where: str, model: type[Mine | Site]) -> list[URLPattern]:
    """What the dossiers of a mine and of a site have alike."""
    below: dict[str, tuple[Any, str]] = {
        "parts/<slug:part>/": (dossier.part, "part"),
        "whole-process/": (dossier.whole_process, "whole_process"),
        "documents/new/": (papers.file_document, "file_document"),
        "plans/new/": (papers.register_plan, "register_plan"),
        "responsible/new/": (papers.determine, "determine"),
        "references/new/": (papers.note_reference, "note_reference"),
    }
    return [
        path(f"{where}/<int:pk>/{route}", view, {"model": model}, name=f"{where}_{name}")
        for route, (view, name) in below.items()
    ]


urlpatterns = [
    path("register/<slug:kind>/new/", entering.register_one, name="register_one"),
    path("register/<slug:kind>/<int:pk>/correct/", entering.correct_one, name="correct_one"),
    path("mines/likeness/", likeness.pairs, name="pairs"),
    path("mines/likeness/find/", likeness.find, name="find_pairs"),
    path("mines/likeness/<int:pk>/", likeness.pair, name="pair"),
    path("mines/likeness/<int:pk>/merge/", likeness.merge, name="merge_pair"),
    path("mines/likeness/<int:pk>/apart/", likeness.apart, name="tell_apart"),
    path("mines/likeness/<int:pk>/undo/", likeness.undo, name="undo_merge"),
    path("mines/<int:pk>/", dossier.mine, name="mine"),
    path("mines/<int:pk>/brief.pdf", taking_away.brief, name="brief"),
    path("mines/<int:pk>/dossier.zip", taking_away.dossier_zip, name="dossier_zip"),
    path("mines/<int:pk>/packages/<int:job>/", taking_away.package, name="package"),
    *_of_a_dossier("mines", Mine),
    path("sites/<int:pk>/", dossier.site, name="site"),
    *_of_a_dossier("sites", Site),
    path("enterprises/", register.enterprises, name="enterprises"),
    path("enterprises/<int:pk>/", register.enterprise, name="enterprise"),
    path("briefs/<int:pk>.pdf", taking_away.region_brief, name="region_brief"),
    path("documents/<int:pk>/file", papers.document_file, name="document_file"),
]
for _model, _kind in KIND_OF.items():
    urlpatterns += [
        path(f"{_kind.code}/", register.list_of(_model), name=_kind.code),
        path(f"{_kind.code}/export.<slug:form>", register.export_of(_model), name=f"export_{_kind.code}"),
    ]
