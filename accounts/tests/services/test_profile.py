import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Profile, User
from accounts.services.profile import update_profile, update_visibility
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


def update(user, **changes):
    return update_profile(user=user, changes=changes, now=timezone.now())


def test_update_saves_what_is_named_and_says_so():
    person = UserFactory(profile__bio="Cooks on Sundays")
    update(
        person,
        name=" Mei Lin ",
        links=["https://example.com/mei"],
        sports=["running", "running", "yoga"],
        diets=["vegan"],
        level="beginner",
        city="Graz",
        country="AT",
    )
    profile = Profile.objects.get(user=person)
    assert User.objects.get(pk=person.pk).name == "Mei Lin"
    assert profile.bio == "Cooks on Sundays"
    assert (profile.sports, profile.diets, profile.level) == (["running", "yoga"], {"vegan"}, "beginner")
    event = Event.objects.get(name="accounts.profile.updated")
    assert event.data == {
        "user_id": person.pk,
        "fields": ["city", "country", "diets", "level", "links", "name", "sports"],
        "ends_verification": False,
    }


def test_update_without_a_change_records_nothing():
    person = UserFactory()
    update(person, name=person.name, bio="")
    assert not Event.objects.exists()


def test_severe_allergy_is_an_allergy():
    person = UserFactory()
    update(person, allergies=["milk"], severe_allergies=["peanuts"])
    profile = Profile.objects.get(user=person)
    assert profile.allergies == {"milk", "peanuts"}
    assert profile.severe_allergies == {"peanuts"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("links", ["http://example.com"]),
        ("links", ["javascript:alert(1)"]),
        ("links", ["https://user@example.com/"]),
        ("links", ["https://192.168.0.1/"]),
        ("links", ["https://[::1]/"]),
        ("links", ["https://localhost/"]),
        ("links", ["https://example.com:99999999/"]),
        ("links", ["https://example.com/" + "a" * 200]),
        ("links", ["https://example.com/"] * 2),
        ("links", [f"https://example.com/{n}" for n in range(6)]),
        ("sports", ["chess boxing"]),
        ("sports", [str(n) for n in range(21)]),
        ("diets", ["air"]),
        ("allergies", ["mondays"]),
        ("level", "olympian"),
        ("country", "XX"),
        ("bio", "x" * 1001),
        ("name", ""),
        ("name", "\u202eevil"),
        ("name", "..."),
        ("name", "x" * 81),
    ],
)
def test_update_refuses_by_field(field, value):
    person = UserFactory()
    with pytest.raises(ValidationError) as caught:
        update(person, **{field: value})
    assert list(caught.value.message_dict) == [field]
    assert not Event.objects.exists()


@pytest.mark.parametrize("field", ["is_verified", "is_staff", "user", "email", "visibility", "handle"])
def test_update_refuses_what_is_not_the_persons_to_write(field):
    with pytest.raises(DomainError) as caught:
        update_profile(user=UserFactory(), changes={field: True}, now=timezone.now())
    assert caught.value.field == field


def test_new_name_of_a_verified_person_puts_the_badge_in_review():
    person = UserFactory(profile__is_verified=True)
    update(person, bio="Still me")
    assert Profile.objects.get(user=person).is_verified
    update(person, name="Somebody else")
    assert not Profile.objects.get(user=person).is_verified
    assert Event.objects.latest("pk").data["ends_verification"] is True


def test_visibility_keeps_what_is_not_named():
    person = UserFactory(profile__visibility={"city": "nobody"})
    update_visibility(user=person, changes={"bio": "members"}, now=timezone.now())
    assert Profile.objects.get(user=person).visibility == {"city": "nobody", "bio": "members"}
    assert Event.objects.get().data["fields"] == ["visibility"]
    update_visibility(user=person, changes={"bio": "members"}, now=timezone.now())
    assert Event.objects.count() == 1


@pytest.mark.parametrize("changes", [{"email": "everyone"}, {"bio": "friends"}])
def test_visibility_refuses_the_unknown(changes):
    with pytest.raises(DomainError):
        update_visibility(user=UserFactory(), changes=changes, now=timezone.now())
