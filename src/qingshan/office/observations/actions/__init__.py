"""What changes images, runs, findings and answers? One function, one official act; claims: `claiming`."""

from qingshan.office.observations.actions.answering import Written, answer, answer_given, decide_answer
from qingshan.office.observations.actions.clue_files import import_clues
from qingshan.office.observations.actions.clues import record_clues
from qingshan.office.observations.actions.completing import Elements, complete_claim
from qingshan.office.observations.actions.judging_clues import (
    Looked,
    Shot,
    dismiss_clue,
    restore_clue,
    verify_clue,
)
from qingshan.office.observations.actions.recording import Found, record_findings
from qingshan.office.observations.actions.runs import end_run, fix_scenes, plan_run, start_run, stop_run
from qingshan.office.observations.actions.scenes import (
    CorrectedScenes,
    NewScenes,
    correct_scenes,
    register_scenes,
    retire_scenes,
)
from qingshan.office.observations.actions.screenings import (
    NewScreening,
    end_screening,
    plan_screening,
    start_screening,
    stop_screening,
)
from qingshan.office.observations.actions.shaping import lacks_shape_of_site, take_shape
from qingshan.office.observations.actions.tracing import clear_trace_back
from qingshan.office.observations.growing import Seen

__all__ = [
    "CorrectedScenes",
    "Elements",
    "Found",
    "Looked",
    "NewScenes",
    "NewScreening",
    "Seen",
    "Shot",
    "Written",
    "answer",
    "answer_given",
    "clear_trace_back",
    "complete_claim",
    "correct_scenes",
    "decide_answer",
    "dismiss_clue",
    "end_run",
    "end_screening",
    "fix_scenes",
    "import_clues",
    "lacks_shape_of_site",
    "plan_run",
    "plan_screening",
    "record_clues",
    "record_findings",
    "register_scenes",
    "restore_clue",
    "retire_scenes",
    "start_run",
    "start_screening",
    "stop_run",
    "stop_screening",
    "take_shape",
    "verify_clue",
]
