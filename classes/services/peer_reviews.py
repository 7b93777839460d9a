"""A word from partner to partner after a class (N38): only good tags, words for the other alone, both or none."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.enums import RatingState, RsvpStatus
from classes.events.ratings import PeerReviewModerated, PeerReviewsShown, PeerReviewWritten
from classes.models import PeerReview, Rsvp, Session
from classes.selectors.partners import known_among
from classes.validators import MAX_PEER_TEXT, clean_tags, clean_words, held_back_for
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from social import policy

WRITTEN_WITHIN = timedelta(days=14)


@transaction.atomic
def write_peer_review(
    *, author: User, session_id: int, subject_id: int, tags: Iterable[str], text: str, now: datetime
) -> PeerReview:
    """New, or changed as long as the two are not shown. When both have written, both are shown at once.

    Locks the bookings of the pair, smaller id first. Raises Session.DoesNotExist, NotAllowedError (`not_partners`, also
    for people who are blocked or gone), ConflictError (`already_shown`, `too_late`), DomainError without a word.
    """
    session = Session.objects.across_chains().get(pk=session_id)
    _need_partners(author, session, subject_id)
    if not session.ends_at <= now <= session.ends_at + WRITTEN_WITHIN:
        raise ConflictError(_("Partners write within 14 days after the class."), code="too_late")
    given, words = clean_tags(tags), clean_words(text, limit=MAX_PEER_TEXT, field="text")
    if not given and not words:
        raise DomainError(_("Choose what fits, or write a few words."), code="required", field="text")
    review = PeerReview.objects.filter(session=session, author=author, subject_id=subject_id).first()
    if review is not None and review.shown_at is not None:
        raise ConflictError(_("You both read it already, so it stays as it is."), code="already_shown")
    review = review or PeerReview(session=session, author=author, subject_id=subject_id)
    review.tags, review.text, review.written_at = given, words, now
    if review.state != RatingState.REMOVED:
        # What partners tell each other may be a phone number; what hurts is looked at first.
        review.state = RatingState.WAITING if held_back_for(words) == "abuse" else RatingState.VISIBLE
    review.save()
    fact = PeerReviewWritten(
        review_id=review.pk, session_id=session.pk, author_id=author.pk, subject_id=review.subject_id
    )
    record(fact, actor=author, subject=review)
    _show_both(review, now)
    return review


@transaction.atomic
def hold_peer_review(*, review_id: int, reason: str, now: datetime) -> bool:
    """Out of sight until somebody has looked. Whether it was in sight before. Raises PeerReview.DoesNotExist."""
    review = _locked(review_id)
    if review.state != RatingState.VISIBLE:
        return False
    _set_state(review, RatingState.WAITING, clean_reason(reason), actor=None)
    return True


@transaction.atomic
def remove_peer_review(*, review_id: int, actor: User, reason: str, now: datetime) -> PeerReview:
    """Raises PeerReview.DoesNotExist, NotAllowedError, DomainError without a reason."""
    return _decided(review_id, RatingState.REMOVED, actor, reason)


@transaction.atomic
def show_peer_review(*, review_id: int, actor: User, reason: str, now: datetime) -> PeerReview:
    """In order again; shown to the other when both have written. Raises as `remove_peer_review`."""
    review = _decided(review_id, RatingState.VISIBLE, actor, reason)
    _show_both(review, now)
    return review


def _need_partners(author: User, session: Session, subject_id: int) -> None:
    pair = {author.pk, subject_id}
    rows = Rsvp.objects.across_chains().filter(session=session, status=RsvpStatus.ATTENDED, user_id__in=pair)
    locked = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    subject = User.objects.filter(policy.there_for(author), pk=subject_id).first()
    knows = subject is not None and bool(known_among(author.pk, frozenset({subject_id})))
    if len(pair) < 2 or {row.user_id for row in locked} != pair or not knows:
        message = _("You can write to people you know who were in the class with you.")
        raise NotAllowedError(message, code="not_partners")


def _show_both(review: PeerReview, now: datetime) -> None:
    """The caller holds the lock of the pair, or of the review that a moderator let go."""
    pair = PeerReview.objects.filter(
        session_id=review.session_id,
        author_id__in=(review.author_id, review.subject_id),
        subject_id__in=(review.author_id, review.subject_id),
        state=RatingState.VISIBLE,
    )
    if review.shown_at is not None or pair.count() < 2:
        return
    pair.update(shown_at=now)
    review.shown_at = now
    fact = PeerReviewsShown(session_id=review.session_id, user_ids=sorted((review.author_id, review.subject_id)))
    record(fact, actor=None, subject=review)


def _decided(review_id: int, state: RatingState, actor: Any, reason: str) -> PeerReview:
    if not rules.may_moderate_peer_reviews(actor):
        raise NotAllowedError(_("Only moderators decide on what partners wrote."))
    return _set_state(_locked(review_id), state, clean_reason(reason), actor=actor)


def _locked(review_id: int) -> PeerReview:
    return PeerReview.objects.select_for_update(no_key=True).get(pk=review_id)


def _set_state(review: PeerReview, state: RatingState, reason: str, *, actor: Any) -> PeerReview:
    review.state = state
    review.save(update_fields=["state", "updated_at"])
    fact = PeerReviewModerated(
        review_id=review.pk, session_id=review.session_id, author_id=review.author_id, state=state, reason=reason
    )
    record(fact, actor=actor, subject=review)
    return review
