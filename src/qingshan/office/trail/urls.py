"""Where do the pages of the trail stand?"""

from django.urls import path

from qingshan.office.trail import pages

app_name = "trail"

urlpatterns = [
    path("trail/", pages.entries, name="entries"),
    path("trail/<int:seq>/", pages.entry, name="entry"),
    path("trail/<int:seq>/proof.zip", pages.proof, name="proof"),
    path("trail/<int:seq>/erase/", pages.new_erasure, name="new_erasure"),
    path("trail/checkpoints/", pages.checkpoints, name="checkpoints"),
    path("trail/checkpoints/sign/", pages.sign, name="sign"),
    path("trail/checkpoints/<int:size>.json", pages.checkpoint_file, name="checkpoint_file"),
    path("trail/erasures/", pages.erasures, name="erasures"),
    path("trail/erasures/<int:pk>/", pages.erasure, name="erasure"),
]
