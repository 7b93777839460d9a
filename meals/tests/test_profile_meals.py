import pytest

from meals.tests.factories import make_creator, make_meal, make_user

pytestmark = pytest.mark.django_db


def test_creator_shows_what_is_published(client):
    creator = make_creator("amara")
    make_meal(creator, "Lentil soup", publish=True)
    make_meal(creator, "Secret draft")
    page = client.get("/@amara").content.decode()
    assert "Lentil soup" in page
    assert "Secret draft" not in page
    assert "/meals/?creator=amara" not in page


def test_creator_with_many_meals_leads_to_all_of_them(client, django_assert_max_num_queries):
    creator = make_creator("amara")
    for number in range(13):
        make_meal(creator, f"Soup {number}", publish=True)
    with django_assert_max_num_queries(12):
        page = client.get("/@amara").content.decode()
    assert page.count('class="card link meal-card"') == 12
    assert "/meals/?creator=amara" in page


def test_person_without_meals_has_no_such_section(client):
    make_user("leo")
    assert "profile-meals" not in client.get("/@leo").content.decode()
