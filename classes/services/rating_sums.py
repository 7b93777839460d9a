"""What many ratings come to. Recomputed from the rows under a lock in the transaction of each change, so it cannot
drift from a recount (CLS-16, N40)."""

from typing import Any

from django.db.models import Count, QuerySet, Sum

from classes.enums import RatingState
from classes.models import ClassType, InstructorRating, SessionRating
from classes.selectors.ratings import MIN_SHOWN

# What is believed of a class before anybody rated it, as so many ratings of that mean (see `bayes`).
PRIOR_MEAN = 3.8
PRIOR_WEIGHT = 5


def bayes(total: int, count: int) -> float:
    """What lists are sorted by: (w · m + Σ stars) / (w + n), the mean of a Dirichlet-multinomial with prior mean m and
    the weight w of so many ratings (the "weighted rating" of film charts).

    The prior is the house's own: m lies between the middle of the scale, 3, and the 4 to 5 that people who choose to
    rate mostly give; w is about the number of ratings of one well-visited class. Both are constants and not the mean of
    all ratings, so that a stored value depends on its own ratings alone.
    """
    return round((PRIOR_WEIGHT * PRIOR_MEAN + total) / (PRIOR_WEIGHT + count), 6)


def sums_of(ratings: "QuerySet[Any]") -> dict[str, Any]:
    """The three derived columns. No average below `MIN_SHOWN`, so that no page can show one; no order without any."""
    found = ratings.filter(state=RatingState.VISIBLE).aggregate(total=Sum("stars"), count=Count("pk"))
    total, count = found["total"] or 0, found["count"]
    return {
        "rating_count": count,
        "rating_average": round(total / count, 6) if count >= MIN_SHOWN else None,
        "rating_bayes": bayes(total, count) if count else None,
    }


def lock_sums(*, class_type_id: int, instructor_id: int | None) -> None:
    """Before a rating is written, always in this order. The caller is in a transaction."""
    ClassType.objects.across_chains().select_for_update(no_key=True).get(pk=class_type_id)
    if instructor_id is not None:
        InstructorRating.objects.get_or_create(instructor_id=instructor_id)
        InstructorRating.objects.select_for_update(no_key=True).get(pk=instructor_id)


def recount(*, class_type_id: int, instructor_id: int | None) -> None:
    """The caller holds `lock_sums`. A change of ratings is no edit of the class type: its `updated_at` stays."""
    ratings = SessionRating.objects.across_chains()
    ClassType.objects.across_chains().filter(pk=class_type_id).update(
        **sums_of(ratings.filter(class_type_id=class_type_id))
    )
    if instructor_id is not None:
        sums = sums_of(ratings.filter(instructor_id=instructor_id))
        InstructorRating.objects.filter(pk=instructor_id).update(**sums)
