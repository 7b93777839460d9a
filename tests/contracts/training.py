"""Chains, classes and partners for the world that every described operation is carried out in, as the examples name
them. The day is Monday, 15 June 2026: see `NOW` of the classes."""

from datetime import timedelta
from typing import Any

from django.http import QueryDict

from classes.enums import Answer, RsvpStatus, StaffRole
from classes.models import Outing, OutingMember, SeatHandOn, Session
from classes.services.ratings import rate_session
from classes.services.series import create_series
from classes.tests.factories import (
    NOW,
    make_chain,
    make_class_type,
    make_room,
    make_rsvp,
    make_session,
    make_staff,
    make_studio,
)
from fitfoodie.search.saved import save_search
from matching.tests.factories import make_fitness
from meals.tests.factories import make_user
from social.models import Connection

SOON = NOW + timedelta(hours=9)


def add_training(world: Any) -> None:
    """Ben manages a chain where Tom teaches; Ada goes to its classes, Leo is her friend, and both look for partners."""
    world.leo, tom = make_user("leo"), make_user("tom_teaches")
    chain = make_chain()
    studio = make_studio(chain, public_id="q3zk7vw2mx9a")
    kind = make_class_type(chain, public_id="b8fj2c5n4rty", capacity=20)
    room = make_room(studio)
    type(room).objects.in_chain(chain).filter(pk=room.pk).update(public_id="h4ws9d7kq2pl")
    for person, role in ((world.ben, StaffRole.MANAGER), (tom, StaffRole.INSTRUCTOR)):
        make_staff(chain, person, role)
    low, high = sorted((world.ada, world.leo), key=lambda person: person.pk)
    Connection.objects.create(
        low=low, high=high, requested_by=world.leo, state="accepted", requested_at=NOW, accepted_at=NOW
    )
    for person in (world.ada, world.leo):
        make_fitness(person)
    search = save_search(owner=world.ada, kind="classes", query=QueryDict("free=true"), name="Free", now=NOW)
    series = create_series(
        actor=world.ben,
        studio=studio,
        class_type=kind,
        room=None,
        instructor=None,
        rule="FREQ=WEEKLY;BYDAY=TU",
        starts_local=SOON.replace(day=16, hour=18, tzinfo=None),
        minutes=60,
        capacity=20,
        about={},
        now=NOW,
    )
    world.paths |= {
        "grant_chain_role": {"chain_id": chain.public_id, "handle": "sam"},
        "saved_searches_edit": {"search_id": search.public_id},
        "classes_update": {"public_id": series.sessions.earliest("starts_at").public_id},
    }
    in_chain = {"chain_id": chain.public_id}
    in_studio = in_chain | {"studio_id": studio.public_id}
    world.paths |= {
        "host_class_types_change": in_chain | {"class_type_id": kind.public_id},
        "host_class_types_create": in_chain,
        "host_rooms_change": in_chain | {"room_id": make_room(studio, "Hall 2").public_id},
        "host_rooms_create": in_studio,
        "host_studios_change": in_studio,
        "host_studios_create": in_chain,
    }
    _seats(world, studio)
    _past(world, studio)
    _together(world, studio)


def _seats(world: Any, studio: Any) -> None:
    waiting = {"reserved_until": SOON}
    now_on = make_session(studio, starts_at=NOW)
    make_rsvp(now_on, world.sam, nonce="0a1b2c3d4e5f")
    attended, offered, declined, given = (make_session(studio, starts_at=_day(days)) for days in (3, 4, 5, 6))
    make_rsvp(attended, world.ada)
    make_rsvp(offered, world.ada, RsvpStatus.OFFERED, **waiting)
    make_rsvp(declined, world.ada, RsvpStatus.OFFERED, **waiting)
    make_rsvp(given, world.ada)
    world.paths |= {
        "classes_check_in": {"class_id": now_on.public_id},
        "classes_hide_me": {"class_id": attended.public_id},
        "classes_seat_join": {"public_id": make_session(studio, starts_at=_day(7)).public_id},
        "classes_seat_accept": {"public_id": offered.public_id},
        "classes_seat_decline": {"public_id": declined.public_id},
        "classes_seat_hand_on": {"public_id": given.public_id},
    }


def _past(world: Any, studio: Any) -> None:
    new, rated, missed = (make_session(studio, starts_at=_day(days)) for days in (-2, -3, -1))
    for session in (new, rated):
        make_rsvp(session, world.ada, RsvpStatus.ATTENDED)
    rate_session(author=world.ada, session_id=rated.pk, stars=5, text="", now=NOW)
    world.paths |= {
        "classes_rate": {"class_id": new.public_id},
        "classes_rating_edit": {"class_id": rated.public_id},
        "me_attendance_dispute": {"booking": make_rsvp(missed, world.ada, RsvpStatus.NO_SHOW).public_id},
    }


def _together(world: Any, studio: Any) -> None:
    make_session(studio, starts_at=_day(8), public_id="x7Kq2mV9bT4n")
    handed = SeatHandOn.objects.create(
        chain=studio.chain,
        rsvp=make_rsvp(make_session(studio, starts_at=_day(9)), world.leo),
        friend=world.ada,
        asked_at=NOW,
        expires_at=SOON,
    )
    world.paths |= {
        "hand_ons_answer": {"public_id": handed.public_id},
        "outings_answer": {"public_id": _outing(world, make_session(studio, starts_at=_day(10))).public_id},
    }


def _outing(world: Any, session: Session) -> Outing:
    outing = Outing.objects.create(
        chain=session.chain, session=session, proposer=world.leo, proposed_at=NOW, expires_at=SOON
    )
    for person, answer in ((world.leo, Answer.YES), (world.ada, Answer.OPEN)):
        OutingMember.objects.create(outing=outing, user=person, answer=answer)
    return outing


def _day(days: int) -> Any:
    return SOON + timedelta(days=days)
