"""The creator's side by page: write, keep, publish, conflict, export. Owner ada, stranger ben, reader sam."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from meals import services
from meals.content import MealContent, from_json
from meals.models import Meal
from meals.tests.factories import NOW, make_meal
from meals.views import studio

TYPED = {
    "title": "Bean stew",
    "ingredients": "200 g beans\n\nSauce:\n1 tbsp oil",
    "steps": "Soak.\n\nBoil.",
    "tags": "warm, Cheap",
    "servings": "4",
    "language": "en",
    "audience": "everyone",
    "price": "7.50",
    "currency": "EUR",
    "version": "0",
}


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def test_new_meal_is_written_and_opens_in_the_editor(as_ada, ada):
    answer = as_ada.post("/create/meals/new/", TYPED)
    assert answer["Location"] == "/create/meals/bean-stew/"
    content = services.content_of(Meal.objects.get())
    assert content.ingredients == ("200 g beans", "Sauce:", "1 tbsp oil")
    assert content.steps == ("Soak.", "Boil.")
    assert content.tags == ("warm", "Cheap")
    assert str(content.price.amount) == "7.50"
    assert as_ada.get("/create/meals/bean-stew/").status_code == 200


def test_steps_without_empty_lines_are_a_line_each(as_ada):
    as_ada.post("/create/meals/new/", TYPED | {"steps": "Soak.\r\nBoil."})
    assert services.content_of(Meal.objects.get()).steps == ("Soak.", "Boil.")


def test_save_and_publish(as_ada):
    answer = as_ada.post("/create/meals/new/", TYPED | {"then": "publish"})
    assert answer["Location"] == "/meals/bean-stew/"
    assert Meal.objects.get().status == "published"


def test_save_and_look(as_ada):
    assert as_ada.post("/create/meals/new/", TYPED | {"then": "look"})["Location"] == "/meals/bean-stew/"


def test_refused_publish_keeps_the_draft_and_says_why(client, sam):
    client.force_login(sam)
    answer = client.post("/create/meals/new/", TYPED | {"then": "publish"}, follow=True)
    assert "Publishing is for creators." in answer.content.decode()
    assert Meal.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"servings": "0"}, "greater than or equal to 1"),
        ({"ingredients": "x" * 501}, "Line 1 is longer than 500 characters"),
        ({"price": "12345"}, "A price is from 0 to 9999."),
        ({"source_url": "javascript:alert(1)"}, "This is not a web address."),
        ({"has_own_nutrition": "on", "calories": "-1"}, "greater than or equal to 0"),
        ({"language": "klingon!"}, "Name the language by its code"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(as_ada, wrong, said):
    answer = as_ada.post("/create/meals/new/", TYPED | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "Soak.\n\nBoil." in text
    assert not Meal.objects.exists()


def test_by_hand_fields_are_kept_and_shown_again(as_ada):
    by_hand = {"has_own_nutrition": "on", "calories": "512.5", "declares_allergens": "on", "allergens": ["milk"]}
    as_ada.post("/create/meals/new/", TYPED | by_hand | {"declares_diets": "on", "diets": ["vegetarian"]})
    meal = Meal.objects.get()
    assert (str(meal.calories), meal.allergens, meal.diets) == ("512.50", {"milk"}, {"vegetarian"})
    assert 'value="512.50"' in as_ada.get("/create/meals/bean-stew/").content.decode()


def test_edit_conflict_shows_both_and_loses_nothing(as_ada, ada):
    meal = make_meal(ada, "Bean stew")
    other = MealContent(summary="Saved elsewhere.")
    services.edit_meal(meal_id=meal.pk, editor=ada, content=other, expected_version=1, now=NOW)
    mine = TYPED | {"version": "1", "summary": "Typed here."}
    answer = as_ada.post("/create/meals/bean-stew/", mine)
    text = answer.content.decode()
    assert answer.status_code == 412
    assert "Saved elsewhere." in text
    assert "Typed here." in text
    assert 'name="version" value="2"' in text
    assert as_ada.post("/create/meals/bean-stew/", mine | {"version": "2"}).status_code == 302
    assert Meal.objects.get().summary == "Typed here."


@pytest.mark.parametrize(
    "path",
    ["", "history/", "schedule/", "publish", "unpublish", "archive", "restore", "delete", "photos", "photos/add"],
)
def test_meals_of_others_are_not_there(client, ada, ben, path):
    make_meal(ada, "Mine", publish=True)
    client.force_login(ben)
    method = client.get if path in {"", "history/", "schedule/", "photos"} else client.post
    assert method(f"/create/meals/mine/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/create/", "/create/meals/new/", "/create/export/", "/create/meals/mine/"])
def test_visitors_are_asked_to_sign_in(client, db, path):
    assert "login" in client.get(path)["Location"]


def test_studio_lists_by_state(as_ada, ada):
    make_meal(ada, "Draft one")
    make_meal(ada, "Public one", publish=True)
    text = as_ada.get("/create/?status=published").content.decode()
    assert "Public one" in text
    assert "Draft one" not in text
    assert "Draft one" in as_ada.get("/create/?status=nonsense&page=x").content.decode()


def test_studio_without_meals_offers_to_begin(client, sam):
    client.force_login(sam)
    assert "Write down a meal" in client.get("/create/").content.decode()


def test_moves_by_button(as_ada, ada):
    make_meal(ada, "Mine")
    for move, state in (
        ("publish", "published"),
        ("unpublish", "draft"),
        ("archive", "archived"),
        ("restore", "draft"),
    ):
        assert as_ada.post(f"/create/meals/mine/{move}").status_code == 302
        assert Meal.objects.get().status == state
    answer = as_ada.post("/create/meals/mine/restore", follow=True)
    assert "This cannot be done" in answer.content.decode()
    as_ada.post("/create/meals/mine/delete")
    assert Meal.objects.get().status == "archived"


def test_draft_is_deleted_by_button(as_ada, ada):
    make_meal(ada, "Mine")
    as_ada.post("/create/meals/mine/delete")
    assert not Meal.objects.exists()


def test_schedule_is_a_wall_time_in_own_zone(as_ada, ada):
    ada.preferences.time_zone = "America/New_York"
    ada.preferences.save()
    make_meal(ada, "Mine")
    assert as_ada.get("/create/meals/mine/schedule/").status_code == 200
    assert as_ada.post("/create/meals/mine/schedule/", {"scheduled_for": "2099-07-01T09:30"}).status_code == 302
    expected = datetime(2099, 7, 1, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    assert Meal.objects.get().scheduled_for == expected


@pytest.mark.parametrize("value", ["", "yesterday", "2001-01-01T00:00"])
def test_schedule_that_cannot_be_is_refused_in_words(as_ada, ada, value):
    make_meal(ada, "Mine")
    assert as_ada.post("/create/meals/mine/schedule/", {"scheduled_for": value}).status_code == 422


def test_lines_are_understood_while_typing(as_ada):
    text = as_ada.post("/create/meals/understood", {"ingredients": "100 g butter\nmoon dust"}).content.decode()
    assert "1 of 2 ingredients count" in text
    assert "Butter" in text


def test_history_shows_what_changed(as_ada, ada):
    meal = make_meal(ada, "Mine")
    content = MealContent(ingredients=["300 g red lentils", "1 l water"])
    services.edit_meal(meal_id=meal.pk, editor=ada, content=content, expected_version=1, now=NOW)
    text = as_ada.get("/create/meals/mine/history/").content.decode()
    assert "300 g red lentils</ins>" in text
    assert "200 g red lentils</del>" in text


def test_export_holds_every_meal_and_reads_back_equal(as_ada, ada):
    first = make_meal(ada, "One", publish=True)
    make_meal(ada, "Two", tags=["warm"])
    answer = as_ada.get("/create/export/")
    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="fitfoodie-meals.jsonld"'
    assert [entry["name"] for entry in data["@graph"]] == ["One", "Two"]
    assert from_json(data["@graph"][0]["fitfoodie:content"]).changed_from(services.content_of(first)) == []
    assert data["@graph"][0]["fitfoodie:status"] == "published"


def test_draft_that_another_tab_deleted_meanwhile_is_simply_gone(as_ada, ada, monkeypatch):
    meal = make_meal(ada)
    found = studio.own_meal(meal.slug, ada)
    services.delete_meal(meal_id=meal.pk, actor=ada, now=NOW)
    monkeypatch.setattr(studio, "own_meal", lambda slug, user: found)  # as read a moment before
    assert as_ada.post(f"/create/meals/{found.slug}/delete").status_code == 302
