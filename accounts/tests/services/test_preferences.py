import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Preferences
from accounts.services.preferences import update_preferences
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


def update(user, **changes):
    return update_preferences(user=user, changes=changes, now=timezone.now())


def test_update_saves_what_is_named():
    person = UserFactory(preferences__units="us")
    update(person, theme="dark", time_zone="Europe/Vienna")
    stored = Preferences.objects.get(user=person)
    assert (stored.theme, stored.time_zone, stored.units) == ("dark", "Europe/Vienna", "us")
    assert Event.objects.get().data == {"user_id": person.pk, "fields": ["theme", "time_zone"]}
    update(person, theme="dark")
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "neon"),
        ("language", "tlh"),
        ("time_zone", "Mars/Olympus"),
        ("units", "cubits"),
        ("daily_calories", 100),
        ("daily_calories", 90000),
    ],
)
def test_update_refuses_by_field(field, value):
    with pytest.raises(ValidationError) as caught:
        update(UserFactory(), **{field: value})
    assert list(caught.value.message_dict) == [field]


def test_update_refuses_the_unknown():
    with pytest.raises(DomainError) as caught:
        update_preferences(user=UserFactory(), changes={"user": 1}, now=timezone.now())
    assert caught.value.field == "user"
