"""Who gets what at the addresses of papers?"""

from __future__ import annotations

from collections.abc import Callable

from qingshan.office.accounts.tests.access import SIGNED_IN, Row, World, found_by, only
from qingshan.office.papers.models import PaperTemplate, SignedCopy
from qingshan.office.papers.tests.factories import NOW, a_mine_of, an_issued_sheet, drafted

IN_THE_HOUSE = ("county_clerk", "county_leader", "city_reviewer", "provincial_dispatcher", "registry_officer")
READERS = (*IN_THE_HOUSE, "auditor", "enterprise_manager")
OFFICE = (*IN_THE_HOUSE, "other_county_clerk")
NOT_OF_THE_HOUSE = only(*OFFICE, status=404)
ELSEWHERE = {"other_county_clerk": 404}


def prepare(world: World) -> None:
    """A draft, an issued sheet, and a signed copy of it; all about a mine of 青石县."""
    mine = world.things.get("mine") or a_mine_of(world.people)
    sheet = an_issued_sheet(world.people, mine)
    copy = SignedCopy.objects.create(
        paper=sheet,
        file_name="签章件.pdf",
        file_digest=sheet.pdf_digest,
        file_size_bytes=1,
        by_code=True,
        returned_at=NOW,
        returned_by="陈登",
    )
    own = PaperTemplate.objects.create(
        kind="acceptance",
        organisation=world.people.organisations["county_bureau"],
        file_name="模板.docx",
        file_digest=sheet.docx_digest,
        file_size_bytes=1,
        adopted_at=NOW,
        adopted_by="陈登",
    )
    world.things.update(
        own_template=own, draft=drafted(world.people, mine), sheet=sheet, copy=copy, paper_mine=mine
    )


def at(name: str, path: str) -> Callable[[World], str]:
    return lambda world: path.format(world.things[name].pk)


ROWS = [
    Row("GET", "/papers/", SIGNED_IN),
    Row("GET", "/papers/?kind=notice&state=issued", SIGNED_IN),
    Row("GET", "/papers/?kind=nothing&state=%27", SIGNED_IN),
    Row("GET", at("sheet", "/papers/{}/"), found_by(*READERS)),
    Row("GET", at("draft", "/papers/{}/"), found_by(*IN_THE_HOUSE, "auditor")),
    Row("GET", "/papers/999999999/", found_by()),
    Row("GET", at("sheet", "/papers/{}/paper.pdf"), found_by(*READERS)),
    Row("GET", at("sheet", "/papers/{}/paper.docx"), found_by(*READERS)),
    Row("GET", at("sheet", "/papers/{}/paper.exe"), found_by()),
    Row("GET", at("draft", "/papers/{}/paper.pdf"), found_by()),
    Row("GET", at("draft", "/papers/{}/draft.pdf"), found_by(*IN_THE_HOUSE, "auditor")),
    Row("GET", at("sheet", "/papers/{}/draft.pdf"), found_by()),
    Row("GET", at("copy", "/papers/copies/{}/file"), found_by(*READERS)),
    Row("GET", "/papers/new/notice/", only(*OFFICE)),
    Row("GET", "/papers/new/acceptance/?key=K-0", only(*OFFICE)),
    Row("GET", "/papers/new/nothing/", only(*OFFICE, status=404)),
    Row("GET", at("paper_mine", "/papers/new/acceptance/?mine={}"), only(*OFFICE) | ELSEWHERE),
    Row("POST", at("paper_mine", "/papers/new/notice/?mine={}"), only(*OFFICE, status=422) | ELSEWHERE),
    Row("GET", at("draft", "/papers/{}/revise/"), only(*OFFICE) | ELSEWHERE),
    Row("POST", at("draft", "/papers/{}/revise/"), only(*OFFICE, status=422) | ELSEWHERE),
    # without the version that was seen nothing is issued; a sheet is no dispatcher's work
    Row(
        "POST",
        at("draft", "/papers/{}/issue/"),
        only(*OFFICE, status=409) | ELSEWHERE | {"provincial_dispatcher": 403},
    ),
    Row("GET", at("sheet", "/papers/{}/withdraw/"), only(*OFFICE) | ELSEWHERE),
    Row("POST", at("sheet", "/papers/{}/withdraw/"), only(*OFFICE, status=422) | ELSEWHERE),
    Row("GET", "/papers/templates/", only(*OFFICE)),
    Row("POST", "/papers/templates/", only(*OFFICE, status=422)),
    # each house has its own
    Row("GET", at("own_template", "/papers/templates/{}/file"), NOT_OF_THE_HOUSE | {"county_clerk": 200}),
    Row("POST", at("own_template", "/papers/templates/{}/retire/"), NOT_OF_THE_HOUSE | {"county_clerk": 302}),
    Row("GET", "/papers/return/", only(*OFFICE, "enterprise_manager")),
    Row("POST", "/papers/return/", only(*OFFICE, "enterprise_manager", status=422)),
    Row("POST", "/papers/return/1/", only(*OFFICE, "enterprise_manager", status=404)),
    Row("POST", "/papers/return/1/missing/", only(*OFFICE, "enterprise_manager", status=404)),
]
