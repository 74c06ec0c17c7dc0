"""How do people come in, how do posts come to be, and who holds which post from when to when?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.logins import with_login
from qingshan.office.accounts.actions.writing import change, day_of, days_in_order, given
from qingshan.office.accounts.models import Holding, Organisation, Person, Post, still_open_after
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.accounts.separation import Held, faults_of_holding, faults_of_post
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.register import OrganisationKind


@official_act
def create_person(
    *,
    actor: ActorLike,
    now: datetime,
    full_name: str,
    organisation: Organisation,
    login_name: str = "",
    temporary_password: str = "",
) -> Person:
    """Register a person. Without a login name they can decide and be asked, but never log in.

    Refused: a login name that is taken, a temporary password against the rules.
    """
    require(actor, "accounts.create_person", region_id=organisation.region_id)
    person = Person(
        full_name=given(full_name, "accounts.name_missing"),
        organisation=organisation,
        region_id=organisation.region_id,
    )
    person.set_unusable_password()
    if login_name:
        with_login(person, login_name, temporary_password, now=now)
    person.save(force_insert=True)
    told = {"name": person.full_name, "organisation_name": organisation.name, "login_name": person.login_name}
    record(
        act="accounts.create_person",
        actor=actor,
        now=now,
        subjects=[person],
        new=told,
        region_id=organisation.region_id,
    )
    return person


@official_act
def create_post(
    *,
    actor: ActorLike,
    now: datetime,
    organisation: Organisation,
    title: str,
    duties: Iterable[Duty],
    from_on: date | None = None,
) -> Post:
    """Make a post. Refused: no duty, an administrator's beside others, a duty that the organisation has not."""
    require(actor, "accounts.create_post", region_id=organisation.region_id)
    title, carried = given(title, "accounts.name_missing"), sorted(set(duties))
    if faults := faults_of_post(title, carried, OrganisationKind(organisation.kind)):
        raise AccountRefused(*faults)
    post = Post.objects.create(
        organisation=organisation,
        title=title,
        duties=[duty.value for duty in carried],
        from_on=from_on or shanghai_date(now),
    )
    words = {
        "duty_words": "、".join(duty.zh for duty in carried),
        "duty_words_en": ", ".join(duty.en for duty in carried),
    }
    told = {"title": title, "organisation_name": organisation.name, "duties": post.duties, **words}
    record(
        act="accounts.create_post",
        actor=actor,
        now=now,
        subjects=[post],
        new=told,
        region_id=organisation.region_id,
    )
    return post


@official_act
def close_post(*, actor: ActorLike, now: datetime, post: Post, last_day: date) -> Post:
    """End a post. Refused while somebody holds it after that day."""
    region_id = post.organisation.region_id
    require(actor, "accounts.close_post", region_id=region_id)
    days_in_order(post.from_on, last_day)
    if held := Holding.objects.filter(still_open_after(last_day), post=post).count():
        raise AccountRefused.because(
            "accounts.still_in_use", name=post.title, count=held, what="任职", what_en="holdings"
        )
    change(post, to_on=last_day)
    told = {"title": post.title, "to_on": last_day.isoformat()}
    record(act="accounts.close_post", actor=actor, now=now, subjects=[post], new=told, region_id=region_id)
    return post


@official_act
def hand_post(
    *,
    actor: ActorLike,
    now: datetime,
    post: Post,
    person: Person,
    document: str,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Holding:
    """A person takes a post. Nobody gives one to themselves, and nobody is two of the three administrators."""
    region_id = post.organisation.region_id
    require(actor, "accounts.hand_post", region_id=region_id)
    document = given(document, "accounts.document_missing")
    holding = Holding(
        person=person, post=post, from_on=from_on or shanghai_date(now), to_on=to_on, document=document
    )
    person = _take(holding, actor=actor)
    told = {"name": person.full_name, "title": post.title, "from_on": day_of(holding.from_on)}
    record(
        act="accounts.hand_post",
        actor=actor,
        now=now,
        subjects=[holding, person],
        new={**told, "to_on": day_of(to_on), "document": document, "duties": post.duties},
        region_id=region_id,
    )
    return holding


@official_act
def delegate(
    *,
    actor: ActorLike,
    now: datetime,
    holding: Holding,
    person: Person,
    from_on: date,
    to_on: date,
    document: str,
) -> Holding:
    """B 岗: `person` acts for the holder for a time.

    Refused: outside the time of the holding, without a document, from a post that is itself delegated.
    """
    post, region_id = holding.post, holding.post.organisation.region_id
    require(actor, "accounts.delegate", region_id=region_id)
    document = given(document, "accounts.document_missing")
    _may_be_delegated(holding, from_on, to_on)
    stand_in = Holding(
        person=person, post=post, acting_for=holding, from_on=from_on, to_on=to_on, document=document
    )
    person = _take(stand_in, actor=actor)
    told = {"name": person.full_name, "absent_name": holding.person.full_name, "title": post.title}
    record(
        act="accounts.delegate",
        actor=actor,
        now=now,
        subjects=[stand_in, person],
        new={**told, "from_on": day_of(from_on), "to_on": day_of(to_on), "document": document},
        region_id=region_id,
    )
    return stand_in


def _may_be_delegated(holding: Holding, from_on: date, to_on: date) -> None:
    days_in_order(from_on, to_on)
    if holding.acting_for_id is not None:
        raise AccountRefused.because("accounts.delegated_twice", post=holding.post.title)
    if not (holding.in_force(from_on) and holding.in_force(to_on)):
        raise AccountRefused.because(
            "accounts.delegation_outside",
            from_on=from_on.isoformat(),
            to_on=to_on.isoformat(),
            name=holding.person.full_name,
            post=holding.post.title,
        )


def _take(holding: Holding, *, actor: ActorLike) -> Person:
    """Store a holding that the rules allow; the person's version rises, so that two acts cannot pass at once."""
    days_in_order(holding.from_on, holding.to_on)
    if holding.person_id in {actor.person_id, actor.decider.id}:
        raise AccountRefused.because("accounts.own_grant")
    person = Person.objects.get(pk=holding.person_id)
    others = list(Holding.objects.filter(person=person).select_related("post"))
    _not_held_twice(holding, others)
    wanted = Held(holding.post.duty_set, holding.from_on, holding.to_on)
    held = [Held(other.post.duty_set, other.from_on, other.to_on) for other in others]
    if faults := faults_of_holding(person.full_name, wanted, held):
        raise AccountRefused(*faults)
    change(person)
    holding.person = person
    holding.save(force_insert=True)
    return person


def _not_held_twice(holding: Holding, others: Iterable[Holding]) -> None:
    mine = Held(frozenset(), holding.from_on, holding.to_on)
    for other in others:
        if other.post_id == holding.post_id and mine.meets(Held(frozenset(), other.from_on, other.to_on)):
            raise AccountRefused.because(
                "accounts.already_holds", name=holding.person.full_name, post=holding.post.title
            )


@official_act
def end_holding(*, actor: ActorLike, now: datetime, holding: Holding, last_day: date) -> Holding:
    """A person leaves a post after that day; whoever acts for them stops on it too."""
    region_id = holding.post.organisation.region_id
    require(actor, "accounts.end_holding", region_id=region_id)
    days_in_order(holding.from_on, last_day)
    old = {"to_on": day_of(holding.to_on)}
    change(holding, to_on=last_day)
    stand_ins = [_cut(each, last_day) for each in holding.stand_ins.filter(to_on__gt=last_day)]
    told = {"name": holding.person.full_name, "title": holding.post.title, "to_on": last_day.isoformat()}
    record(
        act="accounts.end_holding",
        actor=actor,
        now=now,
        subjects=[holding, *stand_ins],
        old=old,
        new=told,
        region_id=region_id,
    )
    return holding


def _cut(stand_in: Holding, last_day: date) -> Holding:
    """A delegation that had not begun leaves one day on record, its first."""
    return change(stand_in, to_on=max(last_day, stand_in.from_on))
