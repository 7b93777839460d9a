"""What can be reported: one table. This app stands above all that it names, so it imports them, and takes things down
by their own services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Message
from chat.selectors.thread import messages_readable_by
from chat.services.evidence import keep_evidence
from chat.services.messages import remove_message
from classes.models import PeerReview, SessionRating
from classes.selectors.partners import received_by
from classes.selectors.ratings import ratings_shown
from classes.services.peer_reviews import hold_peer_review, remove_peer_review, show_peer_review
from classes.services.ratings import hold_rating, remove_rating, show_rating
from fitfoodie.common.markdown import plain_text
from influencers.models import Post
from influencers.services.post_life import take_down_post
from meals.models import Meal, Review
from meals.services.lifecycle import archive_meal
from meals.services.reviews import hide_review, hold_review, show_review
from social.models import Comment
from social.selectors.comments import comment_for
from social.services.comment_care import hide_comment, hold_comment, show_comment
from social.subjects import subject_named

# Takes the primary key, who acts, why, and when. Raises what the service raises.
Act = Callable[[int, User, str, datetime], object]


@dataclass(frozen=True)
class Target:
    """One kind. `kind` is its name for the world, `name` the label of its model.

    keys       by which names a row is found: name in the API → column
    find       one row that the viewer sees, by column and value; raises DoesNotExist of the model
    owner      column that leads to the person whose it is; empty: the row is the person
    rows       several of them that the viewer sees, for their titles
    related    what `unseen` reads along
    take_down  hides or archives it; None: it cannot be taken down, only its owner be warned or suspended
    present    what must hold of a row that still says something: an author takes a comment back for good
    keep       copies what the reporter saw of something private, so that whoever decides can read that and no more
    hold       hides it until somebody has looked; returns whether it did. `release` undoes that
    """

    kind: str
    label: str | Promise
    model: type[Model]
    keys: Mapping[str, str]
    find: Callable[[Any, str, str], Any]
    owner: str
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    rows: Callable[[Any, list[int]], Any]
    related: tuple[str, ...] = ()
    present: Mapping[str, Any] = field(default_factory=dict)
    take_down: Act | None = None
    hold: Callable[[int, str, datetime], bool] | None = None
    release: Act | None = None
    keep: Callable[[int, datetime], object] | None = None

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    def owner_of(self, row: Any) -> User | None:
        found: User | None = getattr(row, self.owner) if self.owner else row
        return found

    def unseen(self, pk: int) -> Any:
        """The row for staff, whoever may see it; None when it is gone."""
        return QuerySet(self.model).filter(pk=pk, **self.present).select_related(*self.related).first()


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(60)


def _visible_comments(viewer: Any, ids: list[int]) -> list[Comment]:
    """In a fixed number of queries: one for the comments and one for each kind of thing they stand under."""
    found = list(Comment.objects.filter(pk__in=ids, deleted_at=None, hidden_at=None).select_related("parent"))
    kinds = {comment.subject_type for comment in found}
    seen = {kind: _seen_subjects(viewer, kind, found) for kind in kinds}
    people = set(
        User.objects.there_for(viewer).filter(pk__in=[c.author_id for c in found]).values_list("pk", flat=True)
    )
    return [c for c in found if c.subject_id in seen[c.subject_type] and c.author_id in people]


def _seen_subjects(viewer: Any, kind: str, comments: list[Comment]) -> set[int]:
    ids = [comment.subject_id for comment in comments if comment.subject_type == kind]
    return set(subject_named(kind).visible(viewer).filter(pk__in=ids).values_list("pk", flat=True))


def _comment_address(comment: Comment) -> str:
    thread = comment.parent or comment
    return f"{reverse('social:replies', args=[thread.public_id])}#comment-{comment.public_id}"


def _visible_reviews(viewer: Any) -> Any:
    meals = Meal.objects.visible_to(viewer).values("pk")
    return Review.objects.shown_to(viewer).filter(meal__in=meals).select_related("meal", "author")


def _own_messages(viewer: Any) -> Any:
    return messages_readable_by(viewer) if viewer.is_authenticated else Message.objects.none()


def _received(viewer: Any) -> Any:
    return received_by(viewer) if viewer.is_authenticated else PeerReview.objects.none()


PERSON = Target(
    kind="person",
    label=_("Person"),
    model=User,
    keys={"handle": "handle", "id": "handle"},
    find=lambda viewer, column, value: User.objects.there_for(viewer).get(**{column: value.lower()}),
    owner="",
    title=lambda person: str(person.name),
    address=User.get_absolute_url,
    rows=lambda viewer, ids: User.objects.there_for(viewer).filter(pk__in=ids),
)
MEAL = Target(
    kind="meal",
    label=_("Meal"),
    model=Meal,
    keys={"slug": "slug", "id": "public_id"},
    find=lambda viewer, column, value: Meal.objects.visible_to(viewer).get(**{column: value}),
    owner="creator",
    title=lambda meal: str(meal.title),
    address=Meal.get_absolute_url,
    rows=lambda viewer, ids: Meal.objects.visible_to(viewer).filter(pk__in=ids),
    related=("creator",),
    take_down=lambda pk, actor, reason, now: archive_meal(meal_id=pk, actor=actor, reason=reason, now=now),
)
POST = Target(
    kind="post",
    label=_("Post"),
    model=Post,
    keys={"id": "public_id"},
    find=lambda viewer, column, value: Post.objects.visible_to(viewer).get(**{column: value}),
    owner="author",
    title=lambda post: _short(plain_text(post.text)),
    address=Post.get_absolute_url,
    rows=lambda viewer, ids: Post.objects.visible_to(viewer).filter(pk__in=ids),
    related=("author",),
    take_down=lambda pk, actor, reason, now: take_down_post(post_id=pk, actor=actor, reason=reason, now=now),
)
COMMENT = Target(
    kind="comment",
    label=_("Comment"),
    model=Comment,
    keys={"id": "public_id"},
    find=lambda viewer, column, value: comment_for(viewer, **{column: value}),
    owner="author",
    title=lambda comment: _short(comment.text),
    address=_comment_address,
    rows=_visible_comments,
    related=("author", "parent"),
    present={"deleted_at": None},
    take_down=lambda pk, actor, reason, now: hide_comment(comment_id=pk, actor=actor, reason=reason, now=now),
    hold=lambda pk, reason, now: hold_comment(comment_id=pk, reason=reason, now=now),
    release=lambda pk, actor, reason, now: show_comment(comment_id=pk, actor=actor, reason=reason, now=now),
)
REVIEW = Target(
    kind="review",
    label=_("Review"),
    model=Review,
    keys={"id": "public_id"},
    find=lambda viewer, column, value: _visible_reviews(viewer).get(**{column: value}),
    owner="author",
    title=lambda review: _short(review.text) or f"{review.rating}/5",
    address=lambda review: f"{review.meal.get_absolute_url()}#reviews",
    rows=lambda viewer, ids: _visible_reviews(viewer).filter(pk__in=ids),
    related=("author", "meal"),
    take_down=lambda pk, actor, reason, now: hide_review(review_id=pk, actor=actor, reason=reason, now=now),
    hold=lambda pk, reason, now: hold_review(review_id=pk, reason=reason, now=now),
    release=lambda pk, actor, reason, _now: show_review(review_id=pk, actor=actor, reason=reason),
)
CLASS_RATING = Target(
    kind="class-rating",
    label=_("Rating of a class"),
    model=SessionRating,
    keys={"id": "public_id"},
    find=lambda viewer, column, value: ratings_shown(viewer).select_related("session").get(**{column: value}),
    owner="author",
    title=lambda rating: _short(rating.text) or f"{rating.stars}/5",
    address=lambda rating: f"{rating.session.get_absolute_url()}#ratings",
    rows=lambda viewer, ids: ratings_shown(viewer).filter(pk__in=ids).select_related("session"),
    related=("author", "session"),
    take_down=lambda pk, actor, reason, now: remove_rating(rating_id=pk, actor=actor, reason=reason, now=now),
    hold=lambda pk, reason, now: hold_rating(rating_id=pk, reason=reason, now=now),
    release=lambda pk, actor, reason, now: show_rating(rating_id=pk, actor=actor, reason=reason, now=now),
)
PEER_REVIEW = Target(
    kind="peer-review",
    label=_("Word of a training partner"),
    model=PeerReview,
    keys={"id": "public_id"},
    # Only whom it is about reads it, so nobody else can report it.
    find=lambda viewer, column, value: _received(viewer).get(**{column: value}),
    owner="author",
    title=lambda review: _short(review.text) or ", ".join(sorted(review.tags)),
    address=lambda _review: reverse("classes:history"),
    rows=lambda viewer, ids: _received(viewer).filter(pk__in=ids),
    related=("author", "session"),
    take_down=lambda pk, actor, reason, now: remove_peer_review(review_id=pk, actor=actor, reason=reason, now=now),
    hold=lambda pk, reason, now: hold_peer_review(review_id=pk, reason=reason, now=now),
    release=lambda pk, actor, reason, now: show_peer_review(review_id=pk, actor=actor, reason=reason, now=now),
)
MESSAGE = Target(
    kind="message",
    label=_("Message"),
    model=Message,
    keys={"id": "public_id"},
    # Only the two read it, so nobody else can report it.
    find=lambda viewer, column, value: _own_messages(viewer).get(**{column: value}),
    owner="sender",
    title=lambda message: _short(message.text),
    address=lambda message: (
        f"{reverse('chat:thread', args=[message.conversation.public_id])}#message-{message.public_id}"
    ),
    rows=lambda viewer, ids: _own_messages(viewer).filter(pk__in=ids),
    related=("sender", "conversation"),
    present={"deleted_at": None},
    take_down=lambda pk, actor, reason, now: remove_message(message_id=pk, actor=actor, reason=reason, now=now),
    keep=lambda pk, now: keep_evidence(message_id=pk, now=now),
)
ALL = (PERSON, MEAL, POST, COMMENT, REVIEW, CLASS_RATING, PEER_REVIEW, MESSAGE)
KINDS = {target.kind: target for target in ALL}
_BY_NAME = {target.name: target for target in ALL}


def target_named(name: str) -> Target:
    """By the label of its model. Raises KeyError."""
    return _BY_NAME[name]
