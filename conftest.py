"""Fixtures of the whole suite: one cast of people, wherever a test needs an owner and a stranger."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from fitfoodie.celery import app
from tests import prepared

# A busy machine is no finding: how long an example takes is measured by the benchmarks, not by properties.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def _name_of_test_database() -> str:
    return connection.creation._get_test_db_name()  # noqa: SLF001  the name that setting up will ask it for


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """As pytest-django's own, on a copy of a database that has the migrations behind it."""
    with django_db_blocker.unblock(), prepared.filled(_name_of_test_database()):
        made = setup_databases(verbosity=0, interactive=False, keepdb=True)
        yield
        teardown_databases(made, verbosity=0)


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
