from decimal import Decimal

import pytest
from djmoney.money import Money

from fitfoodie.common.errors import NotAllowedError, StaleVersionError
from meals import services
from meals.content import MealContent, from_json
from meals.models import Meal, MealRevision
from meals.tests.factories import NOW, make_meal

FULL = MealContent(
    title="Älplermagronen",
    summary="From the alp.",
    notes="Reheats well.",
    language="de",
    servings=4,
    prep_minutes=10,
    cook_minutes=30,
    minutes=45,
    ingredients=("400 g potatoes", "Sauce:", "1 l milk", "Topping:", "3 onions"),
    steps=("Boil.", "Sauce:", "Stir.\nWait."),
    tags=("Swiss", "Comfort food"),
    audience="everyone",
    price=Money("12.50", "EUR"),
    portions_per_day=20,
    nutrition={
        "calories": Decimal("520.00"),
        "protein_g": Decimal("21.50"),
        "carbs_g": None,
        "fat_g": None,
        "fiber_g": None,
        "sugar_g": None,
        "saturated_fat_g": None,
        "sodium_mg": None,
    },
    diets=frozenset({"vegetarian"}),
    allergens=frozenset({"milk", "gluten"}),
    source_url="https://example.test/magronen",
    source_name="Example",
    source_author="Anna",
    source_licence="CC BY 4.0",
)


def test_content_written_is_content_read(ada):
    meal = services.create_meal(creator=ada, content=FULL, now=NOW)
    assert services.content_of(Meal.objects.get(pk=meal.pk)) == FULL
    assert (meal.slug, meal.status, meal.version) == ("älplermagronen", "draft", 1)


def test_content_survives_json():
    assert from_json(FULL.to_json()).to_json() == FULL.to_json()
    assert from_json(FULL.to_json()).changed_from(FULL) == []


def test_create_without_title_names_the_field(ada):
    with pytest.raises(services.InvalidMealError) as caught:
        services.create_meal(creator=ada, content=MealContent(summary="x"), now=NOW)
    assert list(caught.value.errors) == ["title"]


@pytest.mark.parametrize("title", ["\u200b", " \u2063\ufeff ", "\u202e"])
def test_title_that_nobody_can_see_is_none(ada, title):
    with pytest.raises(services.InvalidMealError) as caught:
        services.create_meal(creator=ada, content=MealContent(title=title), now=NOW)
    assert list(caught.value.errors) == ["title"]


def test_create_names_every_field_that_cannot_stand(ada):
    wrong = MealContent(
        title="x" * 201, servings=0, minutes=-1, ingredients=["a" * 501], audience="nobody", source_url="javascript:1"
    )
    with pytest.raises(services.InvalidMealError) as caught:
        services.create_meal(creator=ada, content=wrong, now=NOW)
    assert sorted(caught.value.errors) == ["audience", "ingredients", "minutes", "servings", "source_url", "title"]


def test_same_title_twice_gets_two_addresses(ada, ben):
    first = make_meal(ada, "Soup")
    second = make_meal(ben, "Soup")
    assert (first.slug, second.slug) == ("soup", f"soup-{second.public_id}")


@pytest.mark.parametrize("title", ["suggest", "🍜", "!!!"])
def test_title_that_is_no_address_gets_the_id(ada, title):
    meal = make_meal(ada, title)
    assert meal.slug.endswith(meal.public_id)


def test_edit_changes_only_what_is_mentioned(ada):
    meal = services.create_meal(creator=ada, content=FULL, now=NOW)
    edited = services.edit_meal(
        meal_id=meal.pk, editor=ada, content=MealContent(servings=2), expected_version=1, now=NOW
    )
    assert edited.version == 2
    assert services.content_of(Meal.objects.get(pk=meal.pk)) == MealContent(servings=2).over(FULL)
    assert list(MealRevision.objects.order_by("version").values_list("version", "changed")) == [
        (1, []),
        (2, ["servings"]),
    ]


def test_edit_without_change_is_no_version(ada):
    meal = services.create_meal(creator=ada, content=FULL, now=NOW)
    services.edit_meal(meal_id=meal.pk, editor=ada, content=FULL, expected_version=1, now=NOW)
    assert Meal.objects.get(pk=meal.pk).version == 1


def test_edit_of_a_stale_version_is_refused_with_the_current(ada):
    meal = make_meal(ada)
    change = {"meal_id": meal.pk, "editor": ada, "expected_version": 1, "now": NOW}
    services.edit_meal(content=MealContent(title="One"), **change)
    with pytest.raises(StaleVersionError) as caught:
        services.edit_meal(content=MealContent(title="Two"), **change)
    assert caught.value.current == 2
    assert Meal.objects.get(pk=meal.pk).title == "One"


def test_edit_by_stranger_is_refused(ada, ben):
    meal = make_meal(ada)
    with pytest.raises(NotAllowedError):
        services.edit_meal(meal_id=meal.pk, editor=ben, content=MealContent(title="Mine"), expected_version=1, now=NOW)


def test_title_of_a_draft_moves_its_address_and_of_a_published_one_does_not(ada):
    meal = make_meal(ada, "Old name")
    services.edit_meal(meal_id=meal.pk, editor=ada, content=MealContent(title="New name"), expected_version=1, now=NOW)
    services.publish_meal(meal_id=meal.pk, actor=ada, now=NOW)
    services.edit_meal(meal_id=meal.pk, editor=ada, content=MealContent(title="Third"), expected_version=2, now=NOW)
    assert Meal.objects.get(pk=meal.pk).slug == "new-name"


def test_texts_are_cleaned(ada):
    meal = make_meal(ada, "  Soup\x00 of\u202e  day ", tags=["#Vegan", "vegan", " "], notes="a\r\nb\x07")
    content = services.content_of(meal)
    assert (content.title, content.tags, content.notes) == ("Soup of\u202e day", ("Vegan",), "a\nb")
