"""Where do the pages of problems and petitions stand?"""

from django.urls import path

from qingshan.office.cases.listing import OF_CASES, OF_PETITIONS
from qingshan.office.cases.pages import (
    acting,
    areas,
    case,
    complainants,
    inspections,
    intake,
    official,
    plans,
    printing,
    registering,
    stock,
    stopping,
)
from qingshan.office.matters.pages.ledger import export_of, list_of
from qingshan.office.matters.routes import routes

app_name = "cases"

urlpatterns = [
    path("cases/", list_of(OF_CASES), name="cases"),
    path("cases/export.<slug:form>", export_of(OF_CASES), name="export_cases"),
    path("cases/ledger.<slug:form>", official.ledger, name="export_ledger"),
    path("cases/completion.<slug:form>", official.completion, name="export_completion"),
    path("cases/new/", registering.register_case, name="register_case"),
    path("clues/<int:pk>/register/", registering.register_from_clue, name="register_from_clue"),
    path("petitions/", list_of(OF_PETITIONS), name="petitions"),
    path("petitions/export.<slug:form>", export_of(OF_PETITIONS), name="export_petitions"),
    path("petitions/new/", registering.register_petition, name="register_petition"),
    path("findings/", intake.documents, name="documents"),
    path("findings/new/", intake.new_document, name="new_document"),
    path("findings/split/", intake.split_document, name="split_document"),
    path("findings/<int:pk>/", intake.document, name="document"),
    path("findings/<int:pk>/file/", intake.document_file, name="document_file"),
    path("findings/<int:pk>/items/<int:item>/register/", intake.register_item, name="register_item"),
    path("findings/<int:pk>/items/<int:item>/cover/", intake.cover_item, name="cover_item"),
    path("findings/<int:pk>/items/<int:item>/no-case/", intake.decide_item, name="decide_item"),
    path("findings/<int:pk>/items/<int:item>/take-back/", intake.reopen_item, name="reopen_item"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/new/", inspections.new_inspection, name="new_inspection"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/print/", inspections.printed_inspection, name="printed_inspection"),
    path("inspections/<int:pk>/items/<int:item>/problem/", inspections.raise_problem, name="raise_problem"),
    path(
        "inspections/<int:pk>/items/<int:item>/photographs/<int:number>/",
        inspections.inspection_photograph,
        name="inspection_photograph",
    ),
    path("stops/", stopping.orders, name="stop_orders"),
    path("stops/new/", stopping.new_order, name="new_stop_order"),
    path("stops/<int:pk>/", stopping.order, name="stop_order"),
    path("stops/<int:pk>/issue/", stopping.issue, name="issue_stop_order"),
    path("stops/<int:pk>/mines/<int:stopped>/lift/", stopping.lift, name="lift_stop_order"),
    path("stock/", stock.stock, name="stock"),
    path("stock/items/", stock.items, name="stock_items"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/closing-file.pdf", case.closing_file, name="closing_file"),
    *routes("cases"),
    path("cases/<int:pk>/complainant/", complainants.complainant, name="complainant"),
    path("cases/<int:pk>/papers/<slug:kind>/", printing.draft, name="draft_paper"),
    path("cases/<int:pk>/plan/", plans.plan, name="plan"),
    path("cases/<int:pk>/plan/backward/", plans.backward, name="plan_backward"),
    path("cases/<int:pk>/plan/area/", areas.area, name="plan_area"),
    path("cases/<int:pk>/plan/<int:version>/", plans.plan, name="plan_version"),
    path("cases/<int:pk>/plan/<int:version>/task-map.xlsx", plans.workbook, name="plan_workbook"),
    path("cases/<int:pk>/<slug:act>/", acting.act, name="act"),
]
