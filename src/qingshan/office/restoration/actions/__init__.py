"""What can be done with restoration projects, lists of targets and disturbed land?"""

from qingshan.office.restoration.actions.correcting import ProjectEntry, correct_project
from qingshan.office.restoration.actions.correcting_land import correct_land
from qingshan.office.restoration.actions.importing import import_listed_sites
from qingshan.office.restoration.actions.judging import (
    accept_by_batches,
    accept_project,
    approve_design,
    approve_project,
    dismiss_project,
    extend_project,
    hand_over,
    redo_works,
    reopen_project,
    return_acceptance,
    return_design,
    withdraw_project,
)
from qingshan.office.restoration.actions.land import disturb_land, move_land
from qingshan.office.restoration.actions.listing import (
    Entering,
    ListEntry,
    NewList,
    correct_list,
    create_list,
    move_in,
    move_out,
    take_back,
)
from qingshan.office.restoration.actions.registering import (
    NewProject,
    Planned,
    change_sites,
    register_project,
)
from qingshan.office.restoration.actions.working import (
    Done,
    add_evidence,
    apply_for_acceptance,
    begin_works,
    claim_completion,
    note_aftercare,
    report_progress,
    submit_design,
    withdraw_claim,
)

__all__ = [
    "Done",
    "Entering",
    "ListEntry",
    "NewList",
    "NewProject",
    "Planned",
    "ProjectEntry",
    "accept_by_batches",
    "accept_project",
    "add_evidence",
    "apply_for_acceptance",
    "approve_design",
    "approve_project",
    "begin_works",
    "change_sites",
    "claim_completion",
    "correct_land",
    "correct_list",
    "correct_project",
    "create_list",
    "dismiss_project",
    "disturb_land",
    "extend_project",
    "hand_over",
    "import_listed_sites",
    "move_in",
    "move_land",
    "move_out",
    "note_aftercare",
    "redo_works",
    "register_project",
    "reopen_project",
    "report_progress",
    "return_acceptance",
    "return_design",
    "submit_design",
    "take_back",
    "withdraw_claim",
    "withdraw_project",
]
