"""The cast: ada, ben and sam are members; nobody stands in any relation to anybody yet."""

import pytest
from rest_framework.test import APIClient

from accounts.tests.factories import UserFactory


@pytest.fixture
def ada(db):
    return UserFactory(handle="ada", name="Ada")


@pytest.fixture
def ben(db):
    return UserFactory(handle="ben", name="Ben")


@pytest.fixture
def sam(db):
    return UserFactory(handle="sam", name="Sam")


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
