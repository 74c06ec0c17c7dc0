"""What do we hold of anything under supervision (事项)? A file for each topic; no kind is named here."""

from qingshan.office.matters.models.evidence import Doubt, Evidence, PictureKey, PicturePrint
from qingshan.office.matters.models.matter import FlowState, Matter, MatterRegion
from qingshan.office.matters.models.parties import DueChange, MatterParty
from qingshan.office.matters.models.plans import Measure, Plan, PlanCover, Stage
from qingshan.office.matters.models.steps import DeadlineTally, Movement, MovementTally, StandingTally, Step

__all__ = [
    "DeadlineTally",
    "Doubt",
    "DueChange",
    "Evidence",
    "FlowState",
    "Matter",
    "MatterParty",
    "MatterRegion",
    "Measure",
    "Movement",
    "MovementTally",
    "PictureKey",
    "PicturePrint",
    "Plan",
    "PlanCover",
    "Stage",
    "StandingTally",
    "Step",
]
