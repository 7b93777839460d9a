"""Fixtures of the whole suite: one cast of people, wherever a test needs an owner and a stranger."""

import pytest
from django.core.cache import cache

from fitfoodie.celery import app


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and cached answers of one test must not reach the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _tasks_are_known():
    """A worker imports every tasks module when it starts; the suite is its own worker."""
    app.loader.import_default_modules()
