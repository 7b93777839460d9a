from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import call_command

from accounts.enums import Role
from accounts.models import User
from fitfoodie.demo import world
from meals.models import Meal, Review

pytestmark = pytest.mark.django_db

NAMED = ["maya", "leo", "chef", "coach", "mod", "admin"]


@pytest.fixture
def output():
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_demo_makes_the_people_that_clients_count_on(output):
    for key in NAMED:
        user = User.objects.get(email=f"{key}@demo.test")
        assert user.check_password(world.PASSWORD)
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
        assert user.email in output
    assert User.objects.get(email="admin@demo.test").is_superuser
    assert User.objects.get(email="mod@demo.test").has_role(Role.MODERATOR)
    assert User.objects.get(email="coach@demo.test").has_role(Role.INSTRUCTOR)
    chef = User.objects.get(email="chef@demo.test")
    assert chef.has_role(Role.CREATOR)
    assert chef.profile.is_verified


def test_demo_meals_are_public_and_their_nutrition_is_computed(output):
    meals = Meal.objects.public()
    assert meals.count() == len(world.meals()) == 40
    assert meals.values("creator").distinct().count() == 3
    unknown = [str(line) for meal in meals for line in meal.ingredients.all() if line.unknown_reason]
    assert unknown == []
    assert all(meal.calories and meal.has_complete_nutrition for meal in meals)
    assert sum(meal.has_complete_traits for meal in meals) >= 25


def test_demo_run_again_adds_nothing(output):
    before = (User.objects.count(), Meal.objects.count(), Review.objects.count())
    call_command("demo", stdout=StringIO())
    assert (User.objects.count(), Meal.objects.count(), Review.objects.count()) == before
    assert authenticate(email="maya@demo.test", password=world.PASSWORD)
