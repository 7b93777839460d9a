"""People and meals for tests, made by the same services as everywhere else."""

from datetime import UTC, datetime
from itertools import count

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.enums import Role
from accounts.models import Preferences, Profile, User
from fitfoodie.search import services as search
from meals import services
from meals.content import MealContent
from meals.models import Meal

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
_numbers = count(1)


def make_user(handle: str = "", *, verified: bool = True, **fields) -> User:
    handle = handle or f"person{next(_numbers)}"
    given = {"handle": handle, "name": handle.title()} | fields
    email = given.pop("email", f"{handle}@example.test")
    user = User.objects.create_user(email, "secret-enough-1", **given)
    Profile.objects.get_or_create(user=user)
    Preferences.objects.get_or_create(user=user)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def make_creator(handle: str = "", **fields) -> User:
    user = make_user(handle, **fields)
    user.groups.add(Group.objects.get_or_create(name=Role.CREATOR.value)[0])
    return user


def make_meal(creator: User, title: str = "Lentil soup", *, publish: bool = False, **content) -> Meal:
    given = {
        "servings": 1,
        "ingredients": ["200 g red lentils", "1 l water"],
        "steps": ["Simmer until soft."],
    } | content
    meal = services.create_meal(creator=creator, content=MealContent(title=title, **given), now=NOW)
    if publish:
        meal = services.publish_meal(meal_id=meal.pk, actor=creator, now=NOW)
    return meal


def make_moderator(handle: str = "", **fields) -> User:
    user = make_user(handle, **fields)
    user.groups.add(Group.objects.get_or_create(name=Role.MODERATOR.value)[0])
    return user


def index_all() -> None:
    """What the task of each event does after commit, which a test's transaction never reaches."""
    search.index_objects("meals", Meal.objects.values_list("pk", flat=True))
