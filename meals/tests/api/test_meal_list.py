from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.search import services as search
from meals import services
from meals.filters import ORDERINGS
from meals.models import Meal
from meals.tests.factories import NOW, make_meal

URL = "/api/v1/meals"


def slugs(response):
    assert response.status_code == 200, response.content
    return [meal["slug"] for meal in response.json()["results"]]


def test_list_shows_a_card(api, soup):
    Meal.objects.update(calories=Decimal("312.50"), rating_average=Decimal("4.50"), rating_count=2)
    (card,) = api.get(URL).json()["results"]
    assert card == {
        "id": soup.public_id,
        "slug": "red-lentil-soup",
        "title": "Red lentil soup",
        "summary": "",
        "language": "en",
        "creator": {"handle": "ada", "name": "Ada", "avatar": None, "verified": False},
        "cover": card["cover"],
        "diets": sorted(soup.diets),
        "allergens": sorted(soup.allergens),
        "allergens_complete": soup.has_complete_traits,
        "minutes": None,
        "servings": 3,
        "nutrition": card["nutrition"] | {"calories": 312.5},
        "price": None,
        "rating": {"average": 4.5, "count": 2},
        "likes": 0,
        "liked": False,
        "saves": 0,
        "saved": False,
        "published_at": "2026-05-04T12:00:00Z",
    }


def test_list_is_empty_without_meals(api, db):
    assert api.get(URL).json() == {"results": [], "next": None, "previous": None}


@pytest.mark.parametrize("audience", ["private", "followers"])
def test_list_hides_what_is_not_for_everyone(api, signed_in, ada, sam, draft, audience):
    make_meal(ada, "Hidden", publish=True, audience=audience)
    archived = make_meal(ada, "Old", publish=True)
    services.archive_meal(meal_id=archived.pk, actor=ada, now=NOW)
    assert (slugs(api.get(URL)), slugs(signed_in(sam).get(URL))) == ([], [])


def test_list_knows_what_the_caller_saved(signed_in, sam, soup):
    services.save_meal(meal_id=soup.pk, user=sam)
    (card,) = signed_in(sam).get(URL).json()["results"]
    assert (card["saved"], card["saves"]) == (True, 1)


def test_list_respects_severe_allergies_unasked(signed_in, sam, soup):
    Meal.objects.update(allergens=frozenset({Allergen.MILK}), has_complete_traits=True)
    sam.profile.severe_allergies = frozenset({Allergen.MILK})
    sam.profile.save()
    assert slugs(signed_in(sam).get(URL)) == []


@pytest.fixture
def trio(ada, ben):
    one = make_meal(ada, "One", publish=True, price=None, tags=["quick"])
    two = make_meal(ada, "Two", publish=True)
    three = make_meal(ben, "Three", publish=True, tags=["quick", "slow"])
    for index, meal in enumerate((one, two, three), 1):
        Meal.objects.filter(pk=meal.pk).update(
            published_at=NOW + timedelta(days=index),
            calories=100 * index if index < 3 else None,
            protein_g=10 * index,
            minutes=index * 10,
            rating_average=index,
            save_count=index,
            price=Decimal(index) if index > 1 else None,
            diets=frozenset({Diet.VEGAN}) if index == 1 else frozenset(),
            allergens=frozenset({Allergen.NUTS}) if index == 2 else frozenset(),
            has_complete_traits=True,
        )
    search.rebuild("meals")
    return one, two, three


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("diet=vegan", ["one"]),
        ("exclude_allergen=nuts&ordering=-newest", ["one", "three"]),
        ("tag=slow", ["three"]),
        ("tag=quick,slow&ordering=-newest", ["one", "three"]),
        ("tag=quick&tag=slow&creator=ben", ["three"]),
        ("creator=ben", ["three"]),
        ("max_calories=150", ["one"]),
        ("min_protein=25", ["three"]),
        ("max_minutes=10", ["one"]),
        ("min_rating=2.5", ["three"]),
        ("orderable=true&ordering=newest", ["three", "two"]),
        ("orderable=false", ["one"]),
        ("ordering=newest", ["three", "two", "one"]),
        ("ordering=-newest", ["one", "two", "three"]),
        ("ordering=calories", ["one", "two", "three"]),
        ("ordering=-calories", ["two", "one", "three"]),
        ("ordering=price", ["two", "three", "one"]),
        ("q=two", ["two"]),
    ],
)
def test_list_is_narrowed_and_ordered(api, query, found):
    assert slugs(api.get(f"{URL}?{query}")) == found


def test_list_forgives_typing_mistakes(api, ada):
    make_meal(ada, "Broccoli bowl", publish=True)
    search.rebuild("meals")
    assert slugs(api.get(f"{URL}?q=brocoli")) == ["broccoli-bowl"]


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize("ordering", [sign + name for name in ORDERINGS for sign in ("", "-")])
@pytest.mark.parametrize("words", ["", "&q=lentils"])
def test_every_ordering_is_walked_without_gap_or_repeat(api, ordering, words):
    whole = slugs(api.get(f"{URL}?ordering={ordering}{words}"))
    url, walked, back = f"{URL}?ordering={ordering}{words}&page_size=1", [], None
    while url:
        body = api.get(url).json()
        walked += [meal["slug"] for meal in body["results"]]
        url, back = body["next"], body["previous"]
    assert walked == whole
    if back:
        assert [meal["slug"] for meal in api.get(back).json()["results"]] == whole[-2:-1]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("diet=carnivore", "?diet"),
        ("max_calories=many", "?max_calories"),
        ("max_calories=NaN", "?max_calories"),
        ("max_calories=1e400", "?max_calories"),
        ("min_rating=9", "?min_rating"),
        ("ordering=sideways", "?ordering"),
        ("page_size=1000", "?page_size"),
        ("colour=red", "?colour"),
        ("q=" + "x" * 500, "?q"),
    ],
)
def test_list_refuses_what_it_cannot_read_by_name(api, db, query, pointer):
    response = api.get(f"{URL}?{query}")
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, pointer)


def test_list_refuses_a_cursor_of_other_filters(api, trio):
    cursor = api.get(f"{URL}?page_size=1").json()["next"].partition("cursor=")[2]
    assert api.get(f"{URL}?page_size=1&max_minutes=30&cursor={cursor}").json()["code"] == "invalid_cursor"


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_list_asks_at_most_four_queries_however_long(api, signed_in, ada, sam, is_signed_in):
    client = signed_in(sam) if is_signed_in else api
    counts = []
    for _ in range(3):
        make_meal(ada, publish=True, tags=["a", "b"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"{URL}?max_minutes=&diet=&ordering=newest")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 4


def test_list_is_not_sent_twice(api, soup):
    etag = api.get(URL)["ETag"]
    assert api.get(URL, headers={"If-None-Match": etag}).status_code == 304


def test_list_writes_no_session(signed_in, sam, soup):
    client = signed_in(sam)
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
