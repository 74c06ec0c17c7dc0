"""Where do the pages of problems and petitions stand?"""

from django.urls import path

from qingshan.office.cases.pages import areas, plans

app_name = "cases"
urlpatterns = [
    path("cases/<int:pk>/plan/", plans.plan, name="plan"),
    path("cases/<int:pk>/plan/backward/", plans.backward, name="plan_backward"),
    path("cases/<int:pk>/plan/area/", areas.area, name="plan_area"),
    path("cases/<int:pk>/plan/progress/", plans.progress, name="plan_progress"),
    path("cases/<int:pk>/plan/<int:version>/", plans.plan, name="plan_version"),
    path("cases/<int:pk>/plan/<int:version>/task-map.xlsx", plans.workbook, name="plan_workbook"),
]
