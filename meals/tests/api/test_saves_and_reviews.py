import pytest

from meals import services
from meals.models import Meal, Review, SavedMeal
from meals.tests.factories import NOW, make_user

SAVE = "/api/v1/meals/red-lentil-soup/save"
REVIEWS = "/api/v1/meals/red-lentil-soup/reviews"


def test_save_may_be_said_twice(signed_in, sam, soup):
    client = signed_in(sam)
    assert [client.put(SAVE).status_code for _ in range(2)] == [204, 204]
    assert (SavedMeal.objects.count(), Meal.objects.get().save_count) == (1, 1)
    assert [client.delete(SAVE).status_code for _ in range(2)] == [204, 204]
    assert (SavedMeal.objects.count(), Meal.objects.get().save_count) == (0, 0)


def test_saved_meal_that_was_hidden_can_be_let_go(signed_in, ada, sam, soup):
    client = signed_in(sam)
    client.put(SAVE)
    services.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
    assert client.get("/api/v1/me/saved-meals").json()["results"] == []
    assert [client.delete(SAVE).status_code for _ in range(2)] == [204, 404]


def test_saving_needs_a_sign_in_and_a_visible_meal(api, signed_in, sam, soup, draft):
    assert (api.put(SAVE).status_code, api.delete(SAVE).status_code) == (401, 401)
    client = signed_in(sam)
    assert client.put(f"/api/v1/meals/{draft.slug}/save").status_code == 404
    assert client.delete(f"/api/v1/meals/{draft.slug}/save").status_code == 404


def test_saved_meals_are_listed_last_first(api, signed_in, sam, soup, django_assert_num_queries):
    client = signed_in(sam)
    client.put(SAVE)
    assert [meal["slug"] for meal in client.get("/api/v1/me/saved-meals").json()["results"]] == ["red-lentil-soup"]
    assert api.get("/api/v1/me/saved-meals").status_code == 401


def test_review_is_written_read_changed_and_taken_back(api, signed_in, sam, soup):
    client = signed_in(sam)
    written = client.post(REVIEWS, {"rating": 4, "text": "Good."})
    assert written.status_code == 201, written.content
    assert api.get(REVIEWS).json()["results"] == [written.json()]
    url = f"{REVIEWS}/{written.json()['id']}"
    assert client.patch(url, {"rating": 5}).json() | {"updated_at": ""} == written.json() | {
        "rating": 5,
        "updated_at": "",
    }
    assert client.delete(url).status_code == 204
    assert (Review.objects.count(), client.delete(url).status_code) == (0, 404)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/rating"),
        ({"rating": 0}, "/rating"),
        ({"rating": 6}, "/rating"),
        ({"rating": 4.5}, "/rating"),
        ({"rating": 4, "text": "x" * 2001}, "/text"),
        ({"rating": 4, "author": "ada"}, "/author"),
    ],
)
def test_review_that_cannot_stand_is_refused_by_field(signed_in, sam, soup, body, pointer):
    response = signed_in(sam).post(REVIEWS, body)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, pointer)


def test_own_meal_cannot_be_reviewed(signed_in, ada, soup):
    assert signed_in(ada).post(REVIEWS, {"rating": 5}).json()["code"] == "own_meal"


def test_reviewing_needs_a_sign_in_and_a_visible_meal(api, signed_in, sam, soup, draft):
    assert api.post(REVIEWS, {"rating": 5}).status_code == 401
    hidden = f"/api/v1/meals/{draft.slug}/reviews"
    assert (signed_in(sam).post(hidden, {"rating": 5}).status_code, api.get(hidden).status_code) == (404, 404)


def test_review_of_another_is_not_mine_to_change(api, signed_in, sam, ben, soup):
    services.write_review(meal_id=soup.pk, author=ben, rating=3, text="", now=NOW)
    url = f"{REVIEWS}/{Review.objects.get().public_id}"
    client = signed_in(sam)
    assert [client.patch(url, {"rating": 1}).status_code, client.delete(url).status_code] == [403, 403]
    assert [api.patch(url, {}).status_code, client.delete(f"{REVIEWS}/nothing").status_code] == [401, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_reviews_cost_the_same_queries_however_many(api, soup, count, django_assert_num_queries):
    for _ in range(count):
        services.write_review(meal_id=soup.pk, author=make_user(), rating=3, text="", now=NOW)
    with django_assert_num_queries(2):
        assert len(api.get(REVIEWS).json()["results"]) == count
