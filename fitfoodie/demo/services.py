"""Making the demo world through the same services that people use. Everything is found again on a second run."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from djmoney.money import Money

from accounts.enums import Role
from accounts.models import Profile, User
from accounts.services.roles import grant_role
from accounts.services.sign_up import sign_up
from fitfoodie.demo import world
from fitfoodie.demo.attendance import make_attendance
from fitfoodie.demo.chains import make_chains
from fitfoodie.demo.chats import make_chats
from fitfoodie.demo.community import make_community
from fitfoodie.demo.conversations import make_likes, make_thread
from fitfoodie.demo.creators import make_creators
from fitfoodie.demo.crowd import make_crowd, make_partners
from fitfoodie.demo.earnings import make_earnings, make_rate
from fitfoodie.demo.insights import make_views
from fitfoodie.demo.kitchens import make_kitchen
from fitfoodie.demo.market import make_market
from fitfoodie.demo.ordering import make_orders
from fitfoodie.demo.past import as_of
from meals.content import MealContent
from meals.models import Meal
from meals.services.lifecycle import publish_meal
from meals.services.reviews import write_review
from meals.services.saves import save_meal
from meals.services.write_meal import create_meal

# One meal each seven hours into the past, so that "newest" has something to sort.
_BETWEEN_MEALS = timedelta(hours=7)


def make_world(*, now: datetime) -> dict[str, int]:
    """Make what is missing of the demo world; returns how many people and meals there are."""
    people = {person["key"]: make_person(person, now=now) for person in world.people()}
    meals = {}
    for number, content in enumerate(world.meals()):
        meals[content["title"]] = make_meal(content, people, at=now - number * _BETWEEN_MEALS)
    for review in world.reviews():
        make_review(review, people, meals, now=now)
    make_community(people, now=now)
    make_creators(people, meals, now=now)
    _make_conversations(people, meals, now=now)
    make_views(people=people.values(), now=now)
    make_market(people, meals, now=now)
    kitchen = make_kitchen(cooks=[people["cook"], people["chef"]], now=now)
    make_rate(people, now=now)
    make_orders(people, meals, kitchen, now=now)
    make_earnings(people, now=now)
    crowd = make_crowd(now=now)
    make_attendance(people, crowd, make_chains(people, now=now), now=now)
    make_partners(people, crowd, now=now)
    make_chats(people, now=now)
    return {"people": len(people) + len(crowd), "meals": len(meals)}


@transaction.atomic
def make_person(person: dict[str, Any], *, now: datetime) -> User:
    found = User.objects.filter(email=person["email"]).first()
    if found:
        return found
    user = User(email=person["email"], handle=person["handle"], name=person["name"])
    user.set_password(world.PASSWORD)
    user.is_superuser = user.is_staff = person.get("is_superuser", False)
    sign_up(user=user, method="demo")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    _describe(user, person)
    for role in person.get("roles", []):
        grant_role(user=user, role=Role(role), actor=None, reason="Part of the demo world", now=now)
    return user


def _describe(user: User, person: dict[str, Any]) -> None:
    fields = ("bio", "city", "country", "level", "sports", "diets", "is_verified")
    Profile.objects.filter(user=user).update(**{name: person[name] for name in fields if name in person})
    user.preferences.time_zone = person["time_zone"]
    user.preferences.save(update_fields=["time_zone", "updated_at"])


def make_meal(content: dict[str, Any], people: dict[str, User], *, at: datetime) -> Meal:
    creator = people[content["creator"]]
    found = Meal.objects.filter(creator=creator, title=content["title"]).first()
    if found:
        return found
    with as_of(at):
        meal = create_meal(creator=creator, content=_content(content), now=at)
        return publish_meal(meal_id=meal.pk, actor=creator, now=at)


def _content(meal: dict[str, Any]) -> MealContent:
    fields = {name: value for name, value in meal.items() if name not in {"creator", "price"}}
    price = Money(Decimal(meal["price"]), "EUR") if "price" in meal else None
    minutes = meal.get("prep_minutes", 0) + meal.get("cook_minutes", 0)
    return MealContent(**fields, price=price, minutes=minutes)


def make_review(review: dict[str, Any], people: dict[str, User], meals: dict[str, Meal], *, now: datetime) -> None:
    author, meal = people[review["author"]], meals[review["meal"]]
    write_review(meal_id=meal.pk, author=author, rating=review["rating"], text=review.get("text", ""), now=now)
    if review["rating"] == 5:  # who loves a meal keeps it
        save_meal(meal_id=meal.pk, user=author)


def _make_conversations(people: dict[str, User], meals: dict[str, Meal], *, now: datetime) -> None:
    for row in world.likes():
        make_likes(meals[row["meal"]], row["by"], people, at=now - timedelta(days=10))
    for thread in world.threads():
        make_thread(meals[thread["meal"]], thread, people, at=now - timedelta(days=thread["days"]))
