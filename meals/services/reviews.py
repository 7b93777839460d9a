"""What people who cooked a meal say of it. The average is recomputed under the meal's lock, so it cannot drift."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from meals import rules
from meals.enums import MealStatus
from meals.events import ReviewHidden, ReviewRemoved, ReviewShown, ReviewWritten
from meals.models import Meal, Review
from meals.services.locking import locked_meal
from meals.validators import clean_review


@transaction.atomic
def write_review(*, meal_id: int, author: User, rating: int, text: str, now: datetime) -> Review:
    """The author's one review of the meal, new or changed; a hidden one stays hidden.

    Locks the meal. Raises Meal.DoesNotExist for what the author may not see, NotAllowedError on one's own meal, on
    one that is not published, or before one's e-mail address is verified (F2), DomainError on a bad rating or text.
    """
    meal = locked_meal(Meal.objects.visible_to(author).get(pk=meal_id).pk)
    if not rules.may_review(author, meal):
        raise NotAllowedError(_("You cannot review your own meal."), code="own_meal")
    if not rules.has_verified_email(author):
        raise NotAllowedError(_("Verify your e-mail address first, then review."), code="email_unverified")
    if meal.status != MealStatus.PUBLISHED:
        raise NotAllowedError(_("Only a published meal can be reviewed."), code="not_published")
    rating, text = clean_review(rating, text)
    review, is_new = Review.objects.update_or_create(
        meal=meal, author=author, defaults={"rating": rating, "text": text}
    )
    _recount(meal)
    fact = ReviewWritten(
        meal_id=meal.pk,
        creator_id=meal.creator_id,
        review_id=review.pk,
        author_id=author.pk,
        rating=rating,
        is_new=is_new,
    )
    record(fact, actor=author, subject=review)
    return review


@transaction.atomic
def delete_review(*, meal_id: int, author: User) -> bool:
    """Take one's own review back; whether there was one."""
    meal = locked_meal(meal_id)
    review = Review.objects.filter(meal=meal, author=author).first()
    if review is None:
        return False
    fact = ReviewRemoved(meal_id=meal.pk, review_id=review.pk, author_id=author.pk)
    record(fact, actor=author, subject=review)
    review.delete()
    _recount(meal)
    return True


@transaction.atomic
def hide_review(*, review_id: int, actor: User, reason: str, now: datetime) -> Review:
    """Out of sight and out of the average at once. Raises Review.DoesNotExist, NotAllowedError, DomainError."""
    _need_moderator(actor)
    review = _set_hidden(review_id, hidden_at=now)
    fact = ReviewHidden(
        meal_id=review.meal_id, review_id=review.pk, author_id=review.author_id, reason=clean_reason(reason)
    )
    record(fact, actor=actor, subject=review)
    return review


@transaction.atomic
def hold_review(*, review_id: int, reason: str, now: datetime) -> bool:
    """Hidden by the house, by nobody in person, until a moderator has looked. Whether it was in sight before.

    Locks the meal. Raises Review.DoesNotExist.
    """
    meal = locked_meal(Review.objects.get(pk=review_id).meal_id)
    if Review.objects.get(pk=review_id).hidden_at is not None:
        return False
    review = _set_hidden(review_id, hidden_at=now)
    fact = ReviewHidden(meal_id=meal.pk, review_id=review.pk, author_id=review.author_id, reason=clean_reason(reason))
    record(fact, actor=None, subject=review)
    return True


@transaction.atomic
def show_review(*, review_id: int, actor: User, reason: str) -> Review:
    """Undo of `hide_review`."""
    _need_moderator(actor)
    review = _set_hidden(review_id, hidden_at=None)
    fact = ReviewShown(
        meal_id=review.meal_id, review_id=review.pk, author_id=review.author_id, reason=clean_reason(reason)
    )
    record(fact, actor=actor, subject=review)
    return review


def _need_moderator(actor: User) -> None:
    if not rules.may_hide_review(actor):
        raise NotAllowedError(_("Only moderators may hide a review."))


def _set_hidden(review_id: int, *, hidden_at: datetime | None) -> Review:
    meal = locked_meal(Review.objects.get(pk=review_id).meal_id)
    review = Review.objects.get(pk=review_id)
    review.hidden_at = hidden_at
    review.save(update_fields=["hidden_at", "updated_at"])
    _recount(meal)
    return review


def _recount(meal: Meal) -> None:
    """Average to two places, half up; None without reviews. The caller holds the meal's lock."""
    found = Review.objects.filter(meal=meal).shown().aggregate(total=Sum("rating"), count=Count("pk"))
    meal.rating_count = found["count"]
    meal.rating_average = _average(found["total"], found["count"]) if found["count"] else None
    meal.save(update_fields=["rating_count", "rating_average"])


def _average(total: int, count: int) -> Decimal:
    return (Decimal(total) / count).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
