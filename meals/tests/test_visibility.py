"""REC-8: what is not public shows on no surface to others. One table of surfaces, one of hidden states."""

from datetime import timedelta

import pytest

from fitfoodie.search import services as search
from meals import selectors, services
from meals.content import MealContent
from meals.models import Meal
from meals.tests.factories import NOW, index_all, make_meal

TITLE = "Secret saffron risotto"


def _draft(meal, owner):
    services.unpublish_meal(meal_id=meal.pk, actor=owner, now=NOW)


def _scheduled(meal, owner):
    _draft(meal, owner)
    services.schedule_meal(meal_id=meal.pk, actor=owner, at=NOW + timedelta(days=1), now=NOW)


def _archived(meal, owner):
    services.archive_meal(meal_id=meal.pk, actor=owner, now=NOW)


def _for(audience):
    def narrow(meal, owner):
        content = MealContent(audience=audience)
        services.edit_meal(meal_id=meal.pk, editor=owner, content=content, expected_version=meal.version, now=NOW)

    return narrow


HIDDEN = {
    "draft": _draft,
    "scheduled": _scheduled,
    "archived": _archived,
    "private": _for("private"),
    "followers": _for("followers"),
}
LISTS = [
    "/",
    "/meals/",
    "/meals/?q=saffron",
    "/meals/?creator=ada",
    "/meals/?tag=gold",
    "/meals/saved/",
    "/meals/neighbour/",
    "/api/v1/meals",
    "/api/v1/meals?q=saffron",
    "/api/v1/meals/suggest?q=saffr",
    "/api/v1/me/saved-meals",
]
PAGES = ["", "print/", "history/", "cover.svg"]


@pytest.fixture
def risotto(ada, ben, sam):
    """Published and known to everybody, then hidden by the test; a public neighbour shares its tag."""
    make_meal(ben, "Neighbour", publish=True, tags=["Gold"])
    meal = make_meal(ada, TITLE, publish=True, tags=["Gold"])
    services.save_meal(meal_id=meal.pk, user=sam)
    index_all()
    return meal


@pytest.mark.parametrize("path", LISTS)
def test_public_meal_is_on_the_lists(client, sam, risotto, path):
    client.force_login(sam)
    assert TITLE in client.get(path).content.decode()


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("path", LISTS)
def test_hidden_meal_is_on_no_list(client, ada, sam, risotto, path, state):
    HIDDEN[state](risotto, ada)
    client.force_login(sam)
    assert TITLE not in client.get(path).content.decode()


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_meal_has_no_page_for_others_and_one_for_its_creator(client, ada, sam, risotto, state):
    HIDDEN[state](risotto, ada)
    for visitor, expected in ((None, 404), (sam, 404), (ada, 200)):
        client.logout()
        if visitor:
            client.force_login(visitor)
        assert {client.get(f"/meals/{risotto.slug}/{page}").status_code for page in PAGES} == {expected}
    assert client.get(f"/api/v1/meals/{risotto.slug}").status_code == 200
    client.logout()
    assert client.get(f"/api/v1/meals/{risotto.slug}").status_code == 404


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("action", ["save", "review"])
def test_hidden_meal_takes_nothing_from_others(client, ada, ben, risotto, state, action):
    HIDDEN[state](risotto, ada)
    client.force_login(ben)
    assert client.post(f"/meals/{risotto.slug}/{action}", {"rating": 5}).status_code == 404


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_meal_is_not_suggested_or_found(ada, ben, risotto, state):
    assert search.suggest("meals", "saff") == [TITLE]
    HIDDEN[state](risotto, ada)
    assert search.suggest("meals", "saff") == []
    assert search.search("meals", "saffron").hits == []
    assert selectors.similar_meals(Meal.objects.get(slug="neighbour"), ben) == []
