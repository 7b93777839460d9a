"""The back office: staff look, act with a reason, and never write around the services."""

import pytest

from fitfoodie.events.models import Event
from meals import services
from meals.ingredients.foods import load_shipped
from meals.models import Food, Meal, MealPhoto, Review
from meals.tests.factories import NOW, make_meal, make_moderator


@pytest.fixture
def office(client, db):
    moderator = make_moderator("mod", is_staff=True)
    client.force_login(moderator)
    return client


@pytest.fixture
def soup(ada):
    return make_meal(ada, "Soup", publish=True, ingredients=["100 g butter"])


MODELS = ["meal", "review", "food", "mealphoto", "tag", "mealimport"]


@pytest.mark.parametrize("model", MODELS)
def test_lists_open_for_moderators(office, soup, sam, model):
    services.write_review(meal_id=soup.pk, author=sam, rating=4, text="Good", now=NOW)
    MealPhoto.objects.create(meal=soup, position=1)
    assert office.get(f"/admin/meals/{model}/").status_code == 200
    assert office.get(f"/admin/meals/{model}/add/").status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_lists_are_closed_to_members(client, sam, model):
    client.force_login(sam)
    assert client.get(f"/admin/meals/{model}/").status_code == 302


def test_meal_opens_read_only(office, soup):
    assert "100 g butter" in office.get(f"/admin/meals/meal/{soup.pk}/change/").content.decode()


def act(client, model, action, row, **more):
    data = {"action": action, "_selected_action": [row.pk]} | more
    return client.post(f"/admin/meals/{model}/", data, follow=True)


def test_archiving_asks_why_first(office, soup):
    assert "Reason" in act(office, "meal", "archive", soup).content.decode()
    assert Meal.objects.get().status == "published"
    act(office, "meal", "archive", soup, reason="Advert")
    assert Meal.objects.get().status == "archived"
    assert Event.objects.get(name="meals.meal.archived").data["reason"] == "Advert"


def test_blank_reason_changes_nothing(office, soup):
    act(office, "meal", "unpublish", soup, reason=" ")
    assert Meal.objects.get().status == "published"


def test_refusal_of_the_service_is_shown(office, ada):
    draft = make_meal(ada, "Draft")
    assert "This cannot be done" in act(office, "meal", "unpublish", draft, reason="Advert").content.decode()


def test_review_is_hidden_and_shown_again(office, soup, sam):
    review = services.write_review(meal_id=soup.pk, author=sam, rating=1, text="Spam", now=NOW)
    act(office, "review", "hide", review, reason="Spam")
    assert Review.objects.get().hidden_at is not None
    act(office, "review", "show", review, reason="Appeal")
    assert Review.objects.get().hidden_at is None


def test_photo_is_removed_with_a_reason(office, soup):
    photo = MealPhoto.objects.create(meal=soup, position=1)
    act(office, "mealphoto", "remove", photo, reason="Advert")
    assert not MealPhoto.objects.exists()


def test_figures_are_computed_again(office, soup):
    Meal.objects.update(calories=None)
    act(office, "meal", "recompute", soup)
    assert Meal.objects.get().calories > 0


def test_meals_of_a_food_are_matched_again(office, soup):
    services.load_foods(records=[food for food in load_shipped() if food.name.startswith("Butter")])
    services.recompute_meal(meal_id=soup.pk)
    Meal.objects.update(calories=None)
    act(office, "food", "match_again", Food.objects.get(lines__meal=soup))
    assert Meal.objects.get().calories > 0
