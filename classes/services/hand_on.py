"""I cannot come: a friend takes my seat, and with it nobody else's place in line (W3).

The seat stays the giver's until the friend says yes. Then it changes hands in one step, under the lock of the session:
at no moment is it free, so nobody waiting for a seat is overtaken for one that was theirs to get.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import SEATED, HandOnState, RsvpStatus
from classes.errors import BookingClosedError, OfferExpiredError
from classes.events.seats import HandOnAsked, HandOnEnded, RsvpHandedOn
from classes.models import Rsvp, SeatHandOn, Session
from classes.services.clashes import need_no_clash
from classes.services.companions import friend_of, friends_of
from classes.services.line import fill_seats, settle
from classes.services.offers import confirm_seat, give_seat
from classes.services.policy import policy_for
from classes.services.rsvps import active_rsvp, need_good_standing
from classes.services.seats import about, lock_people, lock_session, make_move
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.services import record

STANDS_FOR = timedelta(hours=24)


@transaction.atomic
def hand_on(*, giver: User, session_id: int, friend_id: int, now: datetime) -> SeatHandOn:
    """Ask a friend to take one's seat; asking another takes the first question back.

    Locks the session and both people. Raises User.DoesNotExist for who is no friend, ConflictError `no_seat`,
    `not_free` for seats that were paid, `already_in`, BookingClosedError once the class has begun.
    """
    session = lock_session(session_id)
    friend = friend_of(giver, friend_id)
    lock_people([giver.pk, friend.pk])
    settle(session=session, now=now)
    rsvp = _need_seat(session, giver, now)
    _need_place_for(session, friend)
    present = rsvp.hand_ons.filter(state=HandOnState.OPEN).first()
    if present and present.friend_id == friend.pk and present.expires_at > now:
        return present
    if present:
        end_hand_on(present, HandOnState.WITHDRAWN, actor=giver, now=now)
    return _ask(rsvp, friend, until=min(now + STANDS_FOR, session.starts_at), now=now)


@transaction.atomic
def answer_hand_on(*, friend: User, hand_on_id: int, is_yes: bool, now: datetime) -> SeatHandOn:
    """The friend takes the seat or does not. Locks the session and both people.

    Raises SeatHandOn.DoesNotExist for anybody else, OfferExpiredError when its time is over, the seat has gone or they
    are no longer friends, ClashError, BookingClosedError, NotAllowedError for accounts that are shut.
    """
    asked = SeatHandOn.objects.of_person(friend, "friend").select_related("rsvp__user").get(pk=hand_on_id)
    session = lock_session(asked.rsvp.session_id)
    giver = asked.rsvp.user
    people = lock_people([friend.pk, giver.pk] if giver else [friend.pk])
    settle(session=session, now=now)
    asked = SeatHandOn.objects.of_person(friend, "friend").select_related("rsvp__user").get(pk=hand_on_id)
    if asked.state != HandOnState.OPEN:
        return _as_answered(asked, is_yes=is_yes)
    if not is_yes:
        return end_hand_on(asked, HandOnState.DECLINED, actor=friend, now=now)
    need_good_standing(people.get(friend.pk))
    _need_standing_offer(asked, session, now)
    _take_over(asked, session, friend, now=now)
    fill_seats(session=session, now=now)
    return asked


@transaction.atomic
def withdraw_hand_on(*, giver: User, session_id: int, now: datetime) -> bool:
    """Keep the seat after all; whether somebody was asked. Locks the session."""
    lock_session(session_id)
    rows = SeatHandOn.objects.of_person(giver, "rsvp__user").filter(rsvp__session=session_id, state=HandOnState.OPEN)
    present = rows.select_related("rsvp").first()
    if present is not None:
        end_hand_on(present, HandOnState.WITHDRAWN, actor=giver, now=now)
    return present is not None


def expire_hand_ons(*, now: datetime) -> int:
    """Tidies up after questions nobody answered; the time counts anyway. Locks one session at a time."""
    due = SeatHandOn.objects.across_chains().filter(state=HandOnState.OPEN, expires_at__lte=now)
    return sum(_expire(pk, session_id, now=now) for pk, session_id in list(due.values_list("pk", "rsvp__session_id")))


def _need_seat(session: Session, giver: User, now: datetime) -> Rsvp:
    rsvp = active_rsvp(session, giver)
    if rsvp is None or rsvp.status != RsvpStatus.CONFIRMED:
        raise ConflictError(_("You have no confirmed seat to hand on."), code="no_seat")
    if rsvp.price or not session.is_free:
        message = _("A seat that was paid cannot be handed on. Leave the class, and the next in line gets it.")
        raise ConflictError(message, code="not_free")
    if now >= session.starts_at:
        raise BookingClosedError(_("This class has begun."))
    return rsvp


def _need_place_for(session: Session, friend: User) -> None:
    own = active_rsvp(session, friend)
    if own is not None and own.status in SEATED | {RsvpStatus.HELD}:
        message = _("%(name)s has a seat in this class already.") % {"name": friend.name}
        raise ConflictError(message, code="already_in")


def _need_standing_offer(asked: SeatHandOn, session: Session, now: datetime) -> None:
    giver = asked.rsvp.user
    is_friend = giver is not None and friends_of(asked.friend).filter(pk=giver.pk).exists()
    if now >= asked.expires_at or asked.rsvp.status != RsvpStatus.CONFIRMED or not is_friend:
        raise OfferExpiredError(_("This seat can no longer be handed to you."))
    if now >= session.starts_at:
        raise BookingClosedError(_("This class has begun."))
    _need_place_for(session, asked.friend)


def _take_over(asked: SeatHandOn, session: Session, friend: User, *, now: datetime) -> None:
    """Out and in without a moment between: the counts are written once, after both."""
    need_no_clash(user_id=friend.pk, session=session)
    given = asked.rsvp
    own = active_rsvp(session, friend)
    reason = _("Handed on to @%(handle)s") % {"handle": friend.handle}
    make_move(given, RsvpStatus.CANCELLED, given.user, reason, now)
    policy = policy_for(session)
    if own is None:
        taken = give_seat(session, friend, policy=policy, actor=friend, now=now, handed_on_by=given.user)
    else:
        taken = confirm_seat(own, session, actor=friend, now=now, handed_on_by=given.user)
    record(RsvpHandedOn(**about(taken), from_user_id=given.user_id or 0), actor=friend, subject=taken)
    asked.state, asked.ended_at = HandOnState.TAKEN, now
    asked.save(update_fields=["state", "ended_at"])


def _ask(rsvp: Rsvp, friend: User, *, until: datetime, now: datetime) -> SeatHandOn:
    asked = SeatHandOn.objects.in_chain(rsvp.chain_id).create(
        chain_id=rsvp.chain_id, rsvp=rsvp, friend=friend, asked_at=now, expires_at=until
    )
    fact = HandOnAsked(**about(rsvp), hand_on_id=asked.pk, friend_id=friend.pk, expires_at=until.isoformat())
    record(fact, actor=rsvp.user, subject=rsvp)
    return asked


def end_hand_on(asked: SeatHandOn, state: HandOnState, *, actor: User | None, now: datetime) -> SeatHandOn:
    """The caller holds the lock of the session."""
    asked.state, asked.ended_at = state, now
    asked.save(update_fields=["state", "ended_at"])
    fact = HandOnEnded(**about(asked.rsvp), hand_on_id=asked.pk, friend_id=asked.friend_id, state=state)
    record(fact, actor=actor, subject=asked.rsvp)
    return asked


def _as_answered(asked: SeatHandOn, *, is_yes: bool) -> SeatHandOn:
    """Saying the same twice is saying it once."""
    if asked.state == (HandOnState.TAKEN if is_yes else HandOnState.DECLINED):
        return asked
    raise OfferExpiredError(_("This seat can no longer be handed to you."))


@transaction.atomic
def _expire(pk: int, session_id: int, *, now: datetime) -> int:
    lock_session(session_id)
    rows = SeatHandOn.objects.across_chains().filter(pk=pk, state=HandOnState.OPEN).select_related("rsvp")
    return len([end_hand_on(asked, HandOnState.EXPIRED, actor=None, now=now) for asked in rows])
