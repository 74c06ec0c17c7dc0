"""Where do the pages of batches and single sites stand?"""

from django.urls import path

from qingshan.office.batches.pages import batch, lists
from qingshan.office.matters.routes import routes

app_name = "batches"

urlpatterns = [
    path("batches/", lists.batches, name="batches"),
    path("batches/export.<slug:form>", lists.export_batches, name="export_batches"),
    path("batches/new/", lists.form_batch, name="form_batch"),
    path("batches/recompute_sample.py", batch.recipe, name="recipe"),
    path("singles/", lists.singles, name="singles"),
    path("singles/export.<slug:form>", lists.export_singles, name="export_singles"),
    path("singles/new/", lists.take_up_single, name="take_up_single"),
    path("batches/<int:pk>/", batch.one, name="one"),
    path("batches/<int:pk>/sample/", batch.sample, name="sample"),
    path("batches/<int:pk>/sample.json", batch.sample_record, name="sample_record"),
    path("batches/<int:pk>/sample-<int:number>.json", batch.sample_record, name="past_record"),
    path("batches/<int:pk>/panel/<int:member>/file", batch.signed_copy, name="signed_copy"),
    path("batches/<int:pk>/sites/<int:site>/<slug:act>/", batch.site_act, name="site_act"),
    *routes("batches"),
    path("batches/<int:pk>/<slug:act>/", batch.act, name="act"),
]
