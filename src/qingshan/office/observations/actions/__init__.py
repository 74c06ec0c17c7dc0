"""What changes images, runs, findings and answers? One function, one official act; claims: `claiming`."""

from qingshan.office.observations.actions.answering import Written, answer, answer_given, decide_answer
from qingshan.office.observations.actions.clue_files import import_clues
from qingshan.office.observations.actions.clues import dismiss_clue, record_clues, verify_clue
from qingshan.office.observations.actions.completing import Elements, complete_claim
from qingshan.office.observations.actions.recording import Found, record_findings
from qingshan.office.observations.actions.runs import end_run, fix_scenes, plan_run, start_run
from qingshan.office.observations.actions.scenes import NewScenes, register_scenes
from qingshan.office.observations.actions.screenings import (
    NewScreening,
    end_screening,
    plan_screening,
    start_screening,
)
from qingshan.office.observations.actions.tracing import clear_trace_back
from qingshan.office.observations.growing import Seen

__all__ = [
    "Elements",
    "Found",
    "NewScenes",
    "NewScreening",
    "Seen",
    "Written",
    "answer",
    "answer_given",
    "clear_trace_back",
    "complete_claim",
    "decide_answer",
    "dismiss_clue",
    "end_run",
    "end_screening",
    "fix_scenes",
    "import_clues",
    "plan_run",
    "plan_screening",
    "record_clues",
    "record_findings",
    "register_scenes",
    "start_run",
    "start_screening",
    "verify_clue",
]
