"""Where do the pages of batches and single sites stand?"""

from django.urls import path

from qingshan.office.batches.listing import OF_BATCHES, OF_SINGLES
from qingshan.office.batches.pages import batch, forming, published
from qingshan.office.matters.pages.ledger import export_of, list_of
from qingshan.office.matters.routes import routes

app_name = "batches"

urlpatterns = [
    path("batches/", list_of(OF_BATCHES), name="batches"),
    path("batches/export.<slug:form>", export_of(OF_BATCHES), name="export_batches"),
    path("batches/new/", forming.form_batch, name="form_batch"),
    path("batches/recompute_sample.py", batch.recipe, name="recipe"),
    path("singles/", list_of(OF_SINGLES), name="singles"),
    path("singles/export.<slug:form>", export_of(OF_SINGLES), name="export_singles"),
    path("singles/new/", forming.take_up_single, name="take_up_single"),
    path("batches/<int:pk>/", batch.one, name="one"),
    path("batches/<int:pk>/sample/", batch.sample, name="sample"),
    path("public/batches/<int:pk>/", published.published, name="published"),
    path("public/batches/<int:pk>/sample.json", published.published_record, name="published_record"),
    path("batches/<int:pk>/sample.json", batch.sample_record, name="sample_record"),
    path("batches/<int:pk>/sample-<int:number>.json", batch.sample_record, name="past_record"),
    path("batches/<int:pk>/panel/<int:member>/file", batch.signed_copy, name="signed_copy"),
    path("batches/<int:pk>/sites/<int:site>/<slug:act>/", batch.site_act, name="site_act"),
    *routes("batches"),
    path("batches/<int:pk>/closing-file.pdf", batch.closing_file, name="closing_file"),
    path("batches/<int:pk>/papers/<slug:kind>/", batch.draft, name="draft_paper"),
    path("batches/<int:pk>/<slug:act>/", batch.act, name="act"),
]
