"""Classes, seats and matches of the people of the world: what the author teaches, goes to, and says of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from classes.enums import Answer, OutingState, RsvpStatus
from classes.models import CalendarFeed, Outing, OutingMember, PeerReview, SeatHandOn, Session, SessionRating
from classes.tests.factories import make_chain, make_class_type, make_rsvp, make_session, make_studio
from fitfoodie.search import services as search
from matching.enums import Verb
from matching.models import Match
from matching.services.actions import act
from matching.tests.factories import make_fitness


@dataclass(frozen=True)
class Training:
    """`taught` is open to everybody and nobody is in it; the viewers have a seat in `booked`, which the author teaches,
    and in `shared`, which they go to with the author. `over` they went to together, `taught_over` the author taught."""

    taught: Session
    booked: Session
    shared: Session
    over: Session
    taught_over: Session
    outing: Outing
    match: Match


def train(author: Any, host: Any, member: Any, follower: Any, now: datetime) -> Training:
    """The author super-likes the member, who has not answered, and is a match of the follower."""
    chain = make_chain()
    studio = make_studio(chain)
    kind = make_class_type(chain, "Plain Run", interests=["running"])

    def session(days: int, instructor: Any, **more: Any) -> Session:
        when = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
        return make_session(studio, class_type=kind, starts_at=when, instructor=instructor, level="all", **more)

    viewers = (member, follower)
    taught, booked, shared = session(2, author), session(3, author), session(4, host)
    over, taught_over = session(-2, host), session(-3, author)
    for viewer in viewers:
        make_rsvp(booked, viewer)
        make_rsvp(taught_over, viewer, RsvpStatus.ATTENDED)
    for person in (author, *viewers):
        make_rsvp(shared, person)
        make_rsvp(over, person, RsvpStatus.ATTENDED)
        make_fitness(person, is_incognito=person == follower)
        CalendarFeed.objects.create(user=person, token=f"of-{person.handle}", made_at=now)
    _say(over, author, viewers, now)
    for days, viewer in enumerate(viewers):
        given = make_rsvp(session(5 + days, host), author)
        SeatHandOn.objects.create(
            chain=chain, rsvp=given, friend=viewer, asked_at=now, expires_at=now + timedelta(hours=9)
        )
    search.index_objects("classes", Session.objects.across_chains().values_list("pk", flat=True))
    outing = _outing(shared, (author, *viewers), OutingState.PROPOSED, now)
    _outing(over, (author, *viewers), OutingState.BOOKED, now)
    return Training(taught, booked, shared, over, taught_over, outing, _match(author, member, follower, now))


def _say(over: Session, author: Any, viewers: tuple[Any, ...], now: datetime) -> None:
    rsvp = over.rsvps.get(user=author)
    SessionRating.objects.create(
        chain=over.chain,
        rsvp=rsvp,
        session=over,
        class_type=over.class_type,
        instructor=over.instructor,
        author=author,
        stars=5,
        text="Warm room.",
        rated_at=now,
    )
    for viewer in viewers:
        PeerReview.objects.create(
            session=over, author=author, subject=viewer, text="Steady pace.", written_at=now, shown_at=now
        )


def _outing(session: Session, people: tuple[Any, ...], state: str, now: datetime) -> Outing:
    outing = Outing.objects.create(
        chain=session.chain,
        session=session,
        proposer=people[0],
        state=state,
        note="Bring water.",
        proposed_at=now,
        expires_at=now + timedelta(hours=9),
    )
    for person in people:
        answer = Answer.YES if person == people[0] else Answer.OPEN
        OutingMember.objects.create(outing=outing, user=person, answer=answer)
    return outing


def _match(author: Any, member: Any, follower: Any, now: datetime) -> Match:
    act(actor=author, target_id=member.pk, verb=Verb.SUPER_LIKE, now=now)
    act(actor=follower, target_id=author.pk, verb=Verb.LIKE, now=now)
    act(actor=author, target_id=follower.pk, verb=Verb.LIKE, now=now)
    return Match.objects.get()
