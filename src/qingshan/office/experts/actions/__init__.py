"""What changes experts, draws and opinions? One function, one official act."""

from qingshan.office.experts.actions.assigning import assign
from qingshan.office.experts.actions.drawing import announce_draw, cancel_draw, close_list, draw, excuse
from qingshan.office.experts.actions.importing import import_experts
from qingshan.office.experts.actions.opinions import (
    answer_opinion,
    give_opinion,
    invite_opinion,
    withdraw_invitation,
)
from qingshan.office.experts.actions.pool import ExpertFacts, correct, enter, leave, resume, suspend
from qingshan.office.experts.actions.ties import TieFacts, add_tie, end_tie

__all__ = [
    "ExpertFacts",
    "TieFacts",
    "add_tie",
    "announce_draw",
    "answer_opinion",
    "assign",
    "cancel_draw",
    "close_list",
    "correct",
    "draw",
    "end_tie",
    "enter",
    "excuse",
    "give_opinion",
    "import_experts",
    "invite_opinion",
    "leave",
    "resume",
    "suspend",
    "withdraw_invitation",
]
