"""Classes as a second index: every engine finds the same, and follows what happens (N47, N48)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from classes.enums import Intensity, SessionStatus
from classes.filters import SessionFilters
from classes.models import Session
from classes.search import CLASSES, documents
from classes.selectors.timetable import sessions_for, upcoming
from classes.services.sessions import cancel_session
from classes.tests.factories import NOW, make_class_type, make_session, make_staff, make_studio
from fitfoodie.search import services as search
from fitfoodie.search.tests.fake_elasticsearch import FakeElasticsearch

VISITOR = AnonymousUser()


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request, settings):
    if request.param == "database":
        yield None
        return
    fake = FakeElasticsearch()
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", fake.url
    yield fake
    fake.stop()


@pytest.fixture(autouse=True)
def _clock(at_now):
    return at_now


@pytest.fixture
def board(engine, studio, ada, django_capture_on_commit_callbacks):
    """Four classes by short names, indexed; Tuesday evening is the gentle one."""
    tuesday = NOW + timedelta(days=1, hours=10)
    found = {
        "gentle": make_session(studio, starts_at=tuesday, title="Hatha Flow", intensity=Intensity.EASY, instructor=ada),
        "power": make_session(studio, starts_at=tuesday, title="Power Yoga", intensity=Intensity.HARD),
        "friday": make_session(studio, starts_at=NOW + timedelta(days=4), title="Gentle Yoga"),
        "box": make_session(
            make_studio(studio.chain, "Werkhalle", city="Bern", latitude=46.948, longitude=7.447),
            title="Fight club",
            interests=["boxing"],
            description="Gloves are here, nobody is hit.",
        ),
    }
    with django_capture_on_commit_callbacks(execute=True):
        search.index_objects(CLASSES, [session.pk for session in found.values()])
    return found


def names(board, sessions):
    by_pk = {session.pk: name for name, session in board.items()}
    return sorted(by_pk[pk] for pk in sessions.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yoga", ["friday", "gentle", "power"]),
        ("gentle yoga", ["friday", "gentle"]),
        ("gentle yoga tuesday evening", ["gentle"]),
        ("Yoga sanft Dienstagabend in Zürich", ["gentle"]),
        ("boxen", ["box"]),
        ("gloves", ["box"]),
        ("ada", ["gentle"]),
        ("werkhalle", ["box"]),
        ("bern", ["box"]),
        ("yoga -power", ["friday", "gentle"]),
        ("powr yoga", ["power"]),
        ("knitting", []),
    ],
)
def test_search_finds(board, text, expected):
    assert names(board, sessions_for(VISITOR, SessionFilters(q=text), now=NOW)) == expected


def test_past_and_cancelled_are_not_found_before_the_index_follows(board):
    Session.objects.across_chains().filter(pk=board["power"].pk).update(status=SessionStatus.CANCELLED)
    later = NOW + timedelta(days=3)
    assert names(board, sessions_for(VISITOR, SessionFilters(q="yoga"), now=NOW)) == ["friday", "gentle"]
    assert names(board, sessions_for(VISITOR, SessionFilters(q="yoga"), now=later)) == ["friday"]


def test_index_follows_a_cancelled_class(board, engine, studio, ada, django_capture_on_commit_callbacks):
    make_staff(studio.chain, ada)
    with django_capture_on_commit_callbacks(execute=True):
        cancel_session(actor=ada, session_id=board["box"].pk, reason="The hall is flooded.", now=NOW)
    assert search.search(CLASSES, "gloves").hits == []
    if engine:
        (held,) = engine.indices.values()
        assert str(board["box"].pk) not in held["docs"]


def test_down_engine_is_stood_in_for(board, engine):
    if engine:
        engine.fails_with = 503
    page = search.search(CLASSES, "gloves", within=upcoming(NOW))
    assert ([hit.id for hit in page.hits], page.is_degraded) == ([board["box"].pk], engine is not None)


def test_rebuild_brings_everything_back(board):
    assert search.rebuild("classes") == 4
    assert names(board, sessions_for(VISITOR, SessionFilters(q="gloves"), now=NOW)) == ["box"]


def test_documents_cost_one_query(board, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = list(documents(Session.objects.across_chains()))
    kind = found[0].texts["kind"].splitlines()
    assert (kind[0], kind[-1]) == ("Yoga", "gentle easy soft slow relaxed sanft leicht ruhig")
    assert found[0].texts == {
        "title": "Hatha Flow",
        "kind": found[0].texts["kind"],
        "instructor": "Ada ada",
        "studio": "Limmat Hall\nLimmat Movement",
        "city": "Zürich",
        "description": "",
    }


def test_class_types_of_another_name_are_found_by_sport(board, studio):
    make_class_type(studio.chain, "Unused")
    assert names(board, sessions_for(VISITOR, SessionFilters(q="boxing"), now=NOW)) == ["box"]
