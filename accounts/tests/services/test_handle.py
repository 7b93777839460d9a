from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import FormerHandle, Profile, User
from accounts.services.handle import change_handle, next_change_at
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_change_keeps_the_old_handle_for_its_person():
    person = UserFactory(handle="mei")
    change_handle(user=person, handle=" @Mei_Lin ", now=NOW)
    assert User.objects.get(pk=person.pk).handle == "mei_lin"
    assert FormerHandle.objects.get().handle == "mei"
    assert Event.objects.get().data == {"user_id": person.pk, "old_handle": "mei", "new_handle": "mei_lin"}


def test_same_handle_changes_nothing():
    change_handle(user=UserFactory(handle="mei"), handle="mei", now=NOW)
    assert not FormerHandle.objects.exists()


def test_handle_that_somebody_has_or_had_is_refused():
    change_handle(user=UserFactory(handle="first"), handle="second", now=NOW)
    for taken in ("first", "second", "SECOND"):
        with pytest.raises(ConflictError) as caught:
            change_handle(user=UserFactory(), handle=taken, now=NOW)
        assert (caught.value.code, caught.value.field) == ("handle_taken", "handle")


@pytest.mark.parametrize("handle", ["", "ab", "_ab", "a b c", "ünal", "a" * 31, "admin", "a/../b", "a\x00bc"])
def test_handle_of_wrong_form_is_refused(handle):
    with pytest.raises(DomainError) as caught:
        change_handle(user=UserFactory(), handle=handle, now=NOW)
    assert caught.value.code == "handle_form"


def test_third_change_in_a_month_waits():
    person = UserFactory(handle="one")
    change_handle(user=person, handle="two", now=NOW)
    change_handle(user=person, handle="three", now=NOW + timedelta(days=1))
    assert next_change_at(person, now=NOW + timedelta(days=2)) == NOW + timedelta(days=30)
    with pytest.raises(ConflictError) as caught:
        change_handle(user=person, handle="four", now=NOW + timedelta(days=2))
    assert caught.value.code == "too_many_changes"
    change_handle(user=person, handle="four", now=NOW + timedelta(days=31))
    assert User.objects.get(pk=person.pk).handle == "four"


def test_person_may_take_an_own_handle_back():
    person = UserFactory(handle="one")
    change_handle(user=person, handle="two", now=NOW)
    change_handle(user=person, handle="one", now=NOW)
    assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["two"]


def test_new_handle_of_a_verified_person_puts_the_badge_in_review():
    person = UserFactory(profile__is_verified=True)
    change_handle(user=person, handle="another", now=NOW)
    assert not Profile.objects.get(user=person).is_verified
    assert Event.objects.filter(name="accounts.profile.updated").get().data["fields"] == ["handle"]
