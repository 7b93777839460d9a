import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from fitfoodie.common.tests.api import sample_urls


@pytest.fixture(autouse=True)
def _sample_api(settings):
    settings.ROOT_URLCONF = "fitfoodie.common.tests.api.sample_urls"
    sample_urls.effects.clear()
    sample_urls.failures.clear()


@pytest.fixture
def member(db):
    return get_user_model().objects.create_user("member@example.org", handle="member", name="Member")


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def member_api(member):
    client = APIClient()
    client.force_login(member)
    return client
