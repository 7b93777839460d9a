import pytest

from fitfoodie.common import dietary
from meals.ingredients.lexicon import Allergen, shipped_lexicon
from meals.ingredients.match import shipped_matcher
from meals.ingredients.nutrition import nutrition_of
from meals.ingredients.resolve import resolve_all
from meals.ingredients.traits import Diet, Presence, meaning_of_food, traits_of


@pytest.fixture(scope="module")
def matcher():
    return shipped_matcher()


def traits(texts, matcher, servings=2):
    lines = resolve_all(texts, matcher)
    return traits_of(lines, nutrition_of(lines, servings))


CONTAINED = [
    ("2 cups flour", {"gluten"}),
    ("200 g rolled oats", {"gluten"}),
    ("500 g spaghetti", {"gluten"}),
    ("200 g egg noodles", {"gluten", "eggs"}),
    ("1 cup rice", set()),
    ("1 cup buckwheat flour", set()),
    ("1 tbsp cornstarch", set()),
    ("2 eggs", {"eggs"}),
    ("1 aubergine", set()),
    ("2 tbsp mayonnaise", {"eggs", "mustard"}),
    ("1 cup milk", {"milk"}),
    ("2 tbsp butter", {"milk"}),
    ("100 g parmesan", {"milk"}),
    ("1 can coconut milk", set()),
    ("2 tbsp peanut butter", {"peanuts"}),
    ("1 butternut squash", set()),
    ("1 tsp cream of tartar", set()),
    ("1 cup almond milk", {"nuts"}),
    ("1 tsp nutmeg", set()),
    ("100 g walnuts", {"nuts"}),
    ("2 tbsp tahini", {"sesame"}),
    ("1 tsp sesame oil", {"sesame"}),
    ("2 tbsp soy sauce", {"soybeans", "gluten"}),
    ("200 g tofu", {"soybeans"}),
    ("1 tsp Worcestershire sauce", {"fish", "gluten"}),
    ("1 tbsp fish sauce", {"fish"}),
    ("2 cod fillets", {"fish"}),
    ("500 g prawns", {"crustaceans"}),
    ("1 kg mussels", {"molluscs"}),
    ("1 tbsp oyster sauce", {"molluscs", "soybeans", "gluten"}),
    ("200 g oyster mushrooms", set()),
    ("1 stalk celery", {"celery"}),
    ("1 tsp Dijon mustard", {"mustard"}),
    ("1 cup red wine", {"sulphites"}),
    ("100 g lupin flour", {"lupin"}),
    ("100 g xyzzy shrimp paste", {"crustaceans"}),
    ("2 tbsp butter or margarine", {"milk", "soybeans"}),
    ("1 cup stock (contains celery)", {"celery"}),
    ("1 cup gluten-free flour", set()),
    ("100 g vegan butter", set()),
    ("虾 200 g", {"crustaceans"}),
    ("花生 50g", {"peanuts"}),
    ("鸡蛋 2 个", {"eggs"}),
    ("牛奶 200 毫升", {"milk"}),
    ("椰奶 200 毫升", set()),
    ("生抽 10 ml", {"soybeans", "gluten"}),
    ("蚝油 10 ml", {"molluscs"}),
]


@pytest.mark.parametrize(("text", "allergens"), CONTAINED, ids=[row[0] for row in CONTAINED])
def test_allergens_of_a_line(matcher, text, allergens):
    assert traits([text], matcher).allergens == frozenset(map(Allergen, allergens))


def test_line_behind_an_allergen_is_told(matcher):
    found = traits(["2 eggs", "1 cup milk", "1 egg yolk"], matcher)
    assert found.why == {Allergen.EGGS: ["2 eggs", "1 egg yolk"], Allergen.MILK: ["1 cup milk"]}


def test_unknown_ingredient_leaves_the_rest_unknown(matcher):
    """REC-6: what is not contained is not thereby absent."""
    found = traits(["2 eggs", "1 cup xyzzy"], matcher)
    assert (found.complete, found.diets, found.unknown_lines) == (False, frozenset(), ("1 cup xyzzy",))
    assert {found.presence(allergen) for allergen in Allergen} == {Presence.CONTAINS, Presence.UNKNOWN}
    assert found.presence(Allergen.EGGS) is Presence.CONTAINS


def test_known_ingredients_free_of_the_rest(matcher):
    found = traits(["2 eggs", "1 tbsp olive oil", "salt and pepper to taste"], matcher)
    assert (found.complete, found.presence(Allergen.MILK)) == (True, Presence.FREE)


def test_no_ingredients_claim_nothing(matcher):
    found = traits(["For the sauce:"], matcher)
    assert (found.complete, found.diets) == (False, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "2 slices bread",
        "1 sheet puff pastry",
        "1 tbsp curry paste",
        "1 cup chicken stock",
        "2 sausages",
        "1 tsp garam masala",
        "1 packet taco seasoning",
        "1 tsp curry powder",
        "2 tbsp barbecue sauce",
        "1 tbsp miso",
    ],
)
def test_composite_food_is_not_understood(matcher, text):
    assert traits([text], matcher).complete is False


def test_chinese_line_is_never_complete(matcher):
    found = traits(["鸡蛋 2 个"], matcher)
    assert (found.presence(Allergen.EGGS), found.presence(Allergen.MILK), found.diets) == (
        Presence.CONTAINS,
        Presence.UNKNOWN,
        frozenset(),
    )


ORIGIN = frozenset(
    {Diet.VEGAN, Diet.VEGETARIAN, Diet.PESCATARIAN, Diet.GLUTEN_FREE, Diet.DAIRY_FREE, Diet.EGG_FREE, Diet.NUT_FREE}
)
DIETS = [
    (["1 cup rice", "2 onions"], ORIGIN),
    (["1 cup rice", "1 tbsp honey"], ORIGIN - {Diet.VEGAN}),
    (["2 eggs"], ORIGIN - {Diet.VEGAN, Diet.EGG_FREE}),
    (["1 cup milk"], ORIGIN - {Diet.VEGAN, Diet.DAIRY_FREE}),
    (["2 cod fillets"], ORIGIN - {Diet.VEGAN, Diet.VEGETARIAN}),
    (["500 g chicken breast"], ORIGIN - {Diet.VEGAN, Diet.VEGETARIAN, Diet.PESCATARIAN}),
    (["2 tbsp lard", "2 cups flour"], ORIGIN - {Diet.VEGAN, Diet.VEGETARIAN, Diet.PESCATARIAN, Diet.GLUTEN_FREE}),
    (["50 g peanuts"], ORIGIN - {Diet.NUT_FREE}),
    (["1 cup milk or soy milk"], ORIGIN - {Diet.VEGAN, Diet.DAIRY_FREE}),
]


@pytest.mark.parametrize(("texts", "diets"), DIETS, ids=[", ".join(row[0]) for row in DIETS])
def test_diets_by_origin(matcher, texts, diets):
    assert traits(texts, matcher).diets & ORIGIN == diets


def test_lean_meat_is_high_in_protein_and_low_in_carbs(matcher):
    found = traits(["500 g chicken breast", "1 pinch salt"], matcher).diets
    assert found - ORIGIN == {Diet.HIGH_PROTEIN, Diet.LOW_CARB, Diet.LOW_CALORIE}


def test_sugar_claims_no_energy_diet(matcher):
    assert traits(["500 g sugar"], matcher).diets - ORIGIN == frozenset()


def test_lentils_are_high_in_fiber(matcher):
    assert Diet.HIGH_FIBER in traits(["200 g lentils", "salt to taste"], matcher).diets


def test_unweighed_oil_claims_no_energy_diet(matcher):
    assert traits(["500 g chicken breast", "olive oil"], matcher).diets - ORIGIN == frozenset()


def test_unweighed_herbs_and_salt_do_not_hide_an_energy_diet(matcher):
    texts = ["500 g chicken breast", "salt and pepper", "oregano", "dash of xanthan gum"]
    assert Diet.HIGH_PROTEIN in traits(texts, matcher).diets


def test_diets_by_energy_need_nutrition(matcher):
    assert traits_of(resolve_all(["500 g chicken breast"], matcher)).diets <= ORIGIN


def test_missing_fiber_figures_claim_no_fiber(matcher):
    lines = resolve_all(["200 g lentils"], matcher)
    nutrition = nutrition_of(lines, 1)
    partial = type(nutrition)(
        **{name: getattr(nutrition, name) for name in nutrition.__slots__ if name != "partial"},
        partial=frozenset({"fiber_g"}),
    )
    assert Diet.HIGH_FIBER not in traits_of(lines, partial).diets


def test_longest_name_counts():
    lexicon = shipped_lexicon()
    assert lexicon.read("coconut milk")[0].allergens == frozenset()
    assert lexicon.read("milk")[0].allergens == {Allergen.MILK}
    assert lexicon.read("coconut milk and milk")[0].allergens == {Allergen.MILK}


def test_words_nobody_knows_are_left_over():
    assert shipped_lexicon().read("xyzzy milk") == (shipped_lexicon().read("milk")[0], ("xyzzy",))


def test_allergens_are_those_of_the_eu():
    assert len(Allergen) == 14


SEA = {"Crustaceans": Allergen.CRUSTACEANS, "Mollusks": Allergen.MOLLUSCS, "Fish": Allergen.FISH}


def test_every_sea_food_of_the_table_tells_its_allergen(matcher):
    """A name nobody listed must not pass as harmless because its USDA group is a single food."""
    silent = [
        food.name
        for food in matcher.foods.values()
        for term, allergen in SEA.items()
        if food.name.startswith(f"{term}, ") and allergen not in meaning_of_food(food, shipped_lexicon()).allergens
    ]
    assert silent == []


def test_every_dairy_and_meat_of_the_table_tells_its_origin(matcher):
    groups = {
        "Dairy and Egg Products",
        "Beef Products",
        "Pork Products",
        "Poultry Products",
        "Sausages and Luncheon Meats",
    }
    silent = [
        food.name
        for food in matcher.foods.values()
        if food.group in groups and not meaning_of_food(food, shipped_lexicon()).animals
    ]
    assert silent == []


def test_vocabulary_is_that_of_people_and_meals():
    assert {*Allergen} == {*dietary.Allergen.values}
    assert {*Diet} == {*dietary.Diet.values}
