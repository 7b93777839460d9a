import pytest
from rest_framework.test import APIClient

from meals.tests.factories import make_meal


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
def soup(ada):
    return make_meal(ada, "Red lentil soup", publish=True, servings=3, tags=["Soup"])


@pytest.fixture
def draft(ada):
    return make_meal(ada, "Secret stew")
