"""What people say of classes and of each other."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("classes.rating.written", label=_("Class rated"))
class RatingWritten:
    rating_id: int
    session_id: int
    chain_id: int
    author_id: int
    stars: int


@event("classes.rating.edited", label=_("Rating of a class edited"))
class RatingEdited:
    rating_id: int
    session_id: int
    chain_id: int
    author_id: int
    stars: int


@event("classes.rating.replied", label=_("Rating of a class answered"))
class RatingReplied:
    rating_id: int
    session_id: int
    chain_id: int
    author_id: int


@event("classes.rating.moderated", label=_("Rating of a class hidden or shown again"))
class RatingModerated:
    rating_id: int
    session_id: int
    chain_id: int
    author_id: int
    state: str
    reason: str


@event("classes.peer_review.written", label=_("Training partner reviewed"))
class PeerReviewWritten:
    review_id: int
    session_id: int
    author_id: int
    subject_id: int


@event("classes.peer_review.shown", label=_("Reviews of two partners shown to both"))
class PeerReviewsShown:
    session_id: int
    user_ids: list[int]


@event("classes.peer_review.moderated", label=_("Review of a partner hidden or shown again"))
class PeerReviewModerated:
    review_id: int
    session_id: int
    author_id: int
    state: str
    reason: str


@event("classes.fee.disputed", label=_("Fee of a booking disputed"))
class FeeDisputed:
    rsvp_id: int
    session_id: int
    chain_id: int
    user_id: int


@event("classes.fee.decided", label=_("Fee of a booking decided"))
class FeeDecided:
    rsvp_id: int
    session_id: int
    chain_id: int
    user_id: int
    state: str
    amount: str
    currency: str
    reason: str = ""
