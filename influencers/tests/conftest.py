"""The cast: ada creates, ben creates too, sam only reads; mia and max decide on verifications, mod keeps order."""

import pytest

from influencers.tests.factories_creators import make_listed_creator, make_reviewer
from meals.tests.factories import make_moderator, make_user


@pytest.fixture
def ada(db):
    return make_listed_creator("ada")


@pytest.fixture
def ben(db):
    return make_listed_creator("ben")


@pytest.fixture
def sam(db):
    return make_user("sam")


@pytest.fixture
def mia(db):
    return make_reviewer("mia")


@pytest.fixture
def max_(db):
    return make_reviewer("max")


@pytest.fixture
def mod(db):
    return make_moderator("mod")
