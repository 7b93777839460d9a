"""Seats driven at random: joining, leaving, offers, claims, friends, crews, capacity, rules, accounts and cancelled
classes, on a clock that runs through the night in which clocks go back.

Whatever happens, in whatever order: the counts are those of the rows, nobody sits on a lap, no seat that somebody could
have stays empty, the line keeps its order, a person has one booking in a class, and two seats at one time only after
having been asked.
"""

import os
import random
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from accounts.models import User
from classes.enums import ACTIVE, RSVP_TRANSITIONS, TAKES_SEAT, HandOnState, OutingState, SessionStatus
from classes.enums import RsvpStatus as S
from classes.errors import OfferExpiredError
from classes.models import Outing, Rsvp, RsvpMove, SeatHandOn, Session
from classes.services.clashes import leave_overtaken_waitlists
from classes.services.hand_on import answer_hand_on, expire_hand_ons, hand_on
from classes.services.line import fill_seats, is_open_claim, why_passed_over
from classes.services.outings import answer_outing, expire_outings, propose_outing
from classes.services.policy import policy_for
from classes.services.rsvps import (
    accept_offer,
    decline_offer,
    join_session,
    leave_session,
    release_all,
    release_person,
)
from classes.services.seats import lock_session, recount
from classes.services.sweeps import close_waitlists, expire_reservations, fill_empty_seats
from classes.tests.factories import make_chain, make_session, make_studio
from fitfoodie.common.errors import DomainError
from social.enums import ConnectionState
from social.models import Connection

pytestmark = pytest.mark.django_db

# So many worlds of at most so many steps; SEAT_WORLDS=100 looks longer.
WORLDS, STEPS = int(os.environ.get("SEAT_WORLDS", "4")), 130
PEOPLE = 8
# Friday noon in Zürich; on Sunday at three it is two again.
BEGINS = datetime(2026, 10, 23, 10, 0, tzinfo=UTC)
CLASSES = (timedelta(hours=20), timedelta(hours=20, minutes=30), timedelta(hours=50), timedelta(days=4))
counted = Counter()


class SeatWorld:
    def __init__(self, world: int) -> None:
        self.dice = random.Random(world)
        self.now = BEGINS
        self.studio = make_studio(make_chain(f"Chain {world}"))
        self.ids = [make_session(self.studio, starts_at=BEGINS + later, capacity=2, minutes=60).pk for later in CLASSES]
        self.people = [
            User.objects.create(email=f"w{world}p{n}@example.test", handle=f"w{world}p{n}", name=f"Person {n}")
            for n in range(PEOPLE)
        ]
        # Everybody is everybody's friend: the totals of their pages are not what is looked at here.
        Connection.objects.bulk_create(
            Connection(
                low=low,
                high=high,
                requested_by=low,
                state=ConnectionState.ACCEPTED,
                requested_at=BEGINS,
                accepted_at=BEGINS,
            )
            for low, high in combinations(sorted(self.people, key=lambda person: person.pk), 2)
        )
        self.before = self.lines()
        self.seen = 0

    def step(self):
        verb = self.dice.choices(list(VERBS), weights=list(VERBS.values()))[0]
        verb(self)
        self.everything_holds()

    def some(self):
        return self.dice.randrange(10**6)

    def which(self):
        return self.dice.randrange(len(CLASSES))

    def maybe(self):
        return self.dice.random() < 0.7

    def person(self, number):
        return User.objects.get(pk=self.people[number % PEOPLE].pk)

    def sessions(self):
        return list(Session.everything.filter(pk__in=self.ids).select_related("chain", "studio", "class_type"))

    def lines(self):
        """Who could have a seat and waits, by session, the head first."""
        return {
            pk: [
                rsvp.pk
                for rsvp in Rsvp.everything.filter(session=pk, status=S.WAITLISTED)
                .select_related("user")
                .order_by("-priority", "joined_at", "id")
                if not why_passed_over(rsvp.user)
            ]
            for pk in self.ids
        }

    @contextmanager
    def doing(self, verb):
        """A refusal changes nothing but what time had decided anyway: it is one of ours, and never an accident."""
        self.before = self.lines()
        last = RsvpMove.objects.order_by("-id").values_list("pk", flat=True).first()
        self.seen = last or 0
        try:
            yield
        except OfferExpiredError:
            counted[f"{verb}: offer_expired"] += 1
        except (DomainError, ObjectDoesNotExist) as error:
            counted[f"{verb}: {getattr(error, 'code', 'not there')}"] += 1
        else:
            counted[verb] += 1

    # --- What people do

    def join(self):
        who, at = self.some(), self.which()
        with self.doing("join"):
            join_session(user=self.person(who), session_id=self.ids[at], now=self.now)

    def leave(self):
        rows = list(Rsvp.everything.filter(session__in=self.ids, status__in=ACTIVE).order_by("id"))
        user, at = self.person(self.some()), self.ids[self.which()]
        if rows and self.maybe():
            row = self.dice.choice(rows)
            user, at = row.user, row.session_id
        with self.doing("leave"):
            leave_session(user=user, session_id=at, now=self.now)

    def answer_an_offer(self):
        who, is_yes = self.some(), self.maybe()
        offered = list(Rsvp.everything.filter(session__in=self.ids, status=S.OFFERED).order_by("id"))
        if not offered:
            return
        row = offered[who % len(offered)]
        with self.doing("accept" if is_yes else "decline"):
            verb = accept_offer if is_yes else decline_offer
            verb(user=row.user, session_id=row.session_id, now=self.now)

    def claim(self):
        who, at = self.some(), self.which()
        with self.doing("claim"):
            accept_offer(user=self.person(who), session_id=self.ids[at], now=self.now)

    def give_to_a_friend(self):
        who, to, at = self.some(), self.some(), self.which()
        giver, friend = self.person(who), self.person(to)
        if giver == friend:
            return
        with self.doing("hand_on"):
            hand_on(giver=giver, session_id=self.ids[at], friend_id=friend.pk, now=self.now)

    def answer_a_friend(self):
        is_yes = self.maybe()
        asked = SeatHandOn.everything.filter(state=HandOnState.OPEN, rsvp__session__in=self.ids).first()
        if asked is None:
            return
        with self.doing("take_over"):
            answer_hand_on(friend=asked.friend, hand_on_id=asked.pk, is_yes=is_yes, now=self.now)

    def propose(self):
        who, with_whom, at = self.some(), self.some(), self.which()
        others = {self.person(with_whom).pk, self.person(with_whom + 1).pk} - {self.person(who).pk}
        with self.doing("propose"):
            propose_outing(proposer=self.person(who), session_id=self.ids[at], user_ids=others, now=self.now)

    def say_yes(self):
        outing = Outing.everything.filter(state=OutingState.PROPOSED, session__in=self.ids).first()
        if outing is None:
            return
        for member in outing.members.filter(answer="open").select_related("user"):
            with self.doing("outing"):
                answer_outing(user=member.user, outing_id=outing.pk, is_yes=True, now=self.now)
            self.everything_holds()
        outing.refresh_from_db()
        counted[f"outing {outing.state}"] += 1

    # --- What the house does

    def change_capacity(self):
        at, capacity = self.which(), self.dice.randint(1, 3)
        with self.doing("capacity"), transaction.atomic():
            session = lock_session(self.ids[at])
            session.capacity, session.ceiling = capacity, max(capacity, session.taken)
            session.save(update_fields=["capacity", "ceiling"])
            fill_seats(session=session, now=self.now)

    def change_rules(self):
        offer, late = self.dice.randint(1, 90), self.dice.randint(10, 90)
        is_open, leaves = self.dice.random() < 0.2, self.maybe()
        with self.doing("rules"):
            self.studio.offer_minutes, self.studio.late_cancel_minutes = offer, late * 60
            self.studio.is_open_claim, self.studio.leaves_clashing_waitlists = is_open, leaves
            self.studio.save()
            fill_empty_seats(now=self.now)

    def cancel(self):
        at, dice = self.which(), self.dice.randrange(12)
        if dice:
            return
        with self.doing("cancel"), transaction.atomic():
            session = lock_session(self.ids[at])
            session.status = SessionStatus.CANCELLED
            session.save(update_fields=["status"])
            release_all(session=session, now=self.now, reason="Flooded")

    def shut_out_or_let_in(self):
        who, dice = self.some(), self.dice.randrange(4)
        person = self.person(who)
        if person.is_active and dice:
            return
        with self.doing("account"):
            User.objects.filter(pk=person.pk).update(is_active=not person.is_active)
            if person.is_active and dice == 0:
                release_person(user=person, now=self.now)
            fill_empty_seats(now=self.now)

    def time_passes(self):
        self.now += timedelta(minutes=self.dice.randint(1, 150))

    def sweep(self):
        with self.doing("sweep"):
            expire_reservations(now=self.now)
            close_waitlists(now=self.now)
            leave_overtaken_waitlists(now=self.now)
            expire_hand_ons(now=self.now)
            expire_outings(now=self.now)
            fill_empty_seats(now=self.now)

    # --- What holds after each

    def everything_holds(self):
        for session in self.sessions():
            self.counts_are_the_rows(session)
            self.no_seat_is_kept_from_the_line(session)
        self.line_keeps_its_order()
        self.one_booking_each()
        self.nobody_is_in_two_places_unasked()
        self.steps_are_legal()
        self.seen = RsvpMove.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        self.before = self.lines()

    def counts_are_the_rows(self, session):
        assert recount(session) == {
            "confirmed": session.confirmed,
            "reserved": session.reserved,
            "waitlisted": session.waitlisted,
        }
        assert session.taken <= session.ceiling
        assert session.ceiling == max(session.capacity, session.taken)

    def no_seat_is_kept_from_the_line(self, session):
        """CLS-3. After the line has closed nobody is promoted; in an open claim the seat waits for a click."""
        policy = policy_for(session)
        is_over = self.now >= policy.waitlist_closes(session.starts_at) or session.status == SessionStatus.CANCELLED
        if is_over or is_open_claim(session, policy, self.now):
            return
        if self.lines()[session.pk] and session.taken < session.capacity:
            # Only the change of the clock may have made it so: an open claim, say, is none yet.
            raise AssertionError(f"{session.capacity - session.taken} empty while somebody waits")

    def line_keeps_its_order(self):
        """CLS-4: whoever the house moved up in this step was ahead of all who could have had it and still wait."""
        waiting = self.lines()
        moves = RsvpMove.objects.filter(pk__gt=self.seen, to_status__in=TAKES_SEAT, rsvp__session__in=self.ids)
        for move in moves.select_related("rsvp"):
            rsvp, line = move.rsvp, self.before[move.rsvp.session_id]
            still = [pk for pk in line if pk in waiting[rsvp.session_id]]
            if move.from_status == "" and rsvp.handed_on_by_id is None:
                assert not still, "a newcomer went past the line"
            if move.from_status == S.WAITLISTED and move.actor_id is None and rsvp.pk in line:
                assert not [pk for pk in still if line.index(pk) < line.index(rsvp.pk)], "somebody was overtaken"

    def one_booking_each(self):
        active = Rsvp.everything.filter(session__in=self.ids, status__in=ACTIVE).values_list("session", "user")
        assert len(active) == len(set(active))

    def nobody_is_in_two_places_unasked(self):
        rows = Rsvp.everything.filter(session__in=self.ids, status=S.CONFIRMED).select_related("session")
        for one, other in combinations(rows, 2):
            is_same_time = (
                one.session.starts_at < other.session.ends_at and other.session.starts_at < one.session.ends_at
            )
            if one.user_id == other.user_id and is_same_time:
                asked = RsvpMove.objects.filter(rsvp__in=[one, other], from_status=S.OFFERED, to_status=S.CONFIRMED)
                assert asked.exists(), "in two places, and never asked"

    def steps_are_legal(self):
        for move in RsvpMove.objects.filter(pk__gt=self.seen):
            assert move.to_status in RSVP_TRANSITIONS[move.from_status]


VERBS = {
    SeatWorld.join: 14,
    SeatWorld.leave: 6,
    SeatWorld.answer_an_offer: 12,
    SeatWorld.claim: 3,
    SeatWorld.give_to_a_friend: 3,
    SeatWorld.answer_a_friend: 3,
    SeatWorld.propose: 2,
    SeatWorld.say_yes: 2,
    SeatWorld.change_capacity: 3,
    SeatWorld.change_rules: 3,
    SeatWorld.cancel: 1,
    SeatWorld.shut_out_or_let_in: 2,
    SeatWorld.time_passes: 6,
    SeatWorld.sweep: 3,
}


def test_seats_stay_right_whatever_happens():
    counted.clear()
    for number in range(WORLDS):
        with transaction.atomic():
            world = SeatWorld(number)
            for _step in range(STEPS):
                world.step()
            transaction.set_rollback(True)
    print(f"{sum(counted.values())} steps: {dict(counted.most_common())}")
    # What was done reaches every corner: otherwise it shows nothing.
    for corner in ("join", "leave", "accept", "capacity", "rules", "hand_on", "take_over", "sweep", "join: clash"):
        assert counted[corner], counted
