"""Collections by page: made, laid out, seen, deleted. Owner ada, stranger ben."""

import pytest

from influencers.models import Collection
from influencers.services.collections import change_collection, create_collection
from influencers.tests.factories_creators import NOW
from meals import services
from meals.tests.factories import make_meal

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def soups(ada):
    make_meal(ada, "Red soup", publish=True)
    make_meal(ada, "Green soup", publish=True)
    return create_collection(user=ada, title="Soups", now=NOW, meals=["red-soup", "green-soup"])


def test_made_by_form_and_opened(as_ada, ada):
    answer = as_ada.post("/studio/collections/", {"title": "Weeknights", "description": "", "is_public": "on"})
    assert answer["Location"] == "/studio/collections/weeknights/"
    assert "Weeknights" in text_of(as_ada.get("/studio/collections/"))
    assert as_ada.post("/studio/collections/", {"title": ""}).status_code == 422


def test_meals_are_laid_out_by_place(as_ada, ada, soups):
    red, green = (meal.pk for meal in ada.meals.order_by("pk"))
    typed = {"title": "Soups", "is_public": "on", "position": "2", f"place_{red}": "2", f"place_{green}": "1"}
    assert as_ada.get("/studio/collections/soups/").status_code == 200
    assert as_ada.post("/studio/collections/soups/", typed).status_code == 302
    stored = Collection.objects.get()
    assert [item.meal_id for item in stored.items.all()] == [green, red]
    assert stored.position == 2
    text = text_of(as_ada.get("/@ada/collections/soups/"))
    assert text.index("Green soup") < text.index("Red soup")
    assert as_ada.post("/studio/collections/soups/", typed | {f"place_{red}": "x"}).status_code == 422


def test_strangers_edit_nothing(client, ben, soups):
    client.force_login(ben)
    for address in ("/studio/collections/soups/", "/studio/collections/soups/delete"):
        assert client.post(address, {"title": "Mine"}).status_code == 404


def test_everybody_sees_public_ones_on_the_page(client, soups):
    text = text_of(client.get("/@ada"))
    assert "/@ada/collections/soups/" in text
    assert "2 meals" in text
    assert client.get("/@ada/collections/soups/").status_code == 200
    assert client.get("/@ada/collections/none/").status_code == 404


def test_own_ones_that_are_not_public_stay_own(client, as_ada, ada, ben, soups):
    change_collection(collection_id=soups.pk, user=ada, changes={"is_public": False}, now=NOW)
    assert "Only you see this collection" in text_of(as_ada.get("/@ada/collections/soups/"))
    client.force_login(ben)
    assert client.get("/@ada/collections/soups/").status_code == 404
    assert "Soups" not in text_of(client.get("/@ada"))


def test_meals_taken_back_are_gone_and_empty_ones_are_not_shown(client, ada, soups):
    for meal in ada.meals.all():
        services.unpublish_meal(meal_id=meal.pk, actor=ada, now=NOW)
    assert "Red soup" not in text_of(client.get("/@ada/collections/soups/"))
    assert "/@ada/collections/soups/" not in text_of(client.get("/@ada"))


def test_former_handle_leads_on(client, ada, soups):
    client.force_login(ada)
    client.post("/settings/account/", {"form": "handle", "handle": "famous"})
    assert client.get("/@ada/collections/soups/")["Location"] == "/@famous/collections/soups/"


def test_deleted_by_button(as_ada, soups):
    assert as_ada.post("/studio/collections/soups/delete")["Location"] == "/studio/collections/"
    assert not Collection.objects.exists()


def test_member_is_led_to_becoming_a_creator(client, sam):
    client.force_login(sam)
    assert "/create/start/" in text_of(client.get("/studio/collections/"))
    assert client.post("/studio/collections/", {"title": "Mine"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_profile_asks_the_same_number_of_questions(client, ada, django_assert_max_num_queries, count):
    for number in range(count):
        make_meal(ada, f"Meal {number}", publish=True)
        create_collection(user=ada, title=f"C{number}", now=NOW, meals=[f"meal-{number}"])
    with django_assert_max_num_queries(14):
        client.get("/@ada")
