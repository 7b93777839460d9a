import pytest

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from meals import services
from meals.tests.factories import NOW, make_meal

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return User.objects.create_superuser("staff@example.test", "a long passphrase", handle="staff_one", name="Staff")


@pytest.fixture
def taken_down(ada, staff):
    meal = make_meal(ada, publish=True)
    return services.archive_meal(meal_id=meal.pk, actor=staff, now=NOW, reason="Unsafe advice on mushrooms")


@pytest.mark.parametrize("verb", [services.restore_meal, services.publish_meal])
def test_creator_cannot_undo_what_staff_took_down(ada, taken_down, verb):
    with pytest.raises(NotAllowedError, match="Unsafe advice on mushrooms") as refused:
        verb(meal_id=taken_down.pk, actor=ada, now=NOW)
    assert refused.value.code == "taken_down"
    taken_down.refresh_from_db()
    assert taken_down.status == "archived"


def test_staff_put_it_back_with_a_reason_and_the_creator_publishes_again(ada, staff, taken_down):
    with pytest.raises(DomainError, match="Say why"):
        services.restore_meal(meal_id=taken_down.pk, actor=staff, now=NOW)
    services.restore_meal(meal_id=taken_down.pk, actor=staff, now=NOW, reason="The advice was mended")
    restored = Event.objects.about(taken_down).get(name="meals.meal.restored")
    assert (restored.actor, restored.data["reason"]) == (staff, "The advice was mended")
    meal = services.publish_meal(meal_id=taken_down.pk, actor=ada, now=NOW)
    assert (meal.status, meal.taken_down_reason) == ("published", "")


def test_creator_restores_what_they_archived_themselves(ada):
    meal = make_meal(ada, publish=True)
    services.archive_meal(meal_id=meal.pk, actor=ada, now=NOW)
    assert services.restore_meal(meal_id=meal.pk, actor=ada, now=NOW).status == "draft"


def test_editor_tells_the_creator_why(client, ada, taken_down):
    client.force_login(ada)
    assert b"Unsafe advice on mushrooms" in client.get(f"/create/meals/{taken_down.slug}/").content


def edited_minutes(meal, editor, **content):
    given = services.MealContent(**content)
    return services.edit_meal(
        meal_id=meal.pk, editor=editor, content=given, expected_version=meal.version, now=NOW
    ).minutes


def test_total_that_was_the_sum_follows_its_parts(ada):
    meal = make_meal(ada, prep_minutes=10, cook_minutes=20)
    assert meal.minutes == 30
    assert edited_minutes(meal, ada, cook_minutes=50, minutes=30) == 60


def test_total_given_by_hand_stays(ada):
    meal = make_meal(ada, prep_minutes=10, cook_minutes=20, minutes=45)
    assert edited_minutes(meal, ada, cook_minutes=50) == 45
