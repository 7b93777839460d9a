"""Fixtures of the whole suite: one cast of people, wherever a test needs an owner and a stranger."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and cached answers of one test must not reach the next."""
    cache.clear()
    yield
    cache.clear()
