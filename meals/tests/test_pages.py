"""The pages of visitors: they work, they say what is known, they take bad input without losing anything."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meals import services
from meals.content import MealContent
from meals.models import Meal, Review
from meals.tests.factories import NOW, index_all, make_meal


@pytest.fixture
def soup(ada):
    meal = make_meal(
        ada,
        "Lentil soup",
        publish=True,
        servings=2,
        ingredients=["200 g red lentils", "Topping:", "1 pinch of moon dust", "4 oz butter"],
        steps=["Boil.", "Topping:", "Melt."],
        tags=["Warm"],
        source_url="https://example.test/soup",
        source_author="Anna",
    )
    index_all()
    return meal


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_home_shows_meals_and_creators(client, ada, soup):
    make_meal(ada, "Second", publish=True)
    text = page(client, "/")
    assert "Lentil soup" in text
    assert "Eat well. Train together." in text


def test_home_without_meals_offers_to_begin(client, db):
    assert "/create/meals/new/" in page(client, "/")


def test_home_shows_own_drafts_and_saved(client, ada, ben, soup):
    make_meal(ben, "Unfinished stew")
    services.save_meal(meal_id=soup.pk, user=ben)
    client.force_login(ben)
    text = page(client, "/")
    assert "Unfinished stew" in text
    assert "You saved these" in text


def test_meal_says_at_least_and_names_the_unknown(client, soup):
    text = page(client, "/meals/lentil-soup/")
    assert "1 of 3 ingredients is unknown." in text
    assert "1 pinch of moon dust" in text
    assert "at least" in text
    assert "others may be in it" in text


def test_meal_credits_its_source(client, soup):
    text = page(client, "/meals/lentil-soup/")
    assert 'href="https://example.test/soup"' in text
    assert "by Anna" in text


def test_meal_carries_linked_data(client, soup):
    text = page(client, "/meals/lentil-soup/")
    data = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)[1])
    assert data["@type"] == "Recipe"
    assert data["recipeIngredient"] == ["200 g red lentils", "1 pinch of moon dust", "4 oz butter"]
    section = {"@type": "HowToSection", "name": "Topping", "itemListElement": [{"@type": "HowToStep", "text": "Melt."}]}
    assert data["recipeInstructions"] == [{"@type": "HowToStep", "text": "Boil."}, section]
    assert "nutrition" not in data


def test_linked_data_cannot_end_its_element(client, ada):
    make_meal(ada, "</script><script>alert(1)</script>", publish=True)
    slug = Meal.objects.get().slug
    assert "<script>alert(1)" not in page(client, f"/meals/{slug}/")


def test_servings_scale_the_amounts(client, soup):
    assert "400 g" in page(client, "/meals/lentil-soup/?servings=4")


def test_units_follow_the_choice(client, soup):
    assert "113 g" in page(client, "/meals/lentil-soup/?units=metric")
    assert "4 oz" in page(client, "/meals/lentil-soup/")


@pytest.mark.parametrize("query", ["servings=0", "servings=-3", "servings=many", "servings=99999", "units=ells"])
def test_servings_that_make_no_sense_are_taken_kindly(client, soup, query):
    page(client, f"/meals/lentil-soup/?{query}")


def test_servings_by_htmx_answer_with_the_ingredients_alone(client, soup):
    headers = {"hx-request": "true", "hx-target": "ingredients"}
    answer = client.get("/meals/lentil-soup/?servings=3", headers=headers).content.decode()
    assert answer.lstrip().startswith('<section id="ingredients"')


def test_own_units_apply_unasked(client, sam, soup):
    sam.preferences.units = "us"
    sam.preferences.save()
    client.force_login(sam)
    assert "7 oz" in page(client, "/meals/lentil-soup/")


def test_severe_allergy_is_called_out(client, sam, soup):
    sam.profile.severe_allergies = frozenset({"milk"})
    sam.profile.save()
    client.force_login(sam)
    assert "Contains Milk" in page(client, "/meals/lentil-soup/")
    sam.profile.severe_allergies = frozenset({"nuts"})
    sam.profile.save()
    assert "We cannot rule out Tree nuts" in page(client, "/meals/lentil-soup/")


def test_print_view_is_bare(client, soup):
    text = page(client, "/meals/lentil-soup/print/?servings=4")
    assert "400 g" in text
    assert "topbar" not in text


def test_history_tells_nothing_of_a_draft_between_two_publications(client, ada, soup):
    def save(**content):
        meal = Meal.objects.get(pk=soup.pk)
        services.edit_meal(
            meal_id=soup.pk, editor=ada, content=MealContent(**content), expected_version=meal.version, now=NOW
        )

    save(summary="Shown first.")
    services.unpublish_meal(meal_id=soup.pk, actor=ada, now=NOW)
    save(notes="The lab says it is spoiled.")
    save(notes="", summary="Shown again.")
    services.publish_meal(meal_id=soup.pk, actor=ada, now=NOW)
    save(audience="private", summary="For me alone.")
    save(audience="everyone", summary="For all.")
    text = page(client, "/meals/lentil-soup/history/")
    assert "Shown first." in text
    assert "Shown again." in text
    assert "For all." in text
    assert "spoiled" not in text
    assert "For me alone." not in text
    client.force_login(ada)
    assert "spoiled" in page(client, "/meals/lentil-soup/history/")


def test_history_hides_what_was_before_publishing(client, ada, soup):
    assert "Unchanged" in page(client, "/meals/lentil-soup/history/")


def test_drawn_cover_is_an_image_that_runs_nothing(client, soup):
    answer = client.get("/meals/lentil-soup/cover.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    again = client.get("/meals/lentil-soup/cover.svg", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get("/meals/plate.svg").status_code == 200


def test_unknown_address_is_a_404(client, db):
    page(client, "/meals/nothing-here/", 404)


def test_discover_finds_the_misspelt(client, soup):
    assert "Lentil soup" in page(client, "/meals/?q=lentli")


def test_discover_says_which_filters_were_not_understood(client, soup):
    text = page(client, "/meals/?max_calories=lots&diet=vegan")
    assert "Part of this address was not understood" in text


def test_discover_offers_the_nearest_when_empty(client, soup):
    Meal.objects.update(minutes=60)
    text = page(client, "/meals/?max_minutes=5&tag=warm")
    assert "Nothing fits all of this" in text
    assert "without up to 5 min" in text


def test_discover_says_why_meals_are_missing(client, sam, soup):
    sam.profile.severe_allergies = frozenset({"milk"})
    sam.profile.save()
    client.force_login(sam)
    text = page(client, "/meals/")
    assert "Only meals without Milk" in text
    assert "1 meal is left out" in text


def test_more_goes_on_without_repeats_while_new_meals_appear(client, ada):
    for number in range(30):
        make_meal(ada, f"Dish {number:02}", publish=True)
    first = page(client, "/meals/")
    next_url = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    newcomer = make_meal(ada, "Newcomer", publish=True)
    Meal.objects.filter(pk=newcomer.pk).update(published_at=timezone.now())
    second = page(client, next_url)
    titles = [re.findall(r'cover-link" href="[^"]+">(Dish \d\d|Newcomer)<', text) for text in (first, second)]
    assert len(titles[0]) == 24
    assert not set(titles[0]) & set(titles[1])
    assert client.get(next_url, headers={"hx-request": "true"}).content.count(b"<article") == len(titles[1])


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=99999999",
        "as_of=never",
        "as_of=2026-99-99T00:00",
        "page=٣",
        "as_of=9999-12-31T23:59:59-14:00",
    ],
)
def test_pages_that_make_no_sense_are_taken_kindly(client, soup, query):
    page(client, f"/meals/?{query}")


def test_save_and_unsave_by_form_and_by_htmx(client, sam, soup):
    client.force_login(sam)
    assert client.post("/meals/lentil-soup/save").status_code == 302
    answer = client.post("/meals/lentil-soup/unsave", headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "/meals/lentil-soup/save" in answer.content.decode()
    assert Meal.objects.get(pk=soup.pk).save_count == 0


@pytest.mark.parametrize("path", ["save", "unsave", "review", "review/delete"])
def test_visitors_are_asked_to_sign_in(client, soup, path):
    answer = client.post(f"/meals/lentil-soup/{path}")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("path", ["save", "unsave", "review/delete"])
def test_changes_are_not_made_by_get(client, sam, soup, path):
    client.force_login(sam)
    assert client.get(f"/meals/lentil-soup/{path}").status_code == 405


def test_review_is_written_changed_and_deleted(client, sam, soup):
    client.force_login(sam)
    assert client.post("/meals/lentil-soup/review", {"rating": "4", "text": "Warm."}).status_code == 302
    assert "Warm." in page(client, "/meals/lentil-soup/")
    assert "Warm." in page(client, "/meals/lentil-soup/review")
    assert client.post("/meals/lentil-soup/review/delete").status_code == 302
    assert not Review.objects.exists()


def test_review_without_stars_keeps_the_text(client, sam, soup):
    client.force_login(sam)
    answer = client.post("/meals/lentil-soup/review", {"text": "My long thoughts"})
    assert answer.status_code == 422
    assert "Give one to five stars." in answer.content.decode()
    assert "My long thoughts" in answer.content.decode()


def test_review_of_own_meal_says_why_not(client, ada, soup):
    client.force_login(ada)
    answer = client.post("/meals/lentil-soup/review", {"rating": "5", "text": "Great"})
    assert answer.status_code == 422
    assert "You cannot review your own meal." in answer.content.decode()


LISTS = ["/", "/meals/", "/meals/?q=dish&diet=vegan&max_minutes=20", "/meals/saved/", "/create/", "/meals/dish-0/"]


@pytest.mark.parametrize("path", LISTS)
def test_number_of_queries_does_not_grow_with_the_list(client, ada, sam, path):
    def grow(count, start):
        for number in range(start, start + count):
            meal = make_meal(ada, f"Dish {number}", publish=True, tags=["warm"], minutes=10)
            Meal.objects.filter(pk=meal.pk).update(diets=frozenset({"vegan"}))
            services.save_meal(meal_id=meal.pk, user=sam)
            services.write_review(meal_id=meal.pk, author=sam, rating=4, text="Good", now=NOW)
        index_all()

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client, path)
        return len(queries)

    grow(2, 0)
    client.force_login(ada if path == "/create/" else sam)
    count()
    few = count()
    grow(3, 2)
    assert count() == few


def test_lower_bound_of_nothing_is_unknown(client, soup):
    Meal.objects.update(protein_g=0, calories=0)
    text = page(client, "/meals/")
    assert "kcal unknown" in text
    assert "0 g" not in re.search(r'<div class="figures">.*?</div>', text, re.DOTALL)[0]
