"""Where do the pages of experts, draws and opinions stand?"""

from django.urls import path

from qingshan.office.experts.pages import draws, objects, opinions, pool

app_name = "experts"

urlpatterns = [
    path("experts/", pool.experts, name="experts"),
    path("experts/export.<slug:form>", pool.export_experts, name="export"),
    path("experts/new/", pool.enter, name="enter"),
    path("experts/<int:pk>/", pool.expert, name="expert"),
    path("experts/<int:pk>/correct/", pool.correct, name="correct"),
    path("experts/<int:pk>/suspend/", pool.suspend, name="suspend"),
    path("experts/<int:pk>/resume/", pool.resume, name="resume"),
    path("experts/<int:pk>/leave/", pool.leave, name="leave"),
    path("experts/<int:pk>/ties/new/", pool.add_tie, name="add_tie"),
    path("experts/<int:pk>/ties/<int:tie>/end/", pool.end_tie, name="end_tie"),
    path("experts/draws/", draws.listed, name="draws"),
    path("experts/draws/export.<slug:form>", draws.export_draws, name="export_draws"),
    path("experts/draws/new/", draws.announce, name="announce"),
    path("experts/draws/recompute.py", draws.recipe, name="recipe"),
    path("experts/draws/<int:pk>/", draws.one, name="draw"),
    path("experts/draws/<int:pk>/close/", draws.close_list, name="close_list"),
    path("experts/draws/<int:pk>/draw/", draws.draw, name="hold_draw"),
    path("experts/draws/<int:pk>/excuse/<int:expert>/", draws.excuse, name="excuse"),
    path("experts/draws/<int:pk>/cancel/", draws.cancel, name="cancel_draw"),
    path("experts/draws/<int:pk>/record.json", draws.record_file, name="record"),
    path("experts/draws/<int:pk>/lots.<slug:form>", draws.lots, name="lots"),
    path("experts/opinions/", opinions.listed, name="opinions"),
    path("experts/opinions/<int:pk>/", opinions.one, name="opinion"),
    path("experts/opinions/<int:pk>/give/", opinions.give, name="give_opinion"),
    path("experts/opinions/<int:pk>/answer/", opinions.answer, name="answer_opinion"),
    path("experts/opinions/<int:pk>/withdraw/", opinions.withdraw, name="withdraw_invitation"),
    path("experts/opinions/<int:pk>/file", opinions.file, name="opinion_file"),
    path("experts/about/<str:kind>/<int:pk>/", objects.of_object, name="of_object"),
    path("experts/about/<str:kind>/<int:pk>/card/", objects.card, name="card"),
    path("experts/about/<str:kind>/<int:pk>/assign/", objects.assign, name="assign"),
    path(
        "experts/about/<str:kind>/<int:pk>/assign/<int:assignment>/end/",
        objects.end_assignment,
        name="end_assignment",
    ),
    path("experts/about/<str:kind>/<int:pk>/invite/", objects.invite, name="invite"),
]
