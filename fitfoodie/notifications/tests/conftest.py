"""The cast: ada and ben are members; nobody stands in any relation to anybody yet."""

import pytest
from django.utils import timezone

from accounts.tests.factories import UserFactory
from fitfoodie.events.services import record
from fitfoodie.notifications.models import Notification
from fitfoodie.notifications.services.tell import tell_people
from social.events.graph import ConnectionRequested


@pytest.fixture
def ada(db):
    return UserFactory(handle="ada", name="Ada")


@pytest.fixture
def ben(db):
    return UserFactory(handle="ben", name="Ben")


@pytest.fixture
def told(ada, ben):
    """Ada was told that Ben would like to be friends."""
    fact = record(ConnectionRequested(asker_id=ben.pk, asked_id=ada.pk), actor=ben, subject=ada)
    tell_people(event=fact, now=timezone.now())
    return Notification.objects.get()
