import pytest
from rest_framework.test import APIClient


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
