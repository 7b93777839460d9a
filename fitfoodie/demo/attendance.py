"""Who was in the classes that are over, what they said of them, and who is in those to come.

The past is written in bulk, as the services would have left it; what is still to come of named people goes through the
services that everybody uses.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from classes.enums import RsvpStatus
from classes.models import Rsvp, RsvpMove, Series, Session, SessionRating
from classes.services.policy import policy_for
from classes.services.rating_sums import lock_sums, recount
from classes.services.rsvps import join_session, leave_session
from classes.services.sessions import schedule_session
from fitfoodie.demo import world
from fitfoodie.demo.past import as_of

_OFFERED = "Taster: Boxing at Noon"
_TEXTS = ("Came tired, left awake.", "Clear words, good pace.", "A little crowded.", "", "", "Worth the way.", "")
# Classes this near have people in them already.
_BOOKED_AHEAD = timedelta(days=9)


def make_attendance(
    people: Mapping[str, User], crowd: Sequence[User], series: Sequence[Series], *, now: datetime
) -> None:
    rows = list(zip(series, world.series(), strict=True))
    _Seats(people, crowd, now).fill(rows)
    for one, row in rows:
        for who in row.get("regulars", ()):
            _join_next(one, people[who], now=now)
        if row.get("is_full"):
            _make_line(one, [people["maya"], crowd[1], crowd[2]], now=now)
    _make_offer(people, crowd, series[0], now=now)


class _Seats:
    """One class a day and person, so that nobody is in two places."""

    def __init__(self, people: Mapping[str, User], crowd: Sequence[User], now: datetime) -> None:
        self.people, self.crowd, self.now = people, crowd, now
        self.dice = Random(9)  # noqa: S311  the same past each time, nothing secret
        self.busy: dict[Any, set[int]] = defaultdict(set)

    @transaction.atomic
    def fill(self, rows: Iterable[tuple[Series, Mapping[str, Any]]]) -> None:
        if Rsvp.objects.across_chains().filter(user__in=self.crowd).exists():
            return
        rsvps: list[Rsvp] = []
        for series, row in rows:
            rsvps += self._of_series(series, row)
        Rsvp.objects.bulk_create(rsvps)
        RsvpMove.objects.bulk_create(_moves(rsvps))
        _write_counts(rsvps)
        self._rate([rsvp for rsvp in rsvps if rsvp.status == RsvpStatus.ATTENDED])

    def _of_series(self, series: Series, row: Mapping[str, Any]) -> list[Rsvp]:
        until = self.now + _BOOKED_AHEAD
        sessions = series.sessions.filter(starts_at__lt=until).select_related("class_type", "studio", "chain")
        # A seat that costs money has an order behind it once it is to come.
        near = [one for one in sessions.order_by("starts_at") if one.starts_at < self.now or one.is_free]
        return [rsvp for session in near for rsvp in self._of_session(session, row)]

    def _of_session(self, session: Session, row: Mapping[str, Any]) -> list[Rsvp]:
        is_over = session.ends_at <= self.now
        regulars = [self.people[who] for who in row.get("regulars", ())] if is_over else []
        wanted = session.capacity if row.get("is_full") else round(session.capacity * self.dice.uniform(0.3, 0.85))
        day = session.starts_local[:10]
        free = [person for person in self.dice.sample(self.crowd[10:], 60) if person.pk not in self.busy[day]]
        chosen = [*regulars, *free][:wanted]
        self.busy[day].update(person.pk for person in chosen)
        policy = policy_for(session).as_json()
        return [self._rsvp(session, person, policy, is_sure=person in regulars) for person in chosen]

    def _rsvp(self, session: Session, person: User, policy: dict[str, Any], *, is_sure: bool) -> Rsvp:
        joined = session.starts_at - timedelta(days=self.dice.randrange(10, 20), minutes=self.dice.randrange(600))
        status = RsvpStatus.CONFIRMED
        if session.ends_at <= self.now:
            status = RsvpStatus.ATTENDED if is_sure or self.dice.random() < 0.9 else RsvpStatus.NO_SHOW
        is_in = status == RsvpStatus.ATTENDED
        return Rsvp(
            chain_id=session.chain_id,
            session=session,
            user=person,
            status=status,
            joined_at=joined,
            confirmed_at=joined,
            policy=policy,
            price=session.price,
            checked_in_at=session.starts_at - timedelta(minutes=6) if is_in else None,
            checked_in_by=session.instructor if is_in else None,
        )

    def _rate(self, attended: Sequence[Rsvp]) -> None:
        chosen = [rsvp for rsvp in attended if self.dice.random() < 0.25]
        SessionRating.objects.bulk_create(self._rating(rsvp) for rsvp in chosen)
        pairs = {(rsvp.session.class_type_id, rsvp.session.instructor_id) for rsvp in chosen}
        for class_type_id, instructor_id in sorted(pairs, key=str):
            lock_sums(class_type_id=class_type_id, instructor_id=instructor_id)
            recount(class_type_id=class_type_id, instructor_id=instructor_id)

    def _rating(self, rsvp: Rsvp) -> SessionRating:
        session = rsvp.session
        return SessionRating(
            chain_id=session.chain_id,
            rsvp=rsvp,
            session=session,
            class_type_id=session.class_type_id,
            instructor_id=session.instructor_id,
            author=rsvp.user,
            stars=self.dice.choice((5, 5, 5, 4, 4, 3, 2)),
            text=self.dice.choice(_TEXTS),
            rated_at=session.ends_at + timedelta(hours=self.dice.randrange(1, 48)),
        )


def _moves(rsvps: Iterable[Rsvp]) -> list[RsvpMove]:
    moves = []
    for rsvp in rsvps:
        confirmed = RsvpStatus.CONFIRMED
        moves.append(RsvpMove(rsvp=rsvp, from_status="", to_status=confirmed, actor=rsvp.user, moved_at=rsvp.joined_at))
        if rsvp.status != confirmed:
            at = rsvp.checked_in_at or rsvp.session.ends_at
            moves.append(
                RsvpMove(rsvp=rsvp, from_status=confirmed, to_status=rsvp.status, actor=rsvp.checked_in_by, moved_at=at)
            )
    return moves


def _write_counts(rsvps: Iterable[Rsvp]) -> None:
    """All of them sit: nobody waits or was offered anything."""
    taken: dict[int, int] = defaultdict(int)
    sessions: dict[int, Session] = {}
    for rsvp in rsvps:
        taken[rsvp.session_id] += 1
        sessions[rsvp.session_id] = rsvp.session
    for key, session in sessions.items():
        session.confirmed = taken[key]
    Session.objects.across_chains().bulk_update(sessions.values(), ["confirmed"], batch_size=200)


def _join_next(series: Series, person: User, *, now: datetime) -> None:
    """The next one that costs nothing, once."""
    coming = series.sessions.filter(starts_at__gt=now + timedelta(hours=2)).order_by("starts_at").first()
    if coming is None or not coming.is_free or coming.rsvps.filter(user=person).exists():
        return
    join_session(user=person, session_id=coming.pk, now=now)


def _make_line(series: Series, waiting: Sequence[User], *, now: datetime) -> None:
    coming = series.sessions.filter(starts_at__gt=now + timedelta(hours=2)).order_by("starts_at").first()
    if coming is None or coming.waitlisted:
        return
    for number, person in enumerate(waiting):
        join_session(user=person, session_id=coming.pk, now=now + timedelta(seconds=number))


def _make_offer(people: Mapping[str, User], crowd: Sequence[User], series: Series, *, now: datetime) -> None:
    """A class a few hours from now: full, somebody leaves, and the seat is offered to Leo for a quarter of an hour."""
    if Session.objects.in_chain(series.chain).filter(title=_OFFERED).exists():
        return
    starts = (now + timedelta(hours=7)).astimezone(ZoneInfo(series.studio.time_zone)).replace(tzinfo=None, minute=0)
    session = schedule_session(
        actor=None,
        studio=series.studio,
        class_type=series.class_type,
        starts_local=starts.replace(second=0, microsecond=0),
        room=None,
        instructor=None,
        now=now,
        minutes=45,
        title=_OFFERED,
        interests=["boxing"],
        capacity=2,
    )
    before = now - timedelta(hours=1)
    with as_of(before):
        for person in (crowd[3], crowd[5], people["leo"]):
            join_session(user=person, session_id=session.pk, now=before)
    leave_session(user=crowd[3], session_id=session.pk, now=now)
