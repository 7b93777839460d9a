"""Going together (W5): two, or a crew of up to six. All of them get a seat, or none does."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import SEATED, Answer, OutingState, RsvpStatus
from classes.errors import ClashError, NoSeatsTogetherError, OfferExpiredError
from classes.events.seats import OutingBooked, OutingEnded, OutingProposed
from classes.models import Outing, OutingMember, Rsvp, Session
from classes.services.clashes import need_no_clash
from classes.services.companions import companions_of, company_of
from classes.services.line import fill_seats, has_room_for_newcomer, settle
from classes.services.offers import give_seat, need_door, take_seat
from classes.services.policy import policy_for
from classes.services.rsvps import active_rsvp, need_good_standing, need_open
from classes.services.seats import free_seats, lock_people, lock_session
from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.events.services import record

MAX_COMPANIONS = 5
STANDS_FOR = timedelta(hours=24)


@transaction.atomic
def propose_outing(
    *, proposer: User, session_id: int, user_ids: Collection[int], note: str = "", now: datetime
) -> Outing:
    """Ask one to five people to come along. Nothing is reserved until all have said yes. Locks the session.

    Raises Session.DoesNotExist, User.DoesNotExist when one of them is not there to be asked, DomainError
    `outing_size`, ConflictError `outing_open` while one stands for this class, BookingClosedError.
    """
    session = lock_session(session_id)
    asked = set(user_ids) - {proposer.pk}
    if not 1 <= len(asked) <= MAX_COMPANIONS:
        raise DomainError(_("Ask one to five people."), code="outing_size", field="people")
    need_open(session, policy_for(session), now)
    need_door(session)
    people = companions_of(proposer, asked)
    if _open_of(proposer, session).filter(expires_at__gt=now).exists():
        message = _("You have asked people to this class already. Take that back first.")
        raise ConflictError(message, code="outing_open")
    return _propose(session, proposer, people, note=note, now=now)


@transaction.atomic
def answer_outing(*, user: User, outing_id: int, is_yes: bool, now: datetime) -> Outing:
    """One says yes or no; the last yes books for all, or fails for all. Locks the session and all of them.

    What became of it is the state of the outing, and no error: no seats for all is FAILED; when the proposer may no
    longer ask one of them, because of a block or an ended match, it is WITHDRAWN. Raises Outing.DoesNotExist for who
    was not asked, OfferExpiredError when it is over.
    """
    outing = Outing.objects.across_chains().get(pk=outing_id, members__user=user)
    session = lock_session(outing.session_id)
    people = lock_people(outing.members.values_list("user_id", flat=True))
    settle(session=session, now=now)
    outing = Outing.objects.across_chains().get(pk=outing_id)
    member = outing.members.get(user=user)
    wanted = Answer.YES if is_yes else Answer.NO
    if outing.state != OutingState.PROPOSED or outing.expires_at <= now:
        return _need_same_answer(outing, member, wanted)
    if apart := _apart(outing):
        return end_outing(outing, OutingState.WITHDRAWN, actor=None, untold=apart, now=now)
    member.answer, member.answered_at = wanted, now
    member.save(update_fields=["answer", "answered_at"])
    if not is_yes:
        return end_outing(outing, OutingState.DECLINED, actor=user, now=now)
    if not outing.members.exclude(answer=Answer.YES).exists():
        _book_or_fail(outing, session, list(people.values()), actor=user, now=now)
    return outing


@transaction.atomic
def withdraw_outing(*, proposer: User, outing_id: int, now: datetime) -> Outing:
    """Take the question back. Locks the session. Raises Outing.DoesNotExist; what is over stays as it is."""
    outing = Outing.objects.of_person(proposer, "proposer").get(pk=outing_id)
    lock_session(outing.session_id)
    outing = Outing.objects.of_person(proposer, "proposer").get(pk=outing_id)
    if outing.state != OutingState.PROPOSED:
        return outing
    return end_outing(outing, OutingState.WITHDRAWN, actor=proposer, now=now)


@transaction.atomic
def book_together(
    *, session: Session, users: Iterable[User], now: datetime, outing: Outing | None = None
) -> list[Rsvp]:
    """Seats for all of these people, or for none. Who has one keeps it. Locks the session and all of them.

    A class with a price holds a seat for each; each pays for themselves. Raises NoSeatsTogetherError when a seat is
    missing, somebody waits who could have it, or one of them cannot be there; BookingClosedError, NotAllowedError.
    """
    asked = [user.pk for user in users]
    locked = lock_session(session.pk)
    people = lock_people(asked)
    settle(session=locked, now=now)
    need_open(locked, policy_for(locked), now)
    need_door(locked)
    for pk in asked:
        need_good_standing(people.get(pk))
    return _book(locked, [people[pk] for pk in asked], outing=outing, now=now)


def expire_outings(*, now: datetime) -> int:
    """Those that were not answered in time; nobody is booked. Locks one session at a time."""
    due = Outing.objects.across_chains().filter(state=OutingState.PROPOSED, expires_at__lte=now)
    return sum(_expire(pk, session_id, now=now) for pk, session_id in list(due.values_list("pk", "session_id")))


def _propose(session: Session, proposer: User, people: list[User], *, note: str, now: datetime) -> Outing:
    closes = policy_for(session).booking_closes(session.starts_at, is_guaranteed=session.guaranteed_at is not None)
    outing = Outing.objects.in_chain(session.chain_id).create(
        chain_id=session.chain_id,
        session=session,
        proposer=proposer,
        note=note.strip(),
        proposed_at=now,
        expires_at=min(now + STANDS_FOR, closes),
    )
    OutingMember.objects.create(outing=outing, user=proposer, answer=Answer.YES, answered_at=now)
    OutingMember.objects.bulk_create([OutingMember(outing=outing, user=person) for person in people])
    record(OutingProposed(**_about(outing), user_ids=[person.pk for person in people]), actor=proposer, subject=outing)
    return outing


def _book(session: Session, people: list[User], *, outing: Outing | None, now: datetime) -> list[Rsvp]:
    rows = {person.pk: active_rsvp(session, person) for person in people}
    missing = [pk for pk, row in rows.items() if row is None or row.status == RsvpStatus.WAITLISTED]
    if missing and (not has_room_for_newcomer(session) or free_seats(session) < len(missing)):
        raise NoSeatsTogetherError(_("There are not enough seats for all of you, so nobody was booked."))
    booked = [_seat(session, person, rows[person.pk], outing=outing, now=now) for person in people]
    fill_seats(session=session, now=now)
    return booked


def _seat(session: Session, person: User, row: Rsvp | None, *, outing: Outing | None, now: datetime) -> Rsvp:
    if row is not None and row.status in SEATED | {RsvpStatus.HELD}:
        return row
    policy = policy_for(session)
    try:
        need_no_clash(user_id=person.pk, session=session)
    except ClashError:
        # Not what they do instead: that is nobody's business.
        raise NoSeatsTogetherError(_("One of you has another class at that time, so nobody was booked.")) from None
    if row is None:
        return give_seat(session, person, policy=policy, actor=person, now=now, outing=outing)
    return take_seat(row, session, policy=policy, actor=person, now=now, outing=outing)


def _book_or_fail(outing: Outing, session: Session, people: list[User], *, actor: User, now: datetime) -> None:
    try:
        book_together(session=session, users=people, now=now, outing=outing)
    except DomainError:
        end_outing(outing, OutingState.FAILED, actor=None, now=now)
        return
    outing.state, outing.ended_at = OutingState.BOOKED, now
    outing.save(update_fields=["state", "ended_at"])
    record(OutingBooked(**_about(outing), user_ids=_member_ids(outing)), actor=actor, subject=outing)


def end_outing(
    outing: Outing, state: OutingState, *, actor: User | None, now: datetime, untold: Iterable[int] = ()
) -> Outing:
    """The caller holds the lock of the session. `untold` are ids of members who parted: nobody tells them of it."""
    outing.state, outing.ended_at = state, now
    outing.save(update_fields=["state", "ended_at"])
    fact = OutingEnded(**_about(outing), user_ids=_member_ids(outing), state=state, untold_ids=sorted(untold))
    record(fact, actor=actor, subject=outing)
    return outing


def _need_same_answer(outing: Outing, member: OutingMember, wanted: Answer) -> Outing:
    if member.answer == wanted:
        return outing
    raise OfferExpiredError(_("This is no longer open: it was answered, taken back, or its time is over."))


def _apart(outing: Outing) -> set[int]:
    """Those of the crew whom the proposer may no longer ask, and the proposer with them; empty while all may go."""
    ids = set(_member_ids(outing))
    proposer = outing.proposer
    if proposer is None:
        return ids
    others = ids - {proposer.pk}
    apart = others - set(company_of(proposer).filter(pk__in=others).values_list("pk", flat=True))
    return apart | {proposer.pk} if apart else set()


def _about(outing: Outing) -> dict[str, int]:
    return {"outing_id": outing.pk, "session_id": outing.session_id, "proposer_id": outing.proposer_id or 0}


def _member_ids(outing: Outing) -> list[int]:
    return list(outing.members.order_by("user_id").values_list("user_id", flat=True))


def _open_of(proposer: User, session: Session) -> QuerySet[Outing]:
    return Outing.objects.of_person(proposer, "proposer").filter(session=session, state=OutingState.PROPOSED)


@transaction.atomic
def _expire(pk: int, session_id: int, *, now: datetime) -> int:
    lock_session(session_id)
    rows = Outing.objects.across_chains().filter(pk=pk, state=OutingState.PROPOSED)
    return len([end_outing(outing, OutingState.EXPIRED, actor=None, now=now) for outing in rows])
