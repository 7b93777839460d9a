"""The cast: ada creates and earns, ben creates too, sam and kim buy; cora cooks in the default kitchen, mia is support.

`lentils` and `stew` can be ordered, `soup` is only read.
"""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from rest_framework.test import APIClient

from accounts.enums import Role
from meals.tests.factories import make_creator, make_meal, make_user
from orders.tests.factories import make_cook, make_dish, make_kitchen


@pytest.fixture
def ada(db):
    return make_creator("ada")


@pytest.fixture
def ben(db):
    return make_creator("ben")


@pytest.fixture
def sam(db):
    return make_user("sam", email="sam@post.test")


@pytest.fixture
def soup(ada):
    return make_meal(ada, "Red lentil soup", publish=True)


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def signed_in():
    """A client for a person, signed in by session as on the pages."""

    def client(user):
        client = APIClient()
        client.force_login(user)
        return client

    return client


@pytest.fixture
def kim(db):
    return make_user("kim")


@pytest.fixture
def mia(db):
    mia = make_user("mia", is_staff=True)
    mia.groups.add(Group.objects.get(name=Role.SUPPORT.value))
    return mia


@pytest.fixture
def kitchen(db):
    return make_kitchen()


@pytest.fixture
def cora(kitchen):
    return make_cook(kitchen, "cora")


@pytest.fixture
def lentils(kitchen, ada):
    return make_dish(ada)


@pytest.fixture
def stew(kitchen, ada):
    return make_dish(ada, "Bean stew", price="9.50")


@pytest.fixture
def browse():
    def client(person=None):
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return client
