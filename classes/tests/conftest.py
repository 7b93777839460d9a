"""A gym in Zürich on a Monday morning: ada teaches, sam trains."""

import pytest
import time_machine

from classes.tests.factories import NOW, make_chain, make_studio, make_user


@pytest.fixture
def at_now():
    """The clock stands at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def chain(db):
    return make_chain()


@pytest.fixture
def studio(chain):
    return make_studio(chain)


@pytest.fixture
def ada(db):
    return make_user("ada")


@pytest.fixture
def sam(db):
    return make_user("sam")
