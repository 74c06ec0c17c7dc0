"""Where do the pages of restoration stand?"""

from django.urls import path

from qingshan.office.matters.pages.ledger import export_of, list_of
from qingshan.office.matters.routes import routes
from qingshan.office.restoration.listing import OF_PROJECTS
from qingshan.office.restoration.pages import figures, land, land_lists, listed, lists, projects

app_name = "restoration"

urlpatterns = [
    path("restoration/", list_of(OF_PROJECTS), name="projects"),
    path("restoration/export.<slug:form>", export_of(OF_PROJECTS), name="export_projects"),
    path("restoration/new/", projects.register, name="register"),
    path("restoration/listed/", listed.listed, name="listed"),
    path("restoration/listed/export.<slug:form>", listed.export_listed, name="export_listed"),
    path("restoration/listed/in/", listed.move_in, name="move_in"),
    path("restoration/listed/<int:pk>/", listed.one_listed, name="one_listed"),
    path("restoration/listed/<int:pk>/out/", listed.move_out, name="move_out"),
    path("restoration/listed/<int:pk>/back/", listed.take_back, name="take_back"),
    path("restoration/lists/", lists.lists, name="lists"),
    path("restoration/lists/<int:pk>/", lists.one, name="one_list"),
    path("restoration/lists/<int:pk>/correct/", lists.correct, name="correct_list"),
    path("restoration/lists/<int:pk>/moves/", lists.moves, name="moves"),
    path("restoration/lists/<int:pk>/moves/export.<slug:form>", lists.export_moves, name="export_moves"),
    path("restoration/lists/new/", listed.open_list, name="open_list"),
    path("restoration/figures/", figures.figures, name="figures"),
    path("restoration/figures/export.<slug:form>", figures.export_figures, name="export_figures"),
    path("restoration/land/", land.land, name="land"),
    path("restoration/land/export.<slug:form>", land.export_land, name="export_land"),
    path("restoration/land/idle/", land_lists.idle, name="idle"),
    path("restoration/land/idle/export.<slug:form>", land_lists.export_idle, name="export_idle"),
    path("restoration/land/yearly/", land_lists.yearly_list, name="yearly"),
    path("restoration/land/yearly/export.<slug:form>", land_lists.export_yearly, name="export_yearly"),
    path("restoration/land/mines/<int:pk>/", land.mine, name="mine_land"),
    path("restoration/land/mines/<int:pk>/disturb/", land.disturb, name="disturb"),
    path("restoration/land/plots/<int:pk>/correct/", land.correct, name="correct_land"),
    path("restoration/land/plots/<int:pk>/<slug:act>/", land.move, name="move_land"),
    path("restoration/<int:pk>/", projects.project, name="project"),
    *routes("restoration"),
    path("restoration/<int:pk>/closing-file.pdf", projects.closing_file, name="closing_file"),
    path("restoration/<int:pk>/papers/<slug:kind>/", projects.draft, name="draft_paper"),
    path("restoration/<int:pk>/<slug:act>/", projects.act, name="act"),
]
