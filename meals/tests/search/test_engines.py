"""What every engine must do alike."""

import json
import os
from pathlib import Path

import pytest
from django.db.models import Q

from fitfoodie.search import services
from meals.models import Meal
from meals.tests.factories import make_meal


def found(text, menu, **options):
    names = {meal.pk: name for name, meal in menu.items()}
    return [names[hit.id] for hit in services.search("meals", text, **options).hits]


def test_title_wins_over_tags_over_ingredients_over_steps(menu):
    assert found("chicken", menu) == ["bowl", "soup", "pie", "salad"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chickens", ["bowl", "soup", "pie", "salad"]),
        ("avocado", ["salad"]),
        ("CRÈME", ["salad"]),
        ("creme fraiche", ["salad"]),
        ("chick", ["bowl", "soup", "pie", "salad"]),
        ("chicken bow", ["bowl"]),
        ("chicken -soup -rice", ["pie", "salad"]),
        ('"rice bowl"', ["bowl"]),
        ('"bowl rice"', []),
        ('"mac and cheese"', ["mac"]),
        ("mac and cheese", ["mac"]),
        ("grandma", ["soup"]),
        ("鱼", ["fish"]),
        ("鲤鱼", ["fish"]),
        ("鱼鲤", []),
        ("糖醋鲤鱼", ["fish"]),
        ("nothing like it anywhere", []),
        ("-chicken", []),
        ("", []),
        ("   ", []),
        ("!!! 🍕", []),
    ],
)
def test_search_finds(menu, text, expected):
    assert found(text, menu) == expected


@pytest.mark.parametrize(
    ("text", "corrected", "expected"),
    [
        ("chiken", "chicken", ["bowl", "soup", "pie", "salad"]),
        ("Chiken bowl", "chicken bowl", ["bowl"]),
        ("brocoli", "broccoli", ["pie"]),
        ("avacado", "avocados", ["salad"]),
        ("hcicken", "chicken", ["bowl", "soup", "pie", "salad"]),
        ("macc chedar", "mac cheddar", ["mac"]),
        ("brocc", None, ["pie"]),
        ("rice", None, ["bowl"]),
        ("qqqqqq", None, []),
    ],
)
def test_misspelt_words_are_put_right_and_said_so(menu, text, corrected, expected):
    page = services.search("meals", text)
    assert (page.corrected_text, found(text, menu)) == (corrected, expected)


def test_common_misspelling_of_others_still_finds_what_is_meant(ada, index):
    meals = [make_meal(ada, f"Avocado toast {n}", publish=True) for n in range(6)]
    misspelt = make_meal(ada, "Green toast", publish=True, steps=["Mash the avacado."])
    index(*meals, misspelt)
    page = services.search("meals", "avacado")
    assert page.corrected_text == "avocado"
    assert {hit.id for hit in page.hits} == {meal.pk for meal in [*meals, misspelt]}


def test_equals_come_newest_first_and_pages_do_not_overlap(ada, index):
    meals = [make_meal(ada, "Lentil soup", publish=True) for _ in range(5)]
    index(*meals)
    newest_first = [meal.pk for meal in reversed(meals)]
    pages = [services.search("meals", "lentil", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [hit.id for page in pages for hit in page.hits] == newest_first
    assert [page.has_more for page in pages] == [True, True, False]


def test_apply_combines_with_filters_order_and_cursor_in_one_statement(menu, engine, django_assert_num_queries):
    prepared = services.prepare("meals", "chicken")
    first = prepared.apply(Meal.objects.public().filter(title__contains="i")).order_by("-search_rank", "-pk")
    with django_assert_num_queries(1):
        rows = list(first.values_list("title", "search_rank", "pk")[:1])
    assert [row[0] for row in rows] == ["Chicken rice bowl"]
    _, rank, pk = rows[0]
    after = first.filter(Q(search_rank__lt=rank) | Q(search_rank=rank, pk__lt=pk))
    assert list(after.values_list("title", flat=True)) == ["Shepherd pie", "Crème fraîche salad"][: after.count()]
    assert first.count() == 1 + after.count()


def test_apply_without_text_keeps_the_queryset(menu):
    everything = services.apply("meals", Meal.objects.public(), " ")
    assert {meal.search_rank for meal in everything} == {0.0}
    assert everything.count() == len(menu)


def test_apply_of_text_without_a_word_finds_nothing(menu):
    assert list(services.apply("meals", Meal.objects.public(), "!!!").order_by("-search_rank")) == []


def test_apply_works_inside_a_subquery(menu):
    matches = services.apply("meals", Meal.objects.public(), "bowl").values("pk")
    assert list(Meal.objects.filter(pk__in=matches)) == [menu["bowl"]]


def test_within_narrows_what_may_be_found(menu):
    assert found("chicken", menu, within=Meal.objects.filter(tags__slug="quick")) == ["bowl"]


def test_highlights_mark_and_escape(ada, index):
    meal = make_meal(ada, "Roast <i>chicken</i>", publish=True, ingredients=["1 chicken"], steps=["Roast."])
    index(meal)
    (hit,) = services.search("meals", "chiken", highlight=True).hits
    assert hit.highlights == {
        "title": "Roast &lt;i&gt;<mark>chicken</mark>&lt;/i&gt;",
        "ingredients": "1 <mark>chicken</mark>",
    }


def test_highlights_cost_the_same_for_one_hit_and_for_three(ada, index, django_assert_max_num_queries):
    index(*[make_meal(ada, f"Lentil soup {n}", publish=True) for n in range(3)])
    for limit in (1, 3):
        with django_assert_max_num_queries(7):
            assert len(services.search("meals", "lentil", limit=limit, highlight=True).hits) == limit


def test_suggestions_begin_with_what_was_typed_then_hold_it(menu):
    assert services.suggest("meals", "ch") == ["Chicken rice bowl", "Mac and cheese"]
    assert services.suggest("meals", "chicken r") == ["Chicken rice bowl"]
    assert services.suggest("meals", "CREM") == ["Crème fraîche salad"]


def test_suggestions_find_a_chinese_name_by_a_piece(menu):
    assert services.suggest("meals", "鲤") == ["糖醋鲤鱼"]
    assert services.suggest("meals", "醋鲤") == ["糖醋鲤鱼"]


def test_suggestions_forgive_a_misspelling(menu):
    assert services.suggest("meals", "chikn") == ["Chicken rice bowl"]
    assert services.suggest("meals", "shephrd p") == ["Shepherd pie"]


def test_suggestions_name_each_name_once(ada, index):
    index(*[make_meal(ada, title, publish=True) for title in ("Lentil soup", "Lentil Soup", "Lentil stew")])
    assert [name.casefold() for name in services.suggest("meals", "lent")] == ["lentil soup", "lentil stew"]


@pytest.mark.parametrize("text", ["", "  ", "!!!", "qqqq"])
def test_suggestions_for_nothing_are_none(menu, text):
    assert services.suggest("meals", text) == []


def test_suggestions_are_as_many_as_asked_for(menu):
    assert services.suggest("meals", "c", limit=1) == ["Chicken rice bowl"]
    assert services.suggest("meals", "c", limit=0) == []


def test_removed_objects_are_not_found(menu, django_capture_on_commit_callbacks):
    bowl = menu["bowl"]
    Meal.objects.filter(pk=bowl.pk).update(status="draft")
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_objects("meals", [bowl.pk])
    assert found("chicken", menu, within=Meal.objects.all()) == ["soup", "pie", "salad"]


def test_row_that_stopped_being_public_is_not_found_even_before_the_index_follows(menu):
    Meal.objects.filter(pk=menu["bowl"].pk).update(audience="private")
    assert found("chicken", menu) == ["soup", "pie", "salad"]
    assert services.suggest("meals", "chick") == []


def test_rebuild_brings_everything_back(menu):
    Meal.objects.filter(pk=menu["soup"].pk).update(title="Renamed chicken soup")
    assert services.rebuild("meals") == len(menu)
    assert found("renamed", menu) == ["soup"]
    assert found("chicken", menu)[:2] == ["soup", "bowl"]
    assert services.rebuild("meals") == len(menu)


HOSTILE = [
    "' OR 1=1 --",
    '" OR a NEAR/2 b ^ * ( ) { } : AND NOT',
    "title:chicken",
    "a & b | c ! <-> (",
    "\\' \\\\ ''' \x00 \x1f \ud7ff",
    "%s %(x)s {text} {key}",
    "*",
    "-",
    '"',
    '""',
    "\u202e\u200b\ufeff",
    "é" * 10_000,
    "word " * 2000,
    "a-b_c.d@e",
    "👩‍🍳🍕",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(menu, text):
    services.search("meals", text, highlight=True)
    services.suggest("meals", text)


@pytest.mark.data
@pytest.mark.skipif("FITFOODIE_DATA" not in os.environ, reason="FITFOODIE_DATA names no data folder")
def test_naughty_strings_are_only_text(menu):
    path = Path(os.environ["FITFOODIE_DATA"]) / "naughty-strings" / "blns.json"
    for text in json.loads(path.read_text(encoding="utf-8")):
        services.search("meals", text, highlight=True)
        services.suggest("meals", text)
