"""Meals to look for, found by each engine in turn: the database's own, and Elasticsearch over HTTP."""

import pytest

from fitfoodie.search import services
from fitfoodie.search.tests.fake_elasticsearch import FakeElasticsearch
from meals.tests.factories import make_meal


@pytest.fixture
def fake_elasticsearch(settings):
    fake = FakeElasticsearch()
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = fake.url
    yield fake
    fake.stop()


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request):
    if request.param == "elasticsearch":
        request.getfixturevalue("fake_elasticsearch")
    return request.param


@pytest.fixture
def index(engine, db, django_capture_on_commit_callbacks):
    """Call it with meals to bring the index up to date with them, everything that follows included."""

    def bring_up_to_date(*meals):
        with django_capture_on_commit_callbacks(execute=True):
            services.index_objects("meals", [meal.pk for meal in meals])

    return bring_up_to_date


@pytest.fixture
def menu(ada, index):
    """Six meals by short names."""
    meals = {
        "bowl": make_meal(ada, "Chicken rice bowl", publish=True, tags=["quick"], ingredients=["300 g chicken breast"]),
        "soup": make_meal(ada, "Grandma's soup", publish=True, tags=["chicken"], ingredients=["1 l broth"]),
        "pie": make_meal(
            ada, "Shepherd pie", publish=True, ingredients=["200 g chicken or lamb", "1 head of broccoli"]
        ),
        "salad": make_meal(
            ada,
            "Crème fraîche salad",
            publish=True,
            ingredients=["2 ripe avocados"],
            steps=["Serve beside grilled chicken. Chicken goes well, chicken always does, chicken!"],
        ),
        "mac": make_meal(ada, "Mac and cheese", publish=True, ingredients=["250 g macaroni", "100 g cheddar"]),
        "fish": make_meal(ada, "糖醋鲤鱼", publish=True, language="zh", ingredients=["鲤鱼 1条"], steps=["先煎后煮。"]),
    }
    index(*meals.values())
    return meals
