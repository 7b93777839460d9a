from datetime import timedelta

import pytest

from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from meals import services
from meals.enums import MEAL_TRANSITIONS, MealStatus
from meals.models import Meal
from meals.tasks import publish_due_meals, recompute_meal
from meals.tests.factories import NOW, make_creator, make_meal, make_moderator, make_user


def act(service, meal, actor, **more):
    return service(meal_id=meal.pk, actor=actor, now=NOW, **more)


def test_publish_sets_the_first_time_for_good(ada):
    meal = make_meal(ada)
    act(services.publish_meal, meal, ada)
    act(services.archive_meal, meal, ada)
    later = services.publish_meal(meal_id=meal.pk, actor=ada, now=NOW + timedelta(days=3))
    assert (later.status, later.published_at) == (MealStatus.PUBLISHED, NOW)


def test_publish_without_role_says_so(sam):
    with pytest.raises(NotAllowedError) as caught:
        act(services.publish_meal, make_meal(sam), sam)
    assert caught.value.code == "creator_only"


def test_publish_without_verified_address_says_so(db):
    eve = make_creator("eve", verified=False)
    with pytest.raises(NotAllowedError) as caught:
        act(services.publish_meal, make_meal(eve), eve)
    assert caught.value.code == "email_unverified"


def test_publish_without_ingredients_is_refused(ada):
    with pytest.raises(ConflictError) as caught:
        act(services.publish_meal, make_meal(ada, ingredients=[]), ada)
    assert (caught.value.code, caught.value.field) == ("not_ready", "ingredients")


@pytest.mark.parametrize("service", [services.publish_meal, services.archive_meal, services.delete_meal])
def test_moves_of_a_stranger_are_refused(ada, ben, service):
    with pytest.raises(NotAllowedError):
        act(service, make_meal(ada), ben)


def test_illegal_move_lists_the_legal_ones(ada):
    meal = make_meal(ada, publish=True)
    with pytest.raises(IllegalTransitionError) as caught:
        act(services.publish_meal, meal, ada)
    assert caught.value.legal == sorted(MEAL_TRANSITIONS[MealStatus.PUBLISHED])
    with pytest.raises(IllegalTransitionError):
        act(services.restore_meal, meal, ada)


def test_restored_meal_is_a_draft(ada):
    meal = make_meal(ada, publish=True)
    act(services.archive_meal, meal, ada)
    assert act(services.restore_meal, meal, ada).status == MealStatus.DRAFT


def test_unpublished_meal_is_a_draft_without_schedule(ada):
    meal = make_meal(ada)
    services.schedule_meal(meal_id=meal.pk, actor=ada, at=NOW + timedelta(hours=1), now=NOW)
    back = act(services.unpublish_meal, meal, ada)
    assert (back.status, back.scheduled_for) == (MealStatus.DRAFT, None)


def test_draft_is_deleted_for_good(ada):
    meal = make_meal(ada)
    assert act(services.delete_meal, meal, ada) is None
    assert not Meal.objects.filter(pk=meal.pk).exists()


def test_published_meal_is_archived_instead_of_deleted(ada):
    meal = make_meal(ada, publish=True)
    kept = act(services.delete_meal, meal, ada)
    assert kept.status == MealStatus.ARCHIVED
    assert act(services.delete_meal, meal, ada).status == MealStatus.ARCHIVED


def test_moderator_takes_down_with_a_reason_only(ada):
    moderator = make_moderator("mod")
    meal = make_meal(ada, publish=True)
    with pytest.raises(DomainError) as caught:
        act(services.archive_meal, meal, moderator)
    assert caught.value.field == "reason"
    assert act(services.archive_meal, meal, moderator, reason="Advert").status == MealStatus.ARCHIVED


def test_moderator_cannot_publish_for_a_creator(ada):
    with pytest.raises(NotAllowedError):
        act(services.publish_meal, make_meal(ada), make_moderator("mod"))


def test_schedule_in_the_past_is_refused(ada):
    with pytest.raises(DomainError) as caught:
        services.schedule_meal(meal_id=make_meal(ada).pk, actor=ada, at=NOW, now=NOW)
    assert caught.value.field == "scheduled_for"


def test_due_meals_are_published_once_and_late_ones_too(ada):
    meals = [make_meal(ada, f"Soup {n}") for n in range(3)]
    for meal, hours in zip(meals, (1, 2, 30), strict=True):
        services.schedule_meal(meal_id=meal.pk, actor=ada, at=NOW + timedelta(hours=hours), now=NOW)
    later = NOW + timedelta(hours=3)
    assert services.publish_due_meals(now=later) == 2
    assert services.publish_due_meals(now=later) == 0
    states = list(Meal.objects.order_by("pk").values_list("status", "published_at", "scheduled_for"))
    waiting = ("scheduled", None, NOW + timedelta(hours=30))
    assert states == [("published", later, None), ("published", later, None), waiting]


def test_due_meal_of_one_who_may_no_longer_publish_goes_back_to_draft(ada):
    meal = make_meal(ada)
    services.schedule_meal(meal_id=meal.pk, actor=ada, at=NOW + timedelta(hours=1), now=NOW)
    ada.groups.clear()
    assert services.publish_due_meals(now=NOW + timedelta(hours=2)) == 0
    assert Meal.objects.get(pk=meal.pk).status == MealStatus.DRAFT


def test_tasks_call_the_services(ada):
    meal = make_meal(ada)
    Meal.objects.filter(pk=meal.pk).update(ingredients_total=99)
    recompute_meal(meal_id=meal.pk)
    recompute_meal(meal_id=meal.pk + 1000)
    assert Meal.objects.get(pk=meal.pk).ingredients_total == 2
    assert publish_due_meals() == 0


def test_every_state_can_be_left():
    assert set(MEAL_TRANSITIONS) == set(MealStatus)
    assert all(MEAL_TRANSITIONS[state] for state in MealStatus)


def test_signed_in_people_may_write_drafts(db):
    assert make_meal(make_user("nina")).status == MealStatus.DRAFT
