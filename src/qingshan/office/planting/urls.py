"""Where do the pages of planting stand?"""

from django.urls import path

from qingshan.office.planting.pages import caring, land, lasting, plots, using

app_name = "planting"

urlpatterns = [
    path("planting/", plots.plots, name="plots"),
    path("planting/export.<slug:form>", plots.export_plots, name="export_plots"),
    path("planting/plantings/export.<slug:form>", plots.export_plantings, name="export_plantings"),
    path("planting/observations/export.<slug:form>", plots.export_observations, name="export_observations"),
    path("planting/new/", plots.register, name="register"),
    path("planting/survival/", plots.survival, name="survival"),
    path("planting/survival/export.<slug:form>", plots.export_survival, name="export_survival"),
    path("planting/care/", caring.care, name="care"),
    path("planting/care/export.<slug:form>", caring.export_care, name="export_care"),
    path("planting/lasting/", lasting.lasting, name="lasting"),
    path("planting/lasting/export.<slug:form>", lasting.export_lasting, name="export_lasting"),
    path("planting/lasting/sites/<int:pk>/", lasting.evaluate, name="evaluate"),
    path("planting/evaluations/<int:pk>/file/", lasting.evaluation_file, name="evaluation_file"),
    path("planting/evaluations/<int:pk>/withdraw/", lasting.withdraw, name="withdraw_evaluation"),
    path("planting/returned/", land.returned, name="returned"),
    path("planting/returned/export.<slug:form>", land.export_returned, name="export_returned"),
    path("planting/returned/sites/<int:pk>/", land.hand_back, {"what": "sites"}, name="hand_back_site"),
    path("planting/returned/<int:pk>/file/", land.receipt_file, name="receipt_file"),
    path("planting/returned/<int:pk>/withdraw/", land.withdraw_hand_back, name="withdraw_hand_back"),
    path("planting/lent/", land.lent, name="lent"),
    path("planting/lent/export.<slug:form>", land.export_lent, name="export_lent"),
    path("planting/lent/<int:pk>/", land.one_lent, name="one_lent"),
    path("planting/lent/<int:pk>/extend/", land.extend, name="extend"),
    path("planting/lent/<int:pk>/hand_back/", land.hand_back, {"what": "lent"}, name="hand_back"),
    path("planting/uses/", using.uses, name="uses"),
    path("planting/uses/export.<slug:form>", using.export_uses, name="export_uses"),
    path("planting/uses/<int:pk>/", using.one_use, name="one_use"),
    path("planting/uses/<int:pk>/planned/", using.change_planned, name="change_planned"),
    path("planting/uses/<int:pk>/actual/", using.note_actual, name="note_actual"),
    path("planting/photos/<int:pk>/", plots.photo, name="photo"),
    path("planting/photos/<int:pk>/small/", plots.thumbnail, name="thumbnail"),
    path("planting/<int:pk>/", plots.plot, name="plot"),
    path("planting/<int:pk>/<slug:act>/", plots.act, name="act"),
    path("planting/<int:pk>/<slug:what>/<int:record>/withdraw/", plots.withdraw, name="withdraw"),
]
