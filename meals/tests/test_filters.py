from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from meals import selectors
from meals.filters import InvalidFiltersError, MealFilters
from meals.models import Meal
from meals.tests.factories import index_all, make_meal

FULL = (
    "q=red+soup&diet=vegan&diet=gluten_free&exclude_allergen=milk&tag=quick&tag=warm&creator=ada&max_calories=500"
    "&min_protein=12.5&max_minutes=30&min_rating=4&orderable=true&ordering=-protein"
)


def test_address_is_read_and_written_back_equal():
    filters = MealFilters.from_query(QueryDict(FULL))
    assert filters == MealFilters(
        q="red soup",
        diet=("vegan", "gluten_free"),
        exclude_allergen=("milk",),
        tag=("quick", "warm"),
        creator=("ada",),
        max_calories=Decimal(500),
        min_protein=Decimal("12.5"),
        max_minutes=30,
        min_rating=Decimal(4),
        orderable=True,
        ordering="-protein",
    )
    assert MealFilters.from_query(QueryDict(filters.to_query())) == filters


def test_commas_and_repetition_mean_the_same():
    assert MealFilters.from_query(QueryDict("tag=a,b&tag=c")) == MealFilters.from_query(QueryDict("tag=a&tag=b&tag=c"))


@pytest.mark.parametrize(
    "query",
    [
        "diet=meatless",
        "exclude_allergen=water",
        "max_calories=lots",
        "max_calories=-1",
        "min_protein=NaN",
        "max_minutes=1.5",
        "max_minutes=9999999",
        "min_rating=6",
        "orderable=perhaps",
        "ordering=beauty",
        "q=" + "x" * 201,
        "tag=" + ",".join(map(str, range(21))),
    ],
)
def test_bad_value_names_its_field(query):
    with pytest.raises(InvalidFiltersError) as caught:
        MealFilters.from_query(QueryDict(query))
    assert list(caught.value.errors) == [query.partition("=")[0]]


def test_bad_value_leaves_the_others_standing():
    filters, errors = MealFilters.read(QueryDict("diet=vegan&max_calories=x"))
    assert (filters.diet, list(errors)) == (("vegan",), ["max_calories"])


@given(st.dictionaries(st.sampled_from(["q", "tag", "creator", "max_calories", "ordering", "diet"]), st.text()))
def test_no_address_breaks_it(values):
    query = QueryDict(mutable=True)
    query.update(values)
    filters, _errors = MealFilters.read(query)
    assert MealFilters.read(QueryDict(filters.to_query()))[0] == filters


def test_values_are_taken_and_added_one_by_one():
    filters = MealFilters(diet=("vegan", "nut_free"), max_minutes=20)
    assert filters.without("diet", "vegan").diet == ("nut_free",)
    assert filters.without("max_minutes").max_minutes is None
    assert filters.with_("diet", "vegan").diet == ("nut_free", "vegan")
    assert filters.active == [("diet", "vegan"), ("diet", "nut_free"), ("max_minutes", "20")]


@pytest.fixture
def table(ada, ben):
    """Four meals that differ in everything one can ask for."""
    rows = {
        "quick": {"minutes": 10, "calories": 300, "protein_g": 30, "rating_average": 5, "creator": ada},
        "slow": {"minutes": 90, "calories": 700, "protein_g": 10, "rating_average": 3, "creator": ada},
        "dear": {"minutes": 30, "calories": 500, "protein_g": 20, "price": 12, "creator": ben},
        "plain": {"creator": ben, "has_complete_traits": False, "allergens": frozenset()},
    }
    for name, values in rows.items():
        meal = make_meal(values.pop("creator"), name, publish=True, tags=[f"tag-{name}"])
        empty = {"minutes": None, "calories": None, "protein_g": None}
        complete = {"has_complete_traits": True, "diets": frozenset({"vegan"}), "allergens": frozenset({"nuts"})}
        Meal.objects.filter(pk=meal.pk).update(**(empty | complete | values))


def found(query, visitor=None):
    filters = MealFilters.from_query(QueryDict(query))
    return [meal.title for meal in selectors.find_meals(filters, visitor or AnonymousUser()).meals]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("max_minutes=30", {"quick", "dear"}),
        ("max_calories=500&min_protein=25", {"quick"}),
        ("min_rating=4", {"quick"}),
        ("orderable=true", {"dear"}),
        ("orderable=false", {"quick", "slow", "plain"}),
        ("creator=ben", {"dear", "plain"}),
        ("creator=ada,ben&max_minutes=10", {"quick"}),
        ("tag=tag-quick&tag=tag-slow", {"quick", "slow"}),
        ("diet=vegan", {"quick", "slow", "dear", "plain"}),
        ("diet=vegan,low_carb", set()),
        ("exclude_allergen=milk", {"quick", "slow", "dear"}),
        ("exclude_allergen=nuts", set()),
    ],
)
def test_filters_narrow(table, query, expected):
    assert set(found(query)) == expected


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("newest", ["plain", "dear", "slow", "quick"]),
        ("-newest", ["quick", "slow", "dear", "plain"]),
        ("minutes", ["quick", "dear", "slow", "plain"]),
        ("-minutes", ["slow", "dear", "quick", "plain"]),
        ("protein", ["quick", "dear", "slow", "plain"]),
        ("calories", ["quick", "dear", "slow", "plain"]),
        ("price", ["dear", "quick", "slow", "plain"]),
    ],
)
def test_ordering_keeps_the_unknown_last_and_ties_stable(table, ordering, expected):
    assert found(f"ordering={ordering}") == expected


def test_search_orders_by_relevance_unless_told(ada):
    make_meal(ada, "Red lentil soup", publish=True)
    make_meal(ada, "Bean stew", publish=True, summary="Not a lentil in it.", ingredients=["100 g beans"])
    index_all()
    assert found("q=lentil") == ["Red lentil soup", "Bean stew"]
    assert found("q=lentil&ordering=newest") == ["Bean stew", "Red lentil soup"]
    assert found("q=lentli+soup")[0] == "Red lentil soup"


def test_severe_allergies_apply_unasked_and_close_on_the_unknown(table, sam):
    sam.profile.severe_allergies = frozenset({"milk"})
    sam.profile.save()
    assert set(found("", sam)) == {"quick", "slow", "dear"}
    result = selectors.find_meals(MealFilters(), sam)
    assert (result.respected, selectors.hidden_by_allergies(result, sam)) == (frozenset({"milk"}), 1)


def test_facets_count_what_each_would_leave(table):
    visitor = AnonymousUser()
    total, facets = selectors.facets_of(selectors.find_meals(MealFilters(max_minutes=30), visitor), visitor)
    counts = {facet.name: {option.value: option.count for option in facet.options} for facet in facets}
    assert total == 2
    assert counts["max_minutes"] == {"15": 1, "30": 2, "60": 2}
    assert counts["diet"] == {"vegan": 2}
    assert counts["creator"] == {"ada": 1, "ben": 1}
    assert counts["orderable"] == {"True": 1}
    assert counts["tag"] == {"tag-dear": 1, "tag-quick": 1}


def test_facet_options_toggle(table):
    visitor = AnonymousUser()
    filters = MealFilters(max_minutes=30, tag=("tag-quick",))
    _total, facets = selectors.facets_of(selectors.find_meals(filters, visitor), visitor)
    options = {(facet.name, option.value): option for facet in facets for option in facet.options}
    assert options["max_minutes", "30"].is_on
    assert options["max_minutes", "30"].query == "tag=tag-quick"
    assert options["max_minutes", "15"].query == "tag=tag-quick&max_minutes=15"
    assert options["tag", "tag-dear"].query == "tag=tag-quick&tag=tag-dear&max_minutes=30"


def test_empty_answer_offers_what_to_give_up(table):
    result = selectors.find_meals(MealFilters(max_minutes=10, creator=("ben",)), AnonymousUser())
    offers = selectors.loosened(result, AnonymousUser())
    assert offers == [("max_minutes", "10", 2), ("creator", "ben", 1)]
