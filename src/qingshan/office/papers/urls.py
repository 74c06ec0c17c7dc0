"""Where do the pages of papers stand?"""

from django.urls import path

from qingshan.office.papers.pages import issuing, reading, returning, templates

app_name = "papers"

urlpatterns = [
    path("papers/", reading.papers, name="papers"),
    path("papers/new/<slug:kind>/", issuing.new, name="new"),
    path("papers/return/", returning.bring, name="return"),
    path("papers/return/<int:place>/", returning.assign, name="assign"),
    path("papers/return/<int:place>/missing/", returning.tick, name="tick"),
    path("papers/templates/", templates.templates, name="templates"),
    path("papers/templates/<int:pk>/file", templates.file, name="template_file"),
    path("papers/templates/<int:pk>/retire/", templates.retire, name="retire_template"),
    path("papers/<int:pk>/", reading.paper, name="paper"),
    path("papers/<int:pk>/draft.pdf", reading.draft, name="draft"),
    path("papers/<int:pk>/paper.<slug:form>", reading.file, name="file"),
    path("papers/<int:pk>/revise/", issuing.revise, name="revise"),
    path("papers/<int:pk>/issue/", issuing.issue, name="issue"),
    path("papers/<int:pk>/withdraw/", issuing.withdraw, name="withdraw"),
    path("papers/copies/<int:pk>/file", reading.copy_file, name="copy_file"),
]
