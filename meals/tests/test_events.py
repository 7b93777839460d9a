"""Each fact with exactly what it says, recorded by the verb that makes it true."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fitfoodie.events.models import Event
from meals import services
from meals.content import MealContent
from meals.tests.factories import NOW, make_meal, make_moderator


@pytest.fixture
def said(db):
    """(name, data, actor) of the events after those already there."""

    def read(skip=0):
        events = Event.objects.filter(name__startswith="meals.").order_by("pk")[skip:]
        return [(event.name, event.data, event.actor) for event in events]

    return read


def base(meal):
    return {"meal_id": meal.pk, "creator_id": meal.creator_id, "slug": meal.slug}


def test_created(ada, said):
    meal = make_meal(ada)
    assert said() == [("meals.meal.created", base(meal) | {"is_imported": False}, ada)]


def test_edited(ada, said):
    meal = make_meal(ada, "Soup")
    content = MealContent(servings=3, summary="Warm.")
    services.edit_meal(meal_id=meal.pk, editor=ada, content=content, expected_version=1, now=NOW)
    data = base(meal) | {"version": 2, "changed": "summary,servings", "status": "draft"}
    assert said(1) == [("meals.meal.edited", data, ada)]


def test_published_and_taken_back(ada, said):
    meal = make_meal(ada)
    services.publish_meal(meal_id=meal.pk, actor=ada, now=NOW)
    services.unpublish_meal(meal_id=meal.pk, actor=ada, now=NOW)
    published = base(meal) | {"audience": "everyone", "is_first_time": True, "was_scheduled": False}
    unpublished = base(meal) | {"reason": ""}
    assert said(1) == [("meals.meal.published", published, ada), ("meals.meal.unpublished", unpublished, ada)]


def test_scheduled_then_published_by_itself(ada, said):
    meal = make_meal(ada)
    at = NOW + timedelta(hours=1)
    services.schedule_meal(meal_id=meal.pk, actor=ada, at=at, now=NOW)
    services.publish_due_meals(now=at)
    published = base(meal) | {"audience": "everyone", "is_first_time": True, "was_scheduled": True}
    assert said(1) == [
        ("meals.meal.scheduled", base(meal) | {"scheduled_for": at.isoformat()}, ada),
        ("meals.meal.published", published, ada),
    ]


def test_schedule_lapsed(ada, said):
    meal = make_meal(ada)
    services.schedule_meal(meal_id=meal.pk, actor=ada, at=NOW + timedelta(hours=1), now=NOW)
    ada.groups.clear()
    services.publish_due_meals(now=NOW + timedelta(hours=2))
    reason = "Publishing is for creators. Become one in your studio."
    assert said(2) == [("meals.meal.schedule_lapsed", base(meal) | {"reason": reason}, None)]


def test_archived_restored_and_deleted(ada, said):
    meal = make_meal(ada)
    services.archive_meal(meal_id=meal.pk, actor=ada, now=NOW)
    services.restore_meal(meal_id=meal.pk, actor=ada, now=NOW)
    gone = base(meal)
    services.delete_meal(meal_id=meal.pk, actor=ada, now=NOW)
    assert said(1) == [
        ("meals.meal.archived", gone | {"was_published": False, "reason": ""}, ada),
        ("meals.meal.restored", gone | {"status": "draft", "reason": ""}, ada),
        ("meals.meal.deleted", gone, ada),
    ]


def test_saved_and_unsaved(ada, sam, said):
    meal = make_meal(ada, publish=True)
    services.save_meal(meal_id=meal.pk, user=sam)
    services.unsave_meal(meal_id=meal.pk, user=sam)
    data = {"meal_id": meal.pk, "user_id": sam.pk}
    assert said(2) == [("meals.meal.saved", data, sam), ("meals.meal.unsaved", data, sam)]


def test_review_written_hidden_shown_removed(ada, sam, said):
    moderator = make_moderator("mod")
    meal = make_meal(ada, publish=True)
    review = services.write_review(meal_id=meal.pk, author=sam, rating=4, text="Good", now=NOW)
    services.hide_review(review_id=review.pk, actor=moderator, reason="Spam", now=NOW)
    services.show_review(review_id=review.pk, actor=moderator, reason="Appeal")
    services.delete_review(meal_id=meal.pk, author=sam)
    ids = {"meal_id": meal.pk, "review_id": review.pk, "author_id": sam.pk}
    assert said(2) == [
        ("meals.review.written", ids | {"creator_id": ada.pk, "rating": 4, "is_new": True}, sam),
        ("meals.review.hidden", ids | {"reason": "Spam"}, moderator),
        ("meals.review.shown", ids | {"reason": "Appeal"}, moderator),
        ("meals.review.removed", ids, sam),
    ]


def test_nothing_is_said_when_nothing_changed(ada, sam, said):
    meal = make_meal(ada, publish=True, nutrition={"calories": Decimal(1)})
    content = services.content_of(meal)
    services.edit_meal(meal_id=meal.pk, editor=ada, content=content, expected_version=1, now=NOW)
    services.unsave_meal(meal_id=meal.pk, user=sam)
    assert said(2) == []
