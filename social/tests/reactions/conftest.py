"""The cast: ada creates, sam and eve read, mod looks after the house."""

import pytest
from rest_framework.test import APIClient

from fitfoodie.events.models import Event
from meals.tests.factories import NOW, make_creator, make_meal, make_moderator, make_user
from social.models import Block
from social.services.comment import write_comment


@pytest.fixture
def ada(db):
    return make_creator("ada")


@pytest.fixture
def sam(db):
    return make_user("sam")


@pytest.fixture
def eve(db):
    return make_user("eve")


@pytest.fixture
def mod(db):
    return make_moderator("mod")


@pytest.fixture
def soup(ada):
    return make_meal(ada, "Red lentil soup", publish=True)


@pytest.fixture
def draft(ada):
    return make_meal(ada, "Secret stew")


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def signed_in():
    def client(user):
        client = APIClient()
        client.force_login(user)
        return client

    return client


@pytest.fixture
def said(db):
    """(name, data, actor) of the facts of the community so far."""

    def read(*names):
        events = Event.objects.filter(name__startswith="social.").order_by("pk")
        return [(event.name, event.data, event.actor) for event in events if not names or event.name in names]

    return read


@pytest.fixture
def say(db):
    def comment(row, author, text="Lovely.", **more):
        return write_comment(row=row, author=author, text=text, now=NOW, **more)

    return comment


@pytest.fixture
def block(db):
    def between(one, other):
        return Block.objects.create(blocker=one, blocked=other, blocked_at=NOW)

    return between
