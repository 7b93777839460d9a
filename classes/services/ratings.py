"""What people who were there say of a class (N39 to N41)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.enums import RatingState, RsvpStatus
from classes.events.ratings import RatingEdited, RatingModerated, RatingReplied, RatingWritten
from classes.models import Rsvp, Session, SessionRating
from classes.services.rating_sums import lock_sums, recount
from classes.validators import MAX_RATING_TEXT, clean_reply, clean_stars, clean_words, held_back_for
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record

EDITABLE = timedelta(days=14)
_BY_FILTER = "filter:"


@transaction.atomic
def rate_session(*, author: User, session_id: int, stars: int, text: str, now: datetime) -> SessionRating:
    """Once per session (CLS-16). A text that needs a look first waits, and counts only when it is in sight.

    Locks the booking, then the sums. Raises Session.DoesNotExist, NotAllowedError (`own_class`, `not_attended`),
    ConflictError (`not_over`, `already_rated`), DomainError on bad stars or text.
    """
    session = Session.objects.open_to_all().get(pk=session_id)
    rsvp = _attended(author, session)
    _refuse_unless_over(session, now)
    if SessionRating.objects.of_person(author, "author").filter(session=session).exists():
        raise ConflictError(_("You have rated this class already. You can change what you said."), code="already_rated")
    stars, text = clean_stars(stars), clean_words(text, limit=MAX_RATING_TEXT, field="text")
    lock_sums(class_type_id=session.class_type_id, instructor_id=session.instructor_id)
    state, reason = _state_of(text)
    rating = SessionRating.objects.create(
        chain_id=session.chain_id,
        rsvp=rsvp,
        session=session,
        class_type_id=session.class_type_id,
        instructor_id=session.instructor_id,
        author=author,
        stars=stars,
        text=text,
        state=state,
        state_reason=reason,
        rated_at=now,
    )
    _recount(rating)
    fact = RatingWritten(
        rating_id=rating.pk, session_id=session.pk, chain_id=session.chain_id, author_id=author.pk, stars=stars
    )
    record(fact, actor=author, subject=rating)
    _record_held(rating)
    return rating


@transaction.atomic
def edit_rating(
    *, author: User, session_id: int, stars: int | None = None, text: str | None = None, now: datetime
) -> SessionRating:
    """For 14 days. What a filter held comes free when nothing is left to hold; what people hold stays.

    Locks the sums. Raises SessionRating.DoesNotExist, ConflictError (`edit_over`, `rating_removed`), DomainError.
    """
    mine = SessionRating.objects.of_person(author, "author").get(session_id=session_id)
    rating = _locked(mine.pk)
    if not is_editable(rating, now):
        raise ConflictError(_("A rating can be changed for 14 days."), code="edit_over")
    if rating.state == RatingState.REMOVED:
        raise ConflictError(_("This rating was taken down, so it cannot be changed."), code="rating_removed")
    rating.stars = rating.stars if stars is None else clean_stars(stars)
    rating.text = rating.text if text is None else clean_words(text, limit=MAX_RATING_TEXT, field="text")
    if rating.state == RatingState.VISIBLE or rating.state_reason.startswith(_BY_FILTER):
        rating.state, rating.state_reason = _state_of(rating.text)
    rating.save(update_fields=["stars", "text", "state", "state_reason", "updated_at"])
    _recount(rating)
    fact = RatingEdited(
        rating_id=rating.pk,
        session_id=rating.session_id,
        chain_id=rating.chain_id,
        author_id=author.pk,
        stars=rating.stars,
    )
    record(fact, actor=author, subject=rating)
    _record_held(rating)
    return rating


def is_editable(rating: SessionRating, now: datetime) -> bool:
    return now <= rating.rated_at + EDITABLE


@transaction.atomic
def reply_to_rating(*, actor: User, rating_id: int, text: str, now: datetime) -> SessionRating:
    """The host's public answer; empty takes it back. To remove a rating is not the host's (N41).

    Locks the sums. Raises SessionRating.DoesNotExist, NotAllowedError, DomainError.
    """
    rating = _locked(rating_id)
    if not rules.may_manage_session(actor, rating.session):
        raise NotAllowedError(_("Only who runs the class answers its ratings."))
    rating.reply = clean_reply(text)
    rating.replied_by, rating.replied_at = (actor, now) if rating.reply else (None, None)
    rating.save(update_fields=["reply", "replied_by", "replied_at", "updated_at"])
    fact = RatingReplied(
        rating_id=rating.pk,
        session_id=rating.session_id,
        chain_id=rating.chain_id,
        author_id=rating.author_id or 0,
    )
    record(fact, actor=actor, subject=rating)
    return rating


@transaction.atomic
def hold_rating(*, rating_id: int, reason: str, now: datetime) -> bool:
    """Out of sight and of the average, by the house, until somebody has looked. Whether it was in sight before."""
    rating = _locked(rating_id)
    if rating.state != RatingState.VISIBLE:
        return False
    _set_state(rating, RatingState.WAITING, clean_reason(reason), actor=None)
    return True


@transaction.atomic
def remove_rating(*, rating_id: int, actor: User, reason: str, now: datetime) -> SessionRating:
    """Out of sight and of the average at once. Raises SessionRating.DoesNotExist, NotAllowedError, DomainError."""
    return _decided(rating_id, RatingState.REMOVED, actor, reason)


@transaction.atomic
def show_rating(*, rating_id: int, actor: User, reason: str, now: datetime) -> SessionRating:
    """A held or removed one is in sight again. Raises as `remove_rating`."""
    return _decided(rating_id, RatingState.VISIBLE, actor, reason)


def _decided(rating_id: int, state: RatingState, actor: User, reason: str) -> SessionRating:
    if not rules.may_moderate_ratings(actor):
        raise NotAllowedError(_("Only moderators decide on ratings."))
    return _set_state(_locked(rating_id), state, clean_reason(reason), actor=actor)


def _set_state(rating: SessionRating, state: RatingState, reason: str, *, actor: User | None) -> SessionRating:
    rating.state = state
    rating.state_reason = "" if state == RatingState.VISIBLE else reason
    rating.save(update_fields=["state", "state_reason", "updated_at"])
    _recount(rating)
    _record_state(rating, reason, actor)
    return rating


def _record_held(rating: SessionRating) -> None:
    """What a filter holds back is a fact of its own: the author is told (MOD-9)."""
    if rating.state == RatingState.WAITING:
        _record_state(rating, rating.state_reason, None)


def _record_state(rating: SessionRating, reason: str, actor: User | None) -> None:
    fact = RatingModerated(
        rating_id=rating.pk,
        session_id=rating.session_id,
        chain_id=rating.chain_id,
        author_id=rating.author_id or 0,
        state=rating.state,
        reason=reason,
    )
    record(fact, actor=actor, subject=rating)


def _attended(author: User, session: Session) -> Rsvp:
    """The booking, locked: of many ratings of one person at once, one is first."""
    if session.instructor_id == author.pk:
        raise NotAllowedError(_("You taught this class, so you cannot rate it."), code="own_class")
    mine = Rsvp.objects.of_person(author).filter(session=session, status=RsvpStatus.ATTENDED)
    rsvp = mine.select_for_update(no_key=True, of=("self",)).first()
    if rsvp is None:
        message = _("Only people who were in the class rate it. If you were, ask the host to correct the list.")
        raise NotAllowedError(message, code="not_attended")
    return rsvp


def _refuse_unless_over(session: Session, now: datetime) -> None:
    if now < session.ends_at:
        raise ConflictError(_("Rate the class once it is over."), code="not_over")


def _locked(rating_id: int) -> SessionRating:
    found = SessionRating.objects.across_chains().get(pk=rating_id)
    lock_sums(class_type_id=found.class_type_id, instructor_id=found.instructor_id)
    locked: SessionRating = (
        SessionRating.objects.across_chains().select_related("session", "class_type").get(pk=rating_id)
    )
    return locked


def _state_of(text: str) -> tuple[RatingState, str]:
    found = held_back_for(text)
    return (RatingState.WAITING, f"{_BY_FILTER}{found}") if found else (RatingState.VISIBLE, "")


def _recount(rating: SessionRating) -> None:
    recount(class_type_id=rating.class_type_id, instructor_id=rating.instructor_id)
