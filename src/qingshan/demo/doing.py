"""Which act is meant by each word of a diary, and with what is it called?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qingshan.demo.circumstances import head_title, heads_of, managers_of
from qingshan.demo.offices import END_OF_THE_SHOW
from qingshan.demo.photographs import PhotoFacts, drawn, taken_at
from qingshan.demo.regions import NAMES
from qingshan.office.accounts.actions import assign_expert
from qingshan.office.accounts.models import Organisation, Person
from qingshan.office.cases import actions
from qingshan.office.cases.actions.intake import NewDocument
from qingshan.office.cases.actions.planning import NewMeasure, NewPlan, NewStage
from qingshan.office.cases.actions.registering import NewCase, NewPetition
from qingshan.office.cases.actions.working import NewEvidence, Progress
from qingshan.office.cases.facts import current_plan
from qingshan.office.cases.models import Objection
from qingshan.office.matters.actions import Brought, Named, Opening
from qingshan.office.matters.doubting import examine
from qingshan.office.mines.actions import determine_responsible_party
from qingshan.rules.matters import Channel, EnforcementState, EvidenceKind, Phase, SourceKind
from qingshan.rules.register import Circumstance, MineState, RegionLevel
from qingshan.rules.roles import Role

if TYPE_CHECKING:
    from qingshan.demo.playing import Now

Doing = Callable[["Now"], Any]
_LEVELS = {"county": RegionLevel.COUNTY, "city": RegionLevel.PREFECTURE, "province": RegionLevel.PROVINCE}
_SHANGHAI = timezone(timedelta(hours=8))


def _brought(now: Now) -> Brought:
    return Brought(grounds=now.event.said, number=now.number)


def _on(now: Now) -> dict[str, Any]:
    return {"actor": now.actor, "now": now.at}


def _plain(function: Callable[..., Any]) -> Doing:
    """An act that brings nothing but words and a number."""
    return lambda now: function(now.matter, _brought(now), **_on(now))


def _with(function: Callable[..., Any], values: Callable[[Now], dict[str, Any]]) -> Doing:
    """An act that brings more."""
    return lambda now: function(now.matter, _brought(now), **values(now), **_on(now))


# -- registering ---------------------------------------------------------------------------------------------


def _opening(now: Now, of: Any, **more: Any) -> Opening:
    cast = now.stage.cast
    values = {
        "kind": "",
        "number": "",
        "title": of.title,
        "region": cast.regions[of.county],
        "mine": cast.mines[of.mine_key] if of.mine_key else None,
        "site": cast.site(of.site_key),
    }
    return Opening(**{**values, **more})


def _new_case(now: Now, of: Any) -> NewCase:
    document = now.stage.document(of.item[0]) if of.item else None
    return NewCase(
        _opening(
            now,
            of,
            source=of.source,
            severity=of.severity,
            source_number=document.number if document else "",
        ),
        of.route,
        of.problem,
        description=of.description,
        requirement=of.requirement,
        found_on=now.on - timedelta(days=2),
        department=of.department,
        item=document.items.get(place=of.item[1]) if document else None,
    )


def _register(now: Now) -> None:
    now.stage.keep(now.of.key, actions.register_case(_new_case(now, now.of), **_on(now)))


def _register_late(now: Now) -> None:
    """补录: as it stood in the ledger that was kept before."""
    of, value, organisation = now.of, now.event.value, now.stage.cast.organisation
    closed = value("closed")
    opening = _opening(
        now,
        of,
        source=of.source,
        severity=of.severity,
        state=value("state"),
        occurred_on=now.day(value("began")),
        closed_on=None if closed is None else now.day(closed),
        due_on=now.day(value("due")),
        missing_papers=tuple(value("missing")),
        note="据原纸质台账补录",
        parties=(
            Named(Role.ANSWERING, organisation(value("answering"))),
            Named(Role.EXECUTING, organisation(value("executing"))),
        ),
    )
    new = replace(_new_case(now, of), opening=opening, levels=("county",), found_on=opening.occurred_on)
    now.stage.keep(of.key, actions.register_late(new, **_on(now)))


def _register_petition(now: Now) -> None:
    of = now.of
    new = NewPetition(
        _opening(
            now,
            of,
            source=SourceKind.PETITION,
            number=of.number.format(day=f"{now.on:%Y%m%d}"),
        ),
        of.channel,
        of.content,
        batch=of.batch,
        pollution=of.pollution,
        complainant=of.complainant,
        contact="模拟联系方式" if of.complainant else "",
    )
    now.stage.keep(of.key, actions.register_petition(new, **_on(now)))


def _turn(now: Now) -> None:
    case = next(each for each in now.stage.facts.values() if getattr(each, "turned_from", "") == now.of.key)
    new = _new_case(now, case)
    made = actions.turn_petition_into_case(now.matter, _brought(now), new=new, **_on(now))
    now.stage.keep(case.key, made)


def _take_in_document(now: Now) -> None:
    of, region = now.of, now.stage.cast.regions[now.of.region]
    issued = now.day(of.day)
    new = NewDocument(
        number=of.number.format(year=issued.year),
        title=of.title,
        source=of.source,
        issued_by=of.issued_by,
        issued_on=issued,
        region=region,
        text="\n".join(f"{place}. {item}" for place, item in enumerate(of.items, start=1)),
    )
    actions.take_in_document(new, of.items, **_on(now))


def _decide_item(now: Now) -> None:
    item = now.stage.document(now.of.key).items.get(place=now.event.value("place"))
    actions.decide_item(item, now.event.said, **_on(now))


# -- deciding ------------------------------------------------------------------------------------------------


def _assigned(now: Now) -> dict[str, Any]:
    organisation = now.stage.cast.organisation
    return {
        "answering": organisation(now.event.value("answering")),
        "joint": [organisation(now.event.value("joint"))],
        "due_on": now.day(now.event.value("due")),
    }


def _passed_on(now: Now) -> dict[str, Any]:
    answering = now.stage.cast.organisation(now.event.value("answering"))
    return {"answering": answering, "due_on": now.day(now.event.value("due"))}


def _duties(now: Now) -> dict[str, Any]:
    """三个责任: of the enterprise, or of the government where nobody holds the mine; of sector and territory."""
    cast, county, uscc = now.stage.cast, now.event.value("county"), now.event.value("uscc")
    head, secretary, deputy = heads_of(county)
    government = cast.organisation(f"{county}/government")
    chief = cast.holding(f"{county}/natural/局长")
    firm: Organisation = cast.organisation(uscc) if uscc else government
    named = [
        Named(
            Role.ENTERPRISE_DUTY,
            firm,
            post="总经理" if uscc else f"分管副{head_title(county)}",
            person_name=managers_of(uscc)[0] if uscc else deputy,
        ),
        Named(Role.SECTOR_DUTY, cast.organisation(f"{county}/natural"), post="局长", person=chief.person),
        Named(Role.TERRITORIAL_DUTY, government, post=head_title(county), person_name=head),
    ]
    if now.event.value("both"):  # 党政同责
        party = f"中共{NAMES[county]}委员会"
        named.append(Named(Role.TERRITORIAL_DUTY, unit_name=party, post="书记", person_name=secretary))
    return {"duties": named}


def _due(now: Now) -> dict[str, Any]:
    return {"due_on": now.day(now.event.value("due"))}


def _region(now: Now) -> dict[str, Any]:
    return {"region": now.stage.cast.regions[now.event.value("region")]}


def _given(*names: str) -> Callable[[Now], dict[str, Any]]:
    """What stands in the event under these names."""
    return lambda now: {name: now.event.value(name) for name in names}


def _determine(now: Now) -> None:
    """责任主体认定: the holder is extinct, the county's government restores."""
    determine_responsible_party(
        now.matter.mine or now.matter.site,
        circumstance=Circumstance.HOLDER_EXTINCT,
        organisation=now.stage.cast.organisation(now.event.value("government")),
        grounds=now.event.said,
        **_on(now),
    )


# -- the plan and the work -----------------------------------------------------------------------------------


def _draft(now: Now) -> None:
    value, rows = now.event.value, now.event.value("rows")
    unit = now.stage.cast.organisation(value("unit")).name
    begins = [value("begins"), *(due for _, _, due, _, _ in rows)]
    plan = NewPlan(
        value("title"),
        target=value("target"),
        target_quantity=Decimal(value("quantity")),
        target_unit="公顷",
        from_on=now.day(value("begins")),
        due_on=now.day(value("due")),
        stages=tuple(
            NewStage(
                name,
                from_on=now.day(begins[place]),
                due_on=now.day(due),
                work=work,
                days=max(1, (due - begins[place]) * 5 // 7),
                after=(place,) if place else (),
            )
            for place, (name, work, due, _, _) in enumerate(rows)
        ),
        measures=tuple(
            NewMeasure(
                name,
                unit_name=unit,
                post=value("post"),
                person_name=value("person"),
                due_on=now.day(due),
                quantity=Decimal(quantity),
                quantity_unit=measured,
                shown_by="现场照片和测量成果",
                stage=place,
            )
            for place, (name, _, due, quantity, measured) in enumerate(rows, start=1)
        ),
    )
    actions.draft_plan(now.matter, plan, _brought(now), **_on(now))


def _report(now: Now) -> None:
    plan = current_plan(now.matter)
    measures = plan.measures.order_by("place") if plan else []
    progress = [
        Progress(measure, percent, done_quantity=_share(measure.quantity, percent))
        for measure, percent in zip(measures, now.event.value("percents"), strict=True)
    ]
    actions.report_progress(now.matter, progress, _brought(now), **_on(now))


def _share(quantity: Decimal | None, percent: int) -> Decimal | None:
    return None if quantity is None else (quantity * percent / 100).quantize(Decimal("0.01"))


def _measure(now: Now) -> None:
    shown = NewEvidence(
        EvidenceKind.MEASUREMENT,
        now.event.value("title"),
        phase=Phase.AFTER,
        quantity=Decimal(now.event.value("quantity")),
        quantity_unit=now.event.value("unit"),
        measured_on=now.on,
    )
    actions.add_evidence(now.matter, [shown], _brought(now), **_on(now))


def _photograph(now: Now) -> None:
    shown = [_kept(now, photo) for photo in now.event.value("photos")]
    actions.add_evidence(now.matter, shown, _brought(now), **_on(now))


def _kept(now: Now, photo: PhotoFacts) -> NewEvidence:
    """The files go to the vault before the act that speaks of them."""
    content = drawn(photo, today=now.stage.today)
    examined, stored = examine(content), now.stage.vault.put(content)
    small = now.stage.vault.put(examined.thumbnail) if examined else None
    return NewEvidence(
        EvidenceKind.PHOTOGRAPH,
        photo.title,
        file_name=photo.file_name,
        file_digest=stored.digest,
        file_size_bytes=stored.size_bytes,
        thumbnail_digest=small.digest if small else "",
        phase=photo.phase,
        photo_point=photo.point,
        taken_at=taken_at(photo, today=now.stage.today).replace(tzinfo=_SHANGHAI),
        longitude_deg=photo.lon,
        latitude_deg=photo.lat,
        examined=examined,
    )


def _ask_expert(now: Now) -> None:
    """The expert of the demonstration is asked to look at the matter before it is accepted."""
    assign_expert(
        person=Person.objects.get(login_name="expert"),
        kind="matters.matter",
        object_id=now.matter.pk,
        to_on=END_OF_THE_SHOW,
        document="青山省整改验收专家委托（演示）",
        **_on(now),
    )


def _visit(now: Now) -> dict[str, Any]:
    return {
        "visitors": now.event.value("visitors"),
        "visited_on": now.on - timedelta(days=now.event.value("days_ago", 0)),
    }


def _answer(now: Now) -> None:
    objection = Objection.objects.filter(notice__matter=now.matter, state="open").earliest("pk")
    actions.answer_objection(
        now.matter, objection, _brought(now), upheld=now.event.value("upheld"), **_on(now)
    )


def _complete_stage(now: Now) -> None:
    plan = current_plan(now.matter)
    stage = plan.stages.get(place=now.event.value("place")) if plan else None
    actions.complete_stage(now.matter, stage, _brought(now), **_on(now))


DOING: dict[str, Doing] = {
    "register": _register,
    "register_late": _register_late,
    "register_petition": _register_petition,
    "turn": _turn,
    "take_in_document": _take_in_document,
    "decide_item": _decide_item,
    "verify": _plain(actions.verify),
    "dismiss": _plain(actions.dismiss),
    "withdraw": _plain(actions.withdraw),
    "assign": _with(actions.assign, _assigned),
    "take_on": _with(actions.take_on, _duties),
    "transfer": _with(actions.transfer, _region),
    "merge": _with(actions.merge, lambda now: {"into": now.stage.matter(now.event.value("into"))}),
    "split": _with(actions.split, _given("parts")),
    "urge": _with(actions.urge, _given("text")),
    "determine": _determine,
    "note_extinction": _plain(actions.note_extinction),
    "note_mine_state": _with(
        actions.note_mine_state,
        lambda now: {"state": MineState(now.event.value("state")), "since_on": now.on},
    ),
    "order_performance": _with(actions.order_performance, _given("performer")),
    "draft_plan": _draft,
    "submit_plan": _plain(actions.submit_plan),
    "approve_plan": _plain(actions.approve_plan),
    "return_plan": _plain(actions.return_plan),
    "begin_at_once": _plain(actions.begin_at_once),
    "report_progress": _report,
    "measure": _measure,
    "photograph": _photograph,
    "ask_expert": _ask_expert,
    "adjust": _with(
        actions.adjust,
        lambda now: {
            "target": now.event.value("target"),
            "target_quantity": Decimal(now.event.value("quantity")),
            "target_unit": "公顷",
        },
    ),
    "extend": _with(actions.extend, _due),
    "self_check": _plain(actions.self_check),
    "apply_for_acceptance": _plain(actions.apply_for_acceptance),
    "accept": _with(actions.accept, lambda now: {"level": _LEVELS[now.event.value("level")], **_visit(now)}),
    "return_acceptance": _plain(actions.return_acceptance),
    "give_notice": _with(
        actions.give_public_notice,
        lambda now: {"contact": "县自然资源局生态修复股（模拟）", **_given("where", "summary")(now)},
    ),
    "stop_notice": _plain(actions.stop_public_notice),
    "object": _with(
        actions.register_objection, lambda now: {"text": now.event.value("text"), "channel": Channel.PHONE}
    ),
    "answer": _answer,
    "evaluate": _with(actions.evaluate_effect, lambda now: {"target_reached": True}),
    "note_enforcement": _with(
        actions.note_enforcement,
        lambda now: {
            "state": EnforcementState(now.event.value("state")),
            "outcome": now.event.value("outcome"),
            "decided_on": now.on if now.event.value("outcome") else None,
        },
    ),
    "note_mechanism": _with(actions.note_mechanism, _given("mechanism")),
    "close": _plain(actions.close),
    "reopen": _with(actions.reopen, _due),
    "pass_on": _with(actions.pass_on, _passed_on),
    "verify_petition": _with(actions.verify_petition, _given("finding")),
    "handle_petition": _plain(actions.handle_petition),
    "reply": _plain(actions.reply_to_petition),
    "return_petition": _plain(actions.return_petition),
    "finish": _plain(actions.finish_petition),
    "finish_for_now": _plain(actions.finish_petition_for_now),
    "accountability": _plain(actions.note_petition_accountability),
    "complete_stage": _complete_stage,
    "apply_yearly": _plain(actions.apply_for_yearly_check),
    "pass_yearly": _with(
        actions.pass_yearly_check,
        lambda now: {**_visit(now), "next_due_on": now.day(now.event.value("next_due"))},
    ),
    "fail_yearly": _plain(actions.fail_yearly_check),
    "mend": _plain(actions.mend_lasting),
}
