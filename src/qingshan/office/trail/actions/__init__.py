"""What can be done to the trail? Every app records its acts here; the trail's own acts stand beside it."""

from qingshan.office.trail.actions.checkpoints import covering_checkpoint, sign_checkpoint
from qingshan.office.trail.actions.erasures import confirm_erasure, propose_erasure
from qingshan.office.trail.actions.keys import change_key, usable_signer
from qingshan.office.trail.actions.recording import NotOneEntry, OutsideAnAct, official_act, record

__all__ = [
    "NotOneEntry",
    "OutsideAnAct",
    "change_key",
    "confirm_erasure",
    "covering_checkpoint",
    "official_act",
    "propose_erasure",
    "record",
    "sign_checkpoint",
    "usable_signer",
]
