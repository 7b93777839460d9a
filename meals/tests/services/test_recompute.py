from decimal import Decimal

from meals import services
from meals.content import MealContent
from meals.ingredients.foods import load_shipped
from meals.models import Food, FoodPortion, Meal
from meals.tests.factories import NOW, make_meal

LENTILS = ["Soup:", "200 g red lentils", "1 pinch of moon dust", "Topping:", "10 g butter"]


def test_lines_are_read_with_their_sections(ada):
    meal = make_meal(ada, ingredients=LENTILS, servings=2)
    lines = list(meal.ingredients.values_list("section", "text", "quantity", "unit", "grams", "unknown_reason"))
    assert lines == [
        ("Soup", "200 g red lentils", Decimal(200), "g", Decimal(200), ""),
        ("Soup", "1 pinch of moon dust", Decimal(1), "pinch", None, "no_food"),
        ("Topping", "10 g butter", Decimal(10), "g", Decimal(10), ""),
    ]


def test_figures_are_those_known_and_say_how_many(ada):
    meal = make_meal(ada, ingredients=LENTILS, servings=2)
    assert (meal.ingredients_known, meal.ingredients_total) == (2, 3)
    assert meal.calories > 0
    assert not meal.has_complete_nutrition
    assert "milk" in meal.allergens
    assert not meal.has_complete_traits


def test_servings_divide_the_figures(ada):
    one = make_meal(ada, "One", ingredients=["100 g butter"], servings=1)
    four = make_meal(ada, "Four", ingredients=["100 g butter"], servings=4)
    assert abs(four.calories * 4 - one.calories) <= Decimal("0.02")
    edited = services.edit_meal(
        meal_id=four.pk, editor=ada, content=MealContent(servings=1), expected_version=1, now=NOW
    )
    assert edited.calories == one.calories


def test_nothing_known_is_unknown_not_zero(ada):
    meal = make_meal(ada, ingredients=["moon dust"])
    assert (meal.calories, meal.protein_g, meal.ingredients_known) == (None, None, 0)


def test_figures_by_hand_stay_when_ingredients_change(ada):
    meal = make_meal(ada, servings=1, nutrition={"calories": Decimal(500)}, ingredients=["100 g butter"])
    edited = services.edit_meal(
        meal_id=meal.pk, editor=ada, content=MealContent(ingredients=["10 g butter"]), expected_version=1, now=NOW
    )
    assert (edited.calories, edited.nutrition_source) == (Decimal(500), "by_hand")
    back = services.edit_meal(
        meal_id=meal.pk, editor=ada, content=MealContent(nutrition=None), expected_version=2, now=NOW
    )
    assert (back.nutrition_source, back.calories < 100) == ("computed", True)


def test_declared_allergens_are_complete_and_stay(ada):
    meal = make_meal(ada, ingredients=["moon dust"], allergens=frozenset({"nuts"}), diets=frozenset({"vegan"}))
    assert (meal.allergens, meal.diets, meal.has_complete_traits) == ({"nuts"}, {"vegan"}, True)


def test_foods_are_pointed_to_once_the_table_is_loaded(ada):
    meal = make_meal(ada, ingredients=["100 g butter"])
    assert meal.ingredients.get().food is None
    loaded = services.load_foods(records=load_shipped())
    assert (loaded.foods, Food.objects.count(), FoodPortion.objects.count()) == (8789, 8789, loaded.portions)
    services.recompute_meal(meal_id=meal.pk)
    assert "Butter" in meal.ingredients.get().food.name
    assert services.load_foods(records=load_shipped()) == services.FoodsLoaded(foods=0, portions=0)


def test_recompute_keeps_text_version_and_history(ada):
    meal = make_meal(ada, ingredients=LENTILS)
    before = services.content_of(meal)
    services.recompute_meal(meal_id=meal.pk)
    after = Meal.objects.get(pk=meal.pk)
    assert (services.content_of(after), after.version, after.revisions.count()) == (before, 1, 1)
