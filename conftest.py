"""Fixtures of the whole suite: one cast of people, wherever a test needs an owner and a stranger."""

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from fitfoodie.celery import app

# A busy machine is no finding: how long an example takes is measured by the benchmarks, not by properties.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and cached answers of one test must not reach the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _language_and_zone_of_nobody():
    """A request leaves its person's language and zone on the thread; the next test is nobody's."""
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _tasks_are_known():
    """A worker imports every tasks module when it starts; the suite is its own worker."""
    app.loader.import_default_modules()
