"""The cast: ada creates, ben creates too, sam only reads."""

import pytest

from meals.tests.factories import make_creator, make_user


@pytest.fixture
def ada(db):
    return make_creator("ada")


@pytest.fixture
def ben(db):
    return make_creator("ben")


@pytest.fixture
def sam(db):
    return make_user("sam")
