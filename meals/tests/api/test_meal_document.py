from decimal import Decimal

import pytest
from djmoney.money import Money

from meals import services
from meals.api.shapes import scaled
from meals.models import IngredientLine, Meal
from meals.tests.factories import NOW, make_meal

URL = "/api/v1/meals/red-lentil-soup"


def test_meal_is_read_whole(api, soup):
    response = api.get(URL)
    body = response.json()
    assert response.status_code == 200
    assert [line["text"] for line in body["ingredients"]] == ["200 g red lentils", "1 l water"]
    assert body["steps"] == ["Simmer until soft."]
    assert body["tags"] == [{"slug": "soup", "name": "Soup"}]
    assert body["creator"] == {"handle": "ada", "name": "Ada", "avatar": None, "verified": False}
    assert (body["price"], body["source"], body["status"], body["version"]) == (None, None, "published", 1)
    assert "scheduled_for" not in body


def test_meal_has_its_price_and_source(api, ada):
    make_meal(ada, "Bowl", publish=True, price=Money("12.50", "EUR"), source_url="https://example.org/x")
    body = api.get("/api/v1/meals/bowl").json()
    assert body["price"] == {"amount": "12.50", "currency": "EUR"}
    assert body["source"] == {"url": "https://example.org/x", "name": "", "author": "", "licence": ""}
    assert body["orderable"] is True


def test_draft_is_404_for_all_but_its_creator(api, signed_in, ada, sam, draft):
    url = f"/api/v1/meals/{draft.slug}"
    assert [client.get(url).status_code for client in (api, signed_in(sam), signed_in(ada))] == [404, 404, 200]
    assert signed_in(ada).get(url).json()["scheduled_for"] is None


def test_servings_scale_exactly(api, soup):
    IngredientLine.objects.filter(meal=soup, position=1).update(quantity=Decimal("0.333333333333"))
    at_six = api.get(f"{URL}?servings=6").json()
    assert (at_six["servings"], at_six["ingredients"][0]["quantity"]) == (6, 0.666666666666)
    assert api.get(f"{URL}?servings=3").json()["ingredients"] == api.get(URL).json()["ingredients"]


@pytest.mark.parametrize(
    ("quantity", "factor", "expected"), [("1", 3, "3"), ("100", 1, "100"), ("0.5", 2, "1"), ("1.25", 2, "2.5")]
)
def test_scaled_amount_shows_no_needless_zeros(quantity, factor, expected):
    assert str(scaled(Decimal(quantity), factor)) == expected


@pytest.mark.parametrize("servings", ["0", "-1", "501", "two", "1.5"])
def test_servings_out_of_range_are_refused(api, soup, servings):
    response = api.get(f"{URL}?servings={servings}")
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "?servings")


@pytest.mark.parametrize("lines", [1, 30])
def test_meal_costs_the_same_queries_however_long(api, ada, lines, django_assert_num_queries):
    make_meal(ada, "Long", publish=True, ingredients=[f"{n} eggs" for n in range(1, lines + 1)])
    with django_assert_num_queries(5):
        api.get("/api/v1/meals/long")


def test_meal_is_written_down(signed_in, sam):
    body = {
        "title": "Porridge",
        "servings": 2,
        "ingredients": ["100 g oats", {"text": "300 ml milk"}],
        "steps": ["Cook."],
        "tags": ["Breakfast"],
        "price": {"amount": "4.00", "currency": "EUR"},
        "nutrition": {"calories": "250.5"},
        "diets": ["vegetarian"],
        "allergens": None,
    }
    response = signed_in(sam).post("/api/v1/meals", body)
    assert response.status_code == 201, response.content
    meal = Meal.objects.get()
    assert (meal.creator, meal.status, meal.slug) == (sam, "draft", "porridge")
    assert [line.text for line in meal.ingredients.all()] == ["100 g oats", "300 ml milk"]
    assert (meal.price.amount, meal.calories, meal.diets) == (Decimal("4.00"), Decimal("250.50"), {"vegetarian"})
    assert response["Location"] == "/api/v1/meals/porridge"
    assert response.json() == signed_in(sam).get(response["Location"]).json()


def test_writing_twice_with_one_key_makes_one_meal(signed_in, sam):
    client = signed_in(sam)
    first, second = (
        client.post("/api/v1/meals", {"title": "Once"}, headers={"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert (first.content, second["Idempotent-Replayed"], Meal.objects.count()) == (second.content, "true", 1)


def test_writing_needs_a_sign_in(api, db):
    assert api.post("/api/v1/meals", {"title": "x"}).status_code == 401


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/title", "required"),
        ({"title": " "}, "/title", "blank"),
        ({"title": "x" * 201}, "/title", "max_length"),
        ({"title": "x", "creator": "ben"}, "/creator", "unknown_field"),
        ({"title": "x", "status": "published"}, "/status", "unknown_field"),
        ({"title": "x", "servings": 0}, "/servings", "min_value"),
        ({"title": "x", "servings": 10**30}, "/servings", "invalid"),
        ({"title": "x", "price": {"amount": "1.234", "currency": "EUR"}}, "/price/amount", "max_decimal_places"),
        ({"title": "x", "price": {"amount": "1", "currency": "XXX"}}, "/price", "invalid_meal"),
        ({"title": "x", "price": {"amount": "1", "currency": "eur"}}, "/price/currency", "invalid"),
        ({"title": "x", "price": {"amount": "1", "currency": "ABC"}}, "/price/currency", "invalid"),
        ({"title": "x", "diets": ["carnivore"]}, "/diets/0", "invalid_choice"),
        ({"title": "x", "nutrition": {"magic": 1}}, "/nutrition/magic", "unknown_field"),
        ({"title": "x", "nutrition": {"calories": "NaN"}}, "/nutrition/calories", "invalid"),
        ({"title": "x", "ingredients": [{"quantity": 1}]}, "/ingredients/0", "invalid"),
        ({"title": "x", "source_url": "javascript:alert(1)"}, "/source_url", "invalid"),
        ({"title": "x", "language": "!!"}, "/language", "invalid_meal"),
        ({"title": "a\x00b"}, "/title", "null_characters_not_allowed"),
    ],
)
def test_meal_that_cannot_stand_is_refused_by_field(signed_in, sam, body, pointer, code):
    response = signed_in(sam).post("/api/v1/meals", body)
    assert response.status_code == 400, response.content
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [(pointer, code)]


def edit(client, body, etag='"1"', url=URL):
    return client.patch(url, body, headers={"If-Match": etag})


def test_edit_changes_what_is_given(signed_in, ada, soup):
    client = signed_in(ada)
    etag = client.get(URL)["ETag"]
    response = edit(client, {"summary": "Better."}, etag)
    assert response.status_code == 200, response.content
    body = response.json()
    assert (body["summary"], body["version"], body["title"]) == ("Better.", 2, "Red lentil soup")
    assert edit(client, {"summary": "Best."}, response["ETag"]).json()["version"] == 3


def test_edit_takes_back_what_was_read(signed_in, ada, soup):
    client = signed_in(ada)
    read = client.get(URL).json()
    response = edit(client, {"ingredients": read["ingredients"], "steps": read["steps"]})
    assert (response.status_code, response.json()["version"]) == (200, 1)


def test_second_edit_of_one_version_is_412_with_what_is_stored(signed_in, ada, soup):
    client = signed_in(ada)
    edit(client, {"title": "First"})
    response = edit(client, {"title": "Second"})
    body = response.json()
    assert (response.status_code, body["current_version"], body["current"]["title"]) == (412, 2, "First")


def test_edit_without_if_match_is_428(signed_in, ada, soup):
    assert signed_in(ada).patch(URL, {"title": "x"}).status_code == 428


def test_edit_is_for_the_creator_alone(api, signed_in, sam, soup, draft):
    assert edit(api, {"title": "x"}).status_code == 401
    assert edit(signed_in(sam), {"title": "x"}).status_code == 403
    assert edit(signed_in(sam), {"title": "x"}, url=f"/api/v1/meals/{draft.slug}").status_code == 404


def test_delete_removes_a_draft_and_archives_what_was_published(signed_in, ada, soup, draft):
    client = signed_in(ada)
    assert [client.delete(f"/api/v1/meals/{meal.slug}").status_code for meal in (soup, draft)] == [204, 204]
    assert [(meal.pk, meal.status) for meal in Meal.objects.all()] == [(soup.pk, "archived")]


def test_delete_is_for_the_creator_alone(api, signed_in, sam, soup):
    assert (api.delete(URL).status_code, signed_in(sam).delete(URL).status_code) == (401, 403)


def move(client, slug, to, **more):
    return client.post(f"/api/v1/meals/{slug}/transition", {"to": to} | more)


def test_meal_is_moved_through_its_life(signed_in, ada, draft):
    client = signed_in(ada)
    moves = [
        ("published", {}),
        ("archived", {}),
        ("draft", {}),
        ("scheduled", {"scheduled_for": "2999-01-01T00:00:00Z"}),
        ("draft", {}),
    ]
    statuses = [move(client, draft.slug, to, **more).json()["status"] for to, more in moves]
    assert statuses == [to for to, _ in moves]


def test_illegal_move_lists_the_legal_ones(signed_in, ada, soup):
    response = move(signed_in(ada), soup.slug, "published")
    assert (response.status_code, response.json()["legal"]) == (409, ["archived", "draft"])


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"to": "scheduled"}, "/scheduled_for"),
        ({"to": "nowhere"}, "/to"),
        ({"to": "scheduled", "scheduled_for": "2001-01-01"}, "/scheduled_for"),
    ],
)
def test_move_that_cannot_be_read_is_refused(signed_in, ada, draft, more, pointer):
    response = signed_in(ada).post(f"/api/v1/meals/{draft.slug}/transition", more)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, pointer)


def test_moving_is_for_the_creator_alone(api, signed_in, sam, soup, draft):
    assert move(api, soup.slug, "draft").status_code == 401
    assert move(signed_in(sam), soup.slug, "draft").status_code == 403
    assert move(signed_in(sam), draft.slug, "published").status_code == 404


def test_publishing_needs_a_creator(signed_in, sam):
    meal = make_meal(sam, "Mine")
    response = move(signed_in(sam), meal.slug, "published")
    assert (response.status_code, response.json()["code"]) == (403, "creator_only")


def test_staff_take_down_with_a_reason(signed_in, soup, django_user_model):
    staff = django_user_model.objects.create_superuser("mod@example.test", "x", handle="mod", name="Mod")
    assert move(signed_in(staff), soup.slug, "archived").json()["code"] == "reason_needed"
    assert move(signed_in(staff), soup.slug, "archived", reason="Copied").status_code in (200, 404)
    soup.refresh_from_db()
    assert soup.status == "archived"


def test_own_meals_are_listed_in_every_state(api, signed_in, ada, sam, soup, draft):
    assert api.get("/api/v1/me/meals").status_code == 401
    assert signed_in(sam).get("/api/v1/me/meals").json()["results"] == []
    found = signed_in(ada).get("/api/v1/me/meals").json()["results"]
    assert sorted((meal["slug"], meal["status"]) for meal in found) == [
        ("red-lentil-soup", "published"),
        ("secret-stew", "draft"),
    ]


def test_archived_meal_is_404_for_strangers(api, ada, soup):
    services.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
    assert api.get(URL).status_code == 404


def test_address_of_a_meal_in_another_script_leads_to_it(signed_in, sam):
    client = signed_in(sam)
    response = client.post("/api/v1/meals", {"title": "红烧豆腐"})
    assert client.get(response["Location"]).json()["title"] == "红烧豆腐"
