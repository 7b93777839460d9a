import pytest

from accounts.models import Profile, ProfilePhoto, User
from accounts.selectors import public_avatar, public_avatar_of
from fitfoodie.common.images.models import PhotoState


@pytest.mark.parametrize(
    ("name", "width", "visibility", "expected"),
    [
        ("people/a", 900, {}, "/media/people/a/320.jpg"),
        ("people/a", 200, {"photo": "everyone"}, "/media/people/a/200.jpg"),
        ("people/a", 900, {"photo": "members"}, None),
        ("people/a", 900, {"photo": "nobody"}, None),
        ("people/a", 900, None, "/media/people/a/320.jpg"),
        ("", 900, {}, None),
        (None, None, None, None),
    ],
)
def test_public_avatar(name, width, visibility, expected):
    assert public_avatar(name, width, visibility) == expected


@pytest.mark.django_db
def test_avatar_of_a_person_needs_a_checked_photo():
    person = User.objects.create_user("ada@example.test", handle="ada1", name="Ada")
    assert public_avatar_of(person) is None
    photo = ProfilePhoto.objects.create(user=person, name="people/b", width=640, height=640, state=PhotoState.READY)
    Profile.objects.update_or_create(user=person, defaults={"photo": photo})
    person.refresh_from_db()
    assert public_avatar_of(person) == "/media/people/b/320.jpg"
