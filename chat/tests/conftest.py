"""The cast: maya and leo match and talk; eve is a stranger to both."""

import pytest
from rest_framework.test import APIClient

from chat.tests.factories import make_talk, make_user
from fitfoodie.events.models import Event


@pytest.fixture
def maya(db):
    return make_user("maya")


@pytest.fixture
def leo(db):
    return make_user("leo")


@pytest.fixture
def eve(db):
    return make_user("eve")


@pytest.fixture
def talk(maya, leo):
    return make_talk(maya, leo)


@pytest.fixture
def signed_in():
    """A client for a person, signed in by session as on the pages."""

    def client(user):
        client = APIClient()
        client.force_login(user)
        return client

    return client


@pytest.fixture
def said(db):
    """Name and payload of the facts of chat so far."""
    return lambda: list(Event.objects.filter(name__startswith="chat.").order_by("pk").values_list("name", "data"))
