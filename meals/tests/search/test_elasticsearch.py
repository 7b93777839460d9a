"""What is Elasticsearch's own: its HTTP, its alias, and the database standing in when it is down."""

import pytest
from django.core.management import CommandError, call_command

from fitfoodie.search import health, services
from fitfoodie.search import index as indexes
from fitfoodie.search.engines import registry
from fitfoodie.search.engines.base import EngineUnavailableError
from fitfoodie.search.tasks import follow_outside
from meals.models import Meal
from meals.search import MEALS
from meals.tests.factories import make_meal

pytestmark = pytest.mark.django_db


@pytest.fixture
def soup(ada, fake_elasticsearch, django_capture_on_commit_callbacks):
    meal = make_meal(ada, "Lentil soup", publish=True)
    with django_capture_on_commit_callbacks(execute=True):
        services.index_objects("meals", [meal.pk])
    return meal


def test_first_write_creates_the_index_behind_its_alias(soup, fake_elasticsearch):
    ((name, held),) = fake_elasticsearch.indices.items()
    assert fake_elasticsearch.aliases == {"fitfoodie-meals": name}
    assert held["docs"] == {
        str(soup.pk): {
            "object_id": soup.pk,
            "name": "Lentil soup",
            "suggest": ["lentil soup", "soup"],
            "texts": {
                "title": "Lentil soup",
                "tags": "",
                "ingredients": "200 g red lentils\n1 l water",
                "summary": "",
                "steps": "\nSimmer until soft.",
            },
        }
    }


def test_rebuild_swaps_the_alias_in_one_call_and_drops_what_was_left_over(soup, fake_elasticsearch):
    (old,) = fake_elasticsearch.indices
    fake_elasticsearch.create("fitfoodie-meals-unfinished", {"mappings": {}})
    assert services.rebuild("meals") == 1
    (new,) = fake_elasticsearch.indices
    assert new != old
    assert fake_elasticsearch.aliases == {"fitfoodie-meals": new}
    assert fake_elasticsearch.requests.count(("POST", "/_aliases")) == 2


def test_change_during_a_rebuild_goes_to_both_indexes(soup, fake_elasticsearch):
    engine = registry.outside()
    engine._create(MEALS)
    Meal.objects.filter(pk=soup.pk).update(title="Bean soup")
    follow_outside(index_name="meals", ids=[soup.pk])
    held = [index["docs"][str(soup.pk)]["name"] for index in fake_elasticsearch.indices.values()]
    assert held == ["Bean soup", "Bean soup"]


def test_filling_never_overwrites_what_a_change_wrote(soup, fake_elasticsearch):
    engine = registry.outside()
    name = engine._create(MEALS)
    follow_outside(index_name="meals", ids=[soup.pk])
    stale = indexes.Document(id=soup.pk, texts={"title": "Stale"})
    from fitfoodie.search.engines.elasticsearch import _documents  # noqa: PLC0415  optional dependency

    engine._bulk(_documents("create", name, MEALS, [stale]))
    assert fake_elasticsearch.indices[name]["docs"][str(soup.pk)]["name"] == "Lentil soup"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_engine_that_answers_with_an_error_is_stood_in_for(soup, fake_elasticsearch, status):
    fake_elasticsearch.fails_with = status
    page = services.search("meals", "lentil")
    assert ([hit.id for hit in page.hits], page.is_degraded) == ([soup.pk], True)
    assert services.suggest("meals", "lent") == ["Lentil soup"]
    assert list(services.apply("meals", Meal.objects.public(), "lentil")) == [soup]


def test_engine_that_is_gone_is_left_alone_for_a_while(soup, fake_elasticsearch):
    fake_elasticsearch.stop()
    assert services.search("meals", "lentil").is_degraded
    assert health.is_degraded()
    assert services.search("meals", "lentil").hits[0].id == soup.pk
    assert health.report().is_degraded


def test_health_recovers_with_the_engine(soup, fake_elasticsearch):
    fake_elasticsearch.fails_with = 503
    services.search("meals", "lentil")
    assert health.report().is_degraded
    fake_elasticsearch.fails_with = None
    assert health.report() == health.SearchHealth(engine="elasticsearch", is_degraded=False)
    assert not services.search("meals", "lentil").is_degraded


def test_task_fails_so_that_it_is_tried_again(soup, fake_elasticsearch):
    fake_elasticsearch.fails_with = 503
    with pytest.raises(EngineUnavailableError):
        follow_outside(index_name="meals", ids=[soup.pk])


def test_task_without_an_outside_engine_does_nothing(db, settings):
    settings.SEARCH_ENGINE = "database"
    follow_outside(index_name="meals", ids=[1])
    assert not health.is_degraded()
    assert health.report().engine == registry.of_database().name


def test_rebuild_command_says_when_the_engine_is_down(soup, fake_elasticsearch):
    fake_elasticsearch.fails_with = 503
    with pytest.raises(CommandError, match="rebuilt in the database, but Elasticsearch"):
        call_command("search_rebuild")


def test_status_command_shows_both(soup, fake_elasticsearch, capsys):
    for index in ("classes", "posts"):
        call_command("search_rebuild", "--index", index)
    capsys.readouterr()
    call_command("search_status")
    lines = capsys.readouterr().out.splitlines()
    vendor = registry.of_database().name
    assert lines == [
        "engine elasticsearch: ready",
        f"classes in {vendor}: 0 of 0 documents",
        "classes in elasticsearch: 0 of 0 documents",
        f"meals in {vendor}: 1 of 1 documents",
        "meals in elasticsearch: 1 of 1 documents",
        f"posts in {vendor}: 0 of 0 documents",
        "posts in elasticsearch: 0 of 0 documents",
    ]


def test_status_command_fails_when_the_engine_is_down(soup, fake_elasticsearch, capsys):
    fake_elasticsearch.fails_with = 503
    with pytest.raises(SystemExit):
        call_command("search_status")
    assert "engine elasticsearch: degraded" in capsys.readouterr().out
