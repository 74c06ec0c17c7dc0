from django.urls import path, re_path

from qingshan.office.observations.pages import (
    answering,
    claims,
    clues,
    judging_clues,
    runs,
    scenes,
    screenings,
)

app_name = "observations"
urlpatterns = [
    path("observations/", claims.listed, name="claims"),
    re_path(r"^observations/export\.(?P<form>[a-z]+)$", claims.export, name="export_claims"),
    path("observations/<int:pk>/", claims.one, name="claim"),
    path("observations/<int:pk>/sheet.html", claims.sheet, name="sheet"),
    path("observations/<int:pk>/answer/", answering.answer, name="answer"),
    path("observations/<int:pk>/decide/", answering.decide, name="decide"),
    path("observations/<int:pk>/clear/", answering.clear, name="clear"),
    path("observations/<int:pk>/complete/", answering.complete, name="complete"),
    path("observations/<int:pk>/answers/<int:answer_pk>/file", answering.file, name="answer_file"),
    path("observations/about/<str:kind>/<int:pk>/card/", claims.card, name="card"),
    path("observations/scenes/", scenes.listed, name="scenes"),
    path("observations/scenes/new/", scenes.register, name="register_scenes"),
    path("observations/screenings/", screenings.listed, name="screenings"),
    path("observations/screenings/new/", screenings.plan, name="plan_screening"),
    path("observations/screenings/<int:pk>/", screenings.one, name="screening"),
    path("observations/screenings/<int:pk>/start/", screenings.start, name="start_screening"),
    path("clues/", clues.listed, name="clues"),
    re_path(r"^clues/export\.(?P<form>[a-z]+)$", clues.export, name="export_clues"),
    path("clues/<int:pk>/", clues.one, name="clue"),
    path("clues/<int:pk>/verify/", judging_clues.verify, name="verify_clue"),
    path("clues/<int:pk>/dismiss/", judging_clues.dismiss, name="dismiss_clue"),
    path("clues/<int:pk>/restore/", judging_clues.restore, name="restore_clue"),
    path("clues/<int:pk>/evidence/<int:evidence>/file", judging_clues.file, name="clue_file"),
    path("clues/<int:pk>/evidence/<int:evidence>/small", judging_clues.small, name="clue_small"),
    path("observations/runs/", runs.listed, name="runs"),
    path("observations/runs/new/", runs.plan, name="plan_run"),
    path("observations/runs/<int:pk>/", runs.one, name="run"),
    path("observations/runs/<int:pk>/start/", runs.start, name="start_run"),
]
