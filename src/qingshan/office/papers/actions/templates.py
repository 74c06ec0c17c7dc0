"""How does an office come to use a template of its own, and how does it give it up?"""

from __future__ import annotations

from datetime import datetime

from qingshan.office.papers.access import ADOPT, RETIRE, require_one_of
from qingshan.office.papers.actions.drafting import issuer_of
from qingshan.office.papers.actions.issuing import who
from qingshan.office.papers.kinds import Issue, PaperKind, paper_kind
from qingshan.office.papers.models import PaperTemplate
from qingshan.office.papers.rendering import filled_in
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.secrecy import check_not_marked_secret
from qingshan.vault import StoredFile


def adopt_template(
    file: StoredFile, *, kind: str, file_name: str, actor: ActorLike, now: datetime
) -> PaperTemplate:
    """启用单位模板, once it was tried on sample data. The one that was in use is retired by the same act.

    Refused: none of the duties of the kind, a post without a house, a template that cannot be filled in.
    """
    which, house = paper_kind(kind), issuer_of(actor)
    require_one_of(actor, ADOPT, which.duties, region_id=house.region_id)
    check_not_marked_secret(file_name)
    number = f"{which.title.zh}-000000-2026-0001"
    trial = Issue(number=number, issuer=house.name, on=shanghai_date(now), made_at=now)
    filled_in(file.digest, which.sample, trial)
    return _adopt(file, which, file_name=file_name, actor=actor, now=now)


@official_act
def _adopt(
    file: StoredFile, which: PaperKind, *, file_name: str, actor: ActorLike, now: datetime
) -> PaperTemplate:
    house = issuer_of(actor)
    require_one_of(actor, ADOPT, which.duties, region_id=house.region_id)
    used = PaperTemplate.objects.select_for_update().filter(organisation=house, kind=which.code, in_use=True)
    replaced = [_out_of_use(template) for template in used]
    adopted = PaperTemplate(
        kind=which.code,
        organisation=house,
        file_name=file_name[-255:],
        file_digest=file.digest,
        file_size_bytes=file.size_bytes,
        adopted_at=now,
        adopted_by=who(actor),
    )
    adopted.save(force_insert=True)
    new = {**_told(which, adopted), "replaces": [template.file_name for template in replaced] or None}
    subjects = [adopted, *replaced]
    record(act=ADOPT.code, actor=actor, now=now, subjects=subjects, new=new, region_id=house.region_id)
    return adopted


@official_act
def retire_template(template: PaperTemplate, *, actor: ActorLike, now: datetime) -> PaperTemplate:
    """停用单位模板: papers go out in the look of the house again. Refused: no duty, another house, retired already."""
    which = paper_kind(template.kind)
    require_one_of(actor, RETIRE, which.duties, region_id=template.organisation.region_id)
    held = PaperTemplate.objects.select_for_update().get(pk=template.pk)
    if held.organisation_id != issuer_of(actor).pk or not held.in_use:
        raise PaperRefused.because("papers.template_retired", file=held.file_name)
    _out_of_use(held)
    region_id = held.organisation.region_id
    told = _told(which, held)
    record(act=RETIRE.code, actor=actor, now=now, subjects=[held], new=told, region_id=region_id)
    return held


def _out_of_use(template: PaperTemplate) -> PaperTemplate:
    template.in_use = False
    template.version += 1
    template.save()
    return template


def _told(which: PaperKind, template: PaperTemplate) -> dict[str, str]:
    file = {"file": template.file_name, "file_sm3": template.file_digest}
    return {"kind": which.title.zh, "kind_en": which.title.en, **file}
