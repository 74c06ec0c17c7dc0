"""How does a restoration project (修复项目) go from its approval to land that is handed over?

Acceptance within 60 working days of the application: 《土地复垦条例》第二十九条. Aftercare ends before anything is
handed over; what dies meanwhile goes back to the works, and what returns after that is taken up again.
"""

from __future__ import annotations

from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Deadline, Flow, Transition
from qingshan.rules.flows.rectification import (
    EVIDENCE,
    GROUNDS,
    IMAGES,
    INDEPENDENT,
    NUMBER,
    ON_SITE,
)
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import DOES_THE_WORK, Role
from qingshan.rules.stock import Move
from qingshan.rules.words import Named, names_of


class ProjectState(Named):
    """修复项目状态."""

    REGISTERED = "registered", "已登记待立项", "registered, to be approved"
    APPROVED = "approved", "已立项待编方案", "approved, to be designed"
    DESIGNED = "designed", "方案待批准", "plan of works to be approved"
    READY = "ready", "方案已批待开工", "ready to begin"
    WORKING = "working", "施工中", "works under way"
    SELF_CHECKED = "self_checked", "完工自验待申请", "self-checked, acceptance to be applied for"
    APPLIED = "applied", "已申请待验收", "acceptance applied for"
    AFTERCARE = "aftercare", "已验收管护中", "accepted, in aftercare"
    RELEASED = "released", "已移交销项", "handed over"
    DISMISSED = "dismissed", "不予立项", "not approved"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"


class ProjectAct(Named):
    """修复项目环节."""

    APPROVE = "restoration.approve_project", "批准立项", "approve the project"
    SUBMIT_DESIGN = "restoration.submit_design", "报送实施方案", "submit the plan of works"
    APPROVE_DESIGN = "restoration.approve_design", "批准实施方案", "approve the plan of works"
    RETURN_DESIGN = "restoration.return_design", "退回实施方案", "return the plan of works"
    BEGIN = "restoration.begin_works", "开工", "begin the works"
    REPORT = "restoration.report_progress", "填报施工进度", "report on the works"
    ADD_EVIDENCE = "restoration.add_evidence", "上传佐证", "add evidence"
    COMPLETE = "restoration.claim_completion", "完工自验", "claim completion after a self-check"
    WITHDRAW_CLAIM = "restoration.withdraw_claim", "撤回完工自验", "take the claim of completion back"
    APPLY = "restoration.apply_for_acceptance", "申请验收", "apply for acceptance"
    ACCEPT = "restoration.accept_project", "验收通过", "accept"
    ACCEPT_BY_BATCHES = "restoration.accept_by_batches", "按批次验收转入管护", "accept by its batches"
    RETURN_ACCEPTANCE = "restoration.return_acceptance", "验收不通过", "send back at acceptance"
    NOTE_AFTERCARE = "restoration.note_aftercare", "登记管护情况", "record aftercare"
    REDO = "restoration.redo_works", "管护期内返工", "redo works within aftercare"
    HAND_OVER = "restoration.hand_over", "移交销项", "hand over"
    REOPEN = "restoration.reopen_project", "重新列入修复", "take up again"
    CHANGE_SITES = "restoration.change_sites", "调整修复点位", "change the sites"
    EXTEND = "restoration.extend_project", "批准延期", "extend the deadline"
    CORRECT = "restoration.correct_project", "更正项目登记", "correct the entry of the project"
    DISMISS = "restoration.dismiss_project", "不予立项", "do not approve"
    WITHDRAW = "restoration.withdraw_project", "撤销项目", "withdraw the project"


_S, _A, _D, _R = ProjectState, ProjectAct, Duty, Role

UNDER_WAY = (_S.APPROVED, _S.DESIGNED, _S.READY, _S.WORKING, _S.SELF_CHECKED, _S.APPLIED, _S.AFTERCARE)
OPEN = (_S.REGISTERED, *UNDER_WAY)
SITES = "rules.restoration.no_sites"
CONCLUDED = "rules.restoration.not_all_concluded"
ACCEPTED = frozenset({_S.AFTERCARE, _S.RELEASED})
"""States in which the land of a project counts as restored."""

FLOW = Flow(
    kind="restoration",
    title=Sentence(zh="修复项目", en="Restoration projects"),
    initial=_S.REGISTERED,
    final=frozenset({_S.RELEASED, _S.DISMISSED, _S.WITHDRAWN}),
    names=names_of(ProjectState),
    act_names=names_of(ProjectAct),
    transitions=(
        Transition(_A.APPROVE, (_S.REGISTERED,), _S.APPROVED, _D.REVIEW, needs=(NUMBER, SITES)),
        Transition(
            _A.SUBMIT_DESIGN,
            (_S.APPROVED,),
            _S.DESIGNED,
            None,
            needs=(SITES, "rules.restoration.no_design"),
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.APPROVE_DESIGN,
            (_S.DESIGNED,),
            _S.READY,
            _D.REVIEW,
            needs=(NUMBER, "rules.rectification.no_deadline", INDEPENDENT),
        ),
        Transition(_A.RETURN_DESIGN, (_S.DESIGNED,), _S.APPROVED, _D.REVIEW, needs=(GROUNDS,)),
        Transition(_A.BEGIN, (_S.READY,), _S.WORKING, None, by=DOES_THE_WORK),
        Transition(
            _A.COMPLETE,
            (_S.WORKING,),
            _S.SELF_CHECKED,
            None,
            needs=("rules.restoration.area_not_said",),
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.APPLY,
            (_S.SELF_CHECKED,),
            _S.APPLIED,
            None,
            needs=(EVIDENCE,),
            by=DOES_THE_WORK,
            deadline=Deadline("land-reclamation", "acceptance_days"),
        ),
        Transition(
            _A.WITHDRAW_CLAIM, (_S.SELF_CHECKED,), _S.WORKING, None, needs=(GROUNDS,), by=DOES_THE_WORK
        ),
        Transition(
            _A.ACCEPT,
            (_S.APPLIED,),
            _S.AFTERCARE,
            _D.REVIEW,
            needs=(
                ON_SITE,
                NUMBER,
                "rules.restoration.area_not_said",
                "rules.restoration.no_aftercare",
                IMAGES,
                INDEPENDENT,
            ),
        ),
        Transition(_A.RETURN_ACCEPTANCE, (_S.APPLIED,), _S.WORKING, _D.REVIEW, needs=(GROUNDS,)),
        # sites that batches or single acceptances concluded are not accepted a second time
        Transition(
            _A.ACCEPT_BY_BATCHES,
            (_S.SELF_CHECKED, _S.APPLIED),
            _S.AFTERCARE,
            _D.REVIEW,
            needs=(CONCLUDED, "rules.restoration.no_aftercare", IMAGES, INDEPENDENT),
        ),
        Transition(
            _A.HAND_OVER,
            (_S.AFTERCARE,),
            _S.RELEASED,
            _D.REVIEW,
            needs=(
                NUMBER,
                "rules.restoration.no_receiver",
                "rules.restoration.aftercare_running",
                IMAGES,
                INDEPENDENT,
            ),
            moves=(Move.CLOSED,),
        ),
        Transition(
            _A.REDO,
            (_S.AFTERCARE,),
            _S.WORKING,
            _D.REVIEW,
            needs=(GROUNDS, "rules.rectification.no_deadline"),
        ),
        Transition(
            _A.REOPEN,
            (_S.RELEASED,),
            _S.WORKING,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.no_new_deadline"),
            moves=(Move.REOPENED,),
        ),
        Transition(
            _A.DISMISS, (_S.REGISTERED,), _S.DISMISSED, _D.LEAD, needs=(GROUNDS,), moves=(Move.DISMISSED,)
        ),
        Transition(
            _A.WITHDRAW, OPEN, _S.WITHDRAWN, _D.LEAD, needs=(GROUNDS, NUMBER), moves=(Move.WITHDRAWN,)
        ),
        Transition(_A.REPORT, (_S.WORKING,), STAYS, None, by=DOES_THE_WORK),
        Transition(_A.ADD_EVIDENCE, OPEN, STAYS, None, by=(*DOES_THE_WORK, _R.REGISTERING, _R.SUPERVISING)),
        Transition(_A.NOTE_AFTERCARE, (_S.AFTERCARE,), STAYS, None, needs=(GROUNDS,), by=DOES_THE_WORK),
        Transition(
            _A.CHANGE_SITES,
            (_S.REGISTERED, _S.APPROVED, _S.READY, _S.WORKING),
            STAYS,
            _D.REVIEW,
            needs=(GROUNDS, NUMBER, SITES),
        ),
        Transition(
            _A.EXTEND,
            (_S.READY, _S.WORKING, _S.SELF_CHECKED),
            STAYS,
            _D.REVIEW,
            needs=(GROUNDS, NUMBER, "rules.rectification.not_later"),
        ),
        Transition(_A.CORRECT, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
    ),
)
