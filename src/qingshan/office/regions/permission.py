"""Does the decider carry the duty of this act, wherever the object lies?

It stands here, below `accounts`, because regions are acted on too; `accounts.access.require` adds the area.
"""

from __future__ import annotations

from qingshan.office.errors import NotAllowed
from qingshan.office.trail.acts import Act, act
from qingshan.office.trail.parties import PUBLIC, ActorLike
from qingshan.rules.duties import Duty


def require_duty(actor: ActorLike, act_code: str) -> Act:
    """The act, or NotAllowed. An act without a duty asks only for somebody who is not the public."""
    wanted = act(act_code)
    if wanted.duty is None and actor.recorder.kind != PUBLIC.kind:
        return wanted
    if wanted.duty is not None and wanted.duty in actor.duties:
        return wanted
    zh, en = (
        ("登录用户", "signed in") if wanted.duty is None else (Duty(wanted.duty).zh, Duty(wanted.duty).en)
    )
    raise NotAllowed.because("office.not_allowed", **names_of(wanted), duty=zh, duty_en=en)


def names_of(wanted: Act) -> dict[str, str]:
    """The act's name as values of a reason, for a sentence in either language."""
    return {"act": wanted.title.zh, "act_en": wanted.title.en}
